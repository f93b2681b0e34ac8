/* A text of Markdown whose marks are dropped: the first byte of a character that is no text becomes
   DROPPED, the others DROPPED_REST, which are in no UTF-8. Offsets are in bytes of the text. */
#ifndef DALIL_MARKDOWN_H
#define DALIL_MARKDOWN_H

#include "utf8.h"

enum {
  DROPPED = 0xFF,
  DROPPED_REST = 0xFE,
  BYTES_AT_ONCE = 32, /* bytes that are compared at once */
  MOST_OF_PARAGRAPH = 99990, /* bytes; Python leaves paragraphs of 100,000 characters as they are */
  MOST_ROWS = MOST_OF_PARAGRAPH / 2 + 1, /* of one mark: another character is between two */
};

/* Classes of characters; index/extract/compiled_markdown.py makes the table and has the same. */
enum { IS_ALPHANUMERIC = 1, IS_ANY_DIGIT = 2, IS_WHITE = 4 };
enum { KNOWN_CLASSES = 0x3100 };

/* A row of equal marks that may open a pair, from its first byte to behind its last. */
typedef struct {
  u64 first, last;
} MarkRow;

/* The rows of one mark that are not closed, the last one on top. */
typedef struct {
  u64 count;
  MarkRow rows[MOST_ROWS];
} OpenRows;

/* Room for the paragraph that is read: zero before the first, and used again as it is. */
typedef struct {
  OpenRows stars, lines, tildes;
  u64 passed;                           /* bytes of paragraphs that were looked at before */
  u64 following[MOST_OF_PARAGRAPH + 1]; /* behind `passed`: the last row of backticks of a length */
  u32 closing[MOST_OF_PARAGRAPH + 1];   /* where the code ends that begins at a place */
} Paragraph;

typedef struct {
  u8 *text;
  const u8 *classes; /* of the code points below KNOWN_CLASSES */
  Paragraph *paragraph;
  int has_moved; /* a row of a table was written anew, so what is kept is not where it was */
  int is_left;   /* the text is left to Python */
} Markdown;

/* Whether a byte goes on with a character that bytes before it have begun. */
static inline int is_rest(u8 byte) { return (byte & 0xC0) == 0x80; }

static inline void drop(Markdown *markdown, u64 start, u64 end) {
  u8 *text = markdown->text;
  for (u64 at = start; at < end; at++) text[at] = is_rest(text[at]) ? DROPPED_REST : DROPPED;
}

#endif
