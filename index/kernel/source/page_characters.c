/* The characters of a PDF page: what PDFium knows of each, in one call for the whole page. The
   functions are those of PDFium's library, whose addresses the caller has; each of them checks the
   page and the index that it is given. index/pdf_text/characters.py does the same call by call. */
#include "kernel.h"

enum { MAX_CODE = 0x10FFFF };

typedef struct {
  void *text_page;
  u32 (*unicode)(void *page, int index);
  int (*text)(void *page, int start, int count, u16 *units);
  int (*loose_box)(void *page, int index, float *box); /* left, top, right, bottom */
  int (*origin)(void *page, int index, double *x, double *y);
  int (*map_error)(void *page, int index);
  u64 count;
  u16 *units;      /* room for one more than there are characters */
  u32 *codes;      /* one for each character, as are those below */
  float *boxes;    /* four of each */
  double *origins; /* two of each */
  u8 *unmapped;    /* 1 for what the fonts have no Unicode value for, and is no Arabic letter */
} PageCharacters;

/* Take the codes from the text of the page, if it has one place for each character. */
static int codes_of_text(const PageCharacters *page) {
  u64 count = page->count;
  if (page->text(page->text_page, 0, (int)count, page->units) != (int)count + 1) return 0;
  for (u64 i = 0; i < count; i++) {
    u32 unit = page->units[i];
    if (!unit || (unit >= 0xD800 && unit < 0xE000)) return 0;
    page->codes[i] = unit;
  }
  return 1;
}

static inline int is_finite(double number) { return number - number == 0; }

static int has_place(const float *box, const double *origin) {
  int is_placed = is_finite(origin[0]) && is_finite(origin[1]);
  for (int side = 0; side < 4; side++) is_placed &= is_finite(box[side]);
  return is_placed;
}

/* Fill the arrays, which are zero. The code is 0 of what is no character or has no place. */
API void dalil_page_characters(const PageCharacters *page) {
  void *text_page = page->text_page;
  int count = (int)page->count, has_codes = codes_of_text(page);
  for (int i = 0; i < count; i++) {
    u32 code = has_codes ? page->codes[i] : page->unicode(text_page, i);
    float *box = page->boxes + 4 * (u64)i;
    double *origin = page->origins + 2 * (u64)i;
    page->loose_box(text_page, i, box);
    page->origin(text_page, i, origin, origin + 1);
    if (code > MAX_CODE || !has_place(box, origin)) code = 0;
    page->codes[i] = code;
    int is_asked = code && !(code >= 0x600 && code <= 0x6FF);
    page->unmapped[i] = is_asked && page->map_error(text_page, i) == 1;
  }
}
