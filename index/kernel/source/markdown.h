/* A text of Markdown whose marks are dropped: a byte that is no text becomes DROPPED, which is in
   no UTF-8, and the last step takes those out. Offsets are in bytes of the text. */
#ifndef DALIL_MARKDOWN_H
#define DALIL_MARKDOWN_H

#include "utf8.h"

enum {
  DROPPED = 0xFF,
  MOST_OF_PARAGRAPH = 99990, /* bytes; Python leaves paragraphs of 100,000 characters as they are */
  MOST_ROWS = MOST_OF_PARAGRAPH / 2 + 1, /* of one mark: another character is between two */
};

/* Classes of characters; index/extract/compiled_markdown.py makes the table and has the same. */
enum { IS_ALPHANUMERIC = 1, IS_ANY_DIGIT = 2, IS_WHITE = 4 };
enum { KNOWN_CLASSES = 0x10000 };

/* A row of equal marks that may open a pair, from its first byte to behind its last. */
typedef struct {
  u64 first, last;
} MarkRow;

/* The rows of one mark that are not closed, the last one on top. */
typedef struct {
  u64 count;
  MarkRow rows[MOST_ROWS];
} OpenRows;

/* Room for the paragraph that is read: zero before the first, and left as zero. */
typedef struct {
  OpenRows stars, lines, tildes;
  u32 following[MOST_OF_PARAGRAPH + 1]; /* the last row of backticks that was seen, by its length */
  u32 closing[MOST_OF_PARAGRAPH + 1];   /* where the code ends that begins at a place */
} Paragraph;

typedef struct {
  u8 *text;
  const u8 *classes; /* of the first 65,536 code points */
  Paragraph *paragraph;
  int is_left; /* the text is left to Python */
} Markdown;

static inline void drop(Markdown *markdown, u64 start, u64 end) {
  for (u64 at = start; at < end; at++) markdown->text[at] = DROPPED;
}

#endif
