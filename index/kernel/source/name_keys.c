/* The keys that spellings of a name share, as index/analysis/names/phonetic_keys.py has them: the
   consonants among its phonemes, once for each choice among their letters. */
#include "names.h"

/* Adds a part to a key; 0 if it is too long. */
static int extend_key(NameKey *key, const KeyPart *part) {
  if (key->length + part->length > LONGEST_KEY) return 0;
  for (u32 k = 0; k < part->length; k++) key->letters[key->length++] = part->letters[k];
  return 1;
}

/* phonetic_keys._raw_keys: each choice among the parts of the phonemes. CANNOT for a long key. */
static i32 raw_keys(const NameRules *rules, const u8 *phonemes, u32 count, NameKey *keys) {
  u32 made = 1;
  keys[0].length = 0;
  for (u32 n = 0; n < count; n++) {
    const KeyParts *parts = (n ? rules->later_keys : rules->first_keys) + phonemes[n];
    u32 choices = (u32)parts->count;
    if (n && made * choices > MOST_FORM_KEYS) choices = 1;
    for (u32 k = made; k-- > 0;) { /* from the last on, so that no key is overwritten before */
      NameKey key = keys[k];
      for (u32 c = 0; c < choices; c++) {
        keys[k * choices + c] = key;
        if (!extend_key(keys + k * choices + c, parts->parts + c)) return CANNOT;
      }
    }
    made *= choices;
  }
  return (i32)made;
}

/* phonetic_keys._without_repetitions */
static void without_repetitions(NameKey *key) {
  u32 length = 0;
  for (u32 k = 0; k < key->length; k++)
    if (!k || key->letters[k] != key->letters[k - 1]) key->letters[length++] = key->letters[k];
  key->length = length > 1 || key->length == 1 ? length : 2; /* one repeated letter keeps two */
}

static int is_known(const NameKeys *known, const NameKey *key) {
  for (u64 n = 0; n < known->count; n++)
    if (known->keys[n].length == key->length &&
        !memcmp(known->keys[n].letters, key->letters, key->length))
      return 1;
  return 0;
}

/* phonetic_keys.pronunciation_keys, of one form: adds its new keys to those of the word. */
static int add_keys(const NameRules *rules, const u8 *phonemes, u32 count, NameKeys *of_word) {
  NameKey keys[MOST_FORM_KEYS];
  i32 made = count ? raw_keys(rules, phonemes, count, keys) : 0;
  for (i32 n = 0; n < made; n++) {
    NameKey *key = keys + n;
    if (!key->length || (key->length == 1 && count < rules->short_key_phonemes)) continue;
    without_repetitions(key);
    if (!is_known(of_word, key)) of_word->keys[of_word->count++] = *key;
  }
  return made != CANNOT;
}
