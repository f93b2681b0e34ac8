/* The documents in which the terms of a phrase stand in a row, or two of them near each other. */
#include "kernel.h"

#define MAX_PLACES MAX_MET

/* A term of a phrase in the segment that is searched. */
typedef struct {
  const Field *field;
  Span span;
  const u32 *places; /* of the candidates in its postings; NULL: they are sought */
  u32 at;            /* how far its postings are read */
  u32 known;         /* a posting whose positions are known to begin at `begins`, or NO_POSTING */
  u64 begins;
  u64 start, count;  /* its positions in the current candidate, */
  u64 next;          /* of which this is compared next */
  int is_read;       /* whether they are those of the current candidate */
} Stand;

#define NO_POSTING 0xFFFFFFFFu

/* A place of a phrase: which of its terms may stand there, and in how many documents they do. */
typedef struct {
  u32 first, end, offset, frequency;
} PhrasePlace;

typedef struct Phrase {
  Run *run;
  Docs candidates; /* the documents that have its terms, wherever these stand */
  Stand *stands;   /* by place */
  PhrasePlace places[MAX_PLACES]; /* the rarest first */
  u32 stand_count, place_count, slop;
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
  if (begins > field->position_count || stand->count > field->position_count - begins) return 0;
  const u8 *positions = field->positions;
  return is_intact(file, positions + begins * field->position_width,
                   stand->count * field->position_width);
}

/* Reads where a term stands in a candidate, if that was not done: a candidate whose rarer terms
   stand apart costs no reading of the others. What is damaged stands nowhere, and the search
   fails. */
static void read_stand(Phrase *phrase, Stand *stand, u32 candidate) {
  if (stand->is_read) return;
  stand->is_read = 1;
  stand->count = stand->next = 0;
  if (stand->places) {
    stand->at = stand->places[candidate];
  } else {
    u16 document = phrase->candidates.documents[candidate];
    const u16 *documents = stand->field->documents + stand->span.start;
    u32 count = stand->span.end - stand->span.start;
    if (stand->at == count || documents[stand->at] > document) stand->at = 0;
    stand->at = seek(documents, count, stand->at, document);
    if (stand->at == count || documents[stand->at] != document) return;
  }
  if (find_positions(&phrase->run->segment->file, stand, stand->span.start + stand->at)) return;
  stand->count = 0;
  fail(phrase->run->work, CORRUPT);
}

/* Whether a term of a place stands at a position; asked with positions that ascend. */
static int stands_at(Phrase *phrase, const PhrasePlace *place, u32 candidate, i64 wanted) {
  for (u32 i = place->first; i < place->end; i++) {
    Stand *stand = &phrase->stands[i];
    read_stand(phrase, stand, candidate);
    while (stand->next < stand->count && (i64)position(stand, stand->next) < wanted) stand->next++;
    if (stand->next < stand->count && (i64)position(stand, stand->next) == wanted) return 1;
  }
  return 0;
}

static int is_row(Phrase *phrase, u32 candidate, u64 from) {
  const PhrasePlace *places = phrase->places;
  i64 begin = (i64)from - places[0].offset;
  for (u32 n = 1; n < phrase->place_count; n++)
    if (!stands_at(phrase, &places[n], candidate, begin + places[n].offset)) return 0;
  return 1;
}

/* Whether the other place stands within the distance, and not at the same position. */
static int is_near(Phrase *phrase, u32 candidate, u64 from) {
  u64 distance = phrase->slop, lowest = from > distance ? from - distance : 0;
  for (u32 i = phrase->places[1].first; i < phrase->places[1].end; i++) {
    Stand *stand = &phrase->stands[i];
    read_stand(phrase, stand, candidate);
    while (stand->next < stand->count && position(stand, stand->next) < lowest) stand->next++;
    for (u64 at = stand->next; at < stand->count; at++) {
      u64 found = position(stand, at);
      if (found > from && found - from > distance) break;
      if (found != from) return 1;
    }
  }
  return 0;
}

/* Whether the terms stand right in a candidate, which is named by its number. */
static int has_phrase(Phrase *phrase, u32 candidate) {
  for (u32 i = 0; i < phrase->stand_count; i++) phrase->stands[i].is_read = 0;
  for (u32 i = phrase->places[0].first; i < phrase->places[0].end; i++) {
    Stand *own = &phrase->stands[i];
    read_stand(phrase, own, candidate);
    for (u32 n = 0; n < phrase->stand_count; n++) phrase->stands[n].next = 0;
    for (u64 at = 0; at < own->count; at++) {
      u64 from = position(own, at);
      if (phrase->slop ? is_near(phrase, candidate, from) : is_row(phrase, candidate, from))
        return !phrase->run->work->error;
    }
  }
  return 0;
}

/* Makes the stands of a place, of the terms that the segment has. */
static int read_place(Phrase *phrase, const Node *node, u32 number) {
  Run *run = phrase->run;
  PhrasePlace *place = &phrase->places[number];
  *place = (PhrasePlace){.first = phrase->stand_count};
  for (u32 i = node->first; i < node->first + node->count; i++) {
    const Term *term = &run->plan->terms[i];
    Span span = run->plan->spans[i];
    const Field *field = &run->segment->fields[term->field];
    if (term->place != number) continue;
    place->offset = term->offset;
    if (span.start == span.end) continue;
    if (!field->codes || !is_large_intact(&run->segment->file, field)) {
      fail(run->work, field->codes ? CORRUPT : CANNOT);
      return 0;
    }
    phrase->stands[phrase->stand_count++] =
        (Stand){.field = field, .span = span, .known = NO_POSTING};
  }
  place->end = phrase->stand_count;
  return place->first < place->end;
}

static Docs stand_docs(const Stand *stand) {
  return (Docs){stand->field->documents + stand->span.start, stand->span.end - stand->span.start};
}

/* The documents of any term of a place. */
static Docs place_docs(const Phrase *phrase, const PhrasePlace *place) {
  if (place->end - place->first == 1) return stand_docs(&phrase->stands[place->first]);
  for (u32 i = place->first; i < place->end; i++)
    set_bits(phrase->run->work, stand_docs(&phrase->stands[i]));
  return take_bits(phrase->run->work);
}

/* The places with the rarest terms come first; few documents are left for the others. */
static void sort_places(Phrase *phrase) {
  for (u32 n = 1; n < phrase->place_count; n++) {
    PhrasePlace place = phrase->places[n];
    u32 at = n;
    for (; at && phrase->places[at - 1].frequency > place.frequency; at--)
      phrase->places[at] = phrase->places[at - 1];
    phrase->places[at] = place;
  }
}

/* Finds the candidates. */
static void find_candidates(Phrase *phrase) {
  Work *work = phrase->run->work;
  Docs lists[MAX_PLACES];
  for (u32 n = 0; n < phrase->place_count; n++) {
    lists[n] = place_docs(phrase, &phrase->places[n]);
    phrase->places[n].frequency = lists[n].count;
  }
  if (work->error) return;
  sort_places(phrase);
  Docs candidates = intersection(work, lists, phrase->place_count);
  for (u32 i = 0; i < phrase->stand_count; i++)
    phrase->stands[i].places =
        met_places(work, candidates, stand_docs(&phrase->stands[i]).documents);
  phrase->candidates = candidates;
}

/* Makes a phrase ready for has_phrase; NULL if that needs the caller's own way. */
static Phrase *start_phrase(Run *run, const Node *node) {
  Phrase *phrase = take(run->work, sizeof *phrase);
  Stand *stands = take(run->work, node->count * sizeof *stands);
  if (!node->places || node->places > MAX_PLACES || (node->slop && node->places != 2))
    fail(run->work, CANNOT);
  if (run->work->error) return NULL;
  *phrase = (Phrase){.run = run, .stands = stands, .slop = node->slop};
  for (u32 n = 0; n < node->places; n++)
    if (!read_place(phrase, node, n)) return phrase; /* no candidates */
  phrase->place_count = node->places;
  find_candidates(phrase);
  return phrase;
}

static Docs phrase_docs(Run *run, const Node *node) {
  Phrase *phrase = start_phrase(run, node);
  if (!phrase) return (Docs){NULL, 0};
  Docs candidates = phrase->candidates;
  u16 *documents = take(run->work, 2 * (u64)candidates.count + 2);
  u32 count = 0;
  for (u32 i = 0; i < candidates.count && !run->work->error; i++) {
    documents[count] = candidates.documents[i];
    count += (u32)has_phrase(phrase, i);
  }
  return (Docs){documents, count};
}
