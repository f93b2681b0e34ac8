"""Every matching document with its score, and the best of them.

The top is exact, and so is the total, which is worked out when it is asked for. Whoosh's
own collectors skip blocks that they hold too poor, by a bound that is too low in unions
of several terms (two queries in a hundred lose hits).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
from whoosh.query import Query
from whoosh.searching import Searcher as WhooshSearcher

from search.execution.disjunction import as_disjunction
from search.execution.segment_search import SegmentSearcher
from search.execution.term_scorer import CollectionStatistics
from search.kernels.ranked_documents import DocumentScore, Ranked
from search.kernels.scored_postings import Array
from search.kernels.top_k import threshold, top_k


class MatchSet:
    """What a query finds, worked out as far as it is asked for."""

    def __init__(self, segments: Sequence[tuple[SegmentSearcher, int]], query: Query) -> None:
        self._runs = [(segment.run(query), at) for segment, at in segments]
        self._query = query

    @property
    def total(self) -> int:
        """How many documents match."""
        return len(self.documents)

    @cached_property
    def parts(self) -> list[tuple[SegmentSearcher, Array]]:
        """The segments, each with its own numbers of the documents that match in it."""
        return [(run.segment, run.documents) for run, _ in self._runs]

    @cached_property
    def documents(self) -> Array:
        """int64: the numbers of all of them, in the order of the index."""
        return np.concatenate([
            np.zeros(0, np.int64),
            *(
                run.documents + np.int64(at) for run, at in self._runs
            ),
        ])  # fmt: skip

    def best(self, count: int, keys: Sequence[Any] | None = None) -> Ranked:
        """The first ``count`` by score, or by ascending ``keys`` and then by score.

        ``keys`` are one for each of :attr:`documents`. Equal documents stay in the
        order in which they were indexed.
        """
        if keys is not None:
            return self._sorted(keys)[:count]
        words, floor = as_disjunction(self._query), 0.0
        parts = []
        for run, offset in self._runs:
            documents, scores = run.best(words, count, floor)
            if len(documents):
                parts.append((documents, scores, offset))
                floor = threshold(scores, count, floor)
        return top_k(parts, count)

    def _sorted(self, keys: Sequence[Any]) -> list[DocumentScore]:
        """All documents by their keys."""
        found = [run.matches for run, _ in self._runs]
        scores = np.concatenate([[], *(scores for _, scores in found)])
        ranks = zip(keys, (-scores).round(9).tolist(), self.documents.tolist(), strict=True)
        return [(document, -negative) for _, negative, document in sorted(ranks)]


class Collector:
    """Runs queries over every segment of a searcher."""

    def __init__(self, searcher: WhooshSearcher) -> None:
        leaves = [
            (segment, offset)
            for segment, offset in searcher.leaf_searchers()
            if segment.doc_count_all()
        ]
        fields = [segment.reader()._terms.fields for segment, _ in leaves]
        statistics = CollectionStatistics(searcher.reader(), fields)
        self._segments = [(SegmentSearcher(segment, statistics), at) for segment, at in leaves]

    def collect(self, query: Query) -> MatchSet:
        """What a query finds."""
        return MatchSet(self._segments, query)

    def count(self, query: Query) -> int:
        """How many documents a query finds."""
        return self.collect(query).total
