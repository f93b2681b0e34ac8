/* The keys and the pronunciations of names, as index/analysis/names has them, by its tables: a word
   is read with and without its prefixes, each form is transcribed to phonemes by the rules of its
   script, and the consonants among these give its keys. */
#include "text.h"

enum {
  LONGEST_NAME = 40,     /* letters; Python does longer ones */
  MOST_LETTERS = 80,     /* of a name whose accents have become letters: at most two for one */
  MOST_FORMS = 32,       /* of a name, with and without prefixes and a plural ending */
  MOST_PHONEMES = 100,   /* of a form */
  MOST_FORM_KEYS = 16,   /* phonetic_keys.MAX_KEYS */
  LONGEST_KEY = 47,
  END = 128,             /* phonology.FIRST_END_CODE */
  CLASS = 0x8000,        /* marks the number of a class among the letters of a pattern */
  FIRST = 1, LAST = 2,   /* where a pattern must stand */
};

/* Letters in a context, and what they mean: a rule of transcription, or a spelling of a prefix. */
typedef struct {
  u16 letters[8]; /* each a letter, or CLASS and the number of a class */
  u8 own;         /* the letters that are replaced or removed; the others must follow them */
  u8 total;
  u8 before; /* letters that must stand before them */
  u8 place;
  u8 cost; /* of a prefix, in hundredths */
  u8 count;
  u8 phonemes[8];
} Pattern;

typedef struct {
  u8 count;
  u8 phonemes[3];
} Sound;

typedef struct {
  u8 length;
  u8 letters[3];
} KeyPart;

/* What a phoneme may be in a key. */
typedef struct {
  u64 count;
  KeyPart parts[4];
} KeyParts;

typedef struct {
  const u32 *first_rule; /* [ALPHABET + 1]: the first rule that begins with a letter */
  const Pattern *rules;  /* by first letter; of those that match, the first applies */
  const Sound *alone;    /* [ALPHABET]: a letter to which no rule applies */
  const Pattern *prefixes;
  const u8 *prefix_of; /* the number of the prefix that each of these spells */
  u64 spellings;
} Script;

typedef struct {
  StopWords stop;
  Script latin, arabic;
  const u32 *classes;  /* [ALPHABET]: the classes of a letter, a bit each */
  const u16 *plain;    /* [ALPHABET][2]: a Latin letter without its accent */
  const u8 *is_arabic; /* [ALPHABET] */
  const u8 *is_digit;  /* [ALPHABET] */
  Pattern plural;
  const KeyParts *first_keys, *later_keys; /* [END]: by phoneme, at the beginning of a word or not */
  u32 digraph_class, often_doubled_class;  /* bits of classes */
  u32 shortest, longest;                   /* letters of a word that may be a name */
  u32 short_key_phonemes;                  /* phonemes of a form with a key of one letter */
} NameRules;

typedef struct {
  u16 letters[MOST_LETTERS];
  u32 length;
} Letters;

/* A stretch of a word, and the cost of what was removed around it. */
typedef struct {
  u32 start, end, cost;
} Form;

typedef struct {
  u32 length;
  u8 letters[LONGEST_KEY + 1];
} Key;

/* The distinct keys of one word, for comparison. */
typedef struct {
  Key keys[MOST_FORMS * MOST_FORM_KEYS];
  u64 count;
} Keys;

static int fits(const NameRules *rules, u16 wanted, u16 letter) {
  return wanted & CLASS ? rules->classes[letter] >> (wanted & 31) & 1 : wanted == letter;
}

/* Whether a pattern matches a word from one of its letters on. */
static int matches(const NameRules *rules, const Pattern *pattern, const u16 *word, u32 length,
                   u32 at) {
  if (at + pattern->total > length || at < pattern->before) return 0;
  if (pattern->place & FIRST && at) return 0;
  if (pattern->place & LAST && at + pattern->own != length) return 0;
  for (u32 i = 0; i < pattern->total; i++)
    if (!fits(rules, pattern->letters[i], word[at + i])) return 0;
  return 1;
}

/* pronunciations.plain_latin: without possessive ending, signs and accents. 0 if Python must. */
static int plain_latin(const NameRules *rules, const u16 *word, u32 length, Letters *out) {
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
static u32 without_prefixes(const NameRules *rules, const Script *script, const u16 *word,
                            u32 length, Form *forms) {
  forms[0] = (Form){0, length, 0};
  u32 count = 1, before = 1; /* forms in all, and forms without the prefix in hand */
  for (u64 n = 0; n < script->spellings; n++) {
    const Pattern *prefix = script->prefixes + n;
    if (n && script->prefix_of[n] != script->prefix_of[n - 1]) before = count;
    for (u32 k = 0; k < before && count < MOST_FORMS / 2; k++) {
      u32 start = forms[k].start;
      if (!matches(rules, prefix, word + start, length - start, 0)) continue;
      forms[count++] = (Form){start + prefix->own, length, forms[k].cost + prefix->cost};
    }
  }
  return count;
}

/* pronunciations._with_singulars: the forms, then the singular of each that may be a plural. */
static u32 with_singulars(const NameRules *rules, const u16 *word, Form *forms, u32 count) {
  const Pattern *plural = &rules->plural;
  u32 all = count;
  for (u32 k = 0; k < count; k++) {
    Form form = forms[k];
    u32 length = form.end - form.start;
    if (length < plural->total) continue;
    if (!matches(rules, plural, word + form.start, length, length - plural->total)) continue;
    forms[all++] = (Form){form.start, form.end - 1, form.cost + plural->cost};
  }
  return all;
}

/* How many letters from one on are repeated behind themselves and are written once; their number
   in `own`. A letter that is often double counts as repeated only before a third one. */
static u32 doubled(const NameRules *rules, const u16 *word, u32 length, u32 at, u32 *own) {
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
static void without_doubled(const NameRules *rules, const u16 *word, u32 length, Letters *out) {
  out->length = 0;
  for (u32 at = 0; at < length;) {
    u32 own, gone = doubled(rules, word, length, at, &own);
    for (u32 k = 0; k < own; k++) out->letters[out->length++] = word[at + k];
    at += gone ? gone : 1;
  }
}

static const Pattern *rule_at(const NameRules *rules, const Script *script, const u16 *word,
                              u32 length, u32 at) {
  u32 end = script->first_rule[word[at] + 1];
  for (u32 n = script->first_rule[word[at]]; n < end; n++)
    if (matches(rules, script->rules + n, word, length, at)) return script->rules + n;
  return 0;
}

/* transcription.Transcriber: the number of phonemes, CANNOT for too many. */
static i32 transcribe(const NameRules *rules, const Script *script, const u16 *word, u32 length,
                      u8 *phonemes) {
  u32 count = 0;
  for (u32 at = 0; at < length;) {
    const Pattern *rule = rule_at(rules, script, word, length, at);
    const Sound *alone = script->alone + word[at];
    const u8 *from = rule ? rule->phonemes : alone->phonemes;
    u32 more = rule ? rule->count : alone->count;
    if (count + more > MOST_PHONEMES) return CANNOT;
    for (u32 k = 0; k < more; k++) phonemes[count++] = from[k];
    at += rule ? rule->own : 1;
  }
  return (i32)count;
}

/* Adds a part to a key; 0 if it is too long. */
static int extend(Key *key, const KeyPart *part) {
  if (key->length + part->length > LONGEST_KEY) return 0;
  for (u32 k = 0; k < part->length; k++) key->letters[key->length++] = part->letters[k];
  return 1;
}

/* phonetic_keys._raw_keys: each choice among the parts of the phonemes. CANNOT for a long key. */
static i32 raw_keys(const NameRules *rules, const u8 *phonemes, u32 count, Key *keys) {
  u32 made = 1;
  keys[0].length = 0;
  for (u32 n = 0; n < count; n++) {
    const KeyParts *parts = (n ? rules->later_keys : rules->first_keys) + phonemes[n];
    u32 choices = (u32)parts->count;
    if (n && made * choices > MOST_FORM_KEYS) choices = 1;
    for (u32 k = made; k-- > 0;) { /* from the last on, so that no key is overwritten before */
      Key key = keys[k];
      for (u32 c = 0; c < choices; c++) {
        keys[k * choices + c] = key;
        if (!extend(keys + k * choices + c, parts->parts + c)) return CANNOT;
      }
    }
    made *= choices;
  }
  return (i32)made;
}

/* phonetic_keys._without_repetitions */
static void without_repetitions(Key *key) {
  u32 length = 0;
  for (u32 k = 0; k < key->length; k++)
    if (!k || key->letters[k] != key->letters[k - 1]) key->letters[length++] = key->letters[k];
  key->length = length > 1 || key->length == 1 ? length : 2; /* one repeated letter keeps two */
}

static int is_known(const Keys *known, const Key *key) {
  for (u64 n = 0; n < known->count; n++)
    if (known->keys[n].length == key->length &&
        !memcmp(known->keys[n].letters, key->letters, key->length))
      return 1;
  return 0;
}

/* phonetic_keys.pronunciation_keys, of one form: adds its new keys to those of the word. */
static int add_keys(const NameRules *rules, const u8 *phonemes, u32 count, Keys *of_word) {
  Key keys[MOST_FORM_KEYS];
  i32 made = count ? raw_keys(rules, phonemes, count, keys) : 0;
  for (i32 n = 0; n < made; n++) {
    Key *key = keys + n;
    if (!key->length || (key->length == 1 && count < rules->short_key_phonemes)) continue;
    without_repetitions(key);
    if (!is_known(of_word, key)) of_word->keys[of_word->count++] = *key;
  }
  return made != CANNOT;
}

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
static i32 name(const NameRules *rules, const u16 *word, u32 length, Keys *keys, u8 *codes) {
  int is_arabic = rules->is_arabic[word[0]];
  const Script *script = is_arabic ? &rules->arabic : &rules->latin;
  Letters plain, single;
  Form forms[MOST_FORMS];
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
    codes[size++] = (u8)(END + forms[n].cost);
  }
  return (i32)size;
}

/* For each word: the CRC-32 of its keys, their number, its pronunciations, and their bytes. The
   bytes of a word that Python must do are ~0, and it has no keys. `keys` has a place for
   MOST_FORMS * MOST_FORM_KEYS of each word, `codes` for MOST_FORMS * (MOST_PHONEMES + 1). */
API void dalil_names(const NameRules *rules, const u32 *text, const u32 *starts, u64 count,
                     u32 *keys, u32 *key_counts, u8 *codes, u32 *code_counts, Keys *scratch) {
  for (u64 n = 0; n < count; n++) {
    u16 word[LONGEST_NAME];
    u32 length = starts[n + 1] - starts[n];
    i32 size = CANNOT;
    scratch->count = 0;
    if (length > rules->longest)
      size = 0;
    else if (letters_of(text + starts[n], length, word, LONGEST_NAME))
      size = may_be_name(rules, word, length) ? name(rules, word, length, scratch, codes) : 0;
    key_counts[n] = size == CANNOT ? 0 : (u32)scratch->count;
    code_counts[n] = (u32)(size == CANNOT ? -1 : size);
    for (u32 k = 0; k < key_counts[n]; k++)
      *keys++ = crc32(scratch->keys[k].letters, scratch->keys[k].length);
    if (size > 0) codes += size;
  }
}
