"""All that a common word finds, in order: pairs are made of what is looked at."""

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
    """Documents with their scores, the best first.

    A list of a hundred thousand pairs would take longer to be made than to be put in order.
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
        """The same behind others."""
        numbers = [number for number, _ in first]
        scores = [score for _, score in first]
        return RankedDocuments(
            np.concatenate([np.array(numbers, np.int64), self.numbers]),
            np.concatenate([np.array(scores, np.float64), self.scores]),
        )

    @classmethod
    def of(cls, ranked: Ranked) -> RankedDocuments:
        """The same as arrays."""
        if isinstance(ranked, RankedDocuments):
            return ranked
        return ranked + RankedDocuments(np.zeros(0, np.int64), np.zeros(0))

    def without(self, gone: Collection[int]) -> RankedDocuments:
        """The same but for some documents."""
        kept = ~np.isin(self.numbers, list(gone))
        return RankedDocuments(self.numbers[kept], self.scores[kept])

    def index_of(self, number: int) -> int | None:
        """Where a document stands, from 0; nothing where it does not."""
        places = (self.numbers == number).nonzero()[0].tolist()
        return places[0] if places else None


Ranked = list[DocumentScore] | RankedDocuments
"""The best first, either way: a list where they are few."""
