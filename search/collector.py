"""Every matching document with its score, and the best of them.

Whoosh's own collectors skip blocks that they hold too poor, by a bound that is too
low in unions of several terms (two queries in a hundred lose hits), so all matches
are looked at: the top is exact, and so is the total.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nsmallest
from operator import itemgetter
from typing import Any

from whoosh.query import Query
from whoosh.searching import Searcher as WhooshSearcher

_DIGITS = 9
"""Behind the point: the order in which a segment adds up a score must decide no tie."""


@dataclass(frozen=True, slots=True)
class Found:
    """Document numbers with their scores, in the order of the index."""

    documents: list[int]
    scores: list[float]

    def best(self, count: int, keys: Sequence[Any] | None = None) -> list[tuple[int, float]]:
        """The first ``count`` by score, or by ascending ``keys`` and then by score.

        Equal ones stay in the order in which they were indexed.
        """
        ranked = zip(
            keys or [0] * len(self.documents),
            (-score for score in self.scores),
            self.documents,
            strict=True,
        )
        first = nsmallest(count, ranked, key=itemgetter(0, 1, 2))
        return [(document, -negative) for _, negative, document in first]


def collect(searcher: WhooshSearcher, query: Query) -> Found:
    """Run a query over every segment."""
    documents: list[int] = []
    scores: list[float] = []
    context = searcher.context()
    for segment, offset in searcher.leaf_searchers():
        matcher = query.matcher(segment, context)
        while matcher.is_active():
            documents.append(matcher.id() + offset)
            scores.append(round(matcher.score(), _DIGITS))
            matcher.next()
    return Found(documents, scores)
