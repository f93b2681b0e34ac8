"""Words to stems: a light stemmer for Arabic as tables, Snowball for English.

The Arabic one takes off one conjunction, one article and a few endings, and no
more: it never looks for a root, so مكتبة (library) and كاتب (writer) stay apart.
It is light10 of Larkey, Ballesteros & Connell ("Light Stemming for Arabic
Information Retrieval", 2007) with three repairs for the vocabulary of news:

- و is not a conjunction in وزير or واشنطن: ``lexical_waw.txt`` lists such words.
- ال is no article where the author wrote a hamza: ألمانيا, إلغاء.
- a final ا goes first, so that وزيرا meets وزير and ليبيا meets ليبي.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import Stemmer

CONJUNCTION = "و"
ARTICLE = "ال"
ARTICLES = (ARTICLE, "بال", "كال", "فال", "لل")
"""The article, alone or behind one of the proclitics that join it."""
SUFFIXES = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")
PROCLITICS = ("ب", "ل", "ك", "ف", "س", "فب", "فل", "فك", "فس")
"""What may stand before a word without an article, and is not stripped: too many
words begin with these letters (بريد, كتاب). ``search.dictionary.proclitics`` meets them through
the words that an index really holds. Behind و they need no entry: و is stripped."""

_GOD, _FOR_GOD = "له", "لله"
"""What is left of الله without its article, and the one word where لل swallows a ل."""
_HAMZA_ON_ALEF = "أإآ"
_SHORTEST = 3
"""Letters that must be left once an ending is gone."""


@cache
def _lexical_waw() -> frozenset[str]:
    lines = Path(__file__).with_name("lexical_waw.txt").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def arabic(folded: str, exact: str = "") -> str:
    """The stem of a folded word; ``exact`` is the same word with its hamzas."""
    return strip_suffixes(strip_prefixes(folded, exact))


def strip_prefixes(folded: str, exact: str = "") -> str:
    """The word without its conjunction and its article."""
    spelled = exact if len(exact) == len(folded) else folded
    if _has_conjunction(folded):
        folded, spelled = folded[1:], spelled[1:]
    if folded == _FOR_GOD:
        return _GOD
    for prefix in ARTICLES:
        if folded.startswith(prefix) and len(folded) - len(prefix) >= 2:
            alef = prefix.find("ا")
            if alef >= 0 and spelled[alef] in _HAMZA_ON_ALEF:
                break  # a written hamza: these letters belong to the word
            return folded[len(prefix) :]
    return folded


def _has_conjunction(word: str) -> bool:
    if len(word) <= _SHORTEST or word[0] != CONJUNCTION:
        return False
    return word not in _lexical_waw()


def strip_suffixes(word: str) -> str:
    """The word without its endings, while three letters are left."""
    if len(word) > _SHORTEST and word[-1] == "ا":
        word = word[:-1]
    for suffix in SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _SHORTEST:
            word = word[: -len(suffix)]
    return word


@cache
def _snowball() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("english")


def english(word: str) -> str:
    """Snowball's English stem (Porter2) of a case-folded word without apostrophes."""
    stem: str = _snowball().stemWord(word)
    return stem
