/* The documents in which the terms of a phrase stand in a row, or two of them near each other. */
#include "kernel.h"

#define MAX_PLACES 32

/* A term of a phrase in the segment that is searched. */
typedef struct {
  const Field *field;
  Span span;
  u32 place, at;     /* its place in the phrase; how far its postings are read */
  u32 known;         /* a posting whose positions are known to begin at `begins`, or NO_POSTING */
  u64 begins;
  u64 start, count;  /* its positions in the current document */
  u64 next;          /* the position that is compared next */
} Stand;

#define NO_POSTING 0xFFFFFFFFu

typedef struct {
  Run *run;
  Stand *stands;
  u32 stand_count, place_count, slop, rarest;
  u32 offsets[MAX_PLACES];
} Phrase;

static inline u64 position(const Stand *stand, u64 index) {
  return narrow(stand->field->positions, stand->field->position_width, stand->start + index);
}

/* Where the positions of a posting begin: those before it in its block are added up. */
static int find_positions(const File *file, Stand *stand, u32 posting) {
  const Field *field = stand->field;
  u32 from = posting / BLOCK * BLOCK;
  u64 begins;
  if (stand->known != NO_POSTING && stand->known >= from && stand->known <= posting) {
    from = stand->known;
    begins = stand->begins;
  } else {
    const u8 *starts = field->block_positions;
    if (!is_intact(file, starts + posting / BLOCK * field->block_width, field->block_width))
      return 0;
    begins = narrow(starts, field->block_width, posting / BLOCK);
  }
  if (!is_intact(file, field->codes + from, 2 * (u64)(posting + 1 - from))) return 0;
  for (; from < posting; from++) begins += frequency_of(field, from);
  stand->known = posting;
  stand->start = stand->begins = begins;
  stand->count = frequency_of(field, posting);
  stand->next = 0;
  if (begins > field->position_count || stand->count > field->position_count - begins) return 0;
  const u8 *positions = field->positions;
  return is_intact(file, positions + begins * field->position_width,
                   stand->count * field->position_width);
}

/* Reads where the terms stand in a document: 0 if something is damaged. */
static int read_document(Phrase *phrase, u16 document) {
  for (u32 i = 0; i < phrase->stand_count; i++) {
    Stand *stand = &phrase->stands[i];
    const u16 *documents = stand->field->documents + stand->span.start;
    u32 count = stand->span.end - stand->span.start;
    stand->at = seek(documents, count, stand->at, document);
    stand->count = 0;
    if (stand->at == count || documents[stand->at] != document) continue;
    if (!find_positions(&phrase->run->segment->file, stand, stand->span.start + stand->at))
      return 0;
  }
  return 1;
}

/* Whether a term of a place stands at a position; asked with positions that ascend. */
static int stands_at(Phrase *phrase, u32 place, i64 wanted) {
  for (u32 i = 0; i < phrase->stand_count; i++) {
    Stand *stand = &phrase->stands[i];
    if (stand->place != place) continue;
    while (stand->next < stand->count && (i64)position(stand, stand->next) < wanted) stand->next++;
    if (stand->next < stand->count && (i64)position(stand, stand->next) == wanted) return 1;
  }
  return 0;
}

static int is_row(Phrase *phrase, u64 first_position) {
  for (u32 place = 0; place < phrase->place_count; place++)
    if (place != phrase->rarest &&
        !stands_at(phrase, place, (i64)first_position + phrase->offsets[place] -
                                      phrase->offsets[phrase->rarest]))
      return 0;
  return 1;
}

/* Whether another place stands within the distance, and not at the same position. */
static int is_near(Phrase *phrase, u64 from) {
  u64 distance = phrase->slop, lowest = from > distance ? from - distance : 0;
  for (u32 i = 0; i < phrase->stand_count; i++) {
    Stand *stand = &phrase->stands[i];
    if (stand->place == phrase->rarest) continue;
    while (stand->next < stand->count && position(stand, stand->next) < lowest) stand->next++;
    for (u64 at = stand->next; at < stand->count; at++) {
      u64 found = position(stand, at);
      if (found > from && found - from > distance) break;
      if (found != from) return 1;
    }
  }
  return 0;
}

static int is_in_document(Phrase *phrase) {
  for (u32 i = 0; i < phrase->stand_count; i++) {
    Stand *own = &phrase->stands[i];
    if (own->place != phrase->rarest) continue;
    for (u32 n = 0; n < phrase->stand_count; n++) phrase->stands[n].next = 0;
    for (u64 at = 0; at < own->count; at++) {
      u64 from = position(own, at);
      if (phrase->slop ? is_near(phrase, from) : is_row(phrase, from)) return 1;
    }
  }
  return 0;
}

/* The documents of any term of a place. */
static Docs place_docs(const Phrase *phrase, u32 place) {
  Docs docs = {NULL, 0};
  u32 found = 0;
  for (u32 i = 0; i < phrase->stand_count; i++) {
    const Stand *stand = &phrase->stands[i];
    if (stand->place != place) continue;
    if (found++ == 1) set_bits(phrase->run->work, docs);
    docs = (Docs){stand->field->documents + stand->span.start, stand->span.end - stand->span.start};
    if (found > 1) set_bits(phrase->run->work, docs);
  }
  return found > 1 ? take_bits(phrase->run->work) : docs;
}

/* The documents that have a term of every place; sets which place has the fewest. */
static Docs phrase_candidates(Phrase *phrase) {
  Docs places[MAX_PLACES] = {{NULL, 0}}, none = {NULL, 0};
  for (u32 place = 0; place < phrase->place_count; place++) {
    places[place] = place_docs(phrase, place);
    if (!places[place].count) return none;
    if (places[place].count < places[phrase->rarest].count) phrase->rarest = place;
  }
  return intersection(phrase->run->work, places, phrase->place_count);
}

/* The terms that the segment has. */
static int read_stands(Phrase *phrase, const Node *node) {
  Run *run = phrase->run;
  phrase->stands = take(run->work, node->count * sizeof(Stand));
  if (!phrase->stands) return 0;
  for (u32 i = 0; i < node->count; i++) {
    const Term *term = &run->plan->terms[node->first + i];
    Span span = run->plan->spans[node->first + i];
    const Field *field = &run->segment->fields[term->field];
    phrase->offsets[term->place] = term->offset;
    if (span.start == span.end) continue;
    if (!field->codes || !is_large_intact(&run->segment->file, field)) {
      fail(run->work, field->codes ? CORRUPT : CANNOT);
      return 0;
    }
    phrase->stands[phrase->stand_count++] =
        (Stand){.field = field, .span = span, .place = term->place, .known = NO_POSTING};
  }
  return 1;
}

/* Makes a phrase ready and gives the documents that have its terms, wherever these stand. */
static Docs start_phrase(Phrase *phrase, Run *run, const Node *node) {
  Docs none = {NULL, 0};
  *phrase = (Phrase){.run = run, .place_count = node->places, .slop = node->slop};
  if (!node->places || node->places > MAX_PLACES || (node->slop && node->places != 2)) {
    fail(run->work, CANNOT);
    return none;
  }
  return read_stands(phrase, node) ? phrase_candidates(phrase) : none;
}

/* Whether the terms stand right in a document; asked with documents that ascend. */
static int is_phrase_in(Phrase *phrase, u16 document) {
  if (read_document(phrase, document)) return is_in_document(phrase);
  fail(phrase->run->work, CORRUPT);
  return 0;
}

static Docs phrase_docs(Run *run, const Node *node) {
  Phrase phrase;
  Docs candidates = start_phrase(&phrase, run, node);
  u16 *documents = take(run->work, 2 * (u64)candidates.count + 2);
  u32 count = 0;
  for (u32 i = 0; i < candidates.count && !run->work->error; i++) {
    documents[count] = candidates.documents[i];
    count += (u32)is_phrase_in(&phrase, candidates.documents[i]);
  }
  return (Docs){documents, count};
}
