/* Words that were found in several segments: each once, and the commonest of them. */
#include "kernel.h"

/* A word, and the documents that have it. */
typedef struct {
  const u8 *text;
  u32 size, is_unsure;
  u64 frequency;
} Word;

/* Words, and room for more. */
typedef struct {
  Word *words;
  u64 count, room;
} Words;

/* Makes one of the words that are equal, in place: segments have most words in common. `slots` are
   twice as many as the words at least, a power of two. */
static void merge_words(Words *found, u32 *slots, u64 places, u64 seed) {
  u64 count = 0;
  memset(slots, 0, places * sizeof *slots);
  for (u64 i = 0; i < found->count; i++) {
    Word word = found->words[i];
    u64 at = string_hash(word.text, word.size, seed) & (places - 1);
    for (; slots[at]; at = (at + 1) & (places - 1)) {
      Word *known = &found->words[slots[at] - 1];
      if (known->size != word.size || compare(known->text, word.size, word.text, word.size))
        continue;
      known->frequency += word.frequency;
      break;
    }
    if (slots[at]) continue;
    found->words[count] = word;
    slots[at] = (u32)++count;
  }
  found->count = count;
}

/* Whether a word comes behind another: fewer documents have it, or it is later in the order. */
static int is_behind(const Word *first, const Word *second) {
  if (first->frequency != second->frequency) return first->frequency < second->frequency;
  return compare(first->text, first->size, second->text, second->size) > 0;
}

/* Puts a word into a heap whose first is behind all others, from the top. */
static void sink_word(Word *heap, u64 count, Word word) {
  u64 at = 0;
  for (u64 child; (child = 2 * at + 1) < count; at = child) {
    if (child + 1 < count && is_behind(&heap[child + 1], &heap[child])) child++;
    if (!is_behind(&heap[child], &word)) break;
    heap[at] = heap[child];
  }
  heap[at] = word;
}

/* Puts a word into the heap of the commonest. */
static u64 push_word(Word *heap, u64 count, u64 most, Word word) {
  if (count == most) {
    if (is_behind(&heap[0], &word)) sink_word(heap, count, word);
    return count;
  }
  u64 at = count;
  for (; at && is_behind(&word, &heap[(at - 1) / 2]); at = (at - 1) / 2) heap[at] = heap[(at - 1) / 2];
  heap[at] = word;
  return count + 1;
}
