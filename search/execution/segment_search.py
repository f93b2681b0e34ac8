"""SegmentSearcher and SegmentScorer: a query run over one segment by kernels."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import cached_property, lru_cache

import numpy as np

from index.codec.segment_reader import SegmentReader
from search.execution.disjunction import Disjunction
from search.execution.graph_matching import graph_documents
from search.execution.phrase_matching import phrase_documents
from search.execution.term_scorer import TermScorer
from search.kernels import docsets, max_score, top_k
from search.kernels.scored_postings import DOCUMENT, Array, ScoredPostings
from search.query.node import ColumnFilter, Query
from search.query.phrase_graph import PhraseGraph
from search.query.query_terms import FieldTerm
from search.ranking.statistics import CollectionStatistics

_FILTERS = 32
"""Filters whose documents are remembered: one stays while words are typed beside it."""
Matches = tuple[Array, Array]
"""Documents, ascending, and the score of each: uint16 and float64."""


class SegmentSearcher:
    """What the queries over one segment share."""

    def __init__(self, segment: SegmentReader, statistics: CollectionStatistics) -> None:
        self.segment = segment
        self.terms = TermScorer(segment, statistics)
        self.count = segment.count
        self.scratch = [np.zeros(segment.count)]
        """An array for each search that runs at the same time: float64, a document each, zeros."""
        self.selected = lru_cache(_FILTERS)(self._select)
        """The documents that pass a filter over a column: uint16, ascending."""

    def scorer(self, query: Query) -> SegmentScorer:
        """Run a query over the segment."""
        return SegmentScorer(self, query)

    def _select(self, column_filter: ColumnFilter) -> Array:
        return column_filter.select(self.segment).astype(DOCUMENT)


class SegmentScorer:
    """One query over one segment; the documents and postings of its nodes are remembered."""

    def __init__(self, searcher: SegmentSearcher, query: Query) -> None:
        self.searcher, self.query = searcher, query
        self.count = searcher.count
        self.term = searcher.terms.term
        self.selected = searcher.selected
        self._documents: dict[Query, Array] = {}
        self._postings: dict[Query, ScoredPostings] = {}
        self._term_sets: dict[Hashable, ScoredPostings] = {}

    @cached_property
    def live_documents(self) -> Array:
        """The documents that match and are not deleted: uint16, ascending."""
        documents, live = self.documents(self.query), self.searcher.segment.live
        return documents if live is None else documents[live.take(documents)]

    @property
    def matches(self) -> Matches:
        """The live documents that match, with their scores."""
        return self.live_documents, self.query.scores(self, self.live_documents)

    def best(self, words: Disjunction | None, count: int, floor: float) -> Matches:
        """The ``count`` best documents of those that reach the floor, and a few more.

        ``words`` is the query as a disjunction, or None if it is none.
        """
        if words is None:
            documents, scores = self.matches
            at = (
                top_k.top_k_indices(scores, count, floor) if len(documents) > count else slice(None)
            )
            return documents[at], scores[at]
        lists = [self.postings(term).boosted(weight) for term, weight in words.terms]
        free = self.searcher.scratch
        scratch = free.pop() if free else np.zeros(self.count)
        try:
            return max_score.top_k_disjunction(lists, count, floor, self._passing(words), scratch)
        finally:
            free.append(scratch)

    def _passing(self, words: Disjunction) -> Array | None:
        """Mask of the live documents that pass all filters: bool, or None for all."""
        passing = self.searcher.segment.live
        for part in words.filters:
            mask = docsets.mask(self.documents(part), self.count)
            passing = mask if passing is None else passing & mask
        return passing

    def documents(self, query: Query) -> Array:
        """The documents that match a node, deleted ones included: uint16, ascending."""
        known = self._documents.get(query)
        if known is None:
            known = self._documents[query] = query.documents(self)
        return known

    def postings(self, query: Query) -> ScoredPostings:
        """The documents that match a node, with their scores."""
        known = self._postings.get(query)
        if known is None:
            known = self._postings[query] = query.postings(self)
        return known

    def term_set(self, field: str, boosts: Sequence[tuple[str, float]]) -> ScoredPostings:
        """The documents of any of several terms of a field, with the sum of their scores.

        The words of a name are in a disjunction and in a phrase, and looked up once for both.
        """
        key = field, boosts
        known = self._term_sets.get(key)
        if known is None:
            known = self._term_sets[key] = self.searcher.terms.term_set(field, boosts)
        return known

    def starting_with(self, field: str, prefix: str) -> ScoredPostings:
        """The documents of all terms of a field that start with a prefix, scored as a set."""
        view = self.searcher.segment.fields[field]
        terms = view.terms(*view.beginning(prefix.encode()))
        return self.term_set(field, tuple((term.decode(), 1.0) for term in terms))

    def phrase(
        self, places: Sequence[Sequence[FieldTerm]], offsets: Sequence[int], slop: int
    ) -> Array:
        """The documents with a term for each place of a phrase: uint16, ascending."""
        return phrase_documents(self.searcher.segment, places, offsets, slop)

    def graph_phrase(self, places: Sequence[Sequence[FieldTerm]], graph: PhraseGraph) -> Array:
        """The documents with the terms of a phrase as a graph says: uint16, ascending."""
        return graph_documents(self.searcher.segment, places, graph)
