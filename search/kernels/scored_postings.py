"""The documents of a term with their scores, which are computed as late as possible."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

DOCUMENT = np.uint16
"""The dtype of a document number within its segment."""
NO_DOCUMENTS = np.zeros(0, DOCUMENT)


class ScoredPostings(NamedTuple):
    """Documents with their scores: ``table[values] * weight``, or ``values * weight``.

    A tuple, not a dataclass, because a query makes many.
    """

    documents: Array
    """uint16, ascending."""
    values: Array
    """One for each document: an index into ``table`` (uint16), or without a table the score."""
    table: Array | None = None
    """float64."""
    weight: float = 1.0
    max_value: float = np.inf
    """Upper bound of the scores before the weight."""

    @property
    def bound(self) -> float:
        """Upper bound of the scores."""
        return self.max_value * self.weight

    def scores(self) -> Array:
        """Return the score of every document: float64, a new array."""
        return _weighted(self.values, self.table, self.weight)

    def scores_at(self, indices: Array) -> Array:
        """Return the scores of the documents at some ``indices``: float64, a new array."""
        return _weighted(self.values.take(indices), self.table, self.weight)

    def boosted(self, boost: float) -> ScoredPostings:
        """Return the postings with ``boost`` times the weight."""
        if boost == 1.0:
            return self
        return ScoredPostings(
            self.documents, self.values, self.table, self.weight * boost, self.max_value
        )

    def masked(self, mask: Array) -> ScoredPostings:
        """Return the postings of the documents in ``mask`` (bool, one for each of the segment)."""
        at = mask.take(self.documents).nonzero()[0]
        return ScoredPostings(
            self.documents.take(at), self.values.take(at), self.table, self.weight, self.max_value
        )


EMPTY = ScoredPostings(NO_DOCUMENTS, np.zeros(0), None, 1.0, 0.0)


def _weighted(values: Array, table: Array | None, weight: float) -> Array:
    if table is None:
        return values * weight
    scores = table.take(values)
    scores *= weight
    return scores
