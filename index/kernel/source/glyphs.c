/* From the characters of a PDF page to its glyphs, as index/pdf_text/glyph_reader.py finds them:
   characters that are drawn at one place, near each other in the file, are one glyph. */
#include "kernel.h"

/* Of index/pdf_text/glyph_reader.py. */
#define TURNED 1e6    /* points between the baselines of text in different directions */
#define TOUCHING 0.05 /* points by which the slices of a glyph overlap, at most */
enum {
  NEAR = 8,      /* characters of a glyph are less far apart in the file */
  FONT_RUN = 64, /* characters on one baseline after which the font is asked for again */
};

/* Of index/pdf_text/kinds.py. */
enum { KIND_NONE = 'X', KIND_SPACE = 'S' };

/* What PDFium says of the font of a character: its size, and its matrix without the place. */
typedef struct {
  double size, a, b, c, d;
} Font;

typedef struct {
  void *text_page;
  double (*font_size)(void *page, int index);
  int (*matrix)(void *page, int index, float *six);
  u64 count;
  const float *boxes;    /* left, top, right, bottom of each character */
  const double *origins; /* x and y of each */
  const u32 *codes;      /* Unicode values */
  const u8 *kinds;
  u32 *owners;           /* the glyph of each character, counted from 1; 0 for none */
  double *slices;        /* start and end of each character of a glyph that has several */
  Font *fonts;           /* those that were asked for, in order */
  double *lefts, *rights, *pens, *bases; /* of each glyph, in the direction of the line */
  u32 *firsts, *lasts;                   /* its characters; the last is 0 if there is one */
  u32 *fonts_of;                         /* the place of its font */
  u32 *lines;                            /* the number of line ends before it */
  u32 *codes_of;                         /* of its first character, as the kind below */
  u8 *kinds_of;
  u64 fonts_found;
  u64 line;     /* line ends up to a character */
  u64 turn;     /* quarter turns of the last font against the clock */
  double level; /* the baseline of its character */
  u64 due;      /* the character at which it is asked for again */
} PageGlyphs;

typedef struct {
  double start, end;
} Extent;

/* Where the box of a character starts and ends along the line. */
static Extent extent_of(const PageGlyphs *page, u64 index) {
  const float *box = page->boxes + 4 * index;
  switch (page->turn) {
    case 0: return (Extent){box[0], box[2]};
    case 1: return (Extent){box[3], box[1]};
    case 2: return (Extent){-box[2], -box[0]};
    default: return (Extent){-box[1], -box[3]};
  }
}

/* Ask for font and direction, which hardly ever change on a line. */
static void look_at_font(PageGlyphs *page, u64 index) {
  float six[6] = {0};
  page->matrix(page->text_page, (int)index, six);
  double a = six[0], b = six[1], size = page->font_size(page->text_page, (int)index);
  double width = a < 0 ? -a : a, height = b < 0 ? -b : b;
  if (width >= height) page->turn = a >= 0 ? 0 : 2;
  else page->turn = b > 0 ? 1 : 3;
  page->level = page->origins[2 * index + 1];
  page->due = index + FONT_RUN;
  page->fonts[page->fonts_found++] = (Font){size, a, b, six[2], six[3]};
}

/* Whether a box at the place of a glyph is that of the glyph, or another slice of it. */
static int is_part(const PageGlyphs *page, u32 glyph, Extent box) {
  u64 first = page->firsts[glyph - 1], last = page->lasts[glyph - 1];
  const double *slices = page->slices;
  if (box.start == slices[2 * first] && box.end == slices[2 * first + 1]) return 1;
  if (!(box.end > box.start)) return 0;
  for (u64 at = first; at <= last || at == first; at++) {
    if (page->owners[at] != glyph) continue;
    if (box.end < slices[2 * at] + TOUCHING || box.start > slices[2 * at + 1] - TOUCHING) continue;
    return 0;
  }
  return 1;
}

static void put_slice(const PageGlyphs *page, u64 index, Extent box) {
  page->slices[2 * index] = box.start;
  page->slices[2 * index + 1] = box.end;
}

/* Add a character to a glyph at its place; return whether it belongs to it. */
static int add_to_glyph(const PageGlyphs *page, u32 glyph, u64 index) {
  u64 place = glyph - 1, first = page->firsts[place];
  const float *box = page->boxes + 4 * index, *box_of_first = page->boxes + 4 * first;
  if (page->origins[2 * index + 1] != page->origins[2 * first + 1]) return 0;
  if (box[1] != box_of_first[1] || box[3] != box_of_first[3]) return 0;
  Extent added = extent_of(page, index);
  if (!page->lasts[place]) put_slice(page, first, extent_of(page, first));
  if (!is_part(page, glyph, added)) return 0;
  put_slice(page, index, added);
  if (added.start < page->lefts[place]) page->lefts[place] = added.start;
  if (added.end > page->rights[place]) page->rights[place] = added.end;
  page->lasts[place] = (u32)index;
  page->owners[index] = glyph;
  return 1;
}

/* The last glyph at the place of a character from the left; 0 if none is near in the file. */
static u32 glyph_at(const PageGlyphs *page, u64 index) {
  u32 found = 0;
  for (u64 at = index < NEAR ? 0 : index - NEAR + 1; at < index; at++) {
    u32 glyph = page->owners[at];
    if (glyph <= found) continue;
    if (page->origins[2 * (u64)page->firsts[glyph - 1]] == page->origins[2 * index]) found = glyph;
  }
  return found;
}

/* Add a glyph of one character, with the font that was asked for last. */
static void add_glyph(const PageGlyphs *page, u64 place, u64 index) {
  double x = page->origins[2 * index], y = page->origins[2 * index + 1];
  double pens[] = {x, y, -x, -y}, bases[] = {y, -x, -y, x};
  Extent box = extent_of(page, index);
  page->lefts[place] = box.start;
  page->rights[place] = box.end;
  page->pens[place] = pens[page->turn];
  page->bases[place] = bases[page->turn] + TURNED * (double)page->turn;
  page->firsts[place] = (u32)index;
  page->fonts_of[place] = (u32)page->fonts_found - 1;
  page->lines[place] = (u32)page->line;
  page->codes_of[place] = page->codes[index];
  page->kinds_of[place] = page->kinds[index];
  page->owners[index] = (u32)place + 1;
}

static int is_made_up(const PageGlyphs *page, u64 index) {
  const float *box = page->boxes + 4 * index;
  u8 kind = page->kinds[index];
  return kind == KIND_NONE || (kind == KIND_SPACE && box[0] == box[2]);
}

/* What the caller has dropped has no kind. */
static int is_line_end(const PageGlyphs *page, u64 index) {
  u32 code = page->codes[index];
  return (code == '\n' || code == '\r') && page->kinds[index] != KIND_NONE;
}

/* Find the glyphs; return their number. The arrays have room for as many glyphs as there are
   characters, and are zero. */
API u64 dalil_page_glyphs(PageGlyphs *page) {
  u64 glyphs = 0;
  for (u64 index = 0; index < page->count; index++) {
    page->line += is_line_end(page, index);
    if (is_made_up(page, index)) continue;
    u32 same = glyph_at(page, index);
    if (same && add_to_glyph(page, same, index)) continue;
    int is_known = page->fonts_found && page->origins[2 * index + 1] == page->level;
    if (!is_known || index >= page->due) look_at_font(page, index);
    add_glyph(page, glyphs++, index);
  }
  return glyphs;
}
