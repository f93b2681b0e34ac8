/* Where a fragment of a text may start and end: search/hits/boundaries.py, written out. The names
   of the functions and the constants are those of Python, which says why they are as they are. */
#include "kernel.h"

/* A text by its code points, with the classes of pieces.c. */
typedef struct {
  const u32 *codes;
  const u16 *classes;
  i64 size;
  int is_unsure; /* a character that the table does not know decides: Python must do it */
} Shown;

/* What a fragment must show, how wide it may be, and where the fragment before ends. */
typedef struct {
  i64 first, last, width, min_start;
} Limits;

typedef struct {
  i64 start, end;
} Bounds;

enum { NOT_FOUND = -1, LONGEST_GAP = 32, MAX_SENTENCE_END = 8 };
static const double LEAD_SHARE = 0.3, MAX_LEAD_SHARE = 0.7, MIN_FILL = 0.6;

static i64 larger(i64 one, i64 other) { return one > other ? one : other; }
static i64 smaller(i64 one, i64 other) { return one < other ? one : other; }

static u32 class_of(const Shown *text, i64 at) {
  u32 code = text->codes[at];
  return code < TABLE ? text->classes[code] : UNSURE;
}

/* The table knows the white space and the marks of all of Unicode. */
static int is_blank(const Shown *text, i64 at) { return (class_of(text, at) & BLANK) != 0; }
static int is_mark(const Shown *text, i64 at) { return (class_of(text, at) & MARK) != 0; }

/* Whether a character has a class, for those that the table may not know. */
static int is_of(Shown *text, i64 at, u32 wanted) {
  u32 class = class_of(text, at);
  if (class & UNSURE) text->is_unsure = 1;
  return (class & wanted) != 0;
}

static int is_one_of(u32 code, const u32 *signs) {
  while (*signs && *signs != code) signs++;
  return *signs != 0;
}

static const u32 SENTENCE_SIGNS[] = {'!', '?', 0x61F, 0x6D4, 0x2026, 0};
static const u32 END_SIGNS[] = {'.', '!', '?', 0x61F, 0x6D4, 0x2026, ':', 0};
static const u32 QUOTES[] = {'"', '\'', 0x201D, 0x2019, 0xBB, ')', ']', 0};

static i64 after_space(const Shown *text, i64 start, i64 end) {
  while (start < end && is_blank(text, start)) start++;
  return start;
}

static i64 before_space(const Shown *text, i64 end) {
  while (end && is_blank(text, end - 1)) end--;
  return end;
}

static i64 after_marks(const Shown *text, i64 end) {
  while (end < text->size && is_mark(text, end)) end++;
  return end;
}

/* Each of these finds the first place in [at, end) where a pattern matches, or NOT_FOUND. */

/* White space that no mark follows. */
static Bounds find_spaces(const Shown *text, i64 at, i64 end) {
  while (at < end) {
    if (!is_blank(text, at)) {
      at++;
      continue;
    }
    i64 behind = after_space(text, at, end);
    i64 last = behind < end && is_mark(text, behind) ? behind - 1 : behind;
    if (last > at) return (Bounds){at, last};
    at = behind;
  }
  return (Bounds){NOT_FOUND, NOT_FOUND};
}

/* A line that is blank, with the white space around it. */
static Bounds find_paragraph(const Shown *text, i64 at, i64 end) {
  for (; at < end; at++) {
    if (text->codes[at] != '\n') continue;
    i64 next = at + 1;
    while (next < end && text->codes[next] != '\n' && is_blank(text, next)) next++;
    if (next < end && text->codes[next] == '\n')
      return (Bounds){at, after_space(text, next + 1, end)};
  }
  return (Bounds){NOT_FOUND, NOT_FOUND};
}

static Bounds find_line(const Shown *text, i64 at, i64 end) {
  while (at < end && text->codes[at] != '\n') at++;
  if (at >= end) return (Bounds){NOT_FOUND, NOT_FOUND};
  return (Bounds){at, after_space(text, at + 1, end)};
}

/* Whether these letters stand before an offset, as a whole word. */
static int is_word_before(Shown *text, i64 end, const char *letters, i64 length) {
  if (end < length) return 0;
  for (i64 i = 0; i < length; i++)
    if (text->codes[end - length + i] != (u32)letters[i]) return 0;
  return end == length || !is_of(text, end - length - 1, ALPHANUMERIC);
}

/* Whether a full stop is that of an initial (J. Smith) or of a short title. */
static int is_abbreviation(Shown *text, i64 stop) {
  static const char *const SHORT[] = {"Mr", "Mt", "Dr", "Dt", "Sr", "St"};
  if (stop && is_of(text, stop - 1, INITIAL) &&
      (stop == 1 || !is_of(text, stop - 2, ALPHANUMERIC)))
    return 1;
  for (int i = 0; i < 6; i++)
    if (is_word_before(text, stop, SHORT[i], 2)) return 1;
  return is_word_before(text, stop, "Mrs", 3) || is_word_before(text, stop, "Gen", 3);
}

/* The end of a sentence with its closing quotes and the white space behind. */
static Bounds find_sentence(Shown *text, i64 at, i64 end) {
  for (; at < end; at++) {
    u32 code = text->codes[at];
    if (code != '.' && !is_one_of(code, SENTENCE_SIGNS)) continue;
    i64 next = at + 1;
    while (next < end && is_one_of(text->codes[next], QUOTES)) next++;
    i64 behind = after_space(text, next, end);
    if (behind == next) continue;
    if (behind < end && text->codes[behind] >= 'a' && text->codes[behind] <= 'z') continue;
    if (code != '.' || !is_abbreviation(text, at)) return (Bounds){at, behind};
  }
  return (Bounds){NOT_FOUND, NOT_FOUND};
}

static i64 spare_of(const Limits *limits) {
  return larger(limits->width - (limits->last - limits->first), 0);
}

static i64 earliest_start(const Shown *text, const Limits *limits) {
  i64 low = larger(limits->first - spare_of(limits), limits->min_start), start = low;
  for (Bounds gap; (gap = find_paragraph(text, low, limits->first)).start >= 0; low = gap.end)
    start = gap.end;
  return start;
}

/* Starts of sentences and lines: the latest of all, and the earliest in [low, high]. */
typedef struct {
  i64 low, high, latest, earliest;
} Starts;

static void add_start(Starts *starts, i64 at) {
  starts->latest = larger(starts->latest, at);
  if (at < starts->low || at > starts->high) return;
  if (starts->earliest < 0 || at < starts->earliest) starts->earliest = at;
}

/* Read where sentences and lines start between `top` and the first match. */
static void add_boundary_starts(Shown *text, const Limits *limits, i64 top, Starts *starts) {
  i64 above = larger(top - MAX_SENTENCE_END, 0), first = limits->first;
  Bounds found;
  for (i64 at = above; (found = find_sentence(text, at, first)).start >= 0; at = found.end)
    if (found.end >= top) add_start(starts, found.end);
  for (i64 at = above; (found = find_line(text, at, first)).start >= 0; at = found.end)
    if (found.end >= top) add_start(starts, found.end);
  if (!top || top == limits->min_start || text->codes[top - 1] == '\n')
    add_start(starts, after_space(text, top, first));
}

static i64 near_start(Shown *text, const Limits *limits, i64 top) {
  Starts starts = {0, NOT_FOUND, NOT_FOUND, NOT_FOUND};
  i64 first = limits->first, spare = spare_of(limits);
  add_boundary_starts(text, limits, top, &starts);
  if (starts.latest >= 0 && (double)(first - starts.latest) <= (double)spare * MAX_LEAD_SHARE)
    return starts.latest;
  i64 low = larger(first - (i64)((double)spare * LEAD_SHARE), top);
  Bounds space = find_spaces(text, low, first);
  return space.start >= 0 ? space.end : first;
}

static i64 earlier_start(Shown *text, const Limits *limits, i64 top, i64 start, i64 end) {
  Starts starts = {end - limits->width, start, NOT_FOUND, NOT_FOUND};
  add_boundary_starts(text, limits, top, &starts);
  return starts.earliest >= 0 ? starts.earliest : start;
}

/* The end of the last sentence that fits in front of `high`, or of the last word. */
static i64 last_end(Shown *text, const Limits *limits, i64 start, i64 high) {
  i64 last = limits->last, sentence = NOT_FOUND, word = last;
  Bounds found;
  for (i64 at = last; (found = find_sentence(text, at, high + 1)).start >= 0; at = found.end) {
    i64 end = before_space(text, found.end);
    if (last <= end && (double)(end - start) >= (double)limits->width * MIN_FILL) sentence = end;
  }
  if (sentence >= 0) return sentence;
  for (i64 at = last; (found = find_spaces(text, at, high + 1)).start >= 0; at = found.end)
    word = found.start;
  return word;
}

static Bounds extend_to_boundaries(Shown *text, const Limits *limits) {
  double least = (double)limits->width * MIN_FILL;
  i64 last = limits->last, top = earliest_start(text, limits);
  i64 start = near_start(text, limits, top);
  i64 high = smaller(start + larger(limits->width, last - start), text->size);
  i64 bottom = find_paragraph(text, last, high).start;
  if (bottom >= 0) {
    i64 earlier = earlier_start(text, limits, top, start, bottom);
    if ((double)(bottom - earlier) >= least) return (Bounds){earlier, bottom};
  }
  i64 end = high == text->size ? larger(before_space(text, high), last)
                               : last_end(text, limits, start, high);
  if ((double)(end - start) < least) start = earlier_start(text, limits, top, start, end);
  return (Bounds){start, after_marks(text, end)};
}

static Bounds opening_span(Shown *text, i64 width, i64 start) {
  start = after_space(text, start, text->size);
  Limits limits = {start, start, width, start};
  Bounds found = extend_to_boundaries(text, &limits);
  if (found.end <= found.start)
    found.end = after_marks(text, smaller(start + width, text->size));
  return found;
}

/* Whether the text before an offset ends with a sign that ends a sentence or a heading. */
static int is_ended(const Shown *text, i64 low, i64 end) {
  while (end > low && is_one_of(text->codes[end - 1], QUOTES)) end--;
  return end > low && is_one_of(text->codes[end - 1], END_SIGNS);
}

static int splits_sentence(Shown *text, i64 at) {
  i64 low = larger(at - LONGEST_GAP, 0), high = smaller(at + LONGEST_GAP, text->size);
  i64 before = at, after = at;
  int newline = 0;
  for (; before > low && is_blank(text, before - 1); before--)
    newline |= text->codes[before - 1] == '\n';
  for (; after < high && is_blank(text, after); after++) newline |= text->codes[after] == '\n';
  if (before == low || after == high || is_ended(text, low, before)) return 0;
  return !newline || is_of(text, after, LOWER);
}
