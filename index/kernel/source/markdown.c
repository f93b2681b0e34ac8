/* The text of Markdown without the marks of headings, tables, code and emphasis, line by line as
   index/extract/markdown_text.py reads it, which has the rules. emphasis.c drops the marks within a
   paragraph, kept.c gives what is left. */
#include "markdown.h"

/* A part of the text. */
typedef struct {
  u64 start, end;
} TextPart;

static inline int is_tab_or_space(u8 byte) { return byte == ' ' || byte == '\t'; }

static int is_white(const Markdown *markdown, const u8 *at) {
  u32 code = character(at);
  return code < KNOWN_CLASSES && markdown->classes[code] & IS_WHITE;
}

/* A part without the white space at its ends. */
static TextPart stripped(const Markdown *markdown, TextPart part) {
  const u8 *text = markdown->text;
  while (part.start < part.end && is_white(markdown, text + part.start))
    part.start += character_size(text[part.start]);
  while (part.start < part.end && is_white(markdown, before(text + part.end)))
    part.end = (u64)(before(text + part.end) - text);
  return part;
}

static int is_blank_line(const Markdown *markdown, TextPart part) {
  part = stripped(markdown, part);
  return part.start == part.end;
}

/* What a row of a table is, without the bars at its ends. */
static TextPart bare_row(const Markdown *markdown, TextPart row) {
  const u8 *text = markdown->text;
  row = stripped(markdown, row);
  if (row.start < row.end && text[row.start] == '|') row.start++;
  if (row.start < row.end && text[row.end - 1] == '|' &&
      !(row.end - row.start > 1 && text[row.end - 2] == '\\'))
    row.end--;
  return row;
}

/* Where a cell of a row ends: at a bar that is not behind a backslash. */
static u64 end_of_cell(const u8 *text, TextPart row, u64 at) {
  for (; at < row.end; at++)
    if (text[at] == '|' && !(at > row.start && text[at - 1] == '\\')) break;
  return at;
}

static u64 count_cells(const Markdown *markdown, TextPart row) {
  u64 count = 1;
  row = bare_row(markdown, row);
  for (u64 at = row.start; (at = end_of_cell(markdown->text, row, at)) < row.end; at++) count++;
  return count;
}

/* Write a cell without the backslashes before its bars; return where it ends. */
static u64 write_cell(u8 *text, TextPart cell, u64 to) {
  for (u64 at = cell.start; at < cell.end; at++)
    if (!(text[at] == '\\' && at + 1 < cell.end && text[at + 1] == '|')) text[to++] = text[at];
  return to;
}

/* Write the cells of a row in its place, a tab between, without marks. They are never longer. */
static void write_cells(Markdown *markdown, TextPart line) {
  u8 *text = markdown->text;
  TextPart row = bare_row(markdown, line);
  u64 to = line.start;
  for (u64 at = row.start;; at++) {
    TextPart cell = {at, end_of_cell(text, row, at)};
    at = cell.end;
    to = write_cell(text, stripped(markdown, cell), to);
    if (at >= row.end) break;
    text[to++] = '\t';
  }
  drop(markdown, to, line.end);
  markdown->has_moved = 1;
  drop_emphasis(markdown, line.start, to);
}

/* Where the dashes of a cell of a delimiter row end, and the spaces behind; 0 if it has none. */
static u64 end_of_dashes(const u8 *text, u64 at, u64 end) {
  while (at < end && is_tab_or_space(text[at])) at++;
  if (at < end && text[at] == ':') at++;
  if (at == end || text[at] != '-') return 0;
  while (at < end && text[at] == '-') at++;
  if (at < end && text[at] == ':') at++;
  while (at < end && is_tab_or_space(text[at])) at++;
  return at;
}

/* Whether signs separate the heading of a table from its rows: cells of dashes between bars. */
static int is_delimiter_row(const u8 *text, TextPart signs) {
  u64 at = signs.start + (text[signs.start] == '|');
  while ((at = end_of_dashes(text, at, signs.end)) && at < signs.end) {
    if (text[at++] != '|') return 0;
    u64 behind = at;
    while (behind < signs.end && is_tab_or_space(text[behind])) behind++;
    if (behind == signs.end) return 1;
  }
  return at == signs.end;
}

/* Whether a line of signs is a rule: three equal ones or more, with any spaces between. */
static int is_rule(const u8 *text, TextPart signs) {
  u8 sign = text[signs.start];
  u64 count = 0;
  if (sign != '-' && sign != '*' && sign != '_') return 0;
  for (u64 at = signs.start; at < signs.end; at++) {
    if (text[at] != sign && !is_tab_or_space(text[at])) return 0;
    count += text[at] == sign;
  }
  return count >= 3;
}

/* Whether a line of signs underlines a heading: equal ones without spaces between. */
static int is_underline(const u8 *text, TextPart signs) {
  u8 sign = text[signs.start];
  u64 at = end_of_row(text, signs.start, signs.end);
  while (at < signs.end && is_tab_or_space(text[at])) at++;
  return (sign == '=' || sign == '-') && at == signs.end;
}

/* Where a text is read: from the end of what was read up to a line. */
typedef struct {
  Markdown *markdown;
  u64 at;
  u64 length;
} MarkdownReader;

/* Read paragraphs up to a line. */
static void read_until(MarkdownReader *reader, u64 end) {
  drop_emphasis(reader->markdown, reader->at, end);
  reader->at = end;
}

/* Read a heading from behind its signs on. */
static void read_heading(MarkdownReader *reader, TextPart line, u64 at) {
  const u8 *text = reader->markdown->text;
  u64 end = line.end;
  while (at < end && is_tab_or_space(text[at])) at++;
  while (end > at && is_tab_or_space(text[end - 1])) end--;
  u64 before_signs = end;
  while (before_signs > at && text[before_signs - 1] == '#') before_signs--;
  if (before_signs < end && before_signs > at && is_tab_or_space(text[before_signs - 1]))
    for (end = before_signs; end > at && is_tab_or_space(text[end - 1]);) end--;
  read_until(reader, line.start);
  drop(reader->markdown, line.start, at);
  drop(reader->markdown, end, line.end);
  drop_emphasis(reader->markdown, at, end);
  reader->at = line.end;
}

/* Whether a line ends the code that a row of signs has begun. */
static int is_closing_fence(const u8 *text, TextPart line, u8 sign, u64 count) {
  u64 at = line.start;
  while (at < line.end && at < line.start + 3 && text[at] == ' ') at++;
  if (at == line.end || text[at] != sign) return 0;
  u64 behind = end_of_row(text, at, line.end);
  if (behind - at < count) return 0;
  while (behind < line.end && is_tab_or_space(text[behind])) behind++;
  return behind == line.end;
}

/* Read a block of code: drop its fences, the first of which is a line with `count` signs. */
static void read_code(MarkdownReader *reader, TextPart line, u8 sign, u64 count) {
  const u8 *text = reader->markdown->text;
  read_until(reader, line.start);
  drop(reader->markdown, line.start, line.end);
  while (line.end < reader->length) {
    line.start = line.end + 1;
    line.end = end_of_line(text, line.start, reader->length);
    if (is_closing_fence(text, line, sign, count)) {
      drop(reader->markdown, line.start, line.end);
      break;
    }
  }
  reader->at = line.end;
}

/* Read a table, whose heading stands above a line. */
static void read_table(MarkdownReader *reader, TextPart heading, TextPart line) {
  const u8 *text = reader->markdown->text;
  read_until(reader, heading.start);
  write_cells(reader->markdown, heading);
  drop(reader->markdown, line.start, line.end);
  reader->at = line.end;
  while (reader->at < reader->length) {
    TextPart row = {reader->at + 1, end_of_line(text, reader->at + 1, reader->length)};
    u64 bar = row.start;
    while (bar < row.end && text[bar] != '|') bar++;
    if (bar == row.end) return;
    write_cells(reader->markdown, row);
    reader->at = row.end;
  }
}

/* Read what a line of signs belongs to, a table or a heading; drop a rule. */
static void read_line_of_signs(MarkdownReader *reader, TextPart above, TextPart line,
                               TextPart signs) {
  const Markdown *markdown = reader->markdown;
  const u8 *text = markdown->text;
  int has_words = above.start >= reader->at && !is_blank_line(markdown, above), has_bar = 0;
  for (u64 at = signs.start; at < signs.end; at++) has_bar |= text[at] == '|';
  if (has_bar) {
    if (has_words && is_delimiter_row(text, signs) &&
        count_cells(markdown, signs) == count_cells(markdown, above))
      read_table(reader, above, line);
  } else if (is_rule(text, signs) || (has_words && is_underline(text, signs))) {
    read_until(reader, line.start);
    drop(reader->markdown, line.start, line.end);
    reader->at = line.end;
  }
}

static int is_sign_of_line(u8 byte) {
  return byte == '-' || byte == '*' || byte == '_' || byte == '=' || byte == '|' || byte == ':';
}

/* Read a line that may be a heading, the start of code, or a line of signs alone. */
static void read_line(MarkdownReader *reader, TextPart above, TextPart line) {
  const u8 *text = reader->markdown->text;
  u64 at = line.start;
  while (at < line.end && at < line.start + 3 && text[at] == ' ') at++;
  if (at == line.end) return;
  u8 sign = text[at];
  u64 behind = end_of_row(text, at, line.end);
  if (sign == '#' && behind - at <= 6) {
    if (behind == line.end || is_tab_or_space(text[behind])) read_heading(reader, line, behind);
  } else if ((sign == '`' || sign == '~') && behind - at >= 3) {
    read_code(reader, line, sign, behind - at);
  } else if (is_sign_of_line(sign)) {
    TextPart signs = {at, behind};
    while (signs.end < line.end &&
           (is_sign_of_line(text[signs.end]) || is_tab_or_space(text[signs.end])))
      signs.end++;
    if (signs.end == line.end) read_line_of_signs(reader, above, line, signs);
  }
}

/* Drop the marks of a text of valid UTF-8, which begins with a line end. Return 1 if what is kept
   is where it was, 0 if not, or CANNOT if the text is left to Python. */
API i64 dalil_drop_marks(u8 *text, u64 length, const u8 *classes, Paragraph *paragraph) {
  Markdown markdown = {text, classes, paragraph, 0, 0};
  MarkdownReader reader = {&markdown, 0, length};
  TextPart above = {0, 0};
  for (u64 start = 1; start <= length && !markdown.is_left;) {
    TextPart line = {start, end_of_line(text, start, length)};
    read_line(&reader, above, line);
    above = line;
    start = (reader.at > line.end ? reader.at : line.end) + 1;
  }
  read_until(&reader, length);
  return markdown.is_left ? CANNOT : !markdown.has_moved;
}
