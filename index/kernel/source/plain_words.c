/* The plain words of a text, each with its place: runs of letters of one script between white
   space, with signs around them that belong to no word. Everything else between white space,
   such as numbers and addresses, is one stretch, which the patterns of index/analysis cut. */
#include "kernel.h"

enum plain_class { OTHER, SPACE, SIGN, LETTER, ARABIC, MARK };

enum {
  ALPHABETS = 0x800,   /* code points below have a class, */
  PRINT_SIGNS = 0x2000, /* and so have PRINT_COUNT from here on; all others are OTHER */
  PRINT_COUNT = 0x100,
  FIELDS = 3,  /* start, end and kind of a stretch */
  STRETCH = 0, /* kinds: to be cut by patterns, */
  WORD = 1,    /* a word of letters that are not Arabic, */
  ARABIC_WORD = 2,
};

static inline enum plain_class plain_class_of(const u8 *classes, u32 code) {
  if (code < ALPHABETS) return (enum plain_class)classes[code];
  u32 sign = code - PRINT_SIGNS;
  return sign < PRINT_COUNT ? (enum plain_class)classes[ALPHABETS + sign] : OTHER;
}

/* What stands in [start, end), which holds no white space: a plain word, whose place is stored,
   or a stretch. */
static u32 plain_kind(const u8 *classes, const u32 *text, u32 start, u32 end, u32 *word) {
  u32 at = start;
  while (at < end && plain_class_of(classes, text[at]) == SIGN) at++;
  u32 first = at;
  enum plain_class script = at < end ? plain_class_of(classes, text[at]) : OTHER;
  if (script != LETTER && script != ARABIC) return STRETCH;
  enum plain_class mark = script == ARABIC ? MARK : script;
  for (; at < end; at++) {
    enum plain_class found = plain_class_of(classes, text[at]);
    if (found != script && found != mark) break;
  }
  u32 last = at;
  while (at < end && plain_class_of(classes, text[at]) == SIGN) at++;
  if (at < end) return STRETCH;
  word[0] = first;
  word[1] = last;
  return script == ARABIC ? ARABIC_WORD : WORD;
}

/* Cut text[start, end), of UTF-32. `found` has FIELDS numbers for each stretch or plain word, in
   order; it needs room for one for each two characters. Neighbouring stretches are one, with the
   white space between them. Returns how many there are. */
API i64 dalil_plain_words(const u8 *classes, const u32 *text, u32 start, u32 end, u32 *found) {
  i64 count = 0;
  u32 at = start;
  for (;;) {
    while (at < end && plain_class_of(classes, text[at]) == SPACE) at++;
    if (at == end) return count;
    u32 from = at, word[2];
    while (at < end && plain_class_of(classes, text[at]) != SPACE) at++;
    u32 kind = plain_kind(classes, text, from, at, word);
    if (kind == STRETCH && count && found[FIELDS * count - 1] == STRETCH) {
      found[FIELDS * count - 2] = at;
      continue;
    }
    u32 *row = found + FIELDS * count++;
    row[0] = kind == STRETCH ? from : word[0];
    row[1] = kind == STRETCH ? at : word[1];
    row[2] = kind;
  }
}
