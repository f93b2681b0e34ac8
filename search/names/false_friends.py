"""False friends: words that sound like a name, but are searched or spelled as another word.

Two kinds can be told without knowing what a word means:

- للبيئة (for the environment) sounds like Libya, and وسنة (and a year) like Wasana, but they are
  searched by the stems of بيئة and سنة, which do not. What is left without the proclitic must
  sound like the name itself.
- An author who writes الطبري knows ط from ت: تبرا is another word. Between two Arabic words the
  emphatic and guttural consonants must be the same, which Latin letters cannot tell apart.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from index.analysis import normalizer, stemmer
from index.analysis.names.phoneme_codes import encode_words
from index.analysis.names.phonology import phonology
from index.analysis.names.verification import passing_similarities
from index.analysis.script import language_of

PROCLITIC_COST = 0.03
"""Similarity lost by a spelling that is found behind a stripped proclitic; as in
``index.analysis.names.prefixes``."""
_BARE = ("", stemmer.ARTICLE)
_SILENT = str.maketrans("ظ", "ض", "ابتثجخدذرزسشغفكلمنهويىةآأإؤئءٱپچژڤگ")
"""Leaves the consonants that no other Arabic letter stands for in a name; ظ and ض are one."""

Frequency = Callable[[str], int]
"""Exact form → document frequency."""


def without_false_friends(
    name: str, similarity: Mapping[str, float], frequency: Frequency
) -> dict[str, float]:
    """Return those of the words that sound like a name which are no false friends.

    ``similarity`` maps exact forms to their similarity; a form behind a proclitic has less.
    """
    kept = dict(similarity)
    if language_of(name) == "ar":
        kept = {w: near for w, near in kept.items() if has_consonants_of(name, w)}
    rests = {word: rest for word in kept if (rest := _behind_proclitic(word, frequency))}
    if rests:
        near = passing_similarities(name, encode_words(rests.values(), phonology())).tolist()
        for word, value in zip(rests, near, strict=True):
            kept[word] = min(kept[word], value - PROCLITIC_COST)
    return {word: value for word, value in kept.items() if value > 0}


def has_consonants_of(name: str, word: str) -> bool:
    """Whether an Arabic word has the emphatic and guttural consonants of another, in order."""
    is_arabic = language_of(word) == "ar"
    return not is_arabic or name.translate(_SILENT) == word.translate(_SILENT)


def _behind_proclitic(word: str, frequency: Frequency) -> str:
    """Return what the stemmer leaves of a word behind a conjunction, a preposition and the article.

    Empty if there is none, or if the letters belong to the word, as those of لليبيا and وليد do:
    then more documents have it so (ليبيا) than without them.
    """
    if language_of(word) != "ar":
        return ""
    folded = normalizer.folded(word)
    rest = stemmer.strip_prefixes(folded, word)
    stripped = folded[: len(folded) - len(rest)]
    if stripped in _BARE or len(folded) != len(word):
        return ""
    rest = word[len(word) - len(rest) :]
    proclitic = stripped.removeprefix(stemmer.CONJUNCTION)
    whole = word if proclitic in _BARE else ("ل" if proclitic == "لل" else proclitic) + rest
    apart = sum(frequency(article + rest) for article in _BARE)
    return "" if frequency(whole) > apart else rest
