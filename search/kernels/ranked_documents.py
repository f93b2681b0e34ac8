"""Documents in ranking order as two arrays; pairs are made only of the rows that are read."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np

from search.kernels.scored_postings import Array

DocumentScore = tuple[int, float]
"""The number of a document, and its score."""


@dataclass(frozen=True, slots=True, eq=False)
class RankedDocuments(Sequence[DocumentScore]):
    """Documents with their scores, best first.

    Making a list of a hundred thousand pairs would take longer than ranking them.
    """

    numbers: Array
    """int64."""
    scores: Array
    """float64, of the same length."""

    def __len__(self) -> int:
        return len(self.numbers)

    @overload
    def __getitem__(self, at: int) -> DocumentScore: ...
    @overload
    def __getitem__(self, at: slice) -> RankedDocuments: ...
    def __getitem__(self, at: int | slice) -> DocumentScore | RankedDocuments:
        if isinstance(at, slice):
            return RankedDocuments(self.numbers[at], self.scores[at])
        return int(self.numbers[at]), float(self.scores[at])

    def __iter__(self) -> Iterator[DocumentScore]:
        return zip(self.numbers.tolist(), self.scores.tolist(), strict=True)

    def __radd__(self, first: list[DocumentScore]) -> RankedDocuments:
        """Put these documents after others."""
        numbers = [number for number, _ in first]
        scores = [score for _, score in first]
        return RankedDocuments(
            np.concatenate([np.array(numbers, np.int64), self.numbers]),
            np.concatenate([np.array(scores, np.float64), self.scores]),
        )

    @classmethod
    def of(cls, ranked: Ranked) -> RankedDocuments:
        """Convert a list of pairs to arrays."""
        if isinstance(ranked, RankedDocuments):
            return ranked
        return ranked + RankedDocuments(np.zeros(0, np.int64), np.zeros(0))

    def without(self, removed: Collection[int]) -> RankedDocuments:
        """Return the other documents in the same order."""
        kept = ~np.isin(self.numbers, list(removed))
        return RankedDocuments(self.numbers[kept], self.scores[kept])

    def index_of(self, number: int) -> int | None:
        """Return the index of a document, from 0, or None if it is not ranked."""
        indices = (self.numbers == number).nonzero()[0].tolist()
        return indices[0] if indices else None


Ranked = list[DocumentScore] | RankedDocuments
"""Documents with their scores, best first: a list if they are few."""
