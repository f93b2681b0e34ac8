/* What is kept of a text of Markdown, once its marks are dropped: put together, or as places. */
#include "markdown.h"

static inline int is_dropped(u8 byte) { return byte >= DROPPED_REST; }

/* The first byte from a place on that is dropped; `end` if there is none. */
static u64 next_dropped(const u8 *text, u64 at, u64 end) {
  for (; at + BYTES_AT_ONCE <= end; at += BYTES_AT_ONCE) {
    u8 any = 0;
    for (u32 i = 0; i < BYTES_AT_ONCE; i++) any |= (u8)is_dropped(text[at + i]);
    if (any) break;
  }
  while (at < end && !is_dropped(text[at])) at++;
  return at;
}

/* Put together what is kept; return its length. */
API u64 dalil_join_kept(u8 *text, u64 length) {
  u64 to = 0, at = 0;
  while (at < length) {
    u64 stop = next_dropped(text, at, length);
    if (to != at) memmove(text + to, text + at, stop - at);
    to += stop - at;
    for (at = stop; at < length && is_dropped(text[at]);) at++;
  }
  return to;
}

static u64 count_characters(const u8 *text, u64 at, u64 end) {
  u64 count = 0;
  for (; at + BYTES_AT_ONCE <= end; at += BYTES_AT_ONCE) {
    u8 some = 0;
    for (u32 i = 0; i < BYTES_AT_ONCE; i++) some += !is_rest(text[at + i]);
    count += some;
  }
  for (; at < end; at++) count += !is_rest(text[at]);
  return count;
}

/* Write first and last character of each part that is kept; return their number, or NO_ROOM if
   there are more than `most`. */
API i64 dalil_kept_parts(const u8 *text, u64 length, u32 *parts, u64 most) {
  u64 count = 0, at = 0, characters = 0;
  for (;;) {
    for (; at < length && is_dropped(text[at]); at++) characters += text[at] == DROPPED;
    if (at == length) return (i64)count;
    if (count == most) return NO_ROOM;
    u64 stop = next_dropped(text, at, length);
    parts[2 * count] = (u32)characters;
    characters += count_characters(text, at, stop);
    parts[2 * count++ + 1] = (u32)characters;
    at = stop;
  }
}
