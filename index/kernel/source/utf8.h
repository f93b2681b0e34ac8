/* Characters of texts in UTF-8. */
#ifndef DALIL_UTF8_H
#define DALIL_UTF8_H

#include "kernel.h"

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

/* The character before a place. */
static inline const u8 *before(const u8 *at) {
  do at--;
  while ((*at & 0xC0) == 0x80);
  return at;
}

#endif
