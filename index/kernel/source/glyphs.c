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

/* The direction of text as PDFium has it; it is the last that a font was asked for. */
typedef struct {
  double size, a, b, c, d;
} Font;

typedef struct {
  double left, right, pen, base; /* in the direction of the line */
  u32 first, last;               /* characters; the last is 0 if there is one */
  u64 font;
} PageGlyph;

typedef struct {
  void *text_page;
  double (*font_size)(void *page, int index);
  int (*matrix)(void *page, int index, float *six);
  u64 count;
  const float *boxes;    /* left, top, right, bottom of each character */
  const double *origins; /* x and y of each */
  const u8 *kinds;       /* one of each */
  PageGlyph *glyphs;     /* room for as many as characters, as have the arrays below */
  Font *fonts;           /* those that glyphs have, in order */
  u32 *owners;           /* the glyph of each character, counted from 1; 0 for none */
  double *slices;        /* start and end of each character of a glyph that has several */
  u64 fonts_found;
  u64 turn;    /* quarter turns of the last font against the clock */
  double level; /* the baseline and … */
  u64 due;      /* … the character up to which it is known */
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
  const PageGlyph *of = page->glyphs + glyph - 1;
  const double *first = page->slices + 2 * (u64)of->first;
  if (box.start == first[0] && box.end == first[1]) return 1;
  if (!(box.end > box.start)) return 0;
  u64 last = of->last ? of->last : of->first;
  for (u64 at = of->first; at <= last; at++) {
    const double *slice = page->slices + 2 * at;
    if (page->owners[at] != glyph) continue;
    if (!(box.end < slice[0] + TOUCHING || box.start > slice[1] - TOUCHING)) return 0;
  }
  return 1;
}

/* Add a character to a glyph at its place; return whether it belongs to it. */
static int add_to_glyph(const PageGlyphs *page, u32 glyph, u64 index) {
  PageGlyph *to = page->glyphs + glyph - 1;
  u64 first = to->first;
  const float *box = page->boxes + 4 * index, *box_of_first = page->boxes + 4 * first;
  if (page->origins[2 * index + 1] != page->origins[2 * first + 1]) return 0;
  if (box[1] != box_of_first[1] || box[3] != box_of_first[3]) return 0;
  Extent own = extent_of(page, first), added = extent_of(page, index);
  if (!to->last) page->slices[2 * first] = own.start, page->slices[2 * first + 1] = own.end;
  if (!is_part(page, glyph, added)) return 0;
  page->slices[2 * index] = added.start, page->slices[2 * index + 1] = added.end;
  if (added.start < to->left) to->left = added.start;
  if (added.end > to->right) to->right = added.end;
  to->last = (u32)index;
  return 1;
}

/* The last glyph at the place of a character from the left; 0 if none is near in the file. */
static u32 glyph_at(const PageGlyphs *page, u64 index) {
  u32 found = 0;
  for (u64 at = index < NEAR ? 0 : index - NEAR + 1; at < index; at++) {
    u32 glyph = page->owners[at];
    if (glyph <= found) continue;
    if (page->origins[2 * (u64)page->glyphs[glyph - 1].first] == page->origins[2 * index])
      found = glyph;
  }
  return found;
}

/* A glyph of one character, with the font that was asked for last. */
static PageGlyph new_glyph(const PageGlyphs *page, u64 index) {
  double x = page->origins[2 * index], y = page->origins[2 * index + 1];
  double pens[] = {x, y, -x, -y}, bases[] = {y, -x, -y, x};
  Extent box = extent_of(page, index);
  double base = bases[page->turn] + TURNED * (double)page->turn;
  u64 font = page->fonts_found - 1;
  return (PageGlyph){box.start, box.end, pens[page->turn], base, (u32)index, 0, font};
}

static int is_made_up(const PageGlyphs *page, u64 index) {
  const float *box = page->boxes + 4 * index;
  u8 kind = page->kinds[index];
  return kind == KIND_NONE || (kind == KIND_SPACE && box[0] == box[2]);
}

/* Find the glyphs; return their number. The arrays are zero. */
API u64 dalil_page_glyphs(PageGlyphs *page) {
  u64 glyphs = 0;
  for (u64 index = 0; index < page->count; index++) {
    if (is_made_up(page, index)) continue;
    u32 same = glyph_at(page, index);
    if (same && add_to_glyph(page, same, index)) {
      page->owners[index] = same;
      continue;
    }
    int is_known = page->fonts_found && page->origins[2 * index + 1] == page->level;
    if (!is_known || index >= page->due) look_at_font(page, index);
    page->glyphs[glyphs++] = new_glyph(page, index);
    page->owners[index] = (u32)glyphs;
  }
  return glyphs;
}
