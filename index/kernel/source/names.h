/* The tables of names, which index/analysis/names/name_rules.py makes, and what is made by them. */
#ifndef DALIL_NAMES_H
#define DALIL_NAMES_H

#include "text.h"

enum {
  LONGEST_NAME = 40,       /* letters; Python does longer ones */
  MOST_LETTERS = 80,       /* of a name whose accents have become letters: at most two for one */
  MOST_FORMS = 32,         /* of a name, with and without prefixes and a plural ending */
  MOST_PHONEMES = 100,     /* of a form */
  MOST_FORM_KEYS = 16,     /* phonetic_keys.MAX_KEYS */
  LONGEST_KEY = 47,        /* letters; Python makes longer ones */
  PRONUNCIATION_END = 128, /* phonology.FIRST_END_CODE */
  LETTER_CLASS = 0x8000,   /* marks the number of a class among the letters of a pattern */
};

/* Where a pattern must stand. */
enum { AT_START = 1, AT_END = 2 };

/* Letters in a context, and what they mean: a rule of transcription, or a spelling of a prefix. */
typedef struct {
  u16 letters[8]; /* each a letter, or LETTER_CLASS and the number of a class */
  u8 own;         /* the letters that are replaced or removed; the others must follow them */
  u8 total;
  u8 before; /* letters that must stand before them */
  u8 place;
  u8 cost; /* of a prefix, in hundredths */
  u8 count;
  u8 phonemes[8];
} NamePattern;

typedef struct {
  u8 count;
  u8 phonemes[3];
} NameSound;

typedef struct {
  u8 length;
  u8 letters[3];
} KeyPart;

/* What a phoneme may be in a key. */
typedef struct {
  u64 count;
  KeyPart parts[4];
} KeyParts;

typedef struct {
  const u32 *first_rule;    /* [ALPHABET + 1]: the first rule that begins with a letter */
  const NamePattern *rules; /* by first letter; of those that match, the first applies */
  const NameSound *alone;   /* [ALPHABET]: a letter to which no rule applies */
  const NamePattern *prefixes;
  const u8 *prefix_of; /* the number of the prefix that each of these spells */
  u64 spellings;
} NameScript;

typedef struct {
  StopWords stop;
  NameScript latin, arabic;
  const u32 *classes;  /* [ALPHABET]: the classes of a letter, a bit each */
  const u16 *plain;    /* [ALPHABET][2]: a Latin letter without its accent */
  const u8 *is_arabic; /* [ALPHABET] */
  const u8 *is_digit;  /* [ALPHABET] */
  NamePattern plural;
  const KeyParts *first_keys; /* [PRONUNCIATION_END]: by phoneme, at the beginning of a word */
  const KeyParts *later_keys; /* the same behind it */
  u32 digraph_class, often_doubled_class; /* bits of classes */
  u32 shortest, longest;                  /* letters of a word that may be a name */
  u32 short_key_phonemes;                 /* phonemes of a form with a key of one letter */
} NameRules;

typedef struct {
  u16 letters[MOST_LETTERS];
  u32 length;
} NameLetters;

/* A stretch of a word, and the cost of what was removed around it. */
typedef struct {
  u32 start, end, cost;
} NameForm;

typedef struct {
  u32 length;
  u8 letters[LONGEST_KEY + 1];
} NameKey;

/* The distinct keys of one word, for comparison. */
typedef struct {
  NameKey keys[MOST_FORMS * MOST_FORM_KEYS];
  u64 count;
} NameKeys;

#endif
