/* The keys and the pronunciations of words that may be names: index/analysis/names in C. */
#include "names.h"

/* verification.may_be_name */
static int may_be_name(const NameRules *rules, const u16 *word, u32 length) {
  if (length < rules->shortest || length > rules->longest) return 0;
  for (u32 i = 0; i < length; i++)
    if (rules->is_digit[word[i]]) return 0;
  return !contains(&rules->stop.english, word, length) &&
         !is_arabic_stop_word(&rules->stop, word, length);
}

/* The pronunciations of a word as an index stores them, and its keys. The number of bytes, CANNOT
   if Python must do it. */
static i32 name_word(const NameRules *rules, const u16 *word, u32 length, NameKeys *keys,
                     u8 *codes) {
  int is_arabic = rules->is_arabic[word[0]];
  const NameScript *script = is_arabic ? &rules->arabic : &rules->latin;
  NameLetters plain, single;
  NameForm forms[MOST_FORMS];
  if (!is_arabic) {
    if (!plain_latin(rules, word, length, &plain)) return CANNOT;
    word = plain.letters, length = plain.length;
  }
  u32 count = without_prefixes(rules, script, word, length, forms), size = 0;
  if (count == MOST_FORMS / 2) return CANNOT;
  if (!is_arabic) count = with_singulars(rules, word, forms, count);
  for (u32 n = 0; n < count; n++) {
    const u16 *letters = word + forms[n].start;
    u32 own = forms[n].end - forms[n].start;
    if (!is_arabic) {
      without_doubled(rules, letters, own, &single);
      letters = single.letters, own = single.length;
    }
    i32 phonemes = transcribe(rules, script, letters, own, codes + size);
    if (phonemes == CANNOT || !add_keys(rules, codes + size, (u32)phonemes, keys)) return CANNOT;
    size += (u32)phonemes;
    codes[size++] = (u8)(PRONUNCIATION_END + forms[n].cost);
  }
  return (i32)size;
}

/* For each word: the CRC-32 of its keys, their number, its pronunciations, and their bytes. The
   bytes of a word that Python must do are ~0, and it has no keys. `keys` has a place for
   MOST_FORMS * MOST_FORM_KEYS of each word, `codes` for MOST_FORMS * (MOST_PHONEMES + 1). */
API void dalil_names(const NameRules *rules, const u32 *text, const u32 *starts, u64 count,
                     u32 *keys, u32 *key_counts, u8 *codes, u32 *code_counts, NameKeys *scratch) {
  for (u64 n = 0; n < count; n++) {
    u16 word[LONGEST_NAME];
    u32 length = starts[n + 1] - starts[n];
    i32 size = CANNOT;
    scratch->count = 0;
    if (length > rules->longest)
      size = 0;
    else if (letters_of(text + starts[n], length, word, LONGEST_NAME))
      size = may_be_name(rules, word, length) ? name_word(rules, word, length, scratch, codes) : 0;
    key_counts[n] = size == CANNOT ? 0 : (u32)scratch->count;
    code_counts[n] = (u32)(size == CANNOT ? -1 : size);
    for (u32 k = 0; k < key_counts[n]; k++)
      *keys++ = crc32(scratch->keys[k].letters, scratch->keys[k].length);
    if (size > 0) codes += size;
  }
}
