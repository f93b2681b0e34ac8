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
} Sink;

static inline void offer(const Sink *sink, u16 document, double score) {
  Top *top = &sink->work->top;
  if (!(score > top->floor) || (sink->is_filtered && !sink->work->allowed[document])) return;
  push(top, (i64)(sink->first + document), score);
}

static void offer_all(const Sink *sink, const Postings *postings) {
  Postings own = *postings;
  for (u32 i = 0; i < own.count; i++) offer(sink, own.documents[i], score_at(&own, i));
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
    if (score > work->candidates.floor && !(sink->is_filtered && !work->allowed[document]))
      push(&work->candidates, document, score);
  }
  return work->candidates.floor;
}

/* Offers the listed documents that can still be among the best, with what the others add. */
static void offer_listed(const Sink *sink, u32 listed, double least, Postings *const *others,
                         u32 other_count) {
  Work *work = sink->work;
  for (u32 i = 0; i < listed; i++) {
    u16 document = work->touched[i];
    double score = work->totals[document];
    work->totals[document] = 0;
    if (score < least) continue;
    for (u32 n = 0; n < other_count; n++) {
      const Postings *other = others[n];
      u32 at = seek(other->documents, other->count, 0, document);
      if (at < other->count && other->documents[at] == document) score += score_at(other, at);
    }
    offer(sink, document, score);
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
static void offer_sums(const Sink *sink, Postings *const *others, u32 other_count) {
  Work *work = sink->work;
  u32 *at = work->at;
  for (u32 n = 0; n < other_count; n++) at[n] = 0;
  for (u32 begin = 0; begin < sink->count; begin += WINDOW) {
    for (u32 n = 0; n < other_count; n++) add_window(work, others[n], &at[n], begin);
    for (u32 eight = begin; eight < begin + WINDOW; eight += 8) {
      double *totals = work->totals + eight, highest = 0;
      for (u32 i = 0; i < 8; i++) highest = totals[i] > highest ? totals[i] : highest;
      if (highest > 0 && highest > work->top.floor)
        for (u32 i = 0; i < 8; i++)
          if (totals[i] > 0) offer(sink, (u16)(eight + i), totals[i]);
      for (u32 i = 0; i < 8; i++) totals[i] = 0;
    }
  }
}

/* The highest bounds first. */
static void sort_by_bound(Postings *lists, u32 count, Postings **ordered) {
  for (u32 i = 0; i < count; i++) {
    u32 at = i;
    for (; at && ordered[at - 1]->bound < lists[i].bound; at--) ordered[at] = ordered[at - 1];
    ordered[at] = &lists[i];
  }
}

static void offer_disjunction(const Sink *sink, Postings *lists, u32 count) {
  Work *work = sink->work;
  if (count == 1) {
    offer_all(sink, lists);
    return;
  }
  Postings **ordered = work->ordered;
  sort_by_bound(lists, count, ordered);
  u32 listed = 0, added = 0, first = 0;
  for (; first < count && added + ordered[first]->count <= MAX_LISTED; first++) {
    added += ordered[first]->count;
    listed = add_listed(work, ordered[first], listed);
  }
  set_marks(work, (Docs){work->touched, listed}, 0);
  double rest = 0, least = 0;
  u64 left = 0, candidates = 0;
  for (u32 i = first; i < count; i++) rest += ordered[i]->bound, left += ordered[i]->count;
  double floor = first < count ? reached(sink, listed) : 0;
  int is_complete = first == count || rest < floor;
  if (first < count) least = floor - rest - TIE;
  else least = -1;
  for (u32 i = 0; i < listed && is_complete; i++)
    candidates += work->totals[work->touched[i]] >= least;
  if (first == count || (is_complete && candidates * POSTINGS_PER_SEEK < left))
    offer_listed(sink, listed, least, ordered + first, count - first);
  else
    offer_sums(sink, ordered + first, count - first);
}
