"""A query for terms in a row or near each other, each out of any field and form.

Stop words come from ``exact`` and other words from ``stem``, which count the same
positions, so that one phrase may mix them.
"""

from __future__ import annotations

from dataclasses import dataclass

from search.kernels.scored_postings import Array
from search.query.node import Query, Scorer
from search.query.phrase_graph import PhraseGraph
from search.query.query_terms import FieldTerm


@dataclass(frozen=True, slots=True, eq=False)
class PhraseQuery(Query):
    """The documents with a term for each place of the phrase.

    ``scored`` is the query that scores them; it must match wherever the phrase can.
    """

    scored: Query
    places: tuple[tuple[FieldTerm, ...], ...]
    """The terms of which any may stand in a place."""
    offsets: tuple[int, ...]
    """Position of each place relative to the others."""
    slop: int
    """0 for a row; else the distance within which all places must be filled."""

    def documents(self, scorer: Scorer) -> Array:
        """The documents in which every place is filled."""
        return scorer.phrase(self.places, self.offsets, self.slop)

    def scores(self, scorer: Scorer, documents: Array) -> Array:
        """Those of the scored query."""
        return self.scored.scores(scorer, documents)

    def disjuncts(self, weight: float) -> list[tuple[Query, float]] | None:
        """The phrase itself."""
        return [(self, weight)]


@dataclass(frozen=True, slots=True, eq=False)
class GraphPhraseQuery(Query):
    """The documents with the terms of a phrase in one of the orders of a graph."""

    scored: Query
    """The query that scores them; it must match wherever the phrase can."""
    places: tuple[tuple[FieldTerm, ...], ...]
    """The terms of the graph: any of several may stand for each."""
    graph: PhraseGraph

    def documents(self, scorer: Scorer) -> Array:
        """The documents in which a row of terms leads through the graph."""
        return scorer.graph_phrase(self.places, self.graph)

    def scores(self, scorer: Scorer, documents: Array) -> Array:
        """Those of the scored query."""
        return self.scored.scores(scorer, documents)

    def disjuncts(self, weight: float) -> list[tuple[Query, float]] | None:
        """The phrase itself."""
        return [(self, weight)]
