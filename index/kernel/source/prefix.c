/* The terms that start with a prefix: where they are in each segment, and what each weighs. */
#include "kernel.h"

/* Looks the range of a prefix up in a segment, and verifies its terms. The text is followed by
   TERM_END, which no term has: so that is the bound above the prefix. */
static int find_range(const Segment *segment, const Field *field, const Term *prefix,
                      Range *range) {
  const File *file = &segment->file;
  i64 low = lower_bound(file, field, prefix->text, prefix->size, 0);
  i64 high = lower_bound(file, field, prefix->text, prefix->size + 1, 0);
  if (low < 0 || high < low) return CORRUPT;
  *range = (Range){.low = (u64)low, .high = (u64)high, .at = (u64)low};
  const u32 *starts = field->term_starts + low;
  u64 count = range->high - range->low;
  if (!is_intact(file, starts, (count + 1) * sizeof *starts)) return CORRUPT;
  if (!is_intact(file, field->posting_starts + low, (count + 1) * sizeof *starts)) return CORRUPT;
  for (u64 i = 0; i < count; i++)
    if (starts[i] > starts[i + 1] || starts[i + 1] > field->term_bytes) return CORRUPT;
  return is_intact(file, field->terms + starts[0], starts[count] - starts[0]) ? 0 : CORRUPT;
}

/* Compares the terms at which two ranges stand, behind the bytes that they share. */
static int compare_current(const Field *first, const Range *one, const Field *second,
                           const Range *other, u32 shared) {
  const u32 *a = first->term_starts + one->at, *b = second->term_starts + other->at;
  return compare(first->terms + a[0] + shared, a[1] - a[0] - shared,
                 second->terms + b[0] + shared, b[1] - b[0] - shared);
}

/* Merges the ranges of all segments: a term's weight needs its documents in all of them. */
static int weigh_ranges(const Index *index, const Term *prefix, Range *ranges) {
  const Segment *segments = index->segments;
  for (u64 left = index->segment_count; left;) {
    u64 lowest = index->segment_count;
    const Field *field = NULL;
    left = 0;
    for (u64 n = 0; n < index->segment_count; n++) {
      const Field *own = &segments[n].fields[prefix->field];
      if (ranges[n].at == ranges[n].high) continue;
      left++;
      if (!field || compare_current(own, &ranges[n], field, &ranges[lowest], prefix->size) < 0)
        lowest = n, field = own;
    }
    if (!left) break;
    double frequency = 0;
    for (u64 n = lowest; n < index->segment_count; n++) {
      const Field *own = &segments[n].fields[prefix->field];
      ranges[n].is_equal =
          n == lowest || (ranges[n].at < ranges[n].high &&
                          !compare_current(own, &ranges[n], field, &ranges[lowest], prefix->size));
      const u32 *starts = own->posting_starts + ranges[n].at;
      if (ranges[n].is_equal) frequency += (double)starts[1] - starts[0];
    }
    if (frequency < 0 || frequency > index->documents) return CORRUPT;
    double weight = idf(index->documents, frequency);
    for (u64 n = lowest; n < index->segment_count; n++)
      if (ranges[n].is_equal) ranges[n].weights[ranges[n].at++ - ranges[n].low] = weight;
  }
  return 0;
}

/* Finds and weighs the terms of a prefix in all segments. */
static int prepare_prefix(const Index *index, Node *node) {
  const Term *prefix = &index->plan->terms[node->first];
  Work *work = index->work;
  node->ranges = take(work, index->segment_count * sizeof(Range));
  for (u64 n = 0; n < index->segment_count && node->ranges; n++) {
    const Segment *segment = &index->segments[n];
    Range *range = &node->ranges[n];
    if (find_range(segment, &segment->fields[prefix->field], prefix, range)) return CORRUPT;
    range->weights = take(work, (range->high - range->low) * sizeof(double));
  }
  if (work->error) return work->error;
  return weigh_ranges(index, prefix, node->ranges);
}
