"""Queries that combine queries, and the functions that build them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from search.kernels import docsets
from search.kernels.scored_postings import DOCUMENT, NO_DOCUMENTS, Array
from search.query.node import Query, Scorer


@dataclass(frozen=True, slots=True, eq=False)
class OrQuery(Query):
    """Any of several queries; a document scores the sum of those that match."""

    parts: tuple[Query, ...]

    def documents(self, scorer: Scorer) -> Array:
        """The union."""
        return docsets.union([scorer.documents(part) for part in self.parts], scorer.count)

    def scores(self, scorer: Scorer, documents: Array) -> Array:
        """The sum over the parts that match."""
        total = np.zeros(len(documents))
        self.add_scores(scorer, 1.0, documents, total)
        return total

    def add_scores(self, scorer: Scorer, boost: float, documents: Array, total: Array) -> None:
        """Added part by part, without the union of their documents."""
        for part in self.parts:
            part.add_scores(scorer, boost, documents, total)

    def disjuncts(self, weight: float) -> list[tuple[Query, float]] | None:
        """Those of all parts, or None if a part has none."""
        found: list[tuple[Query, float]] = []
        for part in self.parts:
            terms = part.disjuncts(weight)
            if terms is None:
                return None
            found += terms
        return found


@dataclass(frozen=True, slots=True, eq=False)
class AndQuery(Query):
    """All of several queries; a document scores their sum."""

    parts: tuple[Query, ...]

    def documents(self, scorer: Scorer) -> Array:
        """The intersection."""
        return docsets.intersection([scorer.documents(part) for part in self.parts], scorer.count)

    def scores(self, scorer: Scorer, documents: Array) -> Array:
        """The sum over the parts."""
        total = np.zeros(len(documents))
        for part in self.parts:
            total += part.scores(scorer, documents)
        return total


@dataclass(frozen=True, slots=True, eq=False)
class ExcludeQuery(Query):
    """The documents of one query that another does not match."""

    wanted: Query
    excluded: Query

    def documents(self, scorer: Scorer) -> Array:
        """The difference."""
        wanted, excluded = scorer.documents(self.wanted), scorer.documents(self.excluded)
        return docsets.difference(wanted, excluded, scorer.count)

    def scores(self, scorer: Scorer, documents: Array) -> Array:
        """Those of the wanted query."""
        return self.wanted.scores(scorer, documents)


@dataclass(frozen=True, slots=True, eq=False)
class RequiredOptionalQuery(Query):
    """The documents of one query; those that another matches too score more."""

    required: Query
    optional: Query

    def documents(self, scorer: Scorer) -> Array:
        """Those of the required query."""
        return scorer.documents(self.required)

    def scores(self, scorer: Scorer, documents: Array) -> Array:
        """Those of the required query, and of the optional one where it matches."""
        total = self.required.scores(scorer, documents)
        self.optional.add_scores(scorer, 1.0, documents, total)
        return total


@dataclass(frozen=True, slots=True, eq=False)
class BoostQuery(Query):
    """A query whose score is multiplied by a factor."""

    child: Query
    factor: float

    def documents(self, scorer: Scorer) -> Array:
        """Those of the child."""
        return scorer.documents(self.child)

    def scores(self, scorer: Scorer, documents: Array) -> Array:
        """Those of the child times the factor."""
        return self.child.scores(scorer, documents) * self.factor

    def add_scores(self, scorer: Scorer, boost: float, documents: Array, total: Array) -> None:
        """Those of the child, with the factor in the boost."""
        self.child.add_scores(scorer, boost * self.factor, documents, total)

    def disjuncts(self, weight: float) -> list[tuple[Query, float]] | None:
        """Those of the child, with the factor in their weights."""
        return self.child.disjuncts(weight * self.factor)


@dataclass(frozen=True, slots=True, eq=False)
class FilterQuery(Query):
    """The documents of a query, each with a score of 0: a filter restricts, it does not rank."""

    child: Query

    def documents(self, scorer: Scorer) -> Array:
        """Those of the child."""
        return scorer.documents(self.child)

    def scores(self, scorer: Scorer, documents: Array) -> Array:
        """Zeros."""
        return np.zeros(len(documents))

    def add_scores(self, scorer: Scorer, boost: float, documents: Array, total: Array) -> None:
        """Nothing to add."""


@dataclass(frozen=True, slots=True)
class EveryQuery(Query):
    """All documents."""

    def documents(self, scorer: Scorer) -> Array:
        """All, from 0 on."""
        return np.arange(scorer.count).astype(DOCUMENT)

    def scores(self, scorer: Scorer, documents: Array) -> Array:
        """1 for each."""
        return np.ones(len(documents))


@dataclass(frozen=True, slots=True)
class NoQuery(Query):
    """No document."""

    def documents(self, scorer: Scorer) -> Array:
        """None."""
        return NO_DOCUMENTS

    def scores(self, scorer: Scorer, documents: Array) -> Array:
        """Zeros."""
        return np.zeros(len(documents))


NOTHING: Query = NoQuery()
"""Matches no document: a prefix with which no term starts."""
EVERYTHING: Query = FilterQuery(EveryQuery())
"""All documents, each with a score of 0."""


def any_of(parts: Sequence[Query]) -> Query | None:
    """Any of the queries, or None if there are none."""
    if len(parts) < 2:
        return parts[0] if parts else None
    return OrQuery(tuple(parts))


def all_of(parts: Sequence[Query]) -> Query | None:
    """All of the queries, or None if there are none."""
    if len(parts) < 2:
        return parts[0] if parts else None
    return AndQuery(tuple(parts))
