"""BM25 over four fields: every number that decides a rank, named once.

The score of a document is the sum, over the words of the query and the fields, of
the field's weight times BM25 (Robertson & Zaragoza, "The Probabilistic Relevance
Framework: BM25 and Beyond", 2009) with the idf that Lucene uses, which is never
negative. The constants were chosen on judged collections: ``tests/evaluation/``
prints the tables.
"""

from __future__ import annotations

from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

K1 = 0.9
B = 0.75

WEIGHTS = {
    "stem": 1.0,
    "exact": 0.2,
    "root": 0.4,
    "title_stem": 0.2,
    "title_exact": 0.1,
    "filename_stem": 0.2,
    "filename_exact": 0.1,
}
"""Weight of each field. The exact form besides the stem ranks the typed spelling first.

Texts hold their titles, so the weights of titles are what a match there counts more, and roots
hold the word itself. The best mean nDCG@10 over nine collections that ``tests/evaluation/
weights.py`` finds is .0014 higher, and what the other collections choose for each is .0023 lower.
Without roots the mean is .002 lower, without the exact form .003, without more for titles .006.
"""

VARIANT_WEIGHT = 0.5
"""A form found through the index's dictionary (بليبيا for ليبيا); the typed form weighs 1.

With .75 the mean of ``weights.py`` is .001 higher, nearly all of it from quranqa23.
"""
JOINED_WEIGHT = 0.25
"""A hyphenated word as one, boundarylayer, beside its parts, which weigh 1 each.

It is rarer than they are: with 1, cranfield loses .002 and scifact .004 (``weights.py``).
"""
PREFIX_WEIGHT = 0.5
"""A term that starts with the typed prefix."""
FUZZY_WEIGHT = 0.5
"""A term at edit distance 1; squared for distance 2."""
NGRAM_WEIGHT = 0.35
"""The n-gram score of a hit (``search.ranking.rerank``); its score before weighs 1.

``tests/evaluation/stages.py``: from .2 to .8 the mean over the Arabic collections is the
same within .002, and higher than without. xquad-ar gains .004, kaiflematha .009,
xquad-bilingual .002; questions on the Quran lose .007. English words have no such weight:
with what the others choose, the English collections lose .001 on average.
"""
NAME_WEIGHT = 1.0
"""Another spelling of a name, times its similarity to the fourth power; the typed one weighs 1."""
ALIAS_WEIGHT = 0.8
"""An alias of the user's; what was typed weighs 1."""
PROXIMITY_WEIGHT = 0.25
"""The parts of a name near each other, in any spelling, added to the same words apart."""
SIMILAR_WEIGHT = 0.4
"""A term that shares all n-grams with a typed word; times the square of its similarity."""


Number = TypeVar("Number", float, NDArray[Any])


def idf(documents: int, frequency: Number) -> Number:
    """Inverse document frequency of a term in ``frequency`` of ``documents`` documents.

    Numbers or arrays alike.
    """
    found: Number = np.log(1 + (documents - frequency + 0.5) / (frequency + 0.5))
    return found


def bm25(tf: Number, length: Number, average: float, inverse: float) -> Number:
    """The weight of a term that occurs ``tf`` times in a field of ``length`` words.

    Numbers or arrays alike.
    """
    return inverse * tf * (K1 + 1) / (tf + K1 * (1 - B + B * length / average))
