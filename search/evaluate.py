"""A Whoosh query over one segment: by kernels where they cover it, by matchers where not.

Two questions, each with a table from a kind of query to its answer: which documents
match (:data:`_MATCHING`), and what such documents score (:data:`_SCORING`). So what
must all be there is brought together first, and only what is left is scored. What no
kernel covers goes through Whoosh's own matcher over the same arrays, and comes back as
a list of documents with scores: a query may be partly the one and partly the other.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from whoosh import query as whoosh

from index.codec.codec import ArrayDocuments, ArrayTerms
from search import adjacency
from search.bag import Bag
from search.compound import AnyTerm, Passing, Preferring, Times, Union, Without
from search.filters import Column, DayRange, PathPattern
from search.kernels import bag, sets, top
from search.kernels.lists import DOCUMENT, NOBODY, Array, List
from search.leaves import Leaves, Statistics
from search.phrase import PhraseQuery

Matches = tuple[Array, Array]
"""Documents, ascending, and the score of each: uint16 and float64."""


class SegmentQuery:
    """Runs queries over one segment."""

    def __init__(self, searcher: Any, statistics: Statistics) -> None:
        self._searcher = searcher
        reader = searcher.reader()
        terms: ArrayTerms = reader._terms
        documents: ArrayDocuments = reader._perdoc
        self.leaves = Leaves(terms.fields, statistics)
        self.count = documents.segment.count
        self._kept = documents.segment.kept() if documents.has_deletions() else None
        self._file = documents.file
        self._scratch = [np.zeros(self.count)]

    @property
    def days(self) -> Array:
        """uint32, a document each: the day it states, else the file's, as an ordinal."""
        return self._file["day"]

    def best(self, query: whoosh.Query, words: Bag | None, count: int, floor: float) -> Matches:
        """The ``count`` best documents of those that reach the floor, and a few more.

        ``words`` is the query where it is no more than a bag of words.
        """
        if words is None:
            documents, scores = self.matches(query)
            at = top.above(scores, count, floor) if len(documents) > count else slice(None)
            return documents[at], scores[at]
        run = _Run(self)
        lists = [run.leaf(term, boost) for term, boost in words.terms]
        kept = self._kept
        for part in words.filters:
            passing = sets.marked(run.matching(part), self.count)
            kept = passing if kept is None else kept & passing
        # One scratch array for each search that runs at the same time.
        scratch = self._scratch.pop() if self._scratch else np.zeros(self.count)
        try:
            return bag.best_of(lists, count, floor, kept, scratch)
        finally:
            self._scratch.append(scratch)

    def matching(self, query: whoosh.Query, run: _Run | None = None) -> Array:
        """The documents that match."""
        documents = (run or _Run(self)).matching(query)
        return documents if self._kept is None else documents[self._kept.take(documents)]

    def matches(self, query: whoosh.Query, run: _Run | None = None) -> Matches:
        """The documents that match, with their scores."""
        run = run or _Run(self)
        documents = self.matching(query, run)
        return documents, run.scores(query, documents)

    def by_matcher(self, query: whoosh.Query) -> List:
        """The same by Whoosh's matcher, whatever the query; deleted documents are left out."""
        matcher = query.matcher(self._searcher, self._searcher.context())
        documents, scores = [], []
        while matcher.is_active():
            documents.append(matcher.id())
            scores.append(matcher.score())
            matcher.next()
        return List(np.array(documents, DOCUMENT), np.array(scores, np.float64))

    def column(self, query: Column) -> Array:
        """The documents that pass a filter over a column."""
        return query.select(self._searcher.reader()).astype(DOCUMENT)


class _Run:
    """One query over one segment: what was found out stays known until it ends."""

    def __init__(self, segment: SegmentQuery) -> None:
        self.segment = segment
        self.count = segment.count
        self.term = segment.leaves.term
        self._matching: dict[int, Array] = {}
        self._lists: dict[int, List] = {}

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
        bag.add(self._listed(query), found, total, self.count)
        return total

    def leaf(self, query: whoosh.Query, boost: float) -> List:
        """The list of a term, or of any of some terms."""
        if type(query) is whoosh.Term:
            return self.term(query.fieldname, query.text, boost)
        documents, values, table, weight, most = self._listed(query)
        return List(documents, values, table, weight * boost, most)

    def _listed(self, query: whoosh.Query) -> List:
        known = self._lists.get(id(query))
        if known is None:
            if type(query) is AnyTerm:
                known = self.segment.leaves.any_of(query.fieldname, query.boosts, self.count)
            else:
                known = self.segment.by_matcher(query)
            self._lists[id(query)] = known
        return known

    def _add(self, query: whoosh.Query, boost: float, found: Array, total: Array) -> None:
        """Add what a part of a query gives those documents that it matches."""
        if type(query) is Passing:
            return
        if type(query) in (whoosh.Term, AnyTerm):
            bag.add(self.leaf(query, boost * query.boost), found, total, self.count)
            return
        at = sets.places(self.matching(query), found, self.count)
        if len(at):
            total[at] += boost * self.scores(query, found[at])

    # -- which documents match -----------------------------------------------------

    def _term(self, query: whoosh.Term) -> Array:
        return self.term(query.fieldname, query.text).documents

    def _any(self, query: whoosh.Or) -> Array:
        return sets.union([self.matching(part) for part in query.subqueries], self.count)

    def _all(self, query: whoosh.And) -> Array:
        return sets.intersection([self.matching(part) for part in query.subqueries], self.count)

    def _without(self, query: Without) -> Array:
        wanted = self.matching(query.a)
        return sets.difference(wanted, self.matching(query.b), self.count)

    def _first(self, query: Any) -> Array:
        return self.matching(query.a)

    def _child(self, query: Any) -> Array:
        return self.matching(query.child)

    def _everyone(self, _query: whoosh.Every) -> Array:
        return np.arange(self.count).astype(DOCUMENT)

    def _nobody(self, _query: whoosh.Query) -> Array:
        return NOBODY

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
        return one.scores_at(sets.places(found, one.documents, self.count))

    def _score_of_first(self, query: Without, found: Array) -> Array:
        return self.scores(query.a, found)

    def _score_of_both(self, query: whoosh.AndMaybe, found: Array) -> Array:
        total = self.scores(query.a, found)
        self._add(query.b, 1.0, found, total)
        return total

    def _score_of_times(self, query: Times, found: Array) -> Array:
        return self.scores(query.child, found) * query.factor

    def _score_of_phrase(self, query: PhraseQuery, found: Array) -> Array:
        return self.scores(query.scored, found)

    def _zero(self, _query: whoosh.Query, found: Array) -> Array:
        return np.zeros(len(found))

    def _constant(self, query: whoosh.Every, found: Array) -> Array:
        return np.full(len(found), float(query.boost))

    def _one(self, _query: Column, found: Array) -> Array:
        return np.ones(len(found))


_MATCHING: dict[type, Callable[[_Run, Any], Array]] = {
    whoosh.Term: _Run._term,
    whoosh.Or: _Run._any,
    Union: _Run._any,
    whoosh.And: _Run._all,
    Without: _Run._without,
    whoosh.AndMaybe: _Run._first,
    Preferring: _Run._first,
    whoosh.Every: _Run._everyone,
    type(whoosh.NullQuery): _Run._nobody,
    Passing: _Run._child,
    Times: _Run._child,
    DayRange: _Run._column,
    PathPattern: _Run._column,
    PhraseQuery: _Run._phrase,
}

_SCORING: dict[type, Callable[[_Run, Any, Array], Array]] = {
    whoosh.Term: _Run._score_of_term,
    whoosh.Or: _Run._sum,
    Union: _Run._sum,
    whoosh.And: _Run._sum_of_all,
    Without: _Run._score_of_first,
    whoosh.AndMaybe: _Run._score_of_both,
    Preferring: _Run._score_of_both,
    whoosh.Every: _Run._constant,
    type(whoosh.NullQuery): _Run._zero,
    Passing: _Run._zero,
    Times: _Run._score_of_times,
    DayRange: _Run._one,
    PathPattern: _Run._one,
    PhraseQuery: _Run._score_of_phrase,
}
