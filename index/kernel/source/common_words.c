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

/* What the caller reads: the words, each followed by TERM_END, and the documents that have each. */
typedef struct {
  const u64 *frequencies;
  const u8 *texts;
  u64 text_bytes;
} GivenWords;

static int add_word(Words *found, const Segment *segment, const Field *field, u64 rank,
                    int is_unsure) {
  const u32 *starts = field->posting_starts + rank;
  if (!is_intact(&segment->file, starts, 2 * sizeof *starts) || starts[0] > starts[1])
    return CORRUPT;
  if (found->count == found->room) return CANNOT;
  u32 start = field->term_starts[rank], end = field->term_starts[rank + 1];
  found->words[found->count++] =
      (Word){field->terms + start, end - start, (u32)is_unsure, starts[1] - starts[0]};
  return 0;
}

/* Gives the whole arena to words. */
static Words start_words(const Index *index) {
  Work *work = index->work;
  work->error = 0;
  work->arena = index->arena;
  work->size = index->arena_size;
  return (Words){(Word *)index->arena, 0, index->arena_size / sizeof(Word)};
}

/* Makes one of the words that are equal, in place: segments have most words in common. What is
   taken of the arena afterwards lies behind them. */
static int merge_words(const Index *index, Words *found, u64 seed) {
  index->work->used = 0;
  take(index->work, found->count * sizeof(Word)); /* where they are */
  u64 count = 0, places = 2;
  while (places < 2 * found->count) places *= 2;
  u32 *slots = take(index->work, places * sizeof *slots);
  if (index->work->error) return index->work->error;
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
  return 0;
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

/* Writes words for the caller. */
static int give_words(GivenWords *given, Work *work, const Word *words, u64 count) {
  u64 bytes = 0;
  for (u64 i = 0; i < count; i++) bytes += words[i].size + 1;
  u64 *frequencies = take(work, count * sizeof *frequencies);
  u8 *texts = take(work, bytes);
  if (work->error) return work->error;
  *given = (GivenWords){frequencies, texts, bytes};
  for (u64 i = 0; i < count; i++) {
    frequencies[i] = words[i].frequency;
    memcpy(texts, words[i].text, words[i].size);
    texts += words[i].size;
    *texts++ = TERM_END;
  }
  return 0;
}
