/* A text to the numbers of its chunks. A chunk is what stands between white space, without the
   signs around a plain word; a number with spaces is one chunk, for only its analysis can tell
   whether it is one number. index/codec/chunk_table.py says why the pieces of a text are those
   of its chunks. */
#include "utf8.h"

/* Classes of characters, from the patterns of index/analysis. */
enum {
  IS_SPACE = 1,        /* white space */
  IS_NUMBER_SPACE = 2, /* white space that may be in a number */
  IS_DIGIT = 4,
  IS_SIGN = 8, /* signs within numbers, and invisible characters */
  IS_OPEN = 16,
  IS_CLOSE = 32,
  IS_PLUS = 64,
  IS_EDGE = 128, /* signs that are no part of a word that they stand around */
};
enum {
  INSIDE = IS_DIGIT | IS_SIGN | IS_OPEN | IS_CLOSE, /* beside white space that may be in a number */
  CLASSES = 0x20000,                    /* code points with classes; those above have none */
  MAX_CHUNK = 1024,                     /* bytes */
  MAX_LOOK = 16,                        /* characters that are looked ahead for a digit */
};

typedef struct {
  u32 *numbers;      /* of the chunks of all texts; room for one each two bytes, and one a text */
  u32 *counts;       /* chunks of each text, or LEFT */
  u32 *blocks;       /* chunks and characters before each block; room for as many as there can be */
  u32 *block_counts; /* blocks of each text */
  u64 block_size;    /* characters, as in index/analysis/tokenizer.py */
  u64 max_block;
} Chunks;

/* The count of a text that is left to the tokenizer. */
#define LEFT 0xFFFFFFFFu

static inline u32 class_at(const u8 *classes, const u8 *at) {
  if (at[0] < 0x80) return classes[at[0]];
  u32 code = character(at);
  return code < CLASSES ? classes[code] : 0;
}

static inline int is_capital(u8 byte) { return byte >= 'A' && byte <= 'Z'; }

/* Whether a number may go on here: a digit comes, behind signs and brackets. */
static int comes_digit(const u8 *classes, const u8 *at, const u8 *end) {
  for (int looked = 0; looked < MAX_LOOK; looked++, at += character_size(*at)) {
    if (at >= end) return 0;
    u32 class = class_at(classes, at);
    if (class & IS_DIGIT) return 1;
    if (!(class & (IS_SIGN | IS_OPEN | IS_PLUS | IS_NUMBER_SPACE))) return 0;
  }
  return 1; /* perhaps: its analysis tells */
}

/* Whether a group of an account number may begin here: one to four capitals and digits. */
static int comes_group(const u8 *classes, const u8 *at, const u8 *end) {
  int count = 0;
  for (; at < end && (is_capital(*at) || class_at(classes, at) & IS_DIGIT); count++)
    at += character_size(*at);
  return count >= 1 && count <= 4 && !(at < end && *at >= 'a' && *at <= 'z');
}

/* Whether the white space between two characters may be in a number. */
static int is_in_number(const u8 *classes, const u8 *last, const u8 *next, const u8 *end) {
  u32 left = class_at(classes, last), right = class_at(classes, next);
  if (left & (IS_DIGIT | IS_SIGN | IS_CLOSE | IS_PLUS) && right & (IS_DIGIT | IS_SIGN | IS_OPEN))
    return comes_digit(classes, next, end);
  if ((left & IS_DIGIT && is_capital(*next)) || (is_capital(*last) && right & IS_DIGIT))
    return comes_group(classes, next, end);
  return 0;
}

/* Whether a block of the text may end before this white space (tokenizer.blocks). */
static int may_end_block(const u8 *classes, const u8 *text, const u8 *at, const u8 *end) {
  if (*at == '\n' || *at == '\t') return 1;
  const u8 *next = at + character_size(*at);
  return !(at > text && class_at(classes, before(at)) & INSIDE) &&
         !(next < end && class_at(classes, next) & INSIDE);
}

static inline int is_latin(u8 byte) { return (byte | 32) >= 'a' && (byte | 32) <= 'z'; }

/* U+0621 to U+063A and U+0641 to U+064A; behind the first also tatweel and U+064B to U+0652. */
static inline int is_arabic(u32 pair, int first) {
  return (pair >= 0xD8A1 && pair <= 0xD8BA) || (pair >= 0xD981 && pair <= 0xD98A) ||
         (!first && ((pair >= 0xD98B && pair <= 0xD992) || pair == 0xD980));
}

static int is_plain_word(const u8 *begin, const u8 *end) {
  const u8 *at = begin;
  if (at < end && is_latin(*at)) {
    while (at < end && is_latin(*at)) at++;
    return at == end;
  }
  for (; at + 1 < end && is_arabic((u32)at[0] << 8 | at[1], at == begin); at += 2) continue;
  return at == end && begin < end;
}

/* Take the signs off both ends of a chunk, if a plain word is between them. */
static inline void take_signs_off(const u8 *classes, const u8 **begin, const u8 **end) {
  const u8 *first = *begin, *last = *end;
  while (first < last && class_at(classes, first) & IS_EDGE) first += character_size(*first);
  while (last > first && class_at(classes, before(last)) & IS_EDGE) last = before(last);
  if (first == *begin && last == *end) return;
  if (is_plain_word(first, last)) *begin = first, *end = last;
}

/* Where a text is read. */
typedef struct {
  const u8 *at;
  u64 character;
  u64 inner; /* character of the last white space within a chunk */
} Place;

/* Go behind characters that are no white space. */
static inline void pass_word(const u8 *classes, Place *place, const u8 *end) {
  const u8 *at = place->at;
  u64 passed = 0;
  for (; at < end && !(class_at(classes, at) & IS_SPACE); passed++) at += character_size(*at);
  place->at = at, place->character += passed;
}

/* Go to the end of the chunk that begins here. */
static void pass_chunk(const u8 *classes, Place *place, const u8 *end) {
  for (;;) {
    pass_word(classes, place, end);
    const u8 *next = place->at < end ? place->at + character_size(*place->at) : end;
    if (next >= end || !(class_at(classes, place->at) & IS_NUMBER_SPACE) ||
        !is_in_number(classes, before(place->at), next, end))
      return;
    place->inner = place->character++;
    place->at = next;
  }
}

/* Write the number of a chunk. */
static i64 add_chunk(Strings *table, const u8 *classes, const u8 *begin, const u8 *end,
                     u32 *number) {
  take_signs_off(classes, &begin, &end);
  if (end - begin > MAX_CHUNK) return CANNOT;
  *number = number_of(table, begin, (u32)(end - begin));
  return *number == NO_STRING ? NO_ROOM : 0;
}

/* The blocks of a text, and where the last of them ends if nothing better comes. */
typedef struct {
  u32 *pairs;
  u32 count;
  u64 start;     /* first character of the last */
  u64 end;       /* first white space behind block_size characters; 0 before */
  u64 chunks;    /* before that end */
  int is_unsure; /* the end would be within a chunk */
} Blocks;

static void begin_block(Blocks *blocks, u64 chunks, u64 character) {
  blocks->pairs[2 * blocks->count] = (u32)chunks;
  blocks->pairs[2 * blocks->count++ + 1] = (u32)character;
  blocks->start = character;
  blocks->end = 0, blocks->is_unsure = 0;
}

/* End the block before this white space, if it is long enough and this is in no number. */
static void pass_space(const u8 *classes, const u8 *text, const u8 *end, const Place *place,
                       u64 count, Blocks *blocks, u64 block_size) {
  if (place->character < blocks->start + block_size) return;
  if (may_end_block(classes, text, place->at, end))
    begin_block(blocks, count, place->character);
  else if (!blocks->end)
    blocks->end = place->character, blocks->chunks = count;
}

/* The number of chunks of a text. CANNOT if a chunk is too long, or if a block does not end where
   blocks usually do. */
static i64 cut_text(Strings *table, const u8 *classes, const u8 *text, const u8 *end,
                    const Chunks *out, u32 *numbers, Blocks *blocks) {
  Place place = {.at = text};
  u64 count = 0;
  if (text < end) begin_block(blocks, 0, 0);
  while (place.at < end) {
    if (class_at(classes, place.at) & IS_SPACE) {
      pass_space(classes, text, end, &place, count, blocks, out->block_size);
      place.at += character_size(*place.at), place.character++;
    } else {
      const u8 *begin = place.at;
      pass_chunk(classes, &place, end);
      i64 fault = add_chunk(table, classes, begin, place.at, numbers + count++);
      if (fault) return fault;
      blocks->is_unsure |= !blocks->end && place.inner >= blocks->start + out->block_size;
    }
    if (place.character >= blocks->start + out->max_block - 1) return CANNOT;
  }
  if (blocks->is_unsure || (blocks->end && place.character > blocks->end + out->block_size))
    return CANNOT;
  if (blocks->end) begin_block(blocks, blocks->chunks, blocks->end);
  return (i64)count;
}

/* Cut texts that lie one behind the other; text i ends at ends[i]. Return the number of chunks of
   those that are not left to the tokenizer, or NO_ROOM. */
API i64 dalil_cut_texts(Strings *table, const u8 *classes, const u8 *bytes, const u64 *ends,
                        u64 texts, const Chunks *out) {
  u64 start = 0, total = 0, block_total = 0;
  for (u64 text = 0; text < texts; start = ends[text++]) {
    Blocks blocks = {.pairs = out->blocks + 2 * block_total};
    i64 count = cut_text(table, classes, bytes + start, bytes + ends[text], out,
                         out->numbers + total, &blocks);
    if (count == NO_ROOM) return NO_ROOM;
    out->counts[text] = count < 0 ? LEFT : (u32)count;
    out->block_counts[text] = count < 0 ? 0 : blocks.count;
    total += count < 0 ? 0 : (u64)count;
    block_total += out->block_counts[text];
  }
  return (i64)total;
}
