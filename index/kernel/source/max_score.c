/* The best documents of a disjunction. Term at a time, with the stop of MaxScore: H. Turtle and
   J. Flood, "Query evaluation: strategies and optimizations", 1995. search/kernels/max_score.py
   does the same by arrays. */
#include "kernel.h"

#define MAX_LISTED 8192     /* postings that are added up for a list of documents; measured */
#define POSTINGS_PER_SEEK 24 /* that are added up while one document is looked up; measured */
#define WINDOW 4096         /* documents whose totals stay in the nearest cache */

/* What the documents of a search are offered to. */
typedef struct {
  Work *work;
  u64 first, count; /* of the segment */
  int is_filtered;  /* whether only documents in `allowed` count */
  Docs excluded;    /* documents that do not count */
} Sink;

static SELDOM int is_listed_to_count(const Sink *sink, u16 document) {
  if (sink->is_filtered && !sink->work->allowed[document]) return 0;
  return !sink->excluded.count || place_of(sink->excluded, document) == NO_PLACE;
}

/* Whether a document counts. Asked only of those that are among the best as yet: they are few. */
static inline int counts(const Sink *sink, u16 document) {
  return !(sink->is_filtered || sink->excluded.count) || is_listed_to_count(sink, document);
}

/* The lists of a disjunction. The first are added up at once: `listed` of them. */
typedef struct {
  Postings **lists;
  u32 count, listed, phrases;
} Disjunction;

static int comes_before(const Postings *first, const Postings *second) {
  int is_phrase = first->phrase != NULL, other = second->phrase != NULL;
  return is_phrase == other ? first->bound > second->bound : is_phrase < other;
}

/* Offers a posting that is among the best as yet, if it has its phrase. */
static SELDOM void offer_posting(const Sink *sink, const Postings *postings, u32 at) {
  u16 document = postings->documents[at];
  if (!counts(sink, document)) return;
  if (postings->phrase && !has_phrase(postings->phrase, at)) return;
  push(&sink->work->top, (i64)(sink->first + document), score_at(postings, at));
}

static void offer_all(const Sink *sink, const Postings *postings) {
  Postings own = *postings;
  double floor = sink->work->top.floor;
  for (u32 i = 0; i < own.count; i++) {
    if (!(score_at(&own, i) > floor)) continue;
    offer_posting(sink, postings, i);
    floor = sink->work->top.floor;
  }
}

/* Adds up postings, and lists the documents as they are met first. Returns how many. */
static u32 add_listed(Work *work, const Postings *postings, u32 listed) {
  Postings own = *postings;
  for (u32 i = 0; i < own.count; i++) {
    u16 document = own.documents[i];
    work->touched[listed] = document;
    listed += !work->marks[document];
    work->marks[document] = 1;
    work->totals[document] += score_at(&own, i);
  }
  return listed;
}

/* A score that the k best of the listed documents surely reach. */
static double reached(const Sink *sink, u32 listed) {
  Work *work = sink->work;
  start_top(&work->candidates, work->top.k, work->top.floor);
  for (u32 i = 0; i < listed; i++) {
    u16 document = work->touched[i];
    double score = work->totals[document];
    if (score > work->candidates.floor && counts(sink, document))
      push(&work->candidates, document, score);
  }
  return work->candidates.floor;
}

/* The score of a document, now that its phrases are looked for; 0 if it does not match. */
static double confirmed(const Disjunction *query, u16 document) {
  double score = 0;
  for (u32 n = 0; n < query->count; n++) {
    const Postings *list = query->lists[n];
    u32 at = place_of(docs_of(list), document);
    if (at != NO_PLACE && (!list->phrase || has_phrase(list->phrase, at)))
      score += score_at(list, at);
  }
  return score;
}

/* Offers a document whose total is among the best as yet, if it has the phrases that gave it. */
static SELDOM void offer_total(const Sink *sink, const Disjunction *query, u16 document,
                               double total) {
  if (!counts(sink, document)) return;
  if (query->phrases) {
    total = confirmed(query, document);
    if (!(total > 0 && total > sink->work->top.floor)) return;
  }
  push(&sink->work->top, (i64)(sink->first + document), total);
}

/* Offers the listed documents that can still be among the best, with what the others add. */
static void offer_listed(const Sink *sink, const Disjunction *query, u32 listed, double least) {
  Work *work = sink->work;
  for (u32 i = 0; i < listed; i++) {
    u16 document = work->touched[i];
    double score = work->totals[document];
    work->totals[document] = 0;
    if (score < least) continue;
    for (u32 n = query->listed; n < query->count; n++) {
      const Postings *other = query->lists[n];
      u32 at = place_of(docs_of(other), document);
      if (at != NO_PLACE) score += score_at(other, at);
    }
    if (score > work->top.floor) offer_total(sink, query, document, score);
  }
}

/* Adds the scores of the documents of a window. */
static void add_window(Work *work, const Postings *postings, u32 *at, u32 begin) {
  Postings own = *postings;
  u32 i = *at;
  for (; i < own.count && own.documents[i] - begin < WINDOW; i++)
    work->totals[own.documents[i]] += score_at(&own, i);
  *at = i;
}

/* Adds up everything, some thousand documents at a time. */
static void offer_sums(const Sink *sink, const Disjunction *query) {
  Work *work = sink->work;
  u32 *at = work->at;
  for (u32 n = query->listed; n < query->count; n++) at[n] = 0;
  for (u32 begin = 0; begin < sink->count; begin += WINDOW) {
    for (u32 n = query->listed; n < query->count; n++)
      add_window(work, query->lists[n], &at[n], begin);
    for (u32 eight = begin; eight < begin + WINDOW; eight += 8) {
      double *totals = work->totals + eight, highest = 0;
      for (u32 i = 0; i < 8; i++) highest = totals[i] > highest ? totals[i] : highest;
      if (highest > 0 && highest > work->top.floor)
        for (u32 i = 0; i < 8; i++)
          if (totals[i] > 0 && totals[i] > work->top.floor)
            offer_total(sink, query, (u16)(eight + i), totals[i]);
      for (u32 i = 0; i < 8; i++) totals[i] = 0;
    }
  }
}

/* The highest bounds first; but phrases last, for their bounds may be of no document. */
static void sort_by_bound(Postings *lists, u32 count, Postings **ordered) {
  for (u32 i = 0; i < count; i++) {
    u32 at = i;
    for (; at && comes_before(&lists[i], ordered[at - 1]); at--) ordered[at] = ordered[at - 1];
    ordered[at] = &lists[i];
  }
}

/* Puts the lists in order, and adds up as many of them as make a list of documents. Returns how
   many documents that has. */
static u32 start_disjunction(Work *work, Disjunction *query, Postings *lists, u32 count) {
  sort_by_bound(lists, count, work->ordered);
  *query = (Disjunction){.lists = work->ordered, .count = count};
  u32 listed = 0, added = 0, first = 0;
  for (; first < count && !query->lists[first]->phrase; first++) {
    added += query->lists[first]->count;
    if (added > MAX_LISTED) break;
    listed = add_listed(work, query->lists[first], listed);
  }
  set_marks(work, (Docs){work->touched, listed}, 0);
  query->listed = first;
  for (u32 i = 0; i < count; i++) query->phrases += query->lists[i]->phrase != NULL;
  return listed;
}

static void offer_disjunction(const Sink *sink, Postings *lists, u32 count) {
  if (count == 1) {
    offer_all(sink, lists);
    return;
  }
  Work *work = sink->work;
  Disjunction query;
  u32 listed = start_disjunction(work, &query, lists, count);
  if (query.listed == count) {
    offer_listed(sink, &query, listed, -1);
    return;
  }
  double rest = 0;
  u64 left = 0, candidates = 0;
  for (u32 i = query.listed; i < count; i++)
    rest += query.lists[i]->bound, left += query.lists[i]->count;
  double floor = reached(sink, listed), least = floor - rest - TIE;
  int is_complete = rest < floor;
  if (floor > work->top.floor) work->top.floor = floor;
  for (u32 i = 0; i < listed && is_complete; i++)
    candidates += work->totals[work->touched[i]] >= least;
  if (is_complete && candidates * POSTINGS_PER_SEEK < left)
    offer_listed(sink, &query, listed, least);
  else
    offer_sums(sink, &query);
}
