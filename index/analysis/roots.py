"""The consonant skeleton of an Arabic stem, which stands for its root.

Words of one root share its consonants: كتاب, كتب, مكتبة and مكتوب have ك ت ب. The skeleton is
what is left of a stem without one prefix of a derived form, without a pronoun or a feminine ت
that the stemmer leaves, and without the weak letters, which come and go with the form.

It is no morphology: words of different roots may have one skeleton, and a weak root lacks a
letter. So ranking gives such a match little weight (``search.ranking.bm25``).
"""

from __future__ import annotations

from functools import lru_cache

from index.analysis import stemmer
from index.analysis.chains import Term

WEAK_LETTERS = str.maketrans(dict.fromkeys("اويىءآأإؤئ"))
"""Letters that the forms of a root gain and lose: long vowels, and hamza on any seat."""
PREFIXES = (("مت", 5), ("مس", 5), *((letter, 4) for letter in "متينا"))
"""Prefixes of derived forms, and the letters from which on a stem may have each.

Without است, which would give استقبال the skeleton of قبل: kaiflematha loses .001 with it.
"""
PRONOUNS = tuple(pronoun for pronoun in stemmer.PRONOUNS if len(pronoun) > 1)
"""Pronouns, of which the stemmer leaves some: مدرستهم."""
MIN_BEFORE_PRONOUN = 4
"""Letters that must remain before a pronoun."""
FEMININE = "ت"
"""What ة is before a pronoun: سفارتها. It is no consonant of a root behind three others."""
MIN_LENGTH = 3
"""Consonants of a skeleton: with two, far too many words are akin."""


def root_of(term: Term) -> str | None:
    """Return the skeleton of an Arabic term; None for stop words, short ones, other languages.

    >>> from index.analysis import analyze
    >>> [root_of(token.term) for token in analyze("الكتاب مكتبات كتب يد book")]
    ['كتب', 'كتب', 'كتب', None, None]
    """
    return skeleton(term.stem) if term.language == "ar" and term.stem else None


@lru_cache(1 << 14)
def skeleton(stem: str) -> str | None:
    """Return the skeleton of an Arabic stem, or None if it has too few consonants."""
    word = _without_prefix(_without_pronoun(stem))
    consonants = word.translate(WEAK_LETTERS)
    if word.endswith(FEMININE) and len(consonants) > MIN_LENGTH:
        consonants = consonants[:-1]
    return consonants if len(consonants) >= MIN_LENGTH else None


def _without_pronoun(stem: str) -> str:
    for pronoun in PRONOUNS:
        if stem.endswith(pronoun) and len(stem) - len(pronoun) >= MIN_BEFORE_PRONOUN:
            return stem.removesuffix(pronoun)
    return stem


def _without_prefix(stem: str) -> str:
    for prefix, length in PREFIXES:
        if len(stem) >= length and stem.startswith(prefix):
            return stem.removeprefix(prefix)
    return stem
