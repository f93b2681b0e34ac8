"""The words of an index that are other spellings of a name."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from index.analysis import stopwords
from index.analysis.names.phoneme_codes import PhonemeCodes, codes_of
from index.analysis.names.phonetic_keys import keys
from index.analysis.names.phonology import Array, Phonology, phonology
from index.analysis.names.similarity import similarities

LEAST = {1: 0.90, 2: 0.88, 3: 0.875}
"""How similar a spelling must be, by the letters of the word's longest key. A short name has
few sounds to be told by: Isa is as near to عصا (a stick) as Mokhtar to المختار. By the third
table of ``tests/evaluation/names.py``, .02 more or less makes half a wrong spelling a name, and
costs or gains .3 % of the right ones at most."""
LEAST_OF_OTHERS = 0.85
"""The same of a longer name; in that table, .04 more loses 4 % of the right ones."""
MOST = 8
"""Spellings a word gains at the most, a bound to the cost of a search: in that table, 98 % of
names gain their Arabic form among eight, 94 % among four, 99 % among sixteen."""
SHORTEST = 3
"""Letters of a word that may be a name."""


def may_be_name(exact: str) -> bool:
    """Whether a word has letters enough for a name, no digits, and more to say than grammar."""
    listed = exact in stopwords.english() or stopwords.is_arabic(exact)
    return len(exact) >= SHORTEST and not listed and not any(map(str.isdigit, exact))


def least_similarity(word: str, rules: Phonology | None = None) -> float:
    """What a spelling of a word must reach."""
    longest = max(map(len, keys(word, rules)), default=1)
    return LEAST.get(longest, LEAST_OF_OTHERS)


def passing(word: str, others: PhonemeCodes, rules: Phonology | None = None) -> Array:
    """float64: how similar each of some words is to a word, 0 for what is no spelling of it."""
    near = similarities(word, others, rules)
    found: Array = np.where(near >= least_similarity(word, rules), near, 0.0)
    return found


def spellings(
    word: str, candidates: Iterable[str], most: int = MOST, rules: Phonology | None = None
) -> list[tuple[str, float]]:
    """Of the words that share a key with a word, those that pass for the same name.

    The most similar first, equal ones in the order of their letters; the word itself
    is not among them.
    """
    others = sorted(set(candidates) - {word})
    near = passing(word, codes_of(others, rules or phonology()), rules)
    found = [(others[at], float(near[at])) for at in near.nonzero()[0]]
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:most]
