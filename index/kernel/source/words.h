/* The tables of words, which index/analysis/word_rules.py makes, and what is made by them. */
#ifndef DALIL_WORDS_H
#define DALIL_WORDS_H

#include "text.h"

enum {
  LONGEST_PIECE = 64,
  MOST_FORM = 2 * LONGEST_PIECE, /* letters of a form: at most two for one */
};

/* What a letter may be in a piece, a bit each: index/analysis/word_rules.py has the same. */
enum {
  ARABIC_LETTER = 1,
  ARABIC_PART = 2, /* a letter, a mark, or an invisible character */
  LATIN_LETTER = 4,
  CAPITAL = 8,
  APOSTROPHE = 16,
  HYPHEN = 32,
  DECIMAL_DIGIT = 64,
};

/* What a piece is. */
enum { RARE_PIECE = 0, ARABIC_PIECE = 1, LATIN_PIECE = 2, NUMBER_PIECE = 3 };

/* Words in an order of their own, each with a number. */
typedef struct {
  WordSet words;
  const u32 *numbers;
} Affixes;

typedef struct {
  StopWords stop;
  const u8 *kinds; /* [ALPHABET]: what a letter may be */
  const u16 *exact; /* [ALPHABET][2]: a letter of either script in the exact form */
  const u16 *folded; /* [ALPHABET][2]: an Arabic letter in the folded form */
  const u16 *bare; /* [ALPHABET][2]: a Latin letter in the folded form, without accents */
  WordSet lexical_waw; /* words that begin with a و of their own */
  Affixes articles; /* and the place of the alef in each, ~0 for none */
  WordSet suffixes, for_god, god;
  const u8 *hamza_on_alef; /* [ALPHABET] */
  const u8 *weak; /* [ALPHABET]: whether the forms of a root gain and lose a letter */
  WordSet pronouns;
  Affixes root_prefixes; /* and the letters from which on a stem may have each */
  u32 conjunction, alef, feminine;
  u32 shortest_stem, shortest_behind_article, shortest_before_pronoun, shortest_root;
  u32 most_joined_words; /* of a compound that also has a joined form */
  u32 longest_number;    /* digits of a number that is no telephone number */
} WordRules;

typedef struct {
  u16 letters[MOST_FORM];
  u32 length;
} WordForm;

/* A stretch of a form. */
typedef struct {
  const u16 *letters;
  u32 length;
} Stretch;

#endif
