/* Words as the analysis has them: code points below ALPHABET, for which a table has an entry each.
   Words with others are given back to Python. */
#ifndef DALIL_TEXT_H
#define DALIL_TEXT_H

#include "kernel.h"

enum { ALPHABET = 0x800, GIVEN_BACK = 0xFFFF };

/* Words in ascending order, one after the other, with the place of each and the end of the last. */
typedef struct {
  const u16 *letters;
  const u32 *starts;
  u64 count;
} WordSet;

/* The stop words of both languages: index/analysis/stopwords. */
typedef struct {
  WordSet english, arabic, arabic_kept;
  const u16 *compared; /* [ALPHABET]: a letter as the Arabic list has it */
} StopWords;

/* The letters of a word in UTF-32. 0 if Python must do it: it is too long, or has other letters. */
static int letters_of(const u32 *text, u32 length, u16 *word, u32 most) {
  if (length > most) return 0;
  for (u32 i = 0; i < length; i++) {
    if (text[i] >= ALPHABET) return 0;
    word[i] = (u16)text[i];
  }
  return 1;
}

static int compare_words(const u16 *one, u32 one_length, const u16 *other, u32 other_length) {
  for (u32 i = 0; i < one_length && i < other_length; i++)
    if (one[i] != other[i]) return one[i] < other[i] ? -1 : 1;
  return one_length < other_length ? -1 : one_length > other_length;
}

/* Whether a word is in a set: a binary search. */
static int contains(const WordSet *set, const u16 *word, u32 length) {
  u64 low = 0, high = set->count;
  while (low < high) {
    u64 middle = (low + high) / 2;
    const u32 *start = set->starts + middle;
    int order = compare_words(word, length, set->letters + start[0], start[1] - start[0]);
    if (!order) return 1;
    if (order < 0)
      high = middle;
    else
      low = middle + 1;
  }
  return 0;
}

enum { LONGEST_STOP_WORD = 16 };

/* Whether an exact Arabic form is a stop word: stopwords.is_arabic_stop_word. */
static int is_arabic_stop_word(const StopWords *stop, const u16 *word, u32 length) {
  u16 compared[LONGEST_STOP_WORD];
  if (length > LONGEST_STOP_WORD) return 0;
  for (u32 i = 0; i < length; i++) compared[i] = stop->compared[word[i]];
  return contains(&stop->arabic, compared, length) && !contains(&stop->arabic_kept, word, length);
}

#endif
