/* The k best documents of a search, as a heap whose first is the worst of them. */
#include "kernel.h"

#define MAX_HITS 1024
#define TIE 1e-9 /* search/kernels/top_k.py: scores that differ by less are equal */

typedef struct {
  i64 document;
  double score;
} Hit;

typedef struct {
  Hit hits[MAX_HITS];
  u32 count, k;
  double floor; /* a document must score more, up to a tie */
} Top;

static void start_top(Top *top, u32 k, double floor) {
  top->count = 0;
  top->k = k;
  top->floor = floor;
}

/* To nine decimals, halves to the even one, as numpy rounds. */
static inline double rounded(double score) {
  const double shift = 6755399441055744.0; /* 1.5 * 2^52: no fraction is left beside it */
  double scaled = score * 1e9;
  if (!(scaled < 2251799813685248.0)) return score;
  return ((scaled + shift) - shift) / 1e9;
}

static inline int is_worse(Hit first, Hit second) {
  return first.score < second.score ||
         (first.score == second.score && first.document > second.document);
}

static void sift_down(Top *top, Hit hit) {
  Hit *hits = top->hits;
  u32 at = 0;
  for (;;) {
    u32 child = 2 * at + 1;
    if (child >= top->count) break;
    if (child + 1 < top->count && is_worse(hits[child + 1], hits[child])) child++;
    if (!is_worse(hits[child], hit)) break;
    hits[at] = hits[child];
    at = child;
  }
  hits[at] = hit;
}

static void push(Top *top, i64 document, double score) {
  Hit hit = {document, rounded(score)}, *hits = top->hits;
  if (top->count == top->k) {
    if (!is_worse(hits[0], hit)) return;
    sift_down(top, hit);
  } else {
    u32 at = top->count++;
    for (; at && is_worse(hit, hits[(at - 1) / 2]); at = (at - 1) / 2) hits[at] = hits[(at - 1) / 2];
    hits[at] = hit;
  }
  if (top->count == top->k && hits[0].score - TIE > top->floor) top->floor = hits[0].score - TIE;
}

/* Puts the best first: a heap's worst goes to the end, again and again. */
static void sort_top(Top *top) {
  u32 count = top->count;
  while (top->count > 1) {
    Hit worst = top->hits[0];
    top->count--;
    sift_down(top, top->hits[top->count]);
    top->hits[top->count] = worst;
  }
  top->count = count;
}
