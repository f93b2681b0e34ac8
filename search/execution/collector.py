"""Collector and MatchSet: every document that matches, with its score, and the best of them.

The top k is exact, and so is the total, which is computed when it is asked for. Whoosh's
own collectors skip blocks by a bound that is too low in unions of several terms (two
queries in a hundred lose hits).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np

from index.codec.segment_reader import IndexReader
from search.execution.disjunction import as_disjunction
from search.execution.segment_search import SegmentSearcher
from search.kernels import docsets
from search.kernels.ranked_documents import DocumentScore, Ranked
from search.kernels.scored_postings import Array
from search.kernels.top_k import threshold, top_k
from search.query.node import Query
from search.ranking.statistics import CollectionStatistics


class MatchSet:
    """The lazy result of one query: matching documents, total, top k."""

    def __init__(self, segments: Sequence[tuple[SegmentSearcher, int]], query: Query) -> None:
        self._scorers = [(segment.scorer(query), offset) for segment, offset in segments]
        self._query = query

    @property
    def total(self) -> int:
        """Number of matching documents."""
        return len(self.documents)

    @cached_property
    def by_segment(self) -> list[tuple[SegmentSearcher, Array]]:
        """The segments, each with its matching documents (uint16, its own numbers)."""
        return [(scorer.searcher, scorer.live_documents) for scorer, _ in self._scorers]

    @cached_property
    def documents(self) -> Array:
        """The matching documents in the order of the index: int64."""
        parts = [scorer.live_documents + np.int64(offset) for scorer, offset in self._scorers]
        return np.concatenate([np.zeros(0, np.int64), *parts])

    def count_with(self, query: Query) -> int:
        """Number of the matching documents that another query matches too."""
        return sum(
            len(docsets.indices_in(documents, scorer.documents(query), scorer.count))
            for scorer, _ in self._scorers
            if len(documents := scorer.live_documents)
        )

    def best(self, count: int, keys: Sequence[Any] | None = None) -> Ranked:
        """The first ``count`` by score, or by ascending ``keys`` and then by score.

        ``keys`` are one for each of :attr:`documents`. Equal documents stay in the order
        of the index.
        """
        if keys is not None:
            return self._sorted(keys)[:count]
        words, floor = as_disjunction(self._query), 0.0
        parts = []
        for scorer, offset in self._scorers:
            documents, scores = scorer.best(words, count, floor)
            if len(documents):
                parts.append((documents, scores, offset))
                floor = threshold(scores, count, floor)
        return top_k(parts, count)

    def _sorted(self, keys: Sequence[Any]) -> list[DocumentScore]:
        """All documents by their keys."""
        found = [scorer.matches for scorer, _ in self._scorers]
        scores = np.concatenate([[], *(scores for _, scores in found)])
        rows = zip(keys, (-scores).round(9).tolist(), self.documents.tolist(), strict=True)
        return [(document, -negative) for _, negative, document in sorted(rows)]


class Collector:
    """Runs queries over every segment of an index."""

    def __init__(self, reader: IndexReader) -> None:
        statistics = CollectionStatistics(reader)
        self.segments = [
            (SegmentSearcher(segment, statistics), offset) for segment, offset in reader
        ]
        """Each segment, and the number of its first document."""

    def collect(self, query: Query) -> MatchSet:
        """The matches of a query."""
        return MatchSet(self.segments, query)

    def count(self, query: Query) -> int:
        """The number of documents that match a query."""
        return self.collect(query).total
