"""A Whoosh query over one segment: by kernels where they cover it, by matchers where not.

Every node of a query becomes a list of documents with scores. What no kernel covers
goes through Whoosh's own matcher over the same arrays, and comes back as such a list,
so a query may be partly the one and partly the other, with the same scores.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from whoosh import query as whoosh

from index.codec.codec import ArrayDocuments, ArrayTerms
from index.codec.inversion import LENGTHS, TF_MASK
from index.codec.postings import FieldPostings
from search import kernels
from search.compound import Passing, Times, Union, Without
from search.filters import Column
from search.kernels import Array, List
from search.phrase import PhraseQuery
from search.scoring import bm25, idf
from search.target import Leaf, arrange


@dataclass(slots=True)
class Statistics:
    """What scoring needs to know of the whole index, worked out once a searcher."""

    reader: Any
    """The Whoosh reader over all segments."""
    _tables: dict[str, Array] = field(default_factory=dict)

    def table(self, name: str) -> Array:
        """BM25 of every code ``tf << 8 | length`` of a field, for an idf of 1: float64, 65,536."""
        if name not in self._tables:
            frequency = np.arange(TF_MASK + 1, dtype=np.float64)[:, None]
            scores = bm25(frequency, LENGTHS[None, :], self.average(name), 1.0)
            self._tables[name] = np.ascontiguousarray(scores.ravel())
        return self._tables[name]

    def average(self, name: str) -> float:
        """The mean length of a field, over all documents."""
        return (self.reader.field_length(name) / (self.reader.doc_count_all() or 1)) or 1.0

    def idf(self, name: str, text: str) -> float:
        """How telling a term is, over all segments."""
        return idf(self.reader.doc_count_all(), self.reader.doc_frequency(name, text))


class SegmentQuery:
    """Runs queries over one segment."""

    def __init__(self, searcher: Any, statistics: Statistics) -> None:
        self._searcher = searcher
        self._statistics = statistics
        reader = searcher.reader()
        terms: ArrayTerms = reader._terms
        documents: ArrayDocuments = reader._perdoc
        self._fields = terms.fields
        self._documents = documents
        self.count = documents.segment.count
        self._kept = documents.segment.kept() if documents.has_deletions() else None

    def best(self, query: whoosh.Query, count: int) -> tuple[int, List]:
        """How many documents match, and the ``count`` best of them."""
        terms = _only_terms(query)
        if terms is None:
            found = self.matches(query)
            return len(found[0]), kernels.top_of_list(found, count)
        lists = [self._term(term.fieldname, term.text, weight) for term, weight in terms]
        if len(lists) == 1 and self._kept is None:
            return len(lists[0][0]), kernels.top_of_list(lists[0], count)
        total = kernels.accumulate(lists, self.count)
        if self._kept is not None:
            total[~self._kept] = 0.0
        return int(np.count_nonzero(total)), kernels.top_of_dense(total, count)

    def matches(self, query: whoosh.Query) -> List:
        """Every document that matches, ascending, with its score."""
        documents, scores = self._evaluate(query)
        if self._kept is not None:
            kept = self._kept[documents]
            documents, scores = documents[kept], scores[kept]
        return documents, scores

    def _evaluate(self, query: whoosh.Query) -> List:
        for kind in type(query).__mro__:
            if kind in _COVERED:
                return _COVERED[kind](self, query)
        return self._by_matcher(query)

    def _by_matcher(self, query: whoosh.Query) -> List:
        matcher = query.matcher(self._searcher, self._searcher.context())
        documents, scores = [], []
        while matcher.is_active():
            documents.append(matcher.id())
            scores.append(matcher.score())
            matcher.next()
        return np.array(documents, np.int64), np.array(scores, np.float64)

    # -- one kind of node each -------------------------------------------------------

    def _term(self, name: str, text: str, weight: float) -> List:
        view = self._fields[name]
        number = view.number(text.encode())
        if number < 0:
            return np.zeros(0, np.int64), np.zeros(0)
        found = view.postings(number)
        if found.codes is None:
            return found.documents, np.full(len(found.documents), weight)
        weight *= self._statistics.idf(name, text)
        scores = self._statistics.table(name).take(found.codes) * weight
        self._mend_large(name, view, found.start, found.codes, scores, weight)
        return found.documents, scores

    def _mend_large(
        self, name: str, view: FieldPostings, start: int, codes: Array, scores: Array, weight: float
    ) -> None:
        """Score the postings whose frequency is too large for their code."""
        if not len(view.section("large_at")):
            return
        large = np.flatnonzero(codes >> 8 == TF_MASK)
        if len(large):
            frequency = view.frequencies(start, start + len(codes))[large]
            length = LENGTHS[codes[large] & 255]
            scores[large] = bm25(frequency, length, self._statistics.average(name), weight)

    def _by_term(self, query: whoosh.Term) -> List:
        return self._term(query.fieldname, query.text, query.boost)

    def _by_or(self, query: whoosh.Or) -> List:
        parts = [self._evaluate(part) for part in query.subqueries]
        documents, scores = kernels.union(parts, self.count)
        return documents, scores * query.boost

    def _by_and(self, query: whoosh.And) -> List:
        parts = [self._evaluate(part) for part in query.subqueries]
        found = kernels.intersection([documents for documents, _ in parts], self.count)
        total = np.zeros(len(found))
        for part in parts:
            total += kernels.scores_of(found, part, self.count)
        return found, total * query.boost

    def _by_without(self, query: Without) -> List:
        documents, scores = self._evaluate(query.a)
        excluded, _ = self._evaluate(query.b)
        if not len(excluded):
            return documents, scores
        kept = ~kernels.held_by(documents, excluded, self.count)
        return documents[kept], scores[kept]

    def _by_and_maybe(self, query: whoosh.AndMaybe) -> List:
        documents, scores = self._evaluate(query.a)
        return documents, scores + kernels.scores_of(documents, self._evaluate(query.b), self.count)

    def _by_passing(self, query: Passing) -> List:
        documents, _ = self._evaluate(query.child)
        return documents, np.zeros(len(documents))

    def _by_times(self, query: Times) -> List:
        documents, scores = self._evaluate(query.child)
        return documents, scores * query.factor

    def _by_null(self, _query: whoosh.Query) -> List:
        return np.zeros(0, np.int64), np.zeros(0)

    def _by_every(self, query: whoosh.Every) -> List:
        return np.arange(self.count), np.full(self.count, float(query.boost))

    def _by_column(self, query: Column) -> List:
        found = query.select(self._searcher.reader())
        return found, np.ones(len(found))

    def _by_phrase(self, query: PhraseQuery) -> List:
        slots = [self._slot_documents(slot) for slot in query.slots]
        candidates = kernels.intersection(slots, self.count)
        if not len(candidates):
            return candidates, np.zeros(0)
        if query.slop:
            found = self._within(query, candidates)
        else:
            rows = [
                self._keys(slot, candidates, offset)
                for slot, offset in zip(query.slots, query.offsets, strict=True)
            ]
            found = np.unique(kernels.in_a_row(rows) >> kernels.POSITION_BITS)
        return found, kernels.scores_of(found, self._evaluate(query.scored), self.count)

    def _slot_documents(self, slot: Sequence[Leaf]) -> Array:
        lists = [self._term(name, text, 1.0)[0] for name, text in slot]
        return lists[0] if len(lists) == 1 else np.unique(np.concatenate(lists))

    def _keys(self, slot: Sequence[Leaf], candidates: Array, offset: int) -> Array:
        """Where the terms of a slot stand in the candidates, as sorted keys."""
        rows = [self._term_keys(name, text, candidates, offset) for name, text in slot]
        return rows[0] if len(rows) == 1 else np.unique(np.concatenate(rows))

    def _term_keys(self, name: str, text: str, candidates: Array, offset: int) -> Array:
        view = self._fields[name]
        number = view.number(text.encode())
        if number < 0:
            return np.zeros(0, np.int64)
        documents = view.postings(number).documents
        at = np.flatnonzero(kernels.held_by(documents.astype(np.int64), candidates, self.count))
        starts = view.position_starts(number)
        counts = starts[at + 1] - starts[at]
        positions = view.section("positions")[kernels.ranges(starts[at], counts)]
        return kernels.keys(documents[at], counts, positions, offset)

    def _within(self, query: PhraseQuery, candidates: Array) -> Array:
        """Proximity is rare and intricate: one document at a time, by the pure function."""
        rows = [self._keys(slot, candidates, 0) for slot in query.slots]
        edges = [
            (np.searchsorted(row, candidates << kernels.POSITION_BITS),
             np.searchsorted(row, (candidates + 1) << kernels.POSITION_BITS))
            for row in rows
        ]  # fmt: skip
        mask = (1 << kernels.POSITION_BITS) - 1
        return np.array(
            [
                document
                for n, document in enumerate(candidates.tolist())
                if arrange(
                    [
                        (row[low[n] : high[n]] & mask).tolist()
                        for row, (low, high) in zip(rows, edges, strict=True)
                    ],
                    query.offsets,
                    query.slop,
                )
            ],
            np.int64,
        )


_COVERED: dict[type, Callable[[SegmentQuery, Any], List]] = {
    whoosh.Term: SegmentQuery._by_term,
    whoosh.Or: SegmentQuery._by_or,
    whoosh.And: SegmentQuery._by_and,
    Without: SegmentQuery._by_without,
    whoosh.AndMaybe: SegmentQuery._by_and_maybe,
    whoosh.Every: SegmentQuery._by_every,
    type(whoosh.NullQuery): SegmentQuery._by_null,
    Passing: SegmentQuery._by_passing,
    Times: SegmentQuery._by_times,
    Column: SegmentQuery._by_column,
    PhraseQuery: SegmentQuery._by_phrase,
}


def _only_terms(query: whoosh.Query, weight: float = 1.0) -> list[tuple[whoosh.Term, float]] | None:
    """A bag of words as its terms and their weights; nothing for any other query."""
    if type(query) is whoosh.Term:
        return [(query, weight * query.boost)]
    if type(query) is Times:
        return _only_terms(query.child, weight * query.factor)
    if type(query) not in (whoosh.Or, Union):
        return None
    found: list[tuple[whoosh.Term, float]] = []
    for part in query.subqueries:
        terms = _only_terms(part, weight * query.boost)
        if terms is None:
            return None
        found += terms
    return found
