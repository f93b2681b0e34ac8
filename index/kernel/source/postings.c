/* Documents of one segment with their scores, and what a search keeps while it runs. */
#include "kernel.h"

/* Ascending documents. */
typedef struct {
  const u16 *documents;
  u32 count;
} Docs;

/* Documents with scores: table[codes[i]] * weight, scores[i] * weight, or weight alone. */
typedef struct {
  const u16 *documents, *codes;
  const double *scores, *table;
  double weight, bound;
  struct Phrase *phrase; /* that a document must have to match; NULL if all match */
  u32 count;
} Postings;

static const Postings NO_POSTINGS;

#define MAX_LISTS 512 /* of a disjunction */
#define MAX_MET 32

/* The documents of an intersection, and their places in the lists that met, once they are asked
   for: what scores these documents, or reads where their terms stand, finds the postings there. */
typedef struct {
  Docs docs;
  Docs lists[MAX_MET];
  u32 *places[MAX_MET]; /* NULL until they are asked for */
  u32 count;
} Met;

/* Memory of a search; it is used again by the next one. Bits, marks, slots and totals are zeros
   between the jobs that use them. */
typedef struct {
  u64 bits[DOCUMENTS / 64];
  double totals[DOCUMENTS];
  u32 slots[DOCUMENTS];
  u16 touched[DOCUMENTS];
  u8 allowed[DOCUMENTS], marks[DOCUMENTS];
  Postings lists[MAX_LISTS], *ordered[MAX_LISTS]; /* of a disjunction; the same, best first */
  u32 at[DOCUMENTS]; /* places in a list, or how far each list is read */
  Top top, candidates;
  Met met; /* the last intersection of the segment */
  i32 error;
  u64 kept, used, size; /* bytes of `arena`: of the whole search, of the segment too, of all */
  u8 *arena;
} Work;

static void fail(Work *work, i32 error) {
  if (!work->error) work->error = error;
}

/* Memory until the segment is done; NULL if there is no more: then the search fails. */
static void *take(Work *work, u64 bytes) {
  bytes = (bytes + 15) & ~(u64)15;
  if (bytes > work->size - work->used) {
    fail(work, CANNOT);
    return NULL;
  }
  void *taken = work->arena + work->used;
  work->used += bytes;
  return taken;
}

static inline double score_at(const Postings *postings, u32 index) {
  if (postings->codes) return postings->table[postings->codes[index]] * postings->weight;
  if (postings->scores) return postings->scores[index] * postings->weight;
  return postings->weight;
}

static inline Docs docs_of(const Postings *postings) {
  return (Docs){postings->documents, postings->count};
}

/* The first place from `at` on whose document is not below another: by steps that double. */
static inline u32 seek(const u16 *documents, u32 count, u32 at, u16 document) {
  if (at >= count || documents[at] >= document) return at;
  u32 low = at, high, step = 1;
  for (;; step *= 2) {
    high = low + step;
    if (high >= count) {
      high = count;
      break;
    }
    if (documents[high] >= document) break;
    low = high;
  }
  u32 first = low + 1, left = high - first;
  for (u32 half; left; left -= half) { /* no branch that the processor must guess */
    half = (left + 1) / 2;
    first += half & -(u32)(documents[first + half - 1] < document);
  }
  return first;
}

#define NO_PLACE 0xFFFFFFFFu

/* Where a document is among others; NO_PLACE if it is not. */
static inline u32 place_of(Docs docs, u16 document) {
  u32 at = seek(docs.documents, docs.count, 0, document);
  return at < docs.count && docs.documents[at] == document ? at : NO_PLACE;
}

static void set_bits(Work *work, Docs docs) {
  for (u32 i = 0; i < docs.count; i++)
    work->bits[docs.documents[i] >> 6] |= (u64)1 << (docs.documents[i] & 63);
}

/* The documents whose bits are set, which are cleared. */
static Docs take_bits(Work *work) {
  u32 count = 0;
  for (u32 word = 0; word < DOCUMENTS / 64; word++)
    count += (u32)__builtin_popcountll(work->bits[word]);
  u16 *documents = take(work, 2 * (u64)count);
  u32 n = 0;
  for (u32 word = 0; word < DOCUMENTS / 64; word++) {
    u64 left = work->bits[word];
    work->bits[word] = 0;
    if (documents)
      for (; left; left &= left - 1)
        documents[n++] = (u16)(word * 64 + (u32)__builtin_ctzll(left));
  }
  return (Docs){documents, n};
}

#define MIN_SEEK_RATIO 64 /* seeking pays if the other list is this many times longer */

static void set_marks(Work *work, Docs docs, u8 value) {
  for (u32 i = 0; i < docs.count; i++) work->marks[docs.documents[i]] = value;
}

/* The documents of the first that are in the second too, which is many times longer, or not. */
static u32 sought(Docs first, Docs second, int wanted, u16 *documents) {
  u32 count = 0, at = 0;
  for (u32 i = 0; i < first.count; i++) {
    u16 document = first.documents[i];
    at = seek(second.documents, second.count, at, document);
    documents[count] = document;
    count += (at < second.count && second.documents[at] == document) == wanted;
  }
  return count;
}

/* The documents of the second whose mark has a value: no branch that the processor must guess. */
static u32 with_mark(const Work *work, Docs docs, u8 value, u16 *documents) {
  u32 count = 0;
  for (u32 i = 0; i < docs.count; i++) {
    documents[count] = docs.documents[i];
    count += work->marks[docs.documents[i]] == value;
  }
  return count;
}

/* The documents of the first that are in the second (`wanted` 1) or not in it (0). */
static Docs filtered(Work *work, Docs first, Docs second, int wanted) {
  u32 longer = first.count > second.count ? first.count : second.count;
  u16 *documents = take(work, 2 * (u64)longer + 2);
  if (!documents) return (Docs){NULL, 0};
  u32 count;
  if ((u64)first.count * MIN_SEEK_RATIO < second.count) {
    count = sought(first, second, wanted, documents);
  } else {
    Docs marked = wanted ? first : second, read = wanted ? second : first;
    set_marks(work, marked, 1);
    count = with_mark(work, read, (u8)wanted, documents);
    set_marks(work, marked, 0);
  }
  return (Docs){documents, count};
}
