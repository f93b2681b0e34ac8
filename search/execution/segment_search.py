"""A Whoosh query over one segment: by kernels where they cover it, by matchers where not.

Two questions, each with a table from a kind of query to its answer: which documents
match (:data:`_MATCHING`), and what such documents score (:data:`_SCORING`). So what
must all be there is brought together first, and only what is left is scored. What no
kernel covers goes through Whoosh's own matcher over the same arrays, and comes back as
a list of documents with scores: a query may be partly the one and partly the other.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from whoosh import query as whoosh

from index.codec.whoosh_codec import ArrayDocuments, ArrayTerms
from search.execution import phrase_matching as adjacency
from search.execution.disjunction import Disjunction
from search.execution.term_scorer import CollectionStatistics, TermScorer
from search.kernels import docsets
from search.kernels.max_score import add_scores, top_k_disjunction
from search.kernels.scored_postings import DOCUMENT, EMPTY, NO_DOCUMENTS, Array, ScoredPostings
from search.kernels.top_k import top_k_indices
from search.query.boolean import (
    BoostQuery,
    ExcludeQuery,
    FilterQuery,
    RequiredOptionalQuery,
    TermSetQuery,
    Union,
)
from search.query.filters import Column, DayRange, PathPattern
from search.query.phrase import PhraseQuery

_FILTERS = 32
"""Filters whose documents are kept at hand: one stays while words are typed beside it."""
Matches = tuple[Array, Array]
"""Documents, ascending, and the score of each: uint16 and float64."""


class SegmentSearcher:
    """Runs queries over one segment."""

    def __init__(self, searcher: Any, statistics: CollectionStatistics) -> None:
        self._searcher = searcher
        reader = searcher.reader()
        terms: ArrayTerms = reader._terms
        documents: ArrayDocuments = reader._perdoc
        self.leaves = TermScorer(terms.fields, statistics)
        self.count = documents.segment.count
        self.kept = documents.segment.kept() if documents.has_deletions() else None
        """bool, a document each: whether it is still there; nothing where all are."""
        self._file = documents.file
        self.scratch = [np.zeros(self.count)]
        """One array for each search that runs at the same time: float64, a document each, zeros."""
        self.column = lru_cache(_FILTERS)(self._column)
        """The documents that pass a filter over a column: uint16, ascending."""

    @property
    def days(self) -> Array:
        """uint32, a document each: the day it states, else the file's, as an ordinal."""
        return self._file["day"]

    def run(self, query: whoosh.Query) -> SegmentScorer:
        """A query over the segment."""
        return SegmentScorer(self, query)

    def by_matcher(self, query: whoosh.Query) -> ScoredPostings:
        """The same by Whoosh's matcher, whatever the query; deleted documents are left out."""
        matcher = query.matcher(self._searcher, self._searcher.context())
        documents, scores = [], []
        while matcher.is_active():
            documents.append(matcher.id())
            scores.append(matcher.score())
            matcher.next()
        return ScoredPostings(np.array(documents, DOCUMENT), np.array(scores, np.float64))

    def _column(self, query: Column) -> Array:
        return query.select(self._searcher.reader()).astype(DOCUMENT)


class SegmentScorer:
    """One query over one segment: what was found out stays known."""

    def __init__(self, segment: SegmentSearcher, query: whoosh.Query) -> None:
        self.segment, self.query = segment, query
        self.count = segment.count
        self.term = segment.leaves.term
        self._matching: dict[int, Array] = {}
        self._lists: dict[object, ScoredPostings] = {}

    @cached_property
    def documents(self) -> Array:
        """uint16, ascending: the documents that match."""
        documents, kept = self.matching(self.query), self.segment.kept
        return documents if kept is None else documents[kept.take(documents)]

    @property
    def matches(self) -> Matches:
        """The documents that match, with their scores."""
        return self.documents, self.scores(self.query, self.documents)

    def best(self, words: Disjunction | None, count: int, floor: float) -> Matches:
        """The ``count`` best documents of those that reach the floor, and a few more.

        ``words`` is the query where it is no more than a bag of words.
        """
        if words is None:
            documents, scores = self.matches
            at = top_k_indices(scores, count, floor) if len(documents) > count else slice(None)
            return documents[at], scores[at]
        lists = [self.leaf(term, boost) for term, boost in words.terms]
        kept = self.segment.kept
        for part in words.filters:
            passing = docsets.mask(self.matching(part), self.count)
            kept = passing if kept is None else kept & passing
        free = self.segment.scratch
        scratch = free.pop() if free else np.zeros(self.count)
        try:
            return top_k_disjunction(lists, count, floor, kept, scratch)
        finally:
            free.append(scratch)

    def matching(self, query: whoosh.Query) -> Array:
        """The documents that match, deleted ones included."""
        known = self._matching.get(id(query))
        if known is None:
            find = _MATCHING.get(type(query))
            known = find(self, query) if find else self._listed(query).documents
            self._matching[id(query)] = known
        return known

    def scores(self, query: whoosh.Query, found: Array) -> Array:
        """float64: what documents score. All of them must match."""
        score = _SCORING.get(type(query))
        if score:
            return score(self, query, found)
        total = np.zeros(len(found))
        add_scores(self._listed(query), found, total, self.count)
        return total

    def leaf(self, query: whoosh.Query, boost: float) -> ScoredPostings:
        """The list of a term, of any of some terms, or of a phrase."""
        if type(query) is whoosh.Term:
            return self.term(query.fieldname, query.text, boost)
        documents, values, table, weight, most = self._listed(query)
        return ScoredPostings(documents, values, table, weight * boost, most)

    def _listed(self, query: whoosh.Query) -> ScoredPostings:
        # The words of a name stand in a bag and in a phrase, and are looked up once for both.
        key = query if type(query) is TermSetQuery else id(query)
        known = self._lists.get(key)
        if known is None:
            if type(query) is TermSetQuery:
                known = self.segment.leaves.any_of(query.fieldname, query.boosts, self.count)
            elif type(query) is PhraseQuery:
                known = self._list_of_phrase(query)
            else:
                known = self.segment.by_matcher(query)
            self._lists[key] = known
        return known

    def _list_of_phrase(self, query: PhraseQuery) -> ScoredPostings:
        documents = self.matching(query)
        if not len(documents):
            return EMPTY
        scores = self.scores(query, documents)
        return ScoredPostings(documents, scores, None, 1.0, float(scores.max()))

    def _add(self, query: whoosh.Query, boost: float, found: Array, total: Array) -> None:
        """Add what a part of a query gives those documents that it matches."""
        if type(query) is FilterQuery:
            return
        if type(query) in (whoosh.Term, TermSetQuery):
            add_scores(self.leaf(query, boost * query.boost), found, total, self.count)
            return
        at = docsets.indices_in(self.matching(query), found, self.count)
        if len(at):
            total[at] += boost * self.scores(query, found[at])

    # -- which documents match -----------------------------------------------------

    def _term(self, query: whoosh.Term) -> Array:
        return self.term(query.fieldname, query.text).documents

    def _any(self, query: whoosh.Or) -> Array:
        return docsets.union([self.matching(part) for part in query.subqueries], self.count)

    def _all(self, query: whoosh.And) -> Array:
        return docsets.intersection([self.matching(part) for part in query.subqueries], self.count)

    def _without(self, query: ExcludeQuery) -> Array:
        wanted = self.matching(query.a)
        return docsets.difference(wanted, self.matching(query.b), self.count)

    def _first(self, query: Any) -> Array:
        return self.matching(query.a)

    def _child(self, query: Any) -> Array:
        return self.matching(query.child)

    def _everyone(self, _query: whoosh.Every) -> Array:
        return np.arange(self.count).astype(DOCUMENT)

    def _nobody(self, _query: whoosh.Query) -> Array:
        return NO_DOCUMENTS

    def _column(self, query: Column) -> Array:
        return self.segment.column(query)

    def _phrase(self, query: PhraseQuery) -> Array:
        return adjacency.matching(query, self.segment.leaves.fields, self.count)

    # -- what they score -----------------------------------------------------------

    def _sum(self, query: whoosh.Query, found: Array) -> Array:
        total = np.zeros(len(found))
        for part in query.subqueries:
            self._add(part, query.boost, found, total)
        return total

    def _sum_of_all(self, query: whoosh.And, found: Array) -> Array:
        total = np.zeros(len(found))
        for part in query.subqueries:
            total += self.scores(part, found)
        return total if query.boost == 1.0 else total * query.boost

    def _score_of_term(self, query: whoosh.Term, found: Array) -> Array:
        one = self.leaf(query, query.boost)
        return one.scores_at(docsets.indices_in(found, one.documents, self.count))

    def _score_of_first(self, query: ExcludeQuery, found: Array) -> Array:
        return self.scores(query.a, found)

    def _score_of_both(self, query: whoosh.AndMaybe, found: Array) -> Array:
        total = self.scores(query.a, found)
        self._add(query.b, 1.0, found, total)
        return total

    def _score_of_times(self, query: BoostQuery, found: Array) -> Array:
        return self.scores(query.child, found) * query.factor

    def _score_of_phrase(self, query: PhraseQuery, found: Array) -> Array:
        return self.scores(query.scored, found)

    def _zero(self, _query: whoosh.Query, found: Array) -> Array:
        return np.zeros(len(found))

    def _constant(self, query: whoosh.Every, found: Array) -> Array:
        return np.full(len(found), float(query.boost))

    def _one(self, _query: Column, found: Array) -> Array:
        return np.ones(len(found))


_MATCHING: dict[type, Callable[[SegmentScorer, Any], Array]] = {
    whoosh.Term: SegmentScorer._term,
    whoosh.Or: SegmentScorer._any,
    Union: SegmentScorer._any,
    whoosh.And: SegmentScorer._all,
    ExcludeQuery: SegmentScorer._without,
    whoosh.AndMaybe: SegmentScorer._first,
    RequiredOptionalQuery: SegmentScorer._first,
    whoosh.Every: SegmentScorer._everyone,
    type(whoosh.NullQuery): SegmentScorer._nobody,
    FilterQuery: SegmentScorer._child,
    BoostQuery: SegmentScorer._child,
    DayRange: SegmentScorer._column,
    PathPattern: SegmentScorer._column,
    PhraseQuery: SegmentScorer._phrase,
}

_SCORING: dict[type, Callable[[SegmentScorer, Any, Array], Array]] = {
    whoosh.Term: SegmentScorer._score_of_term,
    whoosh.Or: SegmentScorer._sum,
    Union: SegmentScorer._sum,
    whoosh.And: SegmentScorer._sum_of_all,
    ExcludeQuery: SegmentScorer._score_of_first,
    whoosh.AndMaybe: SegmentScorer._score_of_both,
    RequiredOptionalQuery: SegmentScorer._score_of_both,
    whoosh.Every: SegmentScorer._constant,
    type(whoosh.NullQuery): SegmentScorer._zero,
    FilterQuery: SegmentScorer._zero,
    BoostQuery: SegmentScorer._score_of_times,
    DayRange: SegmentScorer._one,
    PathPattern: SegmentScorer._one,
    PhraseQuery: SegmentScorer._score_of_phrase,
}
