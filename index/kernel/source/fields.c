/* Terms of a field of a segment, and where their postings lie. */
#include "kernel.h"

#define BLOCK 16 /* postings that share a start in block_positions */
#define LARGEST_CODED 255
#define DOCUMENTS 65536 /* documents are uint16, so a table of this size needs no check */

/* One field of one segment; all zeros until a query asks for it. The counts are of elements. */
typedef struct {
  const u8 *terms;
  const u32 *term_starts, *posting_starts;
  const u16 *documents, *codes; /* codes: NULL if the field is not scored */
  const void *positions, *block_positions;
  const u32 *large_at, *large_frequencies;
  u8 *checked;           /* 1 for each term whose postings were found right */
  const double *table;   /* BM25 of every code, for an idf of 1 */
  const double *lengths; /* by the low byte of a code */
  u64 term_bytes, term_count, posting_count, position_count, block_count, large_count;
  u64 position_width, block_width;
  double most, average; /* the highest score of the table; the mean length of the field */
} Field;

typedef struct {
  File file;
  u64 first, count; /* number of the first document; documents, deleted ones included */
  const u8 *live;   /* 1 for each document that is not deleted; NULL if none is */
  const Field *fields;
} Segment;

/* The postings of a term: from `start` up to `end`. */
typedef struct {
  u32 start, end;
} Span;

static int compare(const u8 *first, u64 first_size, const u8 *second, u64 second_size) {
  u64 shared = first_size < second_size ? first_size : second_size;
  for (u64 i = 0; i < shared; i++)
    if (first[i] != second[i]) return first[i] < second[i] ? -1 : 1;
  return first_size < second_size ? -1 : first_size > second_size;
}

/* Compares the term of a rank, not verified, with a text: -1, 0, 1, or NOT_A_TERM. */
enum { NOT_A_TERM = -3 };
static int compare_term(const Field *field, u64 rank, const u8 *text, u64 size) {
  u32 start = field->term_starts[rank], end = field->term_starts[rank + 1];
  if (start > end || end > field->term_bytes) return NOT_A_TERM;
  return compare(field->terms + start, end - start, text, size);
}

static int is_term_intact(const File *file, const Field *field, u64 rank) {
  const u32 *starts = field->term_starts + rank;
  return is_intact(file, starts, 2 * sizeof *starts) && starts[0] <= starts[1] &&
         starts[1] <= field->term_bytes &&
         is_intact(file, field->terms + starts[0], starts[1] - starts[0]);
}

/* The first rank from `from` on whose term is not below the text. The steps read terms that are
   not verified; in the end the terms on both sides are, and that the text belongs between them. */
static i64 lower_bound(const File *file, const Field *field, const u8 *text, u64 size, u64 from) {
  u64 low = from, high = field->term_count, step = 1;
  int order = 0;
  if (from)
    for (u64 probe = from; probe < high; probe += step, step *= 4) {
      order = compare_term(field, probe, text, size);
      if (order == NOT_A_TERM) return CORRUPT;
      if (order >= 0) high = probe;
      else low = probe + 1;
    }
  while (low < high) {
    u64 middle = (low + high) / 2;
    order = compare_term(field, middle, text, size);
    if (order == NOT_A_TERM) return CORRUPT;
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  if (low > from && (!is_term_intact(file, field, low - 1) ||
                     compare_term(field, low - 1, text, size) >= 0))
    return CORRUPT;
  if (low < field->term_count && (!is_term_intact(file, field, low) ||
                                  compare_term(field, low, text, size) < 0))
    return CORRUPT;
  return (i64)low;
}

static int is_ascending(const u16 *documents, u32 count) {
  u16 wrong = 0; /* as narrow as the documents: then eight are compared at once */
  for (u32 i = 1; i < count; i++) wrong |= (u16)(documents[i] <= documents[i - 1]);
  return !wrong;
}

/* Whether the postings of a span are what was written, and their documents ascend and are among
   those of the segment. */
static int are_right(const Segment *segment, const Field *field, Span span) {
  u64 count = span.end - span.start;
  const u16 *documents = field->documents + span.start;
  if (count > segment->count || !is_intact(&segment->file, documents, 2 * count)) return 0;
  if (field->codes && !is_intact(&segment->file, field->codes + span.start, 2 * count)) return 0;
  return !count ||
         (is_ascending(documents, (u32)count) && documents[count - 1] < segment->count);
}

/* Gives where the postings of a rank lie. They are checked once: what reads them need not. */
static int span_of(const Segment *segment, const Field *field, u64 rank, Span *span) {
  const u32 *starts = field->posting_starts + rank;
  if (!is_intact(&segment->file, starts, 2 * sizeof *starts)) return CORRUPT;
  *span = (Span){starts[0], starts[1]};
  if (span->start > span->end || span->end > field->posting_count) return CORRUPT;
  if (!field->checked[rank] && !are_right(segment, field, *span)) return CORRUPT;
  field->checked[rank] = 1;
  return 0;
}

/* The index of the first posting with a large frequency that is not before `start`. */
static u64 large_from(const Field *field, u32 start) {
  u64 low = 0, high = field->large_count;
  while (low < high) {
    u64 middle = (low + high) / 2;
    if (field->large_at[middle] < start) low = middle + 1;
    else high = middle;
  }
  return low;
}

/* Whether the frequencies that do not fit their codes are what was written. */
static int is_large_intact(const File *file, const Field *field) {
  u64 bytes = field->large_count * sizeof *field->large_at;
  return is_intact(file, field->large_at, bytes) && is_intact(file, field->large_frequencies, bytes);
}

/* 1 if a posting of the span has a frequency that does not fit its code, 0 if none has. */
static int has_large(const File *file, const Field *field, u32 start, u32 end) {
  if (!field->large_count) return 0;
  if (!is_large_intact(file, field)) return CORRUPT;
  u64 at = large_from(field, start);
  return at < field->large_count && field->large_at[at] < end;
}

/* The frequency of a posting; one that does not fit its code is looked up. */
static inline u32 frequency_of(const Field *field, u32 posting) {
  u32 coded = field->codes[posting] >> 8;
  if (coded < LARGEST_CODED) return coded;
  u64 at = large_from(field, posting);
  int is_large = at < field->large_count && field->large_at[at] == posting;
  return is_large ? field->large_frequencies[at] : coded;
}

static inline u64 narrow(const void *numbers, u64 width, u64 index) {
  switch (width) {
    case 1: return ((const u8 *)numbers)[index];
    case 2: return ((const u16 *)numbers)[index];
    case 4: return ((const u32 *)numbers)[index];
    default: return ((const u64 *)numbers)[index];
  }
}
