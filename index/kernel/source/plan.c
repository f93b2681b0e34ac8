/* A query as the caller encodes it, read into nodes: search/execution/kernel_encoding.py. */
#include "kernel.h"

enum { ANY, ALL, EXCLUDE, OPTIONAL, FILTER, EVERY, TERM, TERM_SET, PHRASE, GIVEN, PREFIX, KINDS };

#define MAX_NODES 2048
#define MAX_TERMS 16384
#define MAX_DEPTH 32
#define TERM_END 0xFF /* no UTF-8 has this byte */

/* The terms of a segment that start with a prefix, and their idfs. */
typedef struct {
  u64 low, high, at; /* ranks; where a merge of the segments stands */
  double *weights;
  int is_equal; /* to the lowest term of the merge */
} Range;

/* A part of a query; its children follow it, and `next` is the node behind the last of them. */
typedef struct {
  u32 kind, next;
  u32 field;        /* of a TERM_SET */
  u32 first, count; /* terms of a TERM, TERM_SET and PHRASE; the number of a GIVEN */
  u32 places, slop; /* of a PHRASE; of the others, `places` is the number of children */
  Range *ranges;    /* of a PREFIX, by segment */
  double weight;
  int has_docs, has_postings; /* of the current segment */
  Docs docs;
  Postings postings;
} Node;

typedef struct {
  const u8 *text;
  u32 size, field;
  u32 place, offset; /* in its phrase */
  double weight;
} Term;

typedef struct {
  Node nodes[MAX_NODES];
  Term terms[MAX_TERMS];
  double idfs[MAX_TERMS];
  Span spans[MAX_TERMS]; /* of the current segment */
  u32 node_count, term_count;
} Plan;

/* Where reading stands; `failed` once something is missing. */
typedef struct {
  const u8 *at, *end;
  int failed;
} Reader;

static u32 read_number(Reader *reader) {
  if (reader->end - reader->at < 4) {
    reader->failed = 1;
    return 0;
  }
  const u8 *at = reader->at;
  reader->at += 4;
  return (u32)at[0] | (u32)at[1] << 8 | (u32)at[2] << 16 | (u32)at[3] << 24;
}

static double read_double(Reader *reader) {
  union {
    u64 bits;
    double value;
  } number = {read_number(reader)};
  number.bits |= (u64)read_number(reader) << 32;
  return number.value;
}

static void read_text(Reader *reader, Term *term) {
  term->text = reader->at;
  while (reader->at < reader->end && *reader->at != TERM_END) reader->at++;
  term->size = (u32)(reader->at - term->text);
  if (reader->at < reader->end) reader->at++;
  else reader->failed = 1;
}

static Term *new_term(Reader *reader, Plan *plan) {
  if (plan->term_count == MAX_TERMS) {
    reader->failed = 1;
    return NULL;
  }
  Term *term = &plan->terms[plan->term_count++];
  *term = (Term){.weight = 1};
  return term;
}

/* A set: the weight of each term, then the texts. */
static void read_terms(Reader *reader, Plan *plan, Node *node) {
  for (u32 i = 0; i < node->count && !reader->failed; i++) {
    Term *term = new_term(reader, plan);
    if (!term) return;
    term->field = node->field;
    term->weight = read_double(reader);
    if (!(term->weight > 0)) reader->failed = 1;
  }
  for (u32 i = 0; i < node->count && !reader->failed; i++)
    read_text(reader, &plan->terms[node->first + i]);
}

/* A phrase: of each place its offset and number of terms, of each term its field and text. */
static void read_places(Reader *reader, Plan *plan, Node *node) {
  for (u32 place = 0; place < node->places && !reader->failed; place++) {
    u32 offset = read_number(reader), count = read_number(reader);
    for (u32 i = 0; i < count && !reader->failed; i++) {
      Term *term = new_term(reader, plan);
      if (!term) return;
      term->place = place;
      term->offset = offset;
      term->field = read_number(reader);
      read_text(reader, term);
    }
  }
  node->count = plan->term_count - node->first;
}

/* A term: its field and its text. */
static void read_term(Reader *reader, Plan *plan, Node *node) {
  Term *term = new_term(reader, plan);
  if (!term) return;
  term->field = read_number(reader);
  node->count = 1;
  read_text(reader, term);
}

/* A node: its kind and its weight; then its numbers and terms, then its children. */
static void read_node(Reader *reader, Plan *plan, u32 depth) {
  if (plan->node_count == MAX_NODES || depth > MAX_DEPTH) {
    reader->failed = 1;
    return;
  }
  Node *node = &plan->nodes[plan->node_count++];
  u32 kind = read_number(reader), children = 0;
  *node = (Node){.kind = kind, .weight = read_double(reader), .first = plan->term_count};
  if (kind == TERM || kind == PREFIX) {
    read_term(reader, plan, node);
  } else if (kind == TERM_SET) {
    node->field = read_number(reader);
    node->count = read_number(reader);
    read_terms(reader, plan, node);
  } else if (kind == PHRASE) {
    node->places = read_number(reader);
    node->slop = read_number(reader);
    read_places(reader, plan, node);
    children = 1;
  } else if (kind == GIVEN) {
    node->first = read_number(reader);
  } else {
    children = node->places = read_number(reader);
  }
  if (kind >= KINDS || !(node->weight > 0)) reader->failed = 1;
  for (u32 i = 0; i < children && !reader->failed; i++) read_node(reader, plan, depth + 1);
  node->next = plan->node_count;
}

static int read_plan(Plan *plan, const u8 *program, u64 size) {
  Reader reader = {program, program + size, 0};
  plan->node_count = plan->term_count = 0;
  read_node(&reader, plan, 0);
  return reader.failed || reader.at != reader.end ? CANNOT : 0;
}

/* A query that runs over one segment. */
typedef struct {
  Work *work;
  Plan *plan;
  const Segment *segment;
  u64 segment_number, segment_count;
  const Postings *given;
  double k1, b;
} Run;

/* What a query is run over: made once for an index, and given with every call. */
typedef struct {
  const Segment *segments;
  u64 segment_count, field_count;
  double documents; /* of all segments, deleted ones included */
  double k1, b;     /* of BM25 */
  const Postings *given; /* documents that the caller found: of each list, one for each segment */
  u64 given_count;
  Work *work;
  Plan *plan;
  u8 *arena;
  u64 arena_size;
  Span *spans; /* of every term of the plan, segment by segment */
  u64 span_count;
  Hit *hits; /* MAX_HITS of them */
  u16 *found; /* DOCUMENTS of them */
} Index;
