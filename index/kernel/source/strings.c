/* Distinct strings and their numbers, in the order of their first lookup: a hash table with open
   addressing. The caller owns all memory and makes room before a call (index/codec/string_table.py,
   which has the same structure). */
#include "kernel.h"

typedef struct {
  u64 *slots;  /* hash << 32 | number + 1; 0 where nothing is */
  u32 *starts; /* of each string in bytes, then where the last ends */
  u8 *bytes;
  u64 places; /* number of slots: a power of two, at least twice the strings that fit */
  u64 most;   /* strings that fit */
  u64 room;   /* bytes that fit */
  u64 count;
  u64 seed; /* of the hashes, so that no document can be made to collide */
} Strings;

/* No string: there is no room. */
#define NO_STRING 0xFFFFFFFFu

static inline u64 mixed(u64 hash, u64 word) {
  hash = (hash ^ word) * 0xFF51AFD7ED558CCDull; /* multiply and shift, as in MurmurHash3's end */
  return hash ^ hash >> 32;
}

/* Eight bytes as one number; the builtin is one instruction, also without a C library. */
static inline u64 eight_bytes(const u8 *bytes) {
  u64 word;
  __builtin_memcpy(&word, bytes, 8);
  return word;
}

static inline u64 few_bytes(const u8 *bytes, u32 size) {
  u64 word = 0;
  for (u32 i = 0; i < size; i++) word |= (u64)bytes[i] << 8 * i;
  return word;
}

static inline u32 string_hash(const u8 *bytes, u32 size, u64 seed) {
  u64 hash = seed ^ size;
  for (; size >= 8; size -= 8, bytes += 8) hash = mixed(hash, eight_bytes(bytes));
  return (u32)(mixed(mixed(hash, few_bytes(bytes, size)), seed) >> 32);
}

static inline int is_string(const Strings *table, u32 number, const u8 *bytes, u32 size) {
  u32 start = table->starts[number];
  if (table->starts[number + 1] - start != size) return 0;
  const u8 *own = table->bytes + start;
  for (; size >= 8; size -= 8, bytes += 8, own += 8)
    if (eight_bytes(own) != eight_bytes(bytes)) return 0;
  for (u32 i = 0; i < size; i++)
    if (own[i] != bytes[i]) return 0;
  return 1;
}

static u32 append_string(Strings *table, const u8 *bytes, u32 size) {
  u32 number = (u32)table->count, start = table->starts[number];
  if (table->count >= table->most || start + (u64)size > table->room) return NO_STRING;
  memcpy(table->bytes + start, bytes, size);
  table->starts[number + 1] = start + size;
  table->count++;
  return number;
}

/* The number of a string, which is added if it is new. */
static u32 number_of(Strings *table, const u8 *bytes, u32 size) {
  u32 hash = string_hash(bytes, size, table->seed);
  u64 at = hash & (table->places - 1);
  for (u64 slot; (slot = table->slots[at]); at = (at + 1) & (table->places - 1)) {
    u32 number = (u32)slot - 1;
    if ((u32)(slot >> 32) == hash && is_string(table, number, bytes, size)) return number;
  }
  u32 number = append_string(table, bytes, size);
  if (number != NO_STRING) table->slots[at] = (u64)hash << 32 | (number + 1);
  return number;
}

/* The numbers of strings that lie one behind the other; string i ends at ends[i]. */
API i64 dalil_number_strings(Strings *table, const u8 *bytes, const u32 *ends, u64 count,
                             u32 *numbers) {
  u32 start = 0;
  for (u64 i = 0; i < count; start = ends[i++]) {
    numbers[i] = number_of(table, bytes + start, ends[i] - start);
    if (numbers[i] == NO_STRING) return NO_ROOM;
  }
  return (i64)count;
}

/* Put what the slots of a smaller table hold into empty ones. */
API void dalil_move_slots(Strings *table, const u64 *slots, u64 places) {
  for (u64 i = 0; i < places; i++) {
    if (!slots[i]) continue;
    u64 at = slots[i] >> 32 & (table->places - 1);
    while (table->slots[at]) at = (at + 1) & (table->places - 1);
    table->slots[at] = slots[i];
  }
}
