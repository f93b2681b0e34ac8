/* Which documents of a segment match a node of a query, and what they score. */
#include "kernel.h"

static Docs node_docs(Run *run, u32 index);
static void score_node(Run *run, u32 index, double factor, Docs docs, double *totals);

static const Field *field_of(const Run *run, const Term *term) {
  return &run->segment->fields[term->field];
}

/* The scores of a term that has frequencies too large for their codes, one by one. */
static void score_large(Run *run, const Field *field, Span span, Postings *postings) {
  double *scores = take(run->work, 8 * (u64)postings->count);
  if (!scores) return;
  u64 large = large_from(field, span.start);
  postings->bound = 0;
  for (u32 i = 0; i < postings->count; i++) {
    u16 code = postings->codes[i];
    scores[i] = field->table[code];
    if (large < field->large_count && field->large_at[large] == span.start + i) {
      double tf = field->large_frequencies[large++], length = field->lengths[code & 255];
      double norm = run->k1 * (1 - run->b + run->b * length / field->average);
      scores[i] = tf * (run->k1 + 1) / (tf + norm);
    }
    if (scores[i] > postings->bound) postings->bound = scores[i];
  }
  postings->codes = NULL;
  postings->scores = scores;
}

/* The postings of a span that was checked. */
static Postings span_postings(Run *run, const Field *field, Span span, double idf, double weight) {
  if (span.start == span.end) return NO_POSTINGS;
  Postings postings = {.documents = field->documents + span.start,
                       .count = span.end - span.start,
                       .weight = weight,
                       .bound = 1};
  if (field->codes) {
    postings.codes = field->codes + span.start;
    postings.table = field->table;
    postings.weight = idf * weight;
    postings.bound = field->most;
    int large = has_large(&run->segment->file, field, span.start, span.end);
    if (large < 0) fail(run->work, large);
    if (large > 0) score_large(run, field, span, &postings);
  }
  postings.bound *= postings.weight;
  return postings;
}

static Postings term_postings(Run *run, u32 index, double weight) {
  const Term *term = &run->plan->terms[index];
  return span_postings(run, field_of(run, term), run->plan->spans[index], run->plan->idfs[index],
                       weight * term->weight);
}

static int is_set(const Node *node) { return node->kind == TERM_SET || node->kind == PREFIX; }

/* How many terms a set or a prefix has in the segment. */
static u64 member_count(const Run *run, const Node *node) {
  if (node->kind == TERM_SET) return node->count;
  return node->ranges[run->segment_number].high - node->ranges[run->segment_number].low;
}

/* The postings of a term of a set, or of one that starts with a prefix. */
static Postings member_postings(Run *run, const Node *node, u64 number) {
  if (node->kind == TERM_SET) return term_postings(run, node->first + (u32)number, 1);
  const Range *range = &node->ranges[run->segment_number];
  const Field *field = field_of(run, &run->plan->terms[node->first]);
  Span span;
  if (span_of(run->segment, field, range->low + number, &span)) {
    fail(run->work, CORRUPT);
    return NO_POSTINGS;
  }
  return span_postings(run, field, span, range->weights[number], 1);
}

/* The documents of any term of a set, with the sums of their scores. */
static Postings set_postings(Run *run, const Node *node) {
  Work *work = run->work;
  for (u64 i = 0, count = member_count(run, node); i < count; i++) {
    Postings own = member_postings(run, node, i);
    set_bits(work, docs_of(&own));
    for (u32 n = 0; n < own.count; n++) work->totals[own.documents[n]] += score_at(&own, n);
  }
  Docs docs = take_bits(work);
  double *scores = take(work, 8 * (u64)docs.count), bound = 0;
  if (!scores) {
    memset(work->totals, 0, sizeof work->totals);
    return NO_POSTINGS;
  }
  for (u32 i = 0; i < docs.count; i++) {
    scores[i] = work->totals[docs.documents[i]];
    work->totals[docs.documents[i]] = 0;
    if (scores[i] > bound) bound = scores[i];
  }
  return (Postings){.documents = docs.documents, .count = docs.count, .scores = scores,
                    .weight = node->weight, .bound = bound * node->weight};
}

/* The scores of documents that all match a node; NULL if there is no more memory. */
static double *scores_of(Run *run, u32 index, Docs docs) {
  double *totals = take(run->work, 8 * (u64)docs.count);
  if (totals) memset(totals, 0, 8 * (u64)docs.count);
  if (totals) score_node(run, index, 1, docs, totals);
  return totals;
}

/* Documents that all match a node, with their scores. */
static Postings scored_docs(Run *run, u32 index, Docs docs) {
  double *totals = scores_of(run, index, docs), bound = 0;
  if (!totals) return NO_POSTINGS;
  for (u32 i = 0; i < docs.count; i++) bound = totals[i] > bound ? totals[i] : bound;
  return (Postings){.documents = docs.documents, .count = docs.count, .scores = totals,
                    .weight = 1, .bound = bound};
}

/* The documents that may have a phrase, and what they score then. */
static Postings phrase_postings(Run *run, u32 index) {
  Phrase *phrase = start_phrase(run, &run->plan->nodes[index]);
  if (!phrase) return NO_POSTINGS;
  Postings postings = scored_docs(run, index, phrase->candidates);
  postings.phrase = phrase;
  return postings;
}

static const Postings *node_postings(Run *run, u32 index) {
  Node *node = &run->plan->nodes[index];
  if (!node->has_postings) {
    node->has_postings = 1;
    if (node->kind == TERM) node->postings = term_postings(run, node->first, node->weight);
    else if (is_set(node)) node->postings = set_postings(run, node);
    else if (node->kind == GIVEN) {
      node->postings = run->given[node->first * run->segment_count + run->segment_number];
      node->postings.weight *= node->weight;
      node->postings.bound *= node->weight;
    } else node->postings = scored_docs(run, index, node_docs(run, index));
  }
  return &node->postings;
}

/* Sets the bits of the documents of a node. */
static void mark_docs(Run *run, u32 index) {
  const Node *node = &run->plan->nodes[index];
  if (node->kind == ANY)
    for (u32 child = index + 1; child < node->next; child = run->plan->nodes[child].next)
      mark_docs(run, child);
  else if (is_set(node) && !node->has_postings)
    for (u64 i = 0, count = member_count(run, node); i < count; i++) {
      Postings own = member_postings(run, node, i);
      set_bits(run->work, docs_of(&own));
    }
  else set_bits(run->work, node->docs);
}

/* Evaluates what mark_docs reads: the work's bits are free for one job at a time. */
static void prepare_marks(Run *run, u32 index) {
  Node *node = &run->plan->nodes[index];
  if (node->kind == ANY)
    for (u32 child = index + 1; child < node->next; child = run->plan->nodes[child].next)
      prepare_marks(run, child);
  else if (!is_set(node) || node->has_postings) node_docs(run, index);
}

static Docs union_docs(Run *run, u32 index) {
  prepare_marks(run, index);
  mark_docs(run, index);
  return take_bits(run->work);
}

/* The documents of all children. */
static Docs shared_docs(Run *run, const Node *node, u32 index) {
  Docs none = {NULL, 0}, *lists = take(run->work, node->places * sizeof(Docs));
  u32 count = 0;
  for (u32 child = index + 1; lists && child < node->next; child = run->plan->nodes[child].next) {
    lists[count] = node_docs(run, child);
    if (!lists[count++].count) return none;
  }
  return count ? intersection(run->work, lists, count) : none;
}

static Docs every_doc(Run *run) {
  u32 count = (u32)run->segment->count;
  u16 *documents = take(run->work, 2 * (u64)count);
  for (u32 i = 0; documents && i < count; i++) documents[i] = (u16)i;
  return (Docs){documents, documents ? count : 0};
}

static Docs excluding(Run *run, u32 index) {
  u32 second = run->plan->nodes[index + 1].next;
  Docs docs = node_docs(run, index + 1);
  return docs.count ? filtered(run->work, docs, node_docs(run, second), 0) : docs;
}

static Docs found_docs(Run *run, u32 index) {
  const Node *node = &run->plan->nodes[index];
  switch (node->kind) {
    case TERM:
    case GIVEN: return docs_of(node_postings(run, index));
    case TERM_SET:
    case PREFIX:
      return node->has_postings ? docs_of(&node->postings) : union_docs(run, index);
    case ANY: return union_docs(run, index);
    case ALL: return shared_docs(run, node, index);
    case EXCLUDE: return excluding(run, index);
    case EVERY: return every_doc(run);
    case PHRASE: return phrase_docs(run, node);
    default: return node_docs(run, index + 1); /* OPTIONAL, FILTER */
  }
}

/* The documents that match a node, deleted ones included. */
static Docs node_docs(Run *run, u32 index) {
  Node *node = &run->plan->nodes[index];
  if (!node->has_docs) {
    node->has_docs = 1;
    node->docs = found_docs(run, index);
  }
  return node->docs;
}
