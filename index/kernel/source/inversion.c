/* Texts, as numbers of pieces, to the postings of a field: a counting sort by term. Tokens of a
   term stay in the order of the text, as in a stable sort (index/codec/inversion.py). */
#include "kernel.h"

typedef struct {
  const u32 *pieces; /* of all texts, one behind the other */
  const u32 *counts; /* number of pieces of each text */
  u64 texts;
  const u32 *widths;    /* positions of each distinct piece */
  const u32 *ends;      /* number of terms up to the end of each distinct piece */
  const u32 *terms;     /* numbers of terms of the distinct pieces */
  const u32 *positions; /* of these terms, from the begin of the piece */
} Texts;

static inline u32 first_term(const Texts *texts, u32 piece) {
  return piece ? texts->ends[piece - 1] : 0;
}

/* Count the tokens of each term, and of each text; return their number. */
API u64 dalil_count_terms(const Texts *texts, u32 *of_terms, u32 *of_texts) {
  const u32 *piece = texts->pieces;
  u64 total = 0;
  for (u64 text = 0; text < texts->texts; text++) {
    u32 count = 0;
    for (const u32 *end = piece + texts->counts[text]; piece < end; piece++) {
      u32 last = texts->ends[*piece];
      for (u32 at = first_term(texts, *piece); at < last; at++, count++)
        of_terms[texts->terms[at]]++;
    }
    of_texts[text] = count;
    total += count;
  }
  return total;
}

/* Put each token, as text << 32 | position, at the next place of its term. */
API void dalil_sort_terms(const Texts *texts, u32 *places, u64 *sorted) {
  const u32 *piece = texts->pieces;
  for (u64 text = 0; text < texts->texts; text++) {
    u32 position = 0;
    for (const u32 *end = piece + texts->counts[text]; piece < end; piece++) {
      u32 last = texts->ends[*piece];
      for (u32 at = first_term(texts, *piece); at < last; at++)
        sorted[places[texts->terms[at]]++] = text << 32 | (position + texts->positions[at]);
      position += texts->widths[*piece];
    }
  }
}

/* Join the tokens of each term and text to a posting; ends are those of the terms in the sorted
   tokens. Writes text and frequency of each posting, the first posting of each term, behind the
   last their number, and the position of each token. Return the number of postings. */
API u64 dalil_join_tokens(const u64 *sorted, const u32 *ends, u64 terms, u16 *documents,
                          u32 *frequencies, u32 *starts, u32 *positions) {
  u64 postings = 0, token = 0;
  for (u64 term = 0; term < terms; term++) {
    starts[term] = (u32)postings;
    while (token < ends[term]) {
      u64 first = token, text = sorted[token] >> 32;
      for (; token < ends[term] && sorted[token] >> 32 == text; token++)
        positions[token] = (u32)sorted[token];
      documents[postings] = (u16)text;
      frequencies[postings++] = (u32)(token - first);
    }
  }
  starts[terms] = (u32)postings;
  return postings;
}
