/* Emphasis in paragraphs of Markdown, by the rules of index/extract/emphasis.py (CommonMark 0.31,
   section 6.2, without those that concern punctuation): rows of * and _, and pairs of ~. */
#include "markdown.h"

static inline int is_emphasis_sign(u8 byte) {
  return byte == '*' || byte == '_' || byte == '~' || byte == '`' || byte == '\\';
}

/* The first mark, backtick or backslash from a place on; `end` if there is none. The next is often
   near; most stretches have none, and are compared at once by what compilers make of the loop. */
static u64 next_sign(const u8 *text, u64 at, u64 end) {
  static const u8 is_sign[256] = {['*'] = 1, ['_'] = 1, ['~'] = 1, ['`'] = 1, ['\\'] = 1};
  for (u32 near = 0; near < BYTES_AT_ONCE / 2 && at < end; near++, at++)
    if (is_sign[text[at]]) return at;
  for (; at + BYTES_AT_ONCE <= end; at += BYTES_AT_ONCE) {
    u8 any = 0;
    for (u32 i = 0; i < BYTES_AT_ONCE; i++) any |= (u8)is_emphasis_sign(text[at + i]);
    if (any) break;
  }
  while (at < end && !is_sign[text[at]]) at++;
  return at;
}

/* The class of a character. Of those beyond the table only pictures are known: they have none. */
static u8 class_of_neighbour(Markdown *markdown, u32 code) {
  if (code < KNOWN_CLASSES) return markdown->classes[code];
  if (code < 0x1F300 || code > 0x1FAFF) markdown->is_left = 1;
  return 0;
}

/* The class of the character before a place; beyond the start of a text there is as if white space.
   A mark that was dropped before is a sign without a class, as it was. */
static u8 class_before(Markdown *markdown, u64 start, u64 at) {
  if (at == start) return IS_WHITE;
  const u8 *last = markdown->text + at - 1;
  if (*last < 0x80) return markdown->classes[*last];
  return *last == DROPPED ? 0 : class_of_neighbour(markdown, character(before(last + 1)));
}

static u8 class_behind(Markdown *markdown, u64 at, u64 end) {
  if (at == end) return IS_WHITE;
  const u8 *next = markdown->text + at;
  return *next < 0x80 ? markdown->classes[*next] : class_of_neighbour(markdown, character(next));
}

/* Where a row of equal marks ends. */
static u64 end_of_row(const u8 *text, u64 at, u64 end) {
  u8 mark = text[at];
  while (at < end && text[at] == mark) at++;
  return at;
}

/* Pair a row with the last open ones, and drop the marks of the pairs: two of a row at once. Return
   the start of what is left of it. */
static u64 close_rows(Markdown *markdown, OpenRows *open, u64 start, u64 end) {
  while (open->count && start < end) {
    MarkRow *row = open->rows + open->count - 1;
    u64 here = end - start, there = row->last - row->first;
    u64 count = here < 2 || there < 2 ? 1 : 2;
    drop(markdown, row->last - count, row->last);
    drop(markdown, start, start + count);
    start += count, row->last -= count;
    open->count -= row->first == row->last;
  }
  return start;
}

/* Close and open pairs by a row of marks; `from` and `to` are the ends of its paragraph. */
static void read_marks(Markdown *markdown, MarkRow row, u64 from, u64 to) {
  u8 mark = markdown->text[row.first];
  u8 before_it = class_before(markdown, from, row.first);
  u8 behind_it = class_behind(markdown, row.last, to);
  Paragraph *paragraph = markdown->paragraph;
  OpenRows *open = mark == '*'   ? &paragraph->stars
                   : mark == '_' ? &paragraph->lines
                                 : &paragraph->tildes;
  if (before_it & behind_it & IS_ANY_DIGIT) return; /* rather a multiplication */
  if (mark == '_' && before_it & behind_it & IS_ALPHANUMERIC) return;
  if (!(before_it & IS_WHITE)) row.first = close_rows(markdown, open, row.first, row.last);
  if (!(behind_it & IS_WHITE) && row.first < row.last) open->rows[open->count++] = row;
}

/* The next row of backticks that does not stand behind a backslash; empty if there is none. */
static MarkRow next_backticks(const u8 *text, u64 at, u64 end) {
  while (at < end && text[at] != '`') at += text[at] == '\\' ? 2 : 1;
  if (at >= end) return (MarkRow){end, end};
  return (MarkRow){at, end_of_row(text, at, end)};
}

/* Find where the code ends that each row of backticks begins: at the next row of its length. Places
   are counted from the first row, which begins the text. */
static void pair_backticks(Paragraph *paragraph, const u8 *text, u64 size) {
  u64 passed = paragraph->passed;
  MarkRow row = next_backticks(text, 0, size);
  for (; row.first < size; row = next_backticks(text, row.last, size)) {
    u64 *same = paragraph->following + (row.last - row.first);
    if (*same > passed) paragraph->closing[*same - passed - 1] = (u32)row.last;
    *same = passed + row.first + 1;
    paragraph->closing[row.first] = 0;
  }
  paragraph->passed += size;
}

/* Read the marks of a paragraph from its first sign on; its part of the text begins at `from`. */
static void read_signs(Markdown *markdown, u64 from, u64 at, u64 end) {
  const u8 *text = markdown->text;
  u64 first_backtick = end;
  while ((at = next_sign(text, at, end)) < end) {
    MarkRow row = {at, at + 2};
    if (text[at] == '\\') {
      at += 2;
    } else if (text[at] == '`') {
      if (first_backtick == end) pair_backticks(markdown->paragraph, text + at, end - at);
      if (first_backtick == end) first_backtick = at;
      u32 closing = markdown->paragraph->closing[at - first_backtick];
      at = closing ? first_backtick + closing : end_of_row(text, at, end);
    } else if (text[at] == '~' && (at + 1 == end || text[at + 1] != '~')) {
      at++;
    } else {
      if (text[at] != '~') row.last = end_of_row(text, at, end);
      read_marks(markdown, row, from, end);
      at = row.last;
    }
  }
}

static u64 end_of_line(const u8 *text, u64 at, u64 end) {
  for (; at + BYTES_AT_ONCE <= end; at += BYTES_AT_ONCE) {
    u8 any = 0;
    for (u32 i = 0; i < BYTES_AT_ONCE; i++) any |= (u8)(text[at + i] == '\n');
    if (any) break;
  }
  while (at < end && text[at] != '\n') at++;
  return at;
}

/* Where a paragraph ends: before two line ends. */
static u64 end_of_paragraph(const u8 *text, u64 at, u64 end) {
  while ((at = end_of_line(text, at, end)) + 1 < end && text[at + 1] != '\n') at++;
  return at + 1 < end ? at : end;
}

/* Whether the paragraph around a place is longer than Python reads, or nearly. */
static int is_too_long(const u8 *text, u64 start, u64 at, u64 end) {
  if (end - start <= MOST_OF_PARAGRAPH) return 0;
  u64 first = at;
  while (first > start && end - first <= MOST_OF_PARAGRAPH)
    if (text[--first] == '\n' && first > start && text[first - 1] == '\n') return 0;
  return end - first > MOST_OF_PARAGRAPH;
}

/* Drop the marks of emphasis from paragraphs. */
static void drop_emphasis(Markdown *markdown, u64 start, u64 end) {
  Paragraph *paragraph = markdown->paragraph;
  u64 at = start;
  while ((at = next_sign(markdown->text, at, end)) < end && !markdown->is_left) {
    u64 stop = end_of_paragraph(markdown->text, at, end);
    if (is_too_long(markdown->text, start, at, stop)) {
      markdown->is_left = 1;
      return;
    }
    paragraph->stars.count = paragraph->lines.count = paragraph->tildes.count = 0;
    read_signs(markdown, start, at, stop);
    at = stop;
  }
}
