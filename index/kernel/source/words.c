/* Words to their terms, as index/analysis has them, by its tables: an Arabic piece to its exact
   form, its light stem and the skeleton that stands for its root; a Latin word, or each word of a
   compound, to its exact form and to what Snowball stems; a number to its digits. Pieces of other
   kinds are given back to Python. */
#include "text.h"

enum {
  LONGEST_PIECE = 64,
  MOST_FORM = 2 * LONGEST_PIECE, /* letters of a form: at most two for one */
};

/* What a letter may be in a piece, a bit each: index/analysis/compiled.py has the same. */
enum {
  ARABIC_LETTER = 1,
  ARABIC_PART = 2, /* a letter, a mark, or an invisible character */
  LATIN_LETTER = 4,
  CAPITAL = 8,
  APOSTROPHE = 16,
  HYPHEN = 32,
  DIGIT = 64,
};

/* What a piece is. */
enum { RARE = 0, ARABIC = 1, LATIN = 2, NUMBER = 3 };

/* Words in an order of their own, each with a number. */
typedef struct {
  WordSet words;
  const u32 *numbers;
} Affixes;

typedef struct {
  StopWords stop;
  const u8 *kinds;          /* [ALPHABET]: what a letter may be */
  const u16 *exact;         /* [ALPHABET][2]: a letter of either script in the exact form */
  const u16 *folded;        /* [ALPHABET][2]: an Arabic letter in the folded form */
  const u16 *bare;          /* [ALPHABET][2]: a Latin letter in the folded form, without accents */
  WordSet lexical_waw;      /* words that begin with a و of their own */
  Affixes articles;         /* and the place of the alef in each, ~0 for none */
  WordSet suffixes, for_god, god;
  const u8 *hamza_on_alef;  /* [ALPHABET] */
  const u8 *weak;           /* [ALPHABET]: whether the forms of a root gain and lose a letter */
  WordSet pronouns;
  Affixes root_prefixes;    /* and the letters from which on a stem may have each */
  u32 conjunction, alef, feminine;
  u32 shortest_stem, shortest_behind_article, shortest_before_pronoun, shortest_root;
  u32 most_joined_words; /* of a compound that also has a joined form */
  u32 longest_number;    /* digits of a number that is no telephone number */
} WordRules;

typedef struct {
  u16 letters[MOST_FORM];
  u32 length;
} WordForm;

/* A stretch of a form. */
typedef struct {
  const u16 *letters;
  u32 length;
} Stretch;

/* Where the terms of one field go, a line end behind each, and their positions in their pieces. */
typedef struct {
  u16 *letters;
  u8 *positions;
  u8 *counts; /* of each piece */
} Output;

typedef struct {
  Output exact, stem, root;
} Outputs;

static void write_term(Output *out, u64 piece, u32 position, const u16 *letters, u32 length) {
  for (u32 i = 0; i < length; i++) *out->letters++ = letters[i];
  *out->letters++ = '\n';
  *out->positions++ = (u8)position;
  out->counts[piece]++;
}

static Stretch word_of(const WordSet *set, u64 n) {
  return (Stretch){set->letters + set->starts[n], set->starts[n + 1] - set->starts[n]};
}

static int equal(Stretch one, Stretch other) {
  return !compare_words(one.letters, one.length, other.letters, other.length);
}

static int begins_with(Stretch word, Stretch beginning) {
  return word.length >= beginning.length &&
         equal((Stretch){word.letters, beginning.length}, beginning);
}

static int ends_with(Stretch word, Stretch ending) {
  return word.length >= ending.length &&
         equal((Stretch){word.letters + word.length - ending.length, ending.length}, ending);
}

static Stretch without_first(Stretch word, u32 count) {
  return (Stretch){word.letters + count, word.length - count};
}

/* Each letter by a table of two places. 0 if Python must do it, or if nothing is left. */
static int translate(const u16 *table, const u16 *word, u32 length, WordForm *out) {
  out->length = 0;
  for (u32 i = 0; i < length; i++) {
    const u16 *to = table + 2 * word[i];
    if (to[0] == GIVEN_BACK) return 0;
    if (to[0]) out->letters[out->length++] = to[0];
    if (to[1]) out->letters[out->length++] = to[1];
  }
  return out->length > 0;
}

/* stemmer.strip_prefixes, behind the conjunction: without the article, unless a hamza on its alef
   in the spelling shows that the letters belong to the word. */
static Stretch without_article(const WordRules *rules, Stretch word, const u16 *spelled) {
  const WordSet *articles = &rules->articles.words;
  for (u64 n = 0; n < articles->count; n++) {
    Stretch article = word_of(articles, n);
    u32 alef = rules->articles.numbers[n];
    if (word.length < article.length + rules->shortest_behind_article) continue;
    if (!begins_with(word, article)) continue;
    if (alef < article.length && rules->hamza_on_alef[spelled[alef]]) break;
    return without_first(word, article.length);
  }
  return word;
}

static Stretch without_prefixes_of_word(const WordRules *rules, const WordForm *folded,
                                        const WordForm *exact) {
  Stretch word = {folded->letters, folded->length};
  const u16 *spelled = exact->length == folded->length ? exact->letters : folded->letters;
  if (word.length > rules->shortest_stem && word.letters[0] == rules->conjunction &&
      !contains(&rules->lexical_waw, word.letters, word.length)) {
    word = without_first(word, 1);
    spelled++;
  }
  if (equal(word, word_of(&rules->for_god, 0))) return word_of(&rules->god, 0);
  return without_article(rules, word, spelled);
}

/* stemmer.strip_suffixes */
static Stretch without_suffixes(const WordRules *rules, Stretch word) {
  if (word.length > rules->shortest_stem && word.letters[word.length - 1] == rules->alef)
    word.length--;
  for (u64 n = 0; n < rules->suffixes.count; n++) {
    Stretch suffix = word_of(&rules->suffixes, n);
    if (word.length >= suffix.length + rules->shortest_stem && ends_with(word, suffix))
      word.length -= suffix.length;
  }
  return word;
}

/* roots._without_pronoun, then roots._without_prefix */
static Stretch without_pronoun_and_prefix(const WordRules *rules, Stretch word) {
  for (u64 n = 0; n < rules->pronouns.count; n++) {
    Stretch pronoun = word_of(&rules->pronouns, n);
    if (word.length < pronoun.length + rules->shortest_before_pronoun) continue;
    if (!ends_with(word, pronoun)) continue;
    word.length -= pronoun.length;
    break;
  }
  for (u64 n = 0; n < rules->root_prefixes.words.count; n++) {
    Stretch prefix = word_of(&rules->root_prefixes.words, n);
    if (word.length >= rules->root_prefixes.numbers[n] && begins_with(word, prefix))
      return without_first(word, prefix.length);
  }
  return word;
}

/* roots.skeleton: its consonants; their number is 0 if there are too few. */
static void skeleton(const WordRules *rules, Stretch stem, WordForm *out) {
  Stretch word = without_pronoun_and_prefix(rules, stem);
  out->length = 0;
  for (u32 i = 0; i < word.length; i++)
    if (!rules->weak[word.letters[i]]) out->letters[out->length++] = word.letters[i];
  if (out->length > rules->shortest_root && word.letters[word.length - 1] == rules->feminine)
    out->length--;
  if (out->length < rules->shortest_root) out->length = 0;
}

/* The kind of a piece by its letters. */
static u8 kind_of_piece(const WordRules *rules, const u16 *word, u32 length) {
  static const u8 wanted[] = {0, ARABIC_PART, LATIN_LETTER | APOSTROPHE | HYPHEN, DIGIT};
  u8 first = length ? rules->kinds[word[0]] : 0;
  u8 kind = first & ARABIC_LETTER  ? ARABIC
            : first & LATIN_LETTER ? LATIN
            : first & DIGIT        ? NUMBER
                                   : RARE;
  for (u32 i = 0; i < length; i++)
    if (!(rules->kinds[word[i]] & wanted[kind])) return RARE;
  return kind == NUMBER && length > rules->longest_number ? RARE : kind;
}

/* chains._arabic_term and roots.root_of. 0 if Python must do it. */
static int analyze_arabic(const WordRules *rules, const u16 *word, u32 length, u64 piece,
                          Outputs *out) {
  WordForm exact, folded, root;
  if (!translate(rules->exact, word, length, &exact)) return 0;
  if (!translate(rules->folded, word, length, &folded)) return 0;
  write_term(&out->exact, piece, 0, exact.letters, exact.length);
  if (is_arabic_stop_word(&rules->stop, exact.letters, exact.length)) return 1;
  Stretch stem = without_suffixes(rules, without_prefixes_of_word(rules, &folded, &exact));
  write_term(&out->stem, piece, 0, stem.letters, stem.length);
  skeleton(rules, stem, &root);
  if (root.length) write_term(&out->root, piece, 0, root.letters, root.length);
  return 1;
}

/* Without a possessive ending and without apostrophes: what Snowball is given. */
static void without_possessive(WordForm *word) {
  u32 length = word->length, kept = 0;
  if (length > 1 && word->letters[length - 2] == '\'' && word->letters[length - 1] == 's')
    length -= 2;
  else if (length && word->letters[length - 1] == '\'')
    length--;
  for (u32 i = 0; i < length; i++)
    if (word->letters[i] != '\'') word->letters[kept++] = word->letters[i];
  word->length = kept;
}

/* chains._latin, but for the stemmer. A stop word in capitals is a name: WHO. 0 if Python must. */
static int analyze_latin(const WordRules *rules, const u16 *word, u32 length, u64 piece,
                         u32 position, Outputs *out) {
  WordForm exact, bare;
  int is_capital = length > 1;
  for (u32 i = 0; i < length; i++)
    if (rules->kinds[word[i]] & LATIN_LETTER && !(rules->kinds[word[i]] & CAPITAL)) is_capital = 0;
  if (!translate(rules->exact, word, length, &exact)) return 0;
  if (!translate(rules->bare, word, length, &bare)) return 0;
  write_term(&out->exact, piece, position, exact.letters, exact.length);
  if (!is_capital && contains(&rules->stop.english, exact.letters, exact.length)) return 1;
  without_possessive(&bare);
  write_term(&out->stem, piece, position, bare.letters, bare.length);
  return 1;
}

/* chains._word: first the joined form of a compound of few words, then its words. The number of
   positions, 0 if Python must do it. */
static u32 analyze_compound(const WordRules *rules, const u16 *word, u32 length, u64 piece,
                            Outputs *out) {
  u16 joined[LONGEST_PIECE];
  u32 parts = 0, joined_length = 0, start = 0, position = 0;
  for (u32 i = 0; i < length; i++) {
    if (rules->kinds[word[i]] & HYPHEN) continue;
    if (!i || rules->kinds[word[i - 1]] & HYPHEN) parts++;
    joined[joined_length++] = word[i];
  }
  if (parts > 1 && parts <= rules->most_joined_words &&
      !analyze_latin(rules, joined, joined_length, piece, 0, out))
    return 0;
  for (u32 i = 0; i <= length; i++) {
    if (i < length && !(rules->kinds[word[i]] & HYPHEN)) continue;
    if (i > start && !analyze_latin(rules, word + start, i - start, piece, position++, out))
      return 0;
    start = i + 1;
  }
  return position;
}

/* chains._number: a number of few digits without signs is all its forms. */
static u32 analyze_number(const WordRules *rules, const u16 *word, u32 length, u64 piece,
                          Outputs *out) {
  WordForm digits;
  if (!translate(rules->folded, word, length, &digits)) return 0;
  write_term(&out->exact, piece, 0, digits.letters, digits.length);
  write_term(&out->stem, piece, 0, digits.letters, digits.length);
  return 1;
}

/* The number of positions of a piece, 0 if Python must do it. */
static u32 analyze_piece(const WordRules *rules, u8 kind, const u16 *word, u32 length, u64 piece,
                         Outputs *out) {
  switch (kind) {
    case ARABIC: return analyze_arabic(rules, word, length, piece, out);
    case LATIN: return analyze_compound(rules, word, length, piece, out);
    case NUMBER: return analyze_number(rules, word, length, piece, out);
    default: return 0;
  }
}

/* 1 for a Latin piece without capitals, -1 for one with any, 0 for others. */
static i8 case_of(const WordRules *rules, u8 kind, const u16 *word, u32 length) {
  for (u32 i = 0; kind == LATIN && i < length; i++)
    if (rules->kinds[word[i]] & CAPITAL) return -1;
  return kind == LATIN;
}

/* For each piece of a text in UTF-32: its kind, its case, its positions and its terms, whose counts
   are zero before. A piece that Python must do has neither. Each field has a place for
   2 * MOST_FORM + LONGEST_PIECE letters and LONGEST_PIECE positions of each piece. */
API void dalil_words(const WordRules *rules, const u32 *text, const u32 *starts, u64 count,
                     u8 *kinds, i8 *cases, u8 *widths, Outputs *out) {
  for (u64 n = 0; n < count; n++) {
    u16 word[LONGEST_PIECE];
    u32 length = starts[n + 1] - starts[n];
    int is_known = letters_of(text + starts[n], length, word, LONGEST_PIECE);
    Outputs before = *out;
    kinds[n] = is_known ? kind_of_piece(rules, word, length) : RARE;
    cases[n] = case_of(rules, kinds[n], word, length);
    widths[n] = (u8)analyze_piece(rules, kinds[n], word, length, n, out);
    if (widths[n]) continue;
    *out = before;
    out->exact.counts[n] = out->stem.counts[n] = out->root.counts[n] = 0;
    kinds[n] = RARE;
  }
}
