/* Words and numbers of a text, as index/analysis/tokenizer.py cuts them: its pattern of plain
   pieces, written out. What needs more than a look ahead (numbers of several groups, characters
   outside the table of classes) stops the work, and the caller's pattern cuts that one piece. */
#include "kernel.h"

/* Classes of characters; index/analysis/character_classes.py makes the table and has the same. */
enum {
  LETTER = 1 << 0,       /* of a word that is not Arabic; digits are among them */
  ARABIC_FIRST = 1 << 1, /* what an Arabic word begins with */
  ARABIC_NEXT = 1 << 2,  /* what it goes on with */
  MARK = 1 << 3,
  HIDDEN = 1 << 4,
  APOSTROPHE_SIGN = 1 << 5,
  HYPHEN_SIGN = 1 << 6,
  DIGIT = 1 << 7,
  INITIAL = 1 << 8, /* a letter of any script, no digit */
  BETWEEN = 1 << 9, /* spaces, signs and brackets between the groups of a number */
  BEGINNING = 1 << 10,
  UNSURE = 1 << 11, /* the pattern must cut the piece that it is seen with */
  BLANK = 1 << 12,
  ALPHANUMERIC = 1 << 13, /* \w */
  APART = 1 << 14,        /* a space or a hyphen between groups of an account number */
  LOWER = 1 << 15,        /* a lower-case letter */
};

enum { CUT_ARABIC, CUT_WORD, CUT_NUMBER };
enum { MAX_PARTS = 31, MAX_BETWEEN = 8, MAX_ANALYZED = 1024, TABLE = 1 << 16 };

/* A text that is cut, and its pieces so far. The arrays have a place for each character. */
typedef struct {
  const u32 *codes;
  const u16 *classes; /* of the first 65,536 code points */
  u32 *starts, *ends, *kinds;
  u32 *firsts; /* the number of the first word (its position) of each piece */
  u64 at, end; /* what is left to cut */
  u64 pieces, words;
} Cut;

static u32 classes_at(const Cut *cut, u64 at) {
  if (at >= cut->end) return 0;
  u32 code = cut->codes[at];
  return code < TABLE ? cut->classes[code] : UNSURE;
}

/* Whether another group of digits may follow: no sign between groups takes more characters. */
static u32 goes_on(const Cut *cut, u64 at) {
  for (u64 last = at + MAX_BETWEEN; at < last && classes_at(cut, at) & BETWEEN; at++) continue;
  return classes_at(cut, at) & (DIGIT | HIDDEN | UNSURE);
}

/* Behind hidden characters; one that may also be a mark stays, for the pattern to judge. */
static u64 after_hidden(const Cut *cut, u64 at) {
  while ((classes_at(cut, at) & (HIDDEN | UNSURE)) == HIDDEN) at++;
  return at;
}

static u64 after_all(const Cut *cut, u64 at, u32 wanted) {
  while (classes_at(cut, at) & wanted) at++;
  return at;
}

static void add_piece(Cut *cut, u64 end, u32 kind, u64 words) {
  cut->starts[cut->pieces] = (u32)cut->at;
  cut->ends[cut->pieces] = (u32)end;
  cut->kinds[cut->pieces] = kind;
  cut->firsts[cut->pieces++] = (u32)cut->words;
  cut->words += words;
  cut->at = end;
}

/* Each of these returns whether it has cut the piece that begins here. */

static int cut_arabic(Cut *cut) {
  u64 end = cut->at + 1;
  for (;;) {
    end = after_all(cut, end, ARABIC_NEXT);
    u64 next = after_hidden(cut, end);
    u32 class = classes_at(cut, next);
    if (class & UNSURE) return 0;
    if (next == end || !(class & ARABIC_NEXT)) break;
    end = next;
  }
  add_piece(cut, end, CUT_ARABIC, 1);
  return 1;
}

static int cut_word(Cut *cut) {
  u64 end = cut->at, words = 1;
  for (int parts = 0;; parts++) {
    end = after_all(cut, end, LETTER | MARK);
    u32 sign = classes_at(cut, end);
    if (sign & UNSURE) return 0;
    if (!(sign & (APOSTROPHE_SIGN | HYPHEN_SIGN | HIDDEN)) || parts == MAX_PARTS) break;
    u64 next = sign & HIDDEN ? after_hidden(cut, end) : end + 1;
    u32 class = classes_at(cut, next);
    if (class & UNSURE) return 0;
    if (!(class & LETTER) || (sign & APOSTROPHE_SIGN && !(class & INITIAL))) break;
    words += (sign & HYPHEN_SIGN) != 0;
    end = next;
  }
  if (end - cut->at > MAX_ANALYZED) return 0; /* words behind that are not analyzed */
  add_piece(cut, end, CUT_WORD, words);
  return 1;
}

static int cut_number(Cut *cut) {
  u64 end = after_all(cut, cut->at, DIGIT);
  u32 class = classes_at(cut, end);
  if (class & (MARK | HIDDEN | UNSURE)) return 0;
  if (class & LETTER) return cut_word(cut); /* 5G */
  if (goes_on(cut, end)) return 0;
  add_piece(cut, end, CUT_NUMBER, 1);
  return 1;
}

/* A sign that a number may begin with: the number has two groups of digits, or there is none. */
static int pass_beginning(Cut *cut) {
  if (goes_on(cut, cut->at + 1)) {
    u64 digits = cut->at + 1;
    while (classes_at(cut, digits) & BETWEEN) digits++;
    u64 end = after_all(cut, digits, DIGIT);
    if (end == digits || goes_on(cut, end)) return 0;
  }
  cut->at++;
  return 1;
}

/* Cut a text up to its end, or to a piece that the caller must cut: `at` says where it is. */
API void dalil_cut(Cut *cut) {
  while (cut->at < cut->end) {
    u32 class = classes_at(cut, cut->at);
    int done = 1;
    if (class & UNSURE) return;
    if (class & ARABIC_FIRST) done = cut_arabic(cut);
    else if (class & DIGIT) done = cut_number(cut);
    else if (class & LETTER) done = cut_word(cut);
    else if (class & BEGINNING) done = pass_beginning(cut);
    else cut->at++;
    if (!done) return;
  }
}

static u64 after_signs(const Cut *cut, u64 at) {
  while (at < cut->end && cut->codes[at] != '.' && !(classes_at(cut, at) & (ALPHANUMERIC | BLANK)))
    at++;
  return at;
}

/* Whether a dot, a letter and a dot stand here, with signs between them at most: U.N. */
static int is_acronym(const Cut *cut, u64 dot) {
  u64 letter = after_signs(cut, dot + 1);
  u32 class = classes_at(cut, letter);
  if (class & UNSURE) return 1;
  if (!(class & INITIAL)) return 0;
  u64 next = after_signs(cut, letter + 1);
  return next < cut->end && (cut->codes[next] == '.' || classes_at(cut, next) & UNSURE);
}

static int is_follower(const Cut *cut, u64 at, u64 count) {
  for (u64 last = at + count; at < last; at++) {
    if (at >= cut->end) return 0;
    u32 code = cut->codes[at];
    if (!(classes_at(cut, at) & DIGIT) && !(code >= 'A' && code <= 'Z')) return 0;
  }
  return 1;
}

/* Whether two digits and groups of four and three stand here: LY83 0020 4800. */
static int is_account(const Cut *cut, u64 at) {
  return classes_at(cut, at) & DIGIT && classes_at(cut, at + 1) & DIGIT &&
         classes_at(cut, at + 2) & APART && is_follower(cut, at + 3, 4) &&
         classes_at(cut, at + 7) & APART && is_follower(cut, at + 8, 3);
}

static int follows(const Cut *cut, u64 at, const char *signs) {
  for (; *signs; signs++, at++)
    if (at >= cut->end || cut->codes[at] != (u32)*signs) return 0;
  return 1;
}

/* Whether a text may have an address, an acronym or an account number: 1 wherever it has one. */
API i32 dalil_may_have_address(const Cut *cut) {
  for (u64 at = cut->at; at < cut->end; at++) {
    u32 code = cut->codes[at];
    if (code == '@' || (code == '.' && is_acronym(cut, at)) ||
        (code == ':' && follows(cut, at, "://")) || (code == 'w' && follows(cut, at, "www.")) ||
        (classes_at(cut, at) & DIGIT && is_account(cut, at)))
      return 1;
  }
  return 0;
}
