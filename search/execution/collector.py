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
from index.codec.word_finder import Beginnings, CommonWords, NearWord
from search.execution.compiled_search import CompiledSearch, Program
from search.execution.disjunction import as_disjunction
from search.execution.phrase_matching import term_positions
from search.execution.segment_search import SegmentScorer, SegmentSearcher
from search.kernels import docsets
from search.kernels.ranked_documents import DocumentScore, Ranked
from search.kernels.scored_postings import DOCUMENT, Array, ScoredPostings
from search.kernels.top_k import threshold, top_k
from search.query.node import Query
from search.query.query_terms import FieldTerm
from search.ranking.statistics import CollectionStatistics


class MatchSet:
    """The lazy result of one query: matching documents, total, top k."""

    def __init__(
        self,
        segments: Sequence[tuple[SegmentSearcher, int]],
        query: Query,
        compiled: CompiledSearch | None = None,
    ) -> None:
        self._segments, self._query, self._compiled = segments, query, compiled
        self._encoded: Program | None = None

    @cached_property
    def _scorers(self) -> list[tuple[SegmentScorer, int]]:
        return [(segment.scorer(self._query), offset) for segment, offset in self._segments]

    @property
    def _program(self) -> Program | None:
        """The query for the kernel; None if numpy answers it."""
        if self._encoded is None and self._compiled is not None:
            self._encoded = self._compiled.encoded(self._query, self._answered)
        return self._encoded

    def _answered(self, node: Query) -> list[ScoredPostings]:
        return [scorer.postings(node) for scorer, _ in self._scorers]

    @property
    def total(self) -> int:
        """Number of matching documents."""
        return sum(len(documents) for _, documents in self.by_segment)

    @cached_property
    def by_segment(self) -> list[tuple[SegmentSearcher, Array]]:
        """The segments, each with its matching documents (uint16, its own numbers)."""
        return [(each, self._live_documents(n)) for n, (each, _) in enumerate(self._segments)]

    def _live_documents(self, number: int) -> Array:
        """The live documents of a segment that match."""
        if self._compiled and (program := self._program):
            found = self._compiled.documents(program, number)
            if found is not None:
                return found
        return self._scorers[number][0].live_documents

    @cached_property
    def documents(self) -> Array:
        """The matching documents in the order of the index: int64."""
        offsets = [offset for _, offset in self._segments]
        parts = [
            documents + np.int64(offset)
            for (_, documents), offset in zip(self.by_segment, offsets, strict=True)
        ]
        return np.concatenate([np.zeros(0, np.int64), *parts])

    def count_with(self, query: Query) -> int:
        """Number of the matching documents that another query matches too."""
        found = zip(self._scorers, self.by_segment, strict=True)
        return sum(
            len(docsets.indices_in(documents, scorer.documents(query), scorer.count))
            for (scorer, _), (_, documents) in found
            if len(documents)
        )

    def best(self, count: int, keys: Sequence[Any] | None = None) -> Ranked:
        """The first ``count`` by score, or by ascending ``keys`` and then by score.

        ``keys`` are one for each of :attr:`documents`. Equal documents stay in the order
        of the index.
        """
        if keys is not None:
            return self._sorted(keys)[:count]
        if self._compiled and (program := self._program):
            ranked = self._compiled.best(program, count)
            if ranked is not None:
                return ranked
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
        self._reader, self._statistics = reader, CollectionStatistics(reader)
        self.segments = [
            (SegmentSearcher(segment, self._statistics), offset) for segment, offset in reader
        ]
        """Each segment, and the number of its first document."""

    @cached_property
    def _compiled(self) -> CompiledSearch | None:
        return CompiledSearch.over(self._reader, self._statistics)

    def collect(self, query: Query) -> MatchSet:
        """The matches of a query."""
        return MatchSet(self.segments, query, self._compiled)

    def count(self, query: Query) -> int:
        """The number of documents that match a query."""
        return self.collect(query).total

    def words_beginning(self, wanted: Beginnings, most: int) -> CommonWords | None:
        """The commonest words that begin so; None if the kernel is not there to find them."""
        return self._compiled.words_beginning(wanted, most) if self._compiled else None

    def words_near(self, wanted: NearWord) -> list[str] | None:
        """The words within one edit; None as above."""
        return self._compiled.words_near(wanted) if self._compiled else None

    def positions(self, terms: Sequence[FieldTerm], numbers: Sequence[int]) -> list[list[int]]:
        """The ascending positions of any of the terms in each of ascending documents."""
        found = self._compiled.positions(terms, numbers) if self._compiled else None
        if found is not None:
            return found
        found = []
        for segment, offset in self._reader:
            local = [n - offset for n in numbers if offset <= n < offset + segment.count]
            if local:
                found += term_positions(segment, terms, np.array(local, DOCUMENT))
        return found
