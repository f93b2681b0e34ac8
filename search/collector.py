"""Every matching document with its score, and the best of them.

The top is exact, and so is the total: nothing is skipped by a bound. Whoosh's own
collectors skip blocks that they hold too poor, by a bound that is too low in unions
of several terms (two queries in a hundred lose hits).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
from whoosh.query import Query
from whoosh.searching import Searcher as WhooshSearcher

from search.evaluate import SegmentQuery, Statistics
from search.kernels import Array, List, top_of_list


class Found:
    """What a query finds, worked out as far as it is asked for."""

    def __init__(self, segments: Sequence[tuple[SegmentQuery, int]], query: Query) -> None:
        self._segments = segments
        self._query = query
        self._total: int | None = None

    @property
    def total(self) -> int:
        """How many documents match."""
        return len(self.documents) if self._total is None else self._total

    @property
    def documents(self) -> Array:
        """int64: the numbers of all of them, in the order of the index."""
        return self._all[0]

    @cached_property
    def _all(self) -> List:
        return _joined([(segment.matches(self._query), at) for segment, at in self._segments])

    def best(self, count: int, keys: Sequence[Any] | None = None) -> list[tuple[int, float]]:
        """The first ``count`` by score, or by ascending ``keys`` and then by score.

        ``keys`` are one for each of :attr:`documents`. Equal documents stay in the
        order in which they were indexed.
        """
        if keys is not None:
            documents, scores = self._all
            ranked = zip(keys, np.round(-scores, 9).tolist(), documents.tolist(), strict=True)
            return [(document, -negative) for _, negative, document in sorted(ranked)[:count]]
        tops = [(segment.best(self._query, count), at) for segment, at in self._segments]
        self._total = sum(total for (total, _), _ in tops)
        documents, scores = top_of_list(_joined([(top, at) for (_, top), at in tops]), count)
        return list(zip(documents.tolist(), scores.tolist(), strict=True))


def _joined(parts: Sequence[tuple[List, int]]) -> List:
    """Lists of segments as one, each moved to where its segment begins."""
    documents = [documents.astype(np.int64) + offset for (documents, _), offset in parts]
    scores = [scores for (_, scores), _ in parts]
    return np.concatenate([np.zeros(0, np.int64), *documents]), np.concatenate([[], *scores])


class Collector:
    """Runs queries over every segment of a searcher."""

    def __init__(self, searcher: WhooshSearcher) -> None:
        statistics = Statistics(searcher.reader())
        self._segments = [
            (SegmentQuery(segment, statistics), offset)
            for segment, offset in searcher.leaf_searchers()
            if segment.doc_count_all()
        ]

    def collect(self, query: Query) -> Found:
        """What a query finds."""
        return Found(self._segments, query)
