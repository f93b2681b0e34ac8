/* The documents that are in each of several lists, and what they score in them. */
#include "kernel.h"

/* The shortest list first, so that little is left when the longest are read. */
static void sort_by_count(Docs *lists, u32 count) {
  for (u32 i = 1; i < count; i++) {
    Docs list = lists[i];
    u32 at = i;
    for (; at && lists[at - 1].count > list.count; at--) lists[at] = lists[at - 1];
    lists[at] = list;
  }
}

/* Looks the documents up in a list that is many times longer, and keeps their places in it; those
   in the lists before it, from `first` on, are kept too. The lists that follow are longer, and the
   documents fewer: so these are looked up there again. */
static Docs sought_places(Work *work, Docs docs, Docs list, u32 first, u32 number) {
  Met *met = &work->met;
  u16 *documents = take(work, 2 * (u64)docs.count);
  u32 *places = take(work, 4 * (u64)docs.count), count = 0, at = 0;
  if (!documents || !places) return (Docs){NULL, 0};
  for (u32 i = 0; i < docs.count; i++) {
    at = seek(list.documents, list.count, at, docs.documents[i]);
    if (at == list.count) break;
    if (list.documents[at] != docs.documents[i]) continue;
    documents[count] = docs.documents[i];
    for (u32 n = first; n < number && n < MAX_MET; n++) met->places[n][count] = met->places[n][i];
    places[count++] = at;
  }
  if (number < MAX_MET) met->places[number] = places;
  return (Docs){documents, count};
}

/* The documents that are in every list, of which there is one at least; the lists are put in
   order. */
static Docs intersection(Work *work, Docs *lists, u32 count) {
  sort_by_count(lists, count);
  Met *met = &work->met;
  met->count = count < MAX_MET ? count : MAX_MET;
  for (u32 i = 0; i < met->count; i++) {
    met->lists[i] = lists[i];
    met->places[i] = NULL;
  }
  Docs docs = lists[0];
  u32 first = 0;
  for (u32 i = 1; i < count && docs.count; i++) {
    if ((u64)docs.count * MIN_SEEK_RATIO < lists[i].count) {
      if (!first) first = i;
      docs = sought_places(work, docs, lists[i], first, i);
    } else docs = filtered(work, docs, lists[i], 1);
  }
  return met->docs = docs;
}

/* Where documents are in a list that has all of them; NULL if there is no more memory. */
static u32 *find_places(Work *work, Docs docs, Docs list) {
  u32 *places = take(work, 4 * ((u64)docs.count + 1)), at = 0, count = 0;
  if (!places) return NULL;
  if ((u64)docs.count * MIN_SEEK_RATIO < list.count) {
    for (u32 i = 0; i < docs.count; i++)
      places[i] = at = seek(list.documents, list.count, at, docs.documents[i]);
    return places;
  }
  set_marks(work, docs, 1);
  for (u32 i = 0; i < list.count; i++) { /* no branch that the processor must guess */
    places[count] = i;
    count += work->marks[list.documents[i]];
  }
  set_marks(work, docs, 0);
  return places;
}

/* The places of documents in a list if they are those of the last intersection and it was one of
   its lists; else NULL. */
static const u32 *met_places(Work *work, Docs docs, const u16 *list) {
  Met *met = &work->met;
  if (!docs.count || docs.documents != met->docs.documents) return NULL;
  for (u32 i = 0; i < met->count; i++) {
    if (met->lists[i].documents != list) continue;
    if (!met->places[i]) met->places[i] = find_places(work, docs, met->lists[i]);
    return met->places[i];
  }
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
