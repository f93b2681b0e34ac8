/* The words that begin with a prefix however they are spelled, in all segments: letters are folded
   while a word is read, and where a letter is not wanted, all words that share it are stepped over.
   The caller knows more letters: it folds the words that have others
   (search/dictionary/prefix.py). */
#include "kernel.h"

#define MAX_BEGINNINGS 3
#define MAX_LETTERS 64
#define FOLDABLE 0x700       /* letters below this are in the table */
#define NO_LETTER 0          /* folded to nothing */
#define UNKNOWN_LETTER 0xFFFF /* the caller has to fold it */

/* What is looked for, and what was found. search/execution/compiled_words.py has the same. */
typedef struct {
  const u32 *fields; /* those that are read */
  const u8 *starts;  /* ascending, each followed by TERM_END: what a word begins with as spelled */
  const u16 *folding;
  u64 field_count, start_bytes, seed;
  u64 most; /* words that are given: those that most documents have */
  u64 count; /* beginnings, of which a folded word must have one; 0 accepts all words */
  u32 sizes[MAX_BEGINNINGS], least[MAX_BEGINNINGS]; /* letters of each; of a word that has it */
  u32 letters[MAX_BEGINNINGS][MAX_LETTERS];
  u64 found;                   /* different words that begin so, without those that are unsure */
  u64 given, unsure;           /* the words that the caller has to fold come last */
  GivenWords words;            /* the commonest first */
} Beginnings;

enum { TOO_SHORT, REJECTED, ACCEPTED, UNDECIDED };

/* Reads a word until it is decided; `read` gets the bytes that reject it. */
static int begins_so(const Beginnings *wanted, const u8 *word, u64 size, u64 *read) {
  u32 alive = (1u << wanted->count) - 1, letters = 0;
  if (!alive) return ACCEPTED;
  for (u64 at = 0; at < size;) {
    u32 letter = word[at++];
    if (letter >= 0x80) {
      if (letter < 0xC2 || letter > 0xDF || at == size) return UNDECIDED;
      letter = (letter & 0x1F) << 6 | (word[at++] & 0x3F);
    }
    u32 folded = letter < FOLDABLE ? wanted->folding[letter] : UNKNOWN_LETTER;
    if (folded == UNKNOWN_LETTER) return UNDECIDED;
    if (folded == NO_LETTER) continue;
    for (u32 n = 0; n < wanted->count; n++)
      if (letters < wanted->sizes[n] && wanted->letters[n][letters] != folded) alive &= ~(1u << n);
    letters++;
    *read = at;
    if (!alive) return REJECTED;
    for (u32 n = 0; n < wanted->count; n++)
      if (alive >> n & 1 && letters >= wanted->least[n]) return ACCEPTED;
  }
  return TOO_SHORT;
}

/* The first rank behind those whose words share the bytes that reject one of them. */
static i64 step_over(const Segment *segment, const Field *field, u64 rank, u64 shared) {
  u8 bound[4 * MAX_LETTERS];
  if (shared >= sizeof bound) return (i64)rank + 1;
  memcpy(bound, field->terms + field->term_starts[rank], shared);
  bound[shared] = TERM_END;
  return lower_bound(&segment->file, field, bound, shared + 1, rank);
}

/* Finds the words of a field that are spelled with a start; `from` is the rank where to look, and
   then the one behind them. */
static int find_beginnings(Words *found, const Beginnings *wanted, const Segment *segment,
                      const Field *field, const u8 *start, u64 size, i64 *from) {
  i64 rank = lower_bound(&segment->file, field, start, size, (u64)*from);
  while (rank >= 0 && (u64)rank < field->term_count) {
    if (!is_term_intact(&segment->file, field, (u64)rank)) return CORRUPT;
    const u8 *word = field->terms + field->term_starts[rank];
    u64 length = field->term_starts[rank + 1] - field->term_starts[rank], read = 0;
    if (length < size || compare(word, size, start, size)) break;
    int how = begins_so(wanted, word, length, &read);
    if (how == ACCEPTED || how == UNDECIDED) {
      int failed = add_word(found, segment, field, (u64)rank, how == UNDECIDED);
      if (failed) return failed;
    }
    rank = how == REJECTED ? step_over(segment, field, (u64)rank, read) : rank + 1;
  }
  *from = rank;
  return rank < 0 ? CORRUPT : 0;
}

/* Finds the words of a field that are spelled with any of the starts. */
static int find_all_words(Words *found, const Beginnings *wanted, const Segment *segment,
                          const Field *field) {
  const u8 *start = wanted->starts, *end = start + wanted->start_bytes;
  i64 from = 0;
  int failed = 0;
  while (start < end && !failed) {
    u64 size = 0;
    while (start + size < end && start[size] != TERM_END) size++;
    failed = find_beginnings(found, wanted, segment, field, start, size, &from);
    start += size + 1;
  }
  return failed;
}

/* Selects the commonest, in order, and behind them all that are unsure; returns how many. */
static u64 select_words(Beginnings *wanted, const Words *found, Word *selected) {
  u64 count = 0;
  for (u64 i = 0; i < found->count; i++) {
    if (found->words[i].is_unsure) continue;
    wanted->found++;
    if (wanted->most) count = push_word(selected, count, wanted->most, found->words[i]);
  }
  for (u64 left = count; left > 1;) {
    Word last = selected[0];
    left--;
    sink_word(selected, left, selected[left]);
    selected[left] = last;
  }
  wanted->given = count;
  for (u64 i = 0; i < found->count; i++)
    if (found->words[i].is_unsure) selected[count++] = found->words[i];
  wanted->unsure = count - wanted->given;
  return count;
}

static int find_in_segments(const Index *index, const Beginnings *wanted, Words *found) {
  for (u64 n = 0; n < index->segment_count; n++)
    for (u64 i = 0; i < wanted->field_count; i++) {
      const Field *field = &index->segments[n].fields[wanted->fields[i]];
      if (!field->posting_starts) return CANNOT;
      int failed = find_all_words(found, wanted, &index->segments[n], field);
      if (failed) return failed;
    }
  return 0;
}

/* Gives the commonest words that begin so; returns how many, with those that are unsure. */
API i64 dalil_words_beginning(const Index *index, Beginnings *wanted) {
  if (wanted->count > MAX_BEGINNINGS) return CANNOT;
  for (u64 i = 0; i < wanted->field_count; i++)
    if (wanted->fields[i] >= index->field_count) return CANNOT;
  Words found = start_words(index);
  int failed = find_in_segments(index, wanted, &found);
  if (!failed) failed = merge_words(index, &found, wanted->seed);
  if (failed) return failed;
  Word *selected = take(index->work, found.count * sizeof *selected);
  if (!selected) return CANNOT;
  wanted->found = 0;
  u64 count = select_words(wanted, &found, selected);
  failed = give_words(&wanted->words, index->work, selected, count);
  return failed ? failed : (i64)count;
}

API u64 dalil_beginnings_size(void) { return sizeof(Beginnings); }
