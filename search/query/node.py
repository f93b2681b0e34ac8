"""Query: a node of an executable query, and what a segment offers for running it.

A node answers two questions about one segment: which documents match, and what given
matching documents score. So what must all match is intersected first, and only what is
left is scored.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Hashable, Sequence
from typing import Protocol

from index.codec.segment_reader import SegmentReader
from search.kernels import docsets
from search.kernels.scored_postings import EMPTY, Array, ScoredPostings
from search.query.phrase_graph import PhraseGraph
from search.query.query_terms import FieldTerm


class Scorer(Protocol):
    """One query over one segment: the segment's postings, and results by node."""

    @property
    def count(self) -> int:
        """Documents of the segment, deleted ones included."""

    def term(self, field: str, text: str) -> ScoredPostings:
        """The postings of a term with their scores."""

    def term_set(self, field: str, boosts: Sequence[tuple[str, float]]) -> ScoredPostings:
        """The documents of any of several terms of a field, with the sum of their scores."""

    def starting_with(self, field: str, prefix: str) -> ScoredPostings:
        """The documents of all terms of a field that start with a prefix, scored as a set."""

    def phrase(
        self, places: Sequence[Sequence[FieldTerm]], offsets: Sequence[int], slop: int
    ) -> Array:
        """The documents with a term for each place of a phrase: uint16, ascending."""

    def graph_phrase(self, places: Sequence[Sequence[FieldTerm]], graph: PhraseGraph) -> Array:
        """The documents with the terms of a phrase as a graph says: uint16, ascending."""

    def selected(self, column_filter: ColumnFilter) -> Array:
        """The documents that pass a filter (uint16, ascending), remembered for later queries."""

    def documents(self, query: Query) -> Array:
        """The documents that match a node, deleted ones included: uint16, ascending."""

    def postings(self, query: Query) -> ScoredPostings:
        """The documents that match a node, with their scores."""


class ColumnFilter(Hashable, Protocol):
    """A test of what a column holds for each document."""

    def select(self, segment: SegmentReader) -> Array:
        """The documents of a segment that pass, deleted ones included: integers, ascending."""


class Query(ABC):
    """A node of an executable query. Nodes never change."""

    __slots__ = ()

    @abstractmethod
    def documents(self, scorer: Scorer) -> Array:
        """The documents that match, deleted ones included: uint16, ascending."""

    @abstractmethod
    def scores(self, scorer: Scorer, documents: Array) -> Array:
        """The scores of documents that all match: float64, one each."""

    def postings(self, scorer: Scorer) -> ScoredPostings:
        """The documents that match, with their scores."""
        documents = scorer.documents(self)
        if not len(documents):
            return EMPTY
        scores = self.scores(scorer, documents)
        return ScoredPostings(documents, scores, None, 1.0, float(scores.max()))

    def add_scores(self, scorer: Scorer, boost: float, documents: Array, total: Array) -> None:
        """Add ``boost`` times the score of each document that matches to its total."""
        at = docsets.indices_in(scorer.documents(self), documents, scorer.count)
        if len(at):
            total[at] += boost * self.scores(scorer, documents[at])

    def disjuncts(self, weight: float) -> list[tuple[Query, float]] | None:
        """The node as weighted terms and phrases of which any may match, or None."""
        return None
