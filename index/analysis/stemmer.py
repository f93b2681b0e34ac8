"""Stem words: a light stemmer for Arabic as tables, Snowball for English.

The Arabic stemmer strips one conjunction, one article and a few endings. It does not
look for a root, so مكتبة (library) and كاتب (writer) keep different stems. It is
light10 of Larkey, Ballesteros & Connell ("Light Stemming for Arabic Information
Retrieval", 2007) with three corrections for the vocabulary of news:

- و is not a conjunction in وزير or واشنطن: ``lexical_waw.txt`` lists such words.
- ال is not an article if the author wrote a hamza: ألمانيا, إلغاء.
- a final ا is stripped first, so that وزيرا has the stem of وزير, and ليبيا that of ليبي.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import Stemmer

CONJUNCTION = "و"
ALEF = "ا"
ARTICLE = "ال"
ARTICLES = (ARTICLE, "بال", "كال", "فال", "لل")
"""The article, alone or with a proclitic before it."""
SUFFIXES = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")
PRONOUNS = ("ها", "هما", "هم", "هن", "ه", "كم", "ك", "نا", "ي")
"""Pronouns at the end of a word. The stemmer strips those of :data:`SUFFIXES`."""
PROCLITICS = tuple(
    conjunction + particle
    for conjunction in ("", "ف")
    for particle in ("", "ب", "ل", "ك", "س", "بال", "كال", "لل")
    if conjunction + particle and conjunction + particle not in ARTICLES
)
"""Proclitics that a word may have, one or two, the last perhaps with the article. They are not
stripped, because too many words begin
with these letters (بريد, كتاب); ``search.dictionary.proclitics`` finds such words through the
terms of the index. With و before them they need no entry: و is stripped."""

GOD = "له"
"""The stem of الله."""
FOR_GOD = "لله"
"""The one word in which لل contracts three ل to two."""
HAMZA_ON_ALEF = "أإآ"
MIN_STEM_LENGTH = 3
"""Letters that must remain after an ending is stripped; a conjunction must leave as many."""
MIN_BEHIND_ARTICLE = 2
"""Letters that must remain behind an article."""


@cache
def lexical_waw() -> frozenset[str]:
    """Return folded words that begin with a و of their own."""
    lines = Path(__file__).with_name("lexical_waw.txt").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def arabic(folded: str, exact: str = "") -> str:
    """Return the stem of a folded word; ``exact`` is its exact form, which shows its hamzas."""
    return strip_suffixes(strip_prefixes(folded, exact))


def strip_prefixes(folded: str, exact: str = "") -> str:
    """Return the folded word without its conjunction and its article."""
    spelled = exact if len(exact) == len(folded) else folded
    if _has_conjunction(folded):
        folded, spelled = folded[1:], spelled[1:]
    if folded == FOR_GOD:
        return GOD
    for prefix in ARTICLES:
        if folded.startswith(prefix) and len(folded) - len(prefix) >= MIN_BEHIND_ARTICLE:
            alef = prefix.find(ALEF)
            if alef >= 0 and spelled[alef] in HAMZA_ON_ALEF:
                break  # with a written hamza the letters belong to the word
            return folded[len(prefix) :]
    return folded


def _has_conjunction(word: str) -> bool:
    if len(word) <= MIN_STEM_LENGTH or word[0] != CONJUNCTION:
        return False
    return word not in lexical_waw()


def strip_suffixes(word: str) -> str:
    """Return the word without its endings, as far as three letters remain."""
    if len(word) > MIN_STEM_LENGTH and word[-1] == ALEF:
        word = word[:-1]
    for suffix in SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= MIN_STEM_LENGTH:
            word = word[: -len(suffix)]
    return word


@cache
def _snowball() -> Stemmer.Stemmer:
    # Without its cache, which takes most of the time for words that are distinct, as these are.
    return Stemmer.Stemmer("english", 0)


def english(word: str) -> str:
    """Return Snowball's English stem (Porter2) of a case-folded word without apostrophes."""
    stem: str = _snowball().stemWord(word)
    return stem


def english_stems(words: list[str]) -> list[str]:
    """Return the stem of each word (:func:`english`)."""
    stems: list[str] = _snowball().stemWords(words)
    return stems
