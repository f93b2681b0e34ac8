"""Decide which candidates are spellings of the same name."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from index.analysis import stopwords
from index.analysis.names.phoneme_codes import PhonemeCodes, encode_words
from index.analysis.names.phonetic_keys import name_keys
from index.analysis.names.phonology import Array, Phonology, phonology
from index.analysis.names.similarity import similarities

MIN_SIMILARITY_BY_KEY_LENGTH = {1: 0.90, 2: 0.88, 3: 0.875}
"""Similarity required of a spelling, by the letters of the longest key of the word. A short name
has few phonemes that distinguish it: Isa is as near to عصا (a stick) as Mokhtar to المختار. By the
third table of ``tests/evaluation/names.py``, .02 more or less makes half a wrong spelling a name,
and costs or gains .3 % of the right ones at most."""
MIN_SIMILARITY_OF_LONG_KEYS = 0.85
"""Similarity required of a spelling of a name with a longer key; in that table, .04 more loses 4 %
of the right ones."""
MAX_SPELLINGS = 8
"""Spellings added to a word, which bounds the cost of a search: in that table, 99 % of names gain
their Arabic form among eight, 96 % among four, and no more among sixteen."""
MIN_LENGTH = 3
MAX_LENGTH = 100
"""Letters of a word that may be a name; to pronounce a word of a million takes 2.5 s."""


def may_be_name(exact: str) -> bool:
    """Whether a word may be a name, by its length, without a digit and no stop word."""
    if not MIN_LENGTH <= len(exact) <= MAX_LENGTH:
        return False
    listed = exact in stopwords.english() or stopwords.is_arabic_stop_word(exact)
    return not listed and not any(map(str.isdigit, exact))


def min_similarity(word: str, rules: Phonology | None = None) -> float:
    """Return the similarity required of a spelling of ``word``."""
    longest = max(map(len, name_keys(word, rules)), default=1)
    return MIN_SIMILARITY_BY_KEY_LENGTH.get(longest, MIN_SIMILARITY_OF_LONG_KEYS)


def passing_similarities(word: str, others: PhonemeCodes, rules: Phonology | None = None) -> Array:
    """Return the similarity of each spelling of ``word`` among others, 0 for all else: float64."""
    near = similarities(word, others, rules)
    passing: Array = np.where(near >= min_similarity(word, rules), near, 0.0)
    return passing


def passing_spellings(
    word: str, candidates: Iterable[str], most: int = MAX_SPELLINGS, rules: Phonology | None = None
) -> list[tuple[str, float]]:
    """Return the spellings of ``word`` among the candidates, with their similarity.

    At most ``most``, by descending similarity, then by letters; without the word itself.
    """
    others = sorted(set(candidates) - {word})
    near = passing_similarities(word, encode_words(others, rules or phonology()), rules)
    spellings = [(others[at], float(near[at])) for at in near.nonzero()[0]]
    return sorted(spellings, key=lambda pair: (-pair[1], pair[0]))[:most]
