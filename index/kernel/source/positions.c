/* Where any of several terms stand in a few documents: for the hits that are shown. */
#include "kernel.h"

/* A term that the segment has; `at` is how far its postings are read. */
typedef struct {
  const Field *field;
  Span span;
  u32 at;
} HeldTerm;

/* What is asked and what is given. search/execution/compiled_positions.py has the same. */
typedef struct {
  const u8 *terms; /* of each its field, its text and TERM_END */
  const i64 *documents; /* of the index, ascending */
  u32 *counts;          /* of each document */
  const u32 *positions; /* of all documents, one after the other */
  u64 term_bytes, document_count;
} Places;

/* Looks the terms up in a segment; returns how many it has. */
static i64 find_held(const Index *index, const Segment *segment, const Places *places,
                     HeldTerm *held, u64 room) {
  Reader reader = {places->terms, places->terms + places->term_bytes, 0};
  Term before = {0};
  i64 rank = 0;
  u64 count = 0;
  while (reader.at < reader.end) {
    Term term = {.field = read_number(&reader)};
    read_text(&reader, &term);
    if (reader.failed || term.field >= index->field_count) return CANNOT;
    const Field *field = &segment->fields[term.field];
    if (!field->posting_starts || !field->codes) return CANNOT;
    int follows = before.text && before.field == term.field &&
                  compare(before.text, before.size, term.text, term.size) < 0;
    rank = lower_bound(&segment->file, field, term.text, term.size, follows ? (u64)rank : 0);
    if (rank < 0) return CORRUPT;
    before = term;
    if ((u64)rank == field->term_count || compare_term(field, (u64)rank, term.text, term.size))
      continue;
    if (count == room) return CANNOT;
    held[count] = (HeldTerm){.field = field};
    if (span_of(segment, field, (u64)rank, &held[count].span)) return CORRUPT;
    if (!is_large_intact(&segment->file, field)) return CORRUPT;
    count++;
  }
  return (i64)count;
}

/* Adds the positions of a posting to others: 0 if they were added. */
static int add_positions(const File *file, const Field *field, u32 posting, u32 *positions,
                         u64 *count, u64 room) {
  u32 from = posting / BLOCK * BLOCK;
  const u8 *blocks = field->block_positions, *all = field->positions;
  u64 width = field->position_width;
  if (!is_intact(file, blocks + from / BLOCK * field->block_width, field->block_width) ||
      !is_intact(file, field->codes + from, 2 * (u64)(posting + 1 - from)))
    return CORRUPT;
  u64 begins = narrow(blocks, field->block_width, from / BLOCK);
  for (; from < posting; from++) begins += frequency_of(field, from);
  u64 added = frequency_of(field, posting);
  if (begins > field->position_count || added > field->position_count - begins) return CORRUPT;
  if (!is_intact(file, all + begins * width, added * width)) return CORRUPT;
  if (added > room - *count) return CANNOT;
  for (u64 i = 0; i < added; i++) {
    u64 position = narrow(all, width, begins + i);
    if (position > 0xFFFFFFFFu) return CORRUPT;
    positions[(*count)++] = (u32)position;
  }
  return 0;
}

static void sink_position(u32 *heap, u64 count, u64 at, u32 position) {
  for (u64 child; (child = 2 * at + 1) < count; at = child) {
    if (child + 1 < count && heap[child + 1] > heap[child]) child++;
    if (heap[child] <= position) break;
    heap[at] = heap[child];
  }
  heap[at] = position;
}

/* Puts positions in order, by heapsort, where those of several terms are not yet; each is kept
   once. Returns how many there are. */
static u64 in_order(u32 *positions, u64 count) {
  u64 sorted = 1, distinct = 0;
  while (sorted < count && positions[sorted - 1] < positions[sorted]) sorted++;
  if (sorted >= count) return count;
  for (u64 at = count / 2; at-- > 0;) sink_position(positions, count, at, positions[at]);
  for (u64 left = count; left > 1;) {
    u32 highest = positions[0];
    left--;
    sink_position(positions, left, 0, positions[left]);
    positions[left] = highest;
  }
  for (u64 i = 0; i < count; i++)
    if (!distinct || positions[distinct - 1] != positions[i]) positions[distinct++] = positions[i];
  return distinct;
}

/* Reads where the terms of a segment stand in one of its documents; returns at how many places. */
static i64 read_positions(const Segment *segment, HeldTerm *held, u64 held_count, u16 document,
                       u32 *positions, u64 room) {
  u64 count = 0;
  for (u64 i = 0; i < held_count; i++) {
    const u16 *documents = held[i].field->documents + held[i].span.start;
    u32 documents_count = held[i].span.end - held[i].span.start;
    held[i].at = seek(documents, documents_count, held[i].at, document);
    if (held[i].at == documents_count || documents[held[i].at] != document) continue;
    int failed = add_positions(&segment->file, held[i].field, held[i].span.start + held[i].at,
                               positions, &count, room);
    if (failed) return failed;
  }
  return (i64)in_order(positions, count);
}

/* The segment of a document, from `number` on; NULL if the index has no such document. */
static const Segment *segment_of(const Index *index, u64 document, u64 *number) {
  const Segment *segments = index->segments;
  while (*number < index->segment_count &&
         document >= segments[*number].first + segments[*number].count)
    ++*number;
  if (*number == index->segment_count || document < segments[*number].first) return NULL;
  return &segments[*number];
}

/* Gives the ascending positions of any of the terms in each document; returns how many. */
API i64 dalil_positions(const Index *index, Places *places) {
  u64 half = index->arena_size / 2, total = 0, number = 0;
  u32 *positions = (u32 *)index->arena;
  HeldTerm *held = (HeldTerm *)(index->arena + half);
  const Segment *current = NULL;
  i64 held_count = 0;
  for (u64 n = 0; n < places->document_count; n++) {
    u64 document = (u64)places->documents[n];
    const Segment *segment = segment_of(index, document, &number);
    if (!segment) return CANNOT;
    if (segment != current) {
      current = segment;
      held_count = find_held(index, segment, places, held, half / sizeof *held);
      if (held_count < 0) return held_count;
    }
    i64 count = read_positions(segment, held, (u64)held_count, (u16)(document - segment->first),
                            positions + total, half / sizeof *positions - total);
    if (count < 0) return count;
    places->counts[n] = (u32)count;
    total += (u64)count;
  }
  places->positions = positions;
  return (i64)total;
}

API u64 dalil_places_size(void) { return sizeof(Places); }
