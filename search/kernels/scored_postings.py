"""A list of documents and what each of them scores, worked out as late as possible."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

DOCUMENT = np.uint16
"""The type of a document's number in its segment."""
NO_DOCUMENTS = np.zeros(0, DOCUMENT)


class ScoredPostings(NamedTuple):
    """Documents with their scores: ``table[values] * weight``, or ``values * weight``.

    A tuple and no dataclass, for a query makes many.
    """

    documents: Array
    """uint16, ascending."""
    values: Array
    """A document each: a place in the table (uint16), or where there is none the score."""
    table: Array | None = None
    """float64."""
    weight: float = 1.0
    max_value: float = np.inf
    """No score is higher, before the weight."""

    @property
    def bound(self) -> float:
        """No score is higher."""
        return self.max_value * self.weight

    def scores(self) -> Array:
        """float64: what every document scores."""
        return weighted(self.values, self.table, self.weight)

    def scores_at(self, places: Array) -> Array:
        """float64: what the documents in some places of the list score."""
        return weighted(self.values.take(places), self.table, self.weight)

    def masked(self, kept: Array) -> ScoredPostings:
        """The same for those documents that are kept: bool, one for each of the segment."""
        at = kept.take(self.documents).nonzero()[0]
        return ScoredPostings(
            self.documents.take(at), self.values.take(at), self.table, self.weight, self.max_value
        )


EMPTY = ScoredPostings(NO_DOCUMENTS, np.zeros(0), None, 1.0, 0.0)


def weighted(values: Array, table: Array | None, weight: float) -> Array:
    """Scores out of values, as :class:`ScoredPostings` says: a new array."""
    if table is None:
        return values * weight
    scores = table.take(values)
    scores *= weight
    return scores
