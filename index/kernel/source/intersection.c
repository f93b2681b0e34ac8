/* The documents that are in each of several lists, and what they score in them. */
#include "kernel.h"

/* Finds documents in a list that is many times longer: the numbers of those that are in it, and
   their places there. Returns how many. */
static u32 meet_by_seeking(Docs docs, Docs longer, u32 *met, u32 *places) {
  u32 count = 0, at = 0;
  for (u32 i = 0; i < docs.count; i++) {
    u16 document = docs.documents[i];
    at = seek(longer.documents, longer.count, at, document);
    if (at == longer.count) break;
    met[count] = i;
    places[count] = at;
    count += longer.documents[at] == document;
  }
  return count;
}

/* The same by one pass over the list, without a branch that the processor must guess. */
static u32 meet_by_marking(Work *work, Docs docs, Docs list, u32 *met, u32 *places) {
  u32 count = 0;
  for (u32 i = 0; i < docs.count; i++) work->slots[docs.documents[i]] = i + 1;
  for (u32 i = 0; i < list.count; i++) {
    u32 slot = work->slots[list.documents[i]];
    met[count] = slot - 1;
    places[count] = i;
    count += slot != 0;
  }
  for (u32 i = 0; i < docs.count; i++) work->slots[docs.documents[i]] = 0;
  return count;
}

static u32 meet(Work *work, Docs docs, Docs list, u32 *places) {
  return (u64)docs.count * MIN_SEEK_RATIO < list.count
             ? meet_by_seeking(docs, list, work->at, places)
             : meet_by_marking(work, docs, list, work->at, places);
}

/* The shortest list first, so that little is left when the longest are read. */
static void sort_by_count(Docs *lists, u32 count) {
  for (u32 i = 1; i < count; i++) {
    Docs list = lists[i];
    u32 at = i;
    for (; at && lists[at - 1].count > list.count; at--) lists[at] = lists[at - 1];
    lists[at] = list;
  }
}

/* Makes room for the documents of the shortest list and for their places in each: NULL if there
   is none. */
static u16 *start_met(Work *work, const Docs *lists, u32 count) {
  Met *met = &work->met;
  u64 room = (u64)lists[0].count + 1;
  met->count = count < MAX_MET ? count : MAX_MET;
  for (u32 i = 0; i < met->count; i++) {
    met->lists[i] = lists[i].documents;
    met->places[i] = take(work, 4 * room);
  }
  u16 *documents = take(work, 2 * room);
  if (!documents || !met->places[met->count - 1]) return NULL;
  for (u32 i = 0; i < lists[0].count; i++) {
    documents[i] = lists[0].documents[i];
    met->places[0][i] = i;
  }
  return documents;
}

/* The documents that are in every list, of which there is one at least; the lists are put in
   order. */
static Docs intersection(Work *work, Docs *lists, u32 count) {
  if (count == 1) return lists[0];
  sort_by_count(lists, count);
  Met *met = &work->met;
  u16 *documents = start_met(work, lists, count);
  u32 *unnamed = count > MAX_MET ? take(work, 4 * ((u64)lists[0].count + 1)) : NULL;
  if (work->error) return (Docs){NULL, 0};
  Docs docs = {documents, lists[0].count};
  for (u32 i = 1; i < count && docs.count; i++) {
    docs.count = meet(work, docs, lists[i], i < MAX_MET ? met->places[i] : unnamed);
    for (u32 n = 0; n < docs.count; n++) documents[n] = documents[work->at[n]];
    for (u32 before = 0; before < i && before < MAX_MET; before++)
      for (u32 n = 0; n < docs.count; n++)
        met->places[before][n] = met->places[before][work->at[n]];
  }
  return met->docs = docs;
}

/* The places of documents in a list if they are those of the last intersection; else NULL. */
static const u32 *met_places(const Work *work, Docs docs, const u16 *list) {
  const Met *met = &work->met;
  if (docs.documents != met->docs.documents) return NULL;
  for (u32 i = 0; i < met->count; i++)
    if (met->lists[i] == list) return met->places[i];
  return NULL;
}

/* Adds the scores of documents, times a factor, to totals, one for each of them. */
static void add_scores(Work *work, const Postings *postings, double factor, Docs docs,
                       double *totals) {
  Postings scaled = *postings;
  scaled.weight *= factor;
  u32 at = 0, count = 0;
  const u32 *places = met_places(work, docs, scaled.documents);
  if (places) {
    for (u32 i = 0; i < docs.count; i++) totals[i] += score_at(&scaled, places[i]);
    return;
  }
  if ((u64)docs.count * MIN_SEEK_RATIO < postings->count) {
    for (u32 i = 0; i < docs.count; i++) {
      at = seek(scaled.documents, scaled.count, at, docs.documents[i]);
      if (at < scaled.count && scaled.documents[at] == docs.documents[i])
        totals[i] += score_at(&scaled, at);
    }
    return;
  }
  for (u32 i = 0; i < docs.count; i++) work->slots[docs.documents[i]] = i + 1;
  for (u32 i = 0; i < scaled.count; i++) { /* the few that are wanted first, without a branch */
    work->at[count] = i;
    count += work->slots[scaled.documents[i]] != 0;
  }
  for (u32 i = 0; i < count; i++)
    totals[work->slots[scaled.documents[work->at[i]]] - 1] += score_at(&scaled, work->at[i]);
  for (u32 i = 0; i < docs.count; i++) work->slots[docs.documents[i]] = 0;
}
