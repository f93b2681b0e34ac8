/* Light stems of Arabic words, and the skeletons that stand for their roots, as
   index/analysis/stemmer.py and roots.py have them. */
#include "words.h"

static Stretch word_of(const WordSet *set, u64 n) {
  return (Stretch){set->letters + set->starts[n], set->starts[n + 1] - set->starts[n]};
}

static int equal_words(Stretch one, Stretch other) {
  return !compare_words(one.letters, one.length, other.letters, other.length);
}

static int begins_with(Stretch word, Stretch beginning) {
  return word.length >= beginning.length &&
         equal_words((Stretch){word.letters, beginning.length}, beginning);
}

static int ends_with(Stretch word, Stretch ending) {
  return word.length >= ending.length &&
         equal_words((Stretch){word.letters + word.length - ending.length, ending.length}, ending);
}

static Stretch without_first(Stretch word, u32 count) {
  return (Stretch){word.letters + count, word.length - count};
}

/* Each letter by a table of two places. 0 if Python must do it, or if nothing is left. */
static int translate_letters(const u16 *table, const u16 *word, u32 length, WordForm *out) {
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
  if (equal_words(word, word_of(&rules->for_god, 0))) return word_of(&rules->god, 0);
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
