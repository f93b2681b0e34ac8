/* Words to their pronunciations as names, as index/analysis/names has them: a word with and without
   its prefixes, each form transcribed to phonemes by the rules of its script. */
#include "names.h"

static int letter_fits(const NameRules *rules, u16 wanted, u16 letter) {
  return wanted & LETTER_CLASS ? rules->classes[letter] >> (wanted & 31) & 1 : wanted == letter;
}

/* Whether a pattern matches a word from one of its letters on. */
static int pattern_matches(const NameRules *rules, const NamePattern *pattern, const u16 *word,
                           u32 length, u32 at) {
  if (at + pattern->total > length || at < pattern->before) return 0;
  if (pattern->place & AT_START && at) return 0;
  if (pattern->place & AT_END && at + pattern->own != length) return 0;
  for (u32 i = 0; i < pattern->total; i++)
    if (!letter_fits(rules, pattern->letters[i], word[at + i])) return 0;
  return 1;
}

/* pronunciations.plain_latin: without possessive ending, signs and accents. 0 if Python must. */
static int plain_latin(const NameRules *rules, const u16 *word, u32 length, NameLetters *out) {
  if (length >= 2 && word[length - 2] == '\'' && word[length - 1] == 's') length -= 2;
  int has_signs = 0;
  for (u32 i = 0; i < length; i++) has_signs |= word[i] > 0x7F || word[i] == '\'';
  out->length = 0;
  for (u32 i = 0; i < length; i++) {
    const u16 *plain = rules->plain + 2 * word[i];
    if (plain[0] == GIVEN_BACK) return 0;
    if (!has_signs) out->letters[out->length++] = word[i];
    for (u32 k = 0; has_signs && k < 2 && plain[k]; k++) out->letters[out->length++] = plain[k];
  }
  return 1;
}

/* pronunciations._without_prefixes: the word, then its rests without each prefix. */
static u32 without_prefixes(const NameRules *rules, const NameScript *script, const u16 *word,
                            u32 length, NameForm *forms) {
  forms[0] = (NameForm){0, length, 0};
  u32 count = 1, before = 1; /* forms in all, and forms without the prefix in hand */
  for (u64 n = 0; n < script->spellings; n++) {
    const NamePattern *prefix = script->prefixes + n;
    if (n && script->prefix_of[n] != script->prefix_of[n - 1]) before = count;
    for (u32 k = 0; k < before && count < MOST_FORMS / 2; k++) {
      u32 start = forms[k].start;
      if (!pattern_matches(rules, prefix, word + start, length - start, 0)) continue;
      forms[count++] = (NameForm){start + prefix->own, length, forms[k].cost + prefix->cost};
    }
  }
  return count;
}

/* pronunciations._with_singulars: the forms, then the singular of each that may be a plural. */
static u32 with_singulars(const NameRules *rules, const u16 *word, NameForm *forms, u32 count) {
  const NamePattern *plural = &rules->plural;
  u32 all = count;
  for (u32 k = 0; k < count; k++) {
    NameForm form = forms[k];
    u32 length = form.end - form.start;
    if (length < plural->total) continue;
    u32 at = length - plural->total;
    if (!pattern_matches(rules, plural, word + form.start, length, at)) continue;
    forms[all++] = (NameForm){form.start, form.end - 1, form.cost + plural->cost};
  }
  return all;
}

/* How many letters from one on are repeated behind themselves and are written once; their number
   in `own`. A letter that is often double counts as repeated only before a third one. */
static u32 doubled_letters(const NameRules *rules, const u16 *word, u32 length, u32 at, u32 *own) {
  u32 classes = rules->classes[word[at]], end = at + 1;
  *own = 1;
  if (end == length) return 0;
  if (classes & rules->digraph_class && word[end] == 'h') {
    for (end = at + 2; end + 1 < length && word[end] == word[at] && word[end + 1] == 'h';) end += 2;
    if (end > at + 2) {
      *own = 2;
      return end - at;
    }
  }
  if (classes & rules->often_doubled_class)
    return at + 2 < length && word[at + 1] == word[at] && word[at + 2] == word[at] ? 2 : 0;
  for (end = at + 1; end < length && word[end] == word[at];) end++;
  return end > at + 1 ? end - at : 0;
}

/* pronunciations._DOUBLED: a doubled letter, or digraph, once. */
static void without_doubled(const NameRules *rules, const u16 *word, u32 length, NameLetters *out) {
  out->length = 0;
  for (u32 at = 0; at < length;) {
    u32 own, gone = doubled_letters(rules, word, length, at, &own);
    for (u32 k = 0; k < own; k++) out->letters[out->length++] = word[at + k];
    at += gone ? gone : 1;
  }
}

static const NamePattern *rule_at(const NameRules *rules, const NameScript *script, const u16 *word,
                              u32 length, u32 at) {
  u32 end = script->first_rule[word[at] + 1];
  for (u32 n = script->first_rule[word[at]]; n < end; n++)
    if (pattern_matches(rules, script->rules + n, word, length, at)) return script->rules + n;
  return 0;
}

/* transcription.Transcriber: the number of phonemes, CANNOT for too many. */
static i32 transcribe(const NameRules *rules, const NameScript *script, const u16 *word, u32 length,
                      u8 *phonemes) {
  u32 count = 0;
  for (u32 at = 0; at < length;) {
    const NamePattern *rule = rule_at(rules, script, word, length, at);
    const NameSound *alone = script->alone + word[at];
    const u8 *from = rule ? rule->phonemes : alone->phonemes;
    u32 more = rule ? rule->count : alone->count;
    if (count + more > MOST_PHONEMES) return CANNOT;
    for (u32 k = 0; k < more; k++) phonemes[count++] = from[k];
    at += rule ? rule->own : 1;
  }
  return (i32)count;
}
