/* The words within one edit of another, in all segments. An edit adds, leaves out or replaces a
   letter, or swaps two adjacent ones; the first letter is taken as right. */
#include "kernel.h"

/* What is looked for, and what was found. search/execution/compiled_words.py has the same. */
typedef struct {
  const u32 *fields; /* those that are read */
  const u8 *starts;  /* the spellings of the first letter, ascending, each followed by TERM_END */
  const u16 *folding; /* FOLDABLE of them; other letters stay */
  u64 field_count, start_bytes, seed;
  u64 size;
  u32 letters[MAX_LETTERS]; /* of the folded word */
  GivenWords words;
} NearWord;

/* Reads the letter of a word at `at`, which is moved on; 0 if it is no UTF-8. */
static u32 next_letter(const u8 *word, u64 size, u64 *at) {
  u32 first = word[(*at)++];
  if (first < 0x80) return first;
  u32 more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : 1;
  if (first < 0xC2 || first > 0xF4 || more > size - *at) return 0;
  u32 letter = first & (0x3Fu >> more);
  for (; more; more--) letter = letter << 6 | (word[(*at)++] & 0x3F);
  return letter;
}

static int is_same(const u32 *first, u64 first_size, const u32 *second, u64 second_size) {
  if (first_size != second_size) return 0;
  for (u64 i = 0; i < first_size; i++)
    if (first[i] != second[i]) return 0;
  return 1;
}

/* Whether two words are at most one edit apart: only what follows the common beginning counts. */
static int is_within_one_edit(const u32 *first, u64 size, const u32 *second, u64 other_size) {
  u64 at = 0;
  while (at < size && at < other_size && first[at] == second[at]) at++;
  first += at, second += at, size -= at, other_size -= at;
  if (!size || !other_size) return size + other_size <= 1;
  if (is_same(first + 1, size - 1, second + 1, other_size - 1)) return 1;
  if (is_same(first, size, second + 1, other_size - 1)) return 1;
  if (is_same(first + 1, size - 1, second, other_size)) return 1;
  return size > 1 && other_size > 1 && first[0] == second[1] && first[1] == second[0] &&
         is_same(first + 2, size - 2, second + 2, other_size - 2);
}

/* 1 if a word is near, 0 if it is not, CANNOT if it is no UTF-8. */
static int is_near_word(const NearWord *wanted, const u8 *word, u64 size) {
  u32 letters[MAX_LETTERS + 1];
  u64 count = 0;
  for (u64 at = 0; at < size;) {
    u32 letter = next_letter(word, size, &at);
    if (!letter) return CANNOT;
    if (count > wanted->size) return 0; /* it has two letters more */
    letters[count++] = letter < FOLDABLE ? wanted->folding[letter] : letter;
  }
  return is_within_one_edit(wanted->letters, wanted->size, letters, count);
}

/* Finds the near words of a field that begin with one spelling of the first letter. */
static int find_near(Words *found, const NearWord *wanted, const Segment *segment,
                     const Field *field, const u8 *start, u64 size) {
  i64 rank = lower_bound(&segment->file, field, start, size, 0);
  if (rank < 0) return CORRUPT;
  for (; (u64)rank < field->term_count; rank++) {
    if (!is_term_intact(&segment->file, field, (u64)rank)) return CORRUPT;
    const u8 *word = field->terms + field->term_starts[rank];
    u64 length = field->term_starts[rank + 1] - field->term_starts[rank];
    if (length < size || compare(word, size, start, size)) break;
    int near = is_near_word(wanted, word, length);
    if (near == 1) near = add_word(found, segment, field, (u64)rank, 0);
    if (near < 0) return near;
  }
  return 0;
}

static int find_near_in(Words *found, const NearWord *wanted, const Segment *segment,
                        const Field *field) {
  const u8 *start = wanted->starts, *end = start + wanted->start_bytes;
  int failed = field->posting_starts ? 0 : CANNOT;
  while (start < end && !failed) {
    u64 size = 0;
    while (start + size < end && start[size] != TERM_END) size++;
    failed = find_near(found, wanted, segment, field, start, size);
    start += size + 1;
  }
  return failed;
}

/* Gives the words within one edit; returns how many. */
API i64 dalil_words_near(const Index *index, NearWord *wanted) {
  if (!wanted->size || wanted->size >= MAX_LETTERS) return CANNOT;
  for (u64 i = 0; i < wanted->field_count; i++)
    if (wanted->fields[i] >= index->field_count) return CANNOT;
  Words found = start_words(index);
  int failed = 0;
  for (u64 n = 0; n < index->segment_count; n++)
    for (u64 i = 0; i < wanted->field_count && !failed; i++) {
      const Segment *segment = &index->segments[n];
      failed = find_near_in(&found, wanted, segment, &segment->fields[wanted->fields[i]]);
    }
  if (!failed) failed = merge_words(index, &found, wanted->seed);
  if (!failed) failed = give_words(&wanted->words, index->work, found.words, found.count);
  return failed ? failed : (i64)found.count;
}

API u64 dalil_near_word_size(void) { return sizeof(NearWord); }
