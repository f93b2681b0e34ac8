"""A query for terms in a row or near each other, each out of any field and form.

Stop words come from ``exact`` and other words from ``stem``, which count the same
positions, so that one phrase may mix them.
"""

from __future__ import annotations

from dataclasses import dataclass

from search.kernels.scored_postings import Array
from search.query.node import Query, Scorer
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
