"""Queries for one term of a field, and for any of several."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from search.kernels import max_score
from search.kernels.docsets import indices_in
from search.kernels.scored_postings import Array, ScoredPostings
from search.query.node import Query, Scorer


@dataclass(frozen=True, slots=True, eq=False)
class TermQuery(Query):
    """The documents whose field holds a term."""

    field: str
    text: str
    boost: float = 1.0

    def documents(self, scorer: Scorer) -> Array:
        """The documents of the term."""
        return scorer.term(self.field, self.text).documents

    def scores(self, scorer: Scorer, documents: Array) -> Array:
        """BM25 times the boost."""
        postings = self.postings(scorer)
        return postings.scores_at(indices_in(documents, postings.documents, scorer.count))

    def postings(self, scorer: Scorer) -> ScoredPostings:
        """The postings of the term."""
        return scorer.term(self.field, self.text).boosted(self.boost)

    def add_scores(self, scorer: Scorer, boost: float, documents: Array, total: Array) -> None:
        """Looked up in the term's postings, without a list of matching documents."""
        postings = scorer.term(self.field, self.text).boosted(boost * self.boost)
        max_score.add_scores(postings, documents, total, scorer.count)

    def disjuncts(self, weight: float) -> list[tuple[Query, float]] | None:
        """The term itself; its own boost is in its postings."""
        return [(self, weight)]


@dataclass(frozen=True, slots=True)
class TermSetQuery(Query):
    """The documents whose field holds any of several terms, each with its own weight."""

    field: str
    boosts: tuple[tuple[str, float], ...]
    """Terms with their weights."""
    boost: float = 1.0

    def documents(self, scorer: Scorer) -> Array:
        """The documents of any of the terms."""
        return scorer.term_set(self.field, self.boosts).documents

    def scores(self, scorer: Scorer, documents: Array) -> Array:
        """The sum over the terms."""
        total = np.zeros(len(documents))
        self.add_scores(scorer, 1.0, documents, total)
        return total

    def postings(self, scorer: Scorer) -> ScoredPostings:
        """The documents of any of the terms, with the sum of their scores."""
        return scorer.term_set(self.field, self.boosts).boosted(self.boost)

    def add_scores(self, scorer: Scorer, boost: float, documents: Array, total: Array) -> None:
        """Looked up in the postings of the set."""
        postings = scorer.term_set(self.field, self.boosts).boosted(boost * self.boost)
        max_score.add_scores(postings, documents, total, scorer.count)

    def disjuncts(self, weight: float) -> list[tuple[Query, float]] | None:
        """The set itself."""
        return [(self, weight)]


@dataclass(frozen=True, slots=True, eq=False)
class PrefixQuery(Query):
    """The documents whose field holds a term that starts with a prefix, however many there are."""

    field: str
    prefix: str
    boost: float = 1.0

    def documents(self, scorer: Scorer) -> Array:
        """The documents of any of the terms."""
        return scorer.starting_with(self.field, self.prefix).documents

    def scores(self, scorer: Scorer, documents: Array) -> Array:
        """The sum over the terms."""
        total = np.zeros(len(documents))
        self.add_scores(scorer, 1.0, documents, total)
        return total

    def postings(self, scorer: Scorer) -> ScoredPostings:
        """The documents of any of the terms, with the sum of their scores."""
        return scorer.starting_with(self.field, self.prefix).boosted(self.boost)

    def add_scores(self, scorer: Scorer, boost: float, documents: Array, total: Array) -> None:
        """Looked up in the postings of all terms together."""
        postings = scorer.starting_with(self.field, self.prefix).boosted(boost * self.boost)
        max_score.add_scores(postings, documents, total, scorer.count)

    def disjuncts(self, weight: float) -> list[tuple[Query, float]] | None:
        """The prefix itself."""
        return [(self, weight)]
