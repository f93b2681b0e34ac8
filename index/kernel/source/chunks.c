/* A text to the numbers of its chunks. A chunk is what stands between white space, without the
   signs around a plain word; a number with spaces is one chunk, for only its analysis can tell
   whether it is one number. index/codec/chunk_table.py says why the pieces of a text are those
   of its chunks. */
#include "kernel.h"

/* Classes of characters, from the patterns of index/analysis. */
enum {
  SPACE = 1,        /* white space */
  NUMBER_SPACE = 2, /* white space that may be in a number */
  DIGIT = 4,
  SIGN = 8, /* signs within numbers, and invisible characters */
  OPEN = 16,
  CLOSE = 32,
  PLUS = 64,
  EDGE = 128, /* signs that are no part of a word that they stand around */
};
enum {
  INSIDE = DIGIT | SIGN | OPEN | CLOSE, /* beside white space that may be in a number */
  CLASSES = 0x20000,                    /* code points with classes; those above have none */
  MAX_CHUNK = 1024,                     /* bytes */
  MAX_LOOK = 16,                        /* characters that are looked ahead for a digit */
};

typedef struct {
  u32 *numbers; /* of the chunks; room for one each two bytes of the text, and one */
  u32 *fresh;   /* first byte and end of each chunk that is new; room for as many pairs */
  u32 *blocks;  /* chunks and characters before each block; room for as many pairs */
  u64 fresh_count;
  u64 block_count;
  u64 block_size; /* characters, as in index/analysis/tokenizer.py */
  u64 max_block;
} Chunks;

/* A character of a text: valid UTF-8, or half a character in three bytes. */
static inline u32 character(const u8 *at) {
  if (at[0] < 0x80) return at[0];
  if (at[0] < 0xE0) return (at[0] & 31u) << 6 | (at[1] & 63u);
  if (at[0] < 0xF0) return (at[0] & 15u) << 12 | (at[1] & 63u) << 6 | (at[2] & 63u);
  return (at[0] & 7u) << 18 | (at[1] & 63u) << 12 | (at[2] & 63u) << 6 | (at[3] & 63u);
}

static inline u32 character_size(u8 first) {
  return first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}

static inline u32 class_at(const u8 *classes, const u8 *at) {
  u32 code = character(at);
  return code < CLASSES ? classes[code] : 0;
}

static inline const u8 *before(const u8 *at) {
  do at--;
  while ((*at & 0xC0) == 0x80);
  return at;
}

static inline int is_capital(u8 byte) { return byte >= 'A' && byte <= 'Z'; }

/* Whether a number may go on here: a digit comes, behind signs and brackets. */
static int comes_digit(const u8 *classes, const u8 *at, const u8 *end) {
  for (int looked = 0; looked < MAX_LOOK; looked++, at += character_size(*at)) {
    if (at >= end) return 0;
    u32 class = class_at(classes, at);
    if (class & DIGIT) return 1;
    if (!(class & (SIGN | OPEN | PLUS | NUMBER_SPACE))) return 0;
  }
  return 1; /* perhaps: its analysis tells */
}

/* Whether a group of an account number may begin here: one to four capitals and digits. */
static int comes_group(const u8 *classes, const u8 *at, const u8 *end) {
  int count = 0;
  for (; at < end && (is_capital(*at) || class_at(classes, at) & DIGIT); count++)
    at += character_size(*at);
  return count >= 1 && count <= 4 && !(at < end && *at >= 'a' && *at <= 'z');
}

/* Whether the white space between two characters may be in a number. */
static int is_in_number(const u8 *classes, const u8 *last, const u8 *next, const u8 *end) {
  u32 left = class_at(classes, last), right = class_at(classes, next);
  if (left & (DIGIT | SIGN | CLOSE | PLUS) && right & (DIGIT | SIGN | OPEN))
    return comes_digit(classes, next, end);
  if ((left & DIGIT && is_capital(*next)) || (is_capital(*last) && right & DIGIT))
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
static void take_signs_off(const u8 *classes, const u8 **begin, const u8 **end) {
  const u8 *first = *begin, *last = *end;
  while (first < last && class_at(classes, first) & EDGE) first += character_size(*first);
  while (last > first && class_at(classes, before(last)) & EDGE) last = before(last);
  if (is_plain_word(first, last)) *begin = first, *end = last;
}

/* Where a text is read. */
typedef struct {
  const u8 *at;
  u64 character;
  u64 inner; /* character of the last white space within a chunk */
} Place;

/* Go to the end of the chunk that begins here. */
static void pass_chunk(const u8 *classes, Place *place, const u8 *end) {
  while (place->at < end) {
    u32 class = class_at(classes, place->at);
    const u8 *next = place->at + character_size(*place->at);
    if (class & SPACE) {
      if (!(class & NUMBER_SPACE) || next >= end ||
          !is_in_number(classes, before(place->at), next, end))
        return;
      place->inner = place->character;
    }
    place->character++;
    place->at = next;
  }
}

static i64 add_chunk(Strings *table, const u8 *classes, const u8 *text, const u8 *begin,
                     const u8 *end, Chunks *out, u64 count) {
  u64 known = table->count;
  take_signs_off(classes, &begin, &end);
  if (end - begin > MAX_CHUNK) return CANNOT;
  u32 number = number_of(table, begin, (u32)(end - begin));
  if (number == NO_STRING) return NO_ROOM;
  out->numbers[count] = number;
  if (table->count > known) {
    out->fresh[2 * out->fresh_count] = (u32)(begin - text);
    out->fresh[2 * out->fresh_count++ + 1] = (u32)(end - text);
  }
  return 0;
}

static void begin_block(Chunks *out, u64 chunks, u64 character) {
  out->blocks[2 * out->block_count] = (u32)chunks;
  out->blocks[2 * out->block_count++ + 1] = (u32)character;
}

/* The block that is read, and where it ends if nothing better comes. */
typedef struct {
  u64 start; /* its first character */
  u64 end;   /* the first white space behind block_size characters; 0 before */
  u64 chunks; /* before that end */
  int is_unsure; /* the end would be within a chunk */
} Block;

/* End the block before this white space, if it is long enough and this is no number. */
static void pass_space(const u8 *classes, const u8 *text, const u8 *end, const Place *place,
                       u64 count, Block *block, Chunks *out) {
  if (place->character < block->start + out->block_size) return;
  if (may_end_block(classes, text, place->at, end)) {
    begin_block(out, count, place->character);
    *block = (Block){.start = place->character};
  } else if (!block->end) {
    block->end = place->character, block->chunks = count;
  }
}

/* The number of chunks of a text. CANNOT if a chunk is too long, or if a block does not end where
   blocks usually do. In any case the new chunks are among the fresh ones. */
API i64 dalil_chunks(Strings *table, const u8 *classes, const u8 *text, u64 bytes, Chunks *out) {
  const u8 *end = text + bytes;
  Place place = {.at = text};
  Block block = {0};
  u64 count = 0;
  out->fresh_count = out->block_count = 0;
  if (bytes) begin_block(out, 0, 0);
  while (place.at < end) {
    if (class_at(classes, place.at) & SPACE) {
      pass_space(classes, text, end, &place, count, &block, out);
      place.at += character_size(*place.at), place.character++;
    } else {
      const u8 *begin = place.at;
      pass_chunk(classes, &place, end);
      i64 fault = add_chunk(table, classes, text, begin, place.at, out, count++);
      if (fault) return fault;
      block.is_unsure |= !block.end && place.inner >= block.start + out->block_size;
    }
    if (place.character >= block.start + out->max_block - 1) return CANNOT;
  }
  if (block.is_unsure || (block.end && place.character > block.end + out->block_size))
    return CANNOT;
  if (block.end) begin_block(out, block.chunks, block.end);
  return (i64)count;
}

/* Sum what the chunks of a text have, and replace the chunks before each block by positions.
   widths are positions of each chunk, languages three numbers of words of each. */
API u64 dalil_chunk_sums(const u32 *numbers, u64 count, const u32 *widths, const u32 *languages,
                         u32 *blocks, u64 block_count, u64 *words) {
  u64 position = 0, block = 0;
  words[0] = words[1] = words[2] = 0;
  for (u64 i = 0; i < count; i++) {
    for (; block < block_count && blocks[2 * block] == i; block++) blocks[2 * block] = (u32)position;
    position += widths[numbers[i]];
    for (int each = 0; each < 3; each++) words[each] += languages[3 * numbers[i] + each];
  }
  for (; block < block_count; block++) blocks[2 * block] = (u32)position;
  return position;
}
