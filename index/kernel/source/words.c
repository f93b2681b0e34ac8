/* Words to their terms, as index/analysis has them, by its tables: an Arabic piece to its exact
   form, its light stem and the skeleton that stands for its root; a Latin word, or each word of a
   compound, to its exact form and to what Snowball stems; a number to its digits. Pieces of other
   kinds are given back to Python. */
#include "words.h"

/* Where the terms of one field go, a line end behind each, and their positions in their pieces. */
typedef struct {
  u16 *letters;
  u8 *positions;
  u8 *counts; /* of each piece */
} TermOutput;

typedef struct {
  TermOutput exact, stem, root;
} TermOutputs;

static void write_term(TermOutput *out, u64 piece, u32 position, const u16 *letters, u32 length) {
  for (u32 i = 0; i < length; i++) *out->letters++ = letters[i];
  *out->letters++ = '\n';
  *out->positions++ = (u8)position;
  out->counts[piece]++;
}

/* The kind of a piece by its letters. A Latin word may have digits, but not beside a hyphen: each
   part of a compound is of a language of its own. */
static u8 kind_of_piece(const WordRules *rules, const u16 *word, u32 length) {
  static const u8 wanted[] = {0, ARABIC_PART, LATIN_LETTER | APOSTROPHE | HYPHEN | DECIMAL_DIGIT,
                              DECIMAL_DIGIT};
  u8 first = length ? rules->kinds[word[0]] : 0, seen = 0;
  u8 kind = first & ARABIC_LETTER   ? ARABIC_PIECE
            : first & LATIN_LETTER  ? LATIN_PIECE
            : first & DECIMAL_DIGIT ? NUMBER_PIECE
                                    : RARE_PIECE;
  for (u32 i = 0; i < length; i++) {
    if (!(rules->kinds[word[i]] & wanted[kind])) return RARE_PIECE;
    seen |= rules->kinds[word[i]];
  }
  if (seen & HYPHEN && seen & DECIMAL_DIGIT) return RARE_PIECE;
  return kind == NUMBER_PIECE && length > rules->longest_number ? RARE_PIECE : kind;
}

/* chains._arabic_term and roots.root_of. 0 if Python must do it. */
static int analyze_arabic(const WordRules *rules, const u16 *word, u32 length, u64 piece,
                          TermOutputs *out) {
  WordForm exact, folded, root;
  if (!translate_letters(rules->exact, word, length, &exact)) return 0;
  if (!translate_letters(rules->folded, word, length, &folded)) return 0;
  write_term(&out->exact, piece, 0, exact.letters, exact.length);
  if (is_arabic_stop_word(&rules->stop, exact.letters, exact.length)) return 1;
  Stretch stem = without_suffixes(rules, without_prefixes_of_word(rules, &folded, &exact));
  write_term(&out->stem, piece, 0, stem.letters, stem.length);
  skeleton(rules, stem, &root);
  if (root.length) write_term(&out->root, piece, 0, root.letters, root.length);
  return 1;
}

/* Without a possessive ending and without apostrophes: what Snowball is given. */
static void without_possessive(WordForm *word) {
  u32 length = word->length, kept = 0;
  if (length > 1 && word->letters[length - 2] == '\'' && word->letters[length - 1] == 's')
    length -= 2;
  else if (length && word->letters[length - 1] == '\'')
    length--;
  for (u32 i = 0; i < length; i++)
    if (word->letters[i] != '\'') word->letters[kept++] = word->letters[i];
  word->length = kept;
}

/* chains._latin, but for the stemmer. A stop word in capitals is a name: WHO. 0 if Python must. */
static int analyze_latin(const WordRules *rules, const u16 *word, u32 length, u64 piece,
                         u32 position, TermOutputs *out) {
  WordForm exact, bare;
  int is_capital = length > 1;
  for (u32 i = 0; i < length; i++)
    if (rules->kinds[word[i]] & LATIN_LETTER && !(rules->kinds[word[i]] & CAPITAL)) is_capital = 0;
  if (!translate_letters(rules->exact, word, length, &exact)) return 0;
  if (!translate_letters(rules->bare, word, length, &bare)) return 0;
  write_term(&out->exact, piece, position, exact.letters, exact.length);
  if (!is_capital && contains(&rules->stop.english, exact.letters, exact.length)) return 1;
  without_possessive(&bare);
  write_term(&out->stem, piece, position, bare.letters, bare.length);
  return 1;
}

/* chains._word: first the joined form of a compound of few words, then its words. The number of
   positions, 0 if Python must do it. */
static u32 analyze_compound(const WordRules *rules, const u16 *word, u32 length, u64 piece,
                            TermOutputs *out) {
  u16 joined[LONGEST_PIECE];
  u32 parts = 0, joined_length = 0, start = 0, position = 0;
  for (u32 i = 0; i < length; i++) {
    if (rules->kinds[word[i]] & HYPHEN) continue;
    if (!i || rules->kinds[word[i - 1]] & HYPHEN) parts++;
    joined[joined_length++] = word[i];
  }
  if (parts > 1 && parts <= rules->most_joined_words &&
      !analyze_latin(rules, joined, joined_length, piece, 0, out))
    return 0;
  for (u32 i = 0; i <= length; i++) {
    if (i < length && !(rules->kinds[word[i]] & HYPHEN)) continue;
    if (i > start && !analyze_latin(rules, word + start, i - start, piece, position++, out))
      return 0;
    start = i + 1;
  }
  return position;
}

/* chains._number: a number of few digits without signs is all its forms. */
static u32 analyze_number(const WordRules *rules, const u16 *word, u32 length, u64 piece,
                          TermOutputs *out) {
  WordForm digits;
  if (!translate_letters(rules->folded, word, length, &digits)) return 0;
  write_term(&out->exact, piece, 0, digits.letters, digits.length);
  write_term(&out->stem, piece, 0, digits.letters, digits.length);
  return 1;
}

/* The number of positions of a piece, 0 if Python must do it. */
static u32 analyze_piece(const WordRules *rules, u8 kind, const u16 *word, u32 length, u64 piece,
                         TermOutputs *out) {
  switch (kind) {
    case ARABIC_PIECE: return analyze_arabic(rules, word, length, piece, out);
    case LATIN_PIECE: return analyze_compound(rules, word, length, piece, out);
    case NUMBER_PIECE: return analyze_number(rules, word, length, piece, out);
    default: return 0;
  }
}

/* 1 for a Latin piece without capitals, -1 for one with any, 0 for others. */
static i8 case_of(const WordRules *rules, u8 kind, const u16 *word, u32 length) {
  for (u32 i = 0; kind == LATIN_PIECE && i < length; i++)
    if (rules->kinds[word[i]] & CAPITAL) return -1;
  return kind == LATIN_PIECE;
}

/* For each piece of a text in UTF-32: its kind, its case, its positions and its terms, whose counts
   are zero before. A piece that Python must do has neither. Each field has a place for
   2 * MOST_FORM + LONGEST_PIECE letters and LONGEST_PIECE positions of each piece. */
API void dalil_words(const WordRules *rules, const u32 *text, const u32 *starts, u64 count,
                     u8 *kinds, i8 *cases, u8 *widths, TermOutputs *out) {
  for (u64 n = 0; n < count; n++) {
    u16 word[LONGEST_PIECE];
    u32 length = starts[n + 1] - starts[n];
    int is_known = letters_of(text + starts[n], length, word, LONGEST_PIECE);
    TermOutputs before = *out;
    kinds[n] = is_known ? kind_of_piece(rules, word, length) : RARE_PIECE;
    cases[n] = case_of(rules, kinds[n], word, length);
    widths[n] = (u8)analyze_piece(rules, kinds[n], word, length, n, out);
    if (widths[n]) continue;
    *out = before;
    out->exact.counts[n] = out->stem.counts[n] = out->root.counts[n] = 0;
    kinds[n] = RARE_PIECE;
  }
}
