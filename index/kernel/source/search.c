/* A query over all segments of an index, in one call. */
#include "kernel.h"

static int is_same_term(const Term *first, const Term *second) {
  return first->field == second->field && first->size == second->size &&
         !compare(first->text, first->size, second->text, second->size);
}

/* An earlier term that is the same; the number itself if there is none among the first few. */
static u32 earlier(const Plan *plan, u32 number) {
  for (u32 i = 0; i < number && i < 32; i++)
    if (is_same_term(&plan->terms[i], &plan->terms[number])) return i;
  return number;
}

/* The postings of a term in one segment; `rank` is that of the term before, and then its own. */
static int find_span(const Segment *segment, const Plan *plan, u32 number, u64 *rank, Span *span) {
  const Term *term = &plan->terms[number], *before = term - 1;
  const Field *field = &segment->fields[term->field];
  *span = (Span){0, 0};
  int follows = number && before->field == term->field &&
                compare(before->text, before->size, term->text, term->size) < 0;
  i64 found = lower_bound(&segment->file, field, term->text, term->size, follows ? *rank : 0);
  if (found < 0) return CORRUPT;
  *rank = (u64)found;
  if (*rank == field->term_count || compare_term(field, *rank, term->text, term->size)) return 0;
  return span_of(segment, field, *rank, span);
}

/* Looks every term up in one segment. */
static int find_spans(const Index *index, u64 segment_number, Span *spans) {
  const Plan *plan = index->plan;
  u64 rank = 0;
  for (u32 i = 0; i < plan->term_count; i++) {
    u32 same = earlier(plan, i);
    if (same < i) {
      spans[i] = spans[same];
      rank = 0;
    } else if (find_span(&index->segments[segment_number], plan, i, &rank, &spans[i])) return CORRUPT;
  }
  return 0;
}

/* Weighs the terms of all prefixes, in memory that is kept until the search ends. */
static int prepare_prefixes(const Index *index) {
  Work *work = index->work;
  work->error = 0;
  work->arena = index->arena;
  work->size = index->arena_size;
  work->used = 0;
  int failed = 0;
  for (u32 i = 0; i < index->plan->node_count && !failed; i++)
    if (index->plan->nodes[i].kind == PREFIX) failed = prepare_prefix(index, &index->plan->nodes[i]);
  work->kept = work->used;
  return failed;
}

/* Reads a query, looks its terms up everywhere, and weighs them. */
static int prepare(const Index *index, const u8 *program, u64 size) {
  Plan *plan = index->plan;
  if (read_plan(plan, program, size)) return CANNOT;
  if ((u64)plan->term_count * index->segment_count > index->span_count) return CANNOT;
  for (u32 i = 0; i < plan->node_count; i++)
    if (plan->nodes[i].kind == GIVEN && plan->nodes[i].first >= index->given_count) return CANNOT;
  for (u32 i = 0; i < plan->term_count; i++)
    if (plan->terms[i].field >= index->field_count) return CANNOT;
  for (u64 n = 0; n < index->segment_count; n++)
    for (u32 i = 0; i < plan->term_count; i++)
      if (!index->segments[n].fields[plan->terms[i].field].posting_starts) return CANNOT;
  for (u64 n = 0; n < index->segment_count; n++)
    if (find_spans(index, n, index->spans + n * plan->term_count)) return CORRUPT;
  for (u32 i = 0; i < plan->term_count; i++) {
    double frequency = 0;
    for (u64 n = 0; n < index->segment_count; n++) {
      Span span = index->spans[n * plan->term_count + i];
      frequency += span.end - span.start;
    }
    if (frequency > index->documents) return CORRUPT;
    plan->idfs[i] = idf(index->documents, frequency);
  }
  return prepare_prefixes(index);
}

/* Makes ready to run the query over a segment. */
static Run start_segment(const Index *index, u64 number) {
  Plan *plan = index->plan;
  index->work->used = index->work->kept;
  index->work->met.docs = (Docs){NULL, 0}; /* what memory is used again holds no intersection */
  for (u32 i = 0; i < plan->node_count; i++)
    plan->nodes[i].has_docs = plan->nodes[i].has_postings = 0;
  for (u32 i = 0; i < plan->term_count; i++)
    plan->spans[i] = index->spans[number * plan->term_count + i];
  return (Run){index->work, plan, &index->segments[number], number, index->segment_count,
               index->given, index->k1, index->b};
}

/* Marks the documents that are not deleted and pass all filters. */
static void allow(Run *run, Docs passing, int is_filtered) {
  u8 *allowed = run->work->allowed;
  const u8 *live = run->segment->live;
  if (!is_filtered) {
    memcpy(allowed, live, run->segment->count);
    return;
  }
  memset(allowed, 0, DOCUMENTS);
  for (u32 i = 0; i < passing.count; i++) {
    u16 document = passing.documents[i];
    allowed[document] = live ? live[document] : 1;
  }
}

/* What is scored of a query, and which documents count. */
typedef struct {
  u32 scored; /* the node */
  u32 filters;
  Docs passing, excluded; /* documents that pass the filters, of which there are some */
} Parts;

/* Takes the filters of a conjunction apart if it has only one other part. */
static void split_filters(Run *run, Parts *parts) {
  const Node *nodes = run->plan->nodes;
  u32 index = parts->scored, filters = 0, others = 0, other = 0;
  if (nodes[index].kind != ALL) return;
  for (u32 child = index + 1; child < nodes[index].next; child = nodes[child].next) {
    if (nodes[child].kind == FILTER) filters++;
    else others++, other = child;
  }
  if (!filters || others != 1) return;
  parts->scored = other;
  for (u32 child = index + 1; child < nodes[index].next; child = nodes[child].next) {
    if (child == other) continue;
    Docs own = node_docs(run, child);
    parts->passing = parts->filters++ ? filtered(run->work, parts->passing, own, 1) : own;
  }
}

/* Takes apart what only restricts a query: then what is scored of it is mostly a disjunction. */
static Parts split(Run *run) {
  const Node *nodes = run->plan->nodes;
  Parts parts = {.scored = 0};
  if (nodes[0].kind == EXCLUDE) {
    parts.scored = 1;
    parts.excluded = node_docs(run, nodes[1].next);
  }
  split_filters(run, &parts);
  return parts;
}

static int is_leaf(const Node *node) {
  return node->kind == TERM || is_set(node) || node->kind == PHRASE || node->kind == GIVEN;
}

/* How many leaves a disjunction has; 0 if the node is none, or has too many. */
static u32 leaf_count(const Node *nodes, u32 index) {
  if (nodes[index].kind != ANY) return (u32)is_leaf(&nodes[index]);
  u32 count = 0;
  for (u32 child = index + 1; child < nodes[index].next; child = nodes[child].next) {
    u32 more = leaf_count(nodes, child);
    if (!more) return 0;
    count += more;
  }
  return count <= MAX_LISTS ? count : 0;
}

/* Collects the postings of the leaves of a disjunction; returns how many there are then. */
static u32 leaf_postings(Run *run, u32 index, Postings *lists, u32 count) {
  const Node *node = &run->plan->nodes[index];
  if (node->kind == ANY) {
    for (u32 child = index + 1; child < node->next; child = run->plan->nodes[child].next)
      count = leaf_postings(run, child, lists, count);
    return count;
  }
  lists[count] = node->kind == PHRASE ? phrase_postings(run, index) : *node_postings(run, index);
  return count + 1;
}

static void search_segment(Run *run) {
  Work *work = run->work;
  Parts parts = split(run);
  if (parts.filters && !parts.passing.count) return;
  int is_masked = parts.filters || run->segment->live;
  if (is_masked) allow(run, parts.passing, parts.filters != 0);
  Sink sink = {work, run->segment->first, run->segment->count, is_masked, parts.excluded};
  u32 count = 1;
  if (leaf_count(run->plan->nodes, parts.scored))
    count = leaf_postings(run, parts.scored, work->lists, 0);
  else
    work->lists[0] = *node_postings(run, parts.scored);
  if (!work->error) offer_disjunction(&sink, work->lists, count);
}

/* Gives the k best documents with their scores; returns how many. */
API i32 dalil_search(const Index *index, const u8 *program, u64 size, u32 k) {
  if (k < 1 || k > MAX_HITS) return CANNOT;
  i32 failed = prepare(index, program, size);
  if (failed) return failed;
  Top *top = &index->work->top;
  start_top(top, k, -1);
  for (u64 number = 0; number < index->segment_count; number++) {
    Run run = start_segment(index, number);
    search_segment(&run);
    if (index->work->error) return index->work->error;
  }
  sort_top(top);
  for (u32 i = 0; i < top->count; i++) index->hits[i] = top->hits[i];
  return (i32)top->count;
}

/* Writes the documents of a segment that match and are not deleted; returns how many. */
API i32 dalil_documents(const Index *index, const u8 *program, u64 size, u64 number) {
  if (number >= index->segment_count) return CANNOT;
  i32 failed = prepare(index, program, size);
  if (failed) return failed;
  Run run = start_segment(index, number);
  Docs docs = node_docs(&run, 0);
  if (index->work->error) return index->work->error;
  const u8 *live = run.segment->live;
  u32 count = 0;
  for (u32 i = 0; i < docs.count; i++) {
    index->found[count] = docs.documents[i];
    count += live ? live[docs.documents[i]] : 1;
  }
  return (i32)count;
}

/* Sizes, for the caller who makes the memory, and for the tests of its structures. */
API u64 dalil_work_size(void) { return sizeof(Work); }
API u64 dalil_plan_size(void) { return sizeof(Plan); }
API u64 dalil_segment_size(void) { return sizeof(Segment); }
API u64 dalil_field_size(void) { return sizeof(Field); }
API u64 dalil_index_size(void) { return sizeof(Index); }
API u64 dalil_postings_size(void) { return sizeof(Postings); }
