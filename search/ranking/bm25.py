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
from whoosh.scoring import WeightingModel, WeightLengthScorer

K1 = 0.9
B = 0.75

WEIGHTS = {"stem": 1.0, "exact": 0.2, "title_stem": 0.4, "title_exact": 0.2}
"""The surface form beside the stem ranks the author's very word first among equals.

The best mean nDCG@10 of ``tests/evaluation/weights.py``, .670 over nine collections.
Whichever of them is left out, the other eight choose the same; one step in any one weight
costs at most .003, no surface form in the body .005, a title as heavy as the body .005.
"""

VARIANT_WEIGHT = 0.5
"""A form met through the index's dictionary (بليبيا for ليبيا), against the word typed."""
PREFIX_WEIGHT = 0.5
FUZZY_WEIGHT = 0.5
"""For one letter of distance; squared for two."""
GRAM_WEIGHT = 0.35
"""Letters in a row that a hit shares (``search.ranking.rerank``), against what it scored before.

``tests/evaluation/stages.py``: from .2 to .8 the mean over the Arabic collections is the
same within .002, and above that without. xquad-ar gains .004, kaiflematha .009,
xquad-bilingual .002; questions on the Quran lose .007. English words have no such weight:
with what the others choose, the English collections lose .001 on average.
"""
NAME_WEIGHT = 1.0
"""Another spelling of a name, against the one typed; times its likeness to the fourth."""
ALIAS_WEIGHT = 0.8
"""What a user holds to be the same, against what was typed."""
TOGETHER_WEIGHT = 0.25
"""The parts of a name standing together, in any spelling, against the same words apart."""
ALIKE_WEIGHT = 0.4
"""For a word of the index that shares all grams with a word that is not in it; less for less."""


Number = TypeVar("Number", float, NDArray[Any])


def idf(documents: int, frequency: Number) -> Number:
    """How telling a word is that so many of the documents hold. Numbers or arrays alike."""
    found: Number = np.log(1 + (documents - frequency + 0.5) / (frequency + 0.5))
    return found


def bm25(tf: Number, length: Number, average: float, inverse: float) -> Number:
    """The weight of a term that occurs ``tf`` times in a field of ``length`` words.

    Numbers or arrays alike.
    """
    return inverse * tf * (K1 + 1) / (tf + K1 * (1 - B + B * length / average))


class BM25(WeightingModel):  # type: ignore[misc] # Whoosh has no types
    """The model as Whoosh's matchers ask for it."""

    def scorer(self, searcher, fieldname, text, qf=1):  # type: ignore[no-untyped-def]
        """The scorer of one term of one field, with the statistics of the whole index."""
        return _Scorer(searcher, fieldname, text)


class _Scorer(WeightLengthScorer):  # type: ignore[misc]
    def __init__(self, searcher, fieldname, text) -> None:  # type: ignore[no-untyped-def]
        whole = searcher.get_parent()
        self._idf = idf(whole.doc_count_all(), whole.doc_frequency(fieldname, text))
        self._average = whole.avg_field_length(fieldname) or 1
        self.setup(searcher, fieldname, text)

    def _score(self, weight: float, length: float) -> float:
        return bm25(weight, length, self._average, self._idf)
