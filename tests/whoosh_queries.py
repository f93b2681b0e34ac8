"""Dalil's query nodes as queries of Whoosh, for Whoosh's own searcher to answer.

Whoosh's ``Or`` drops documents of score 0 from small indexes, a constant score of 0
becomes 1, and ``AndNot`` lets the first document through although it is excluded. So a
filter, an exclusion and a union that may hold a filter have matchers here.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from whoosh import query as whoosh
from whoosh.matching import (
    AndMaybeMatcher,
    AndNotMatcher,
    ListMatcher,
    Matcher,
    NullMatcher,
    WrappingMatcher,
)
from whoosh.reading import TermNotFound
from whoosh.scoring import WeightingModel, WeightLengthScorer

from search.query.boolean import (
    AndQuery,
    BoostQuery,
    EveryQuery,
    ExcludeQuery,
    FilterQuery,
    NoQuery,
    OrQuery,
    RequiredOptionalQuery,
)
from search.query.filters import DayQuery, PathQuery
from search.query.node import Query
from search.query.phrase import GraphPhraseQuery, PhraseQuery
from search.query.query_terms import FieldTerm, match_positions
from search.query.terms import TermQuery, TermSetQuery
from search.ranking.bm25 import bm25, idf

Column = Callable[[Any, str], list[Any]]
"""Reads ``day`` or ``path`` of each document of a segment that Whoosh has opened."""


def as_whoosh(query: Query, column: Column) -> whoosh.Query:
    """A query of ours as Whoosh's."""
    return _TRANSLATIONS[type(query)](query, lambda part: as_whoosh(part, column), column)


Translate = Callable[[Query], whoosh.Query]


def _any(query: OrQuery, translate: Translate, _column: Column) -> whoosh.Query:
    union = whoosh.Or if all(map(_scores, query.parts)) else Union
    return union([*map(translate, query.parts)])


def _any_term(query: TermSetQuery, _translate: Translate, _column: Column) -> whoosh.Query:
    boosts = [(text, boost * query.boost) for text, boost in query.boosts]
    return whoosh.Or([whoosh.Term(query.field, text, boost=boost) for text, boost in boosts])


_TRANSLATIONS: dict[type, Callable[[Any, Translate, Column], whoosh.Query]] = {
    TermQuery: lambda q, _t, _c: whoosh.Term(q.field, q.text, boost=q.boost),
    TermSetQuery: _any_term,
    OrQuery: _any,
    AndQuery: lambda q, t, _c: whoosh.And([*map(t, q.parts)]),
    ExcludeQuery: lambda q, t, _c: Without(t(q.wanted), t(q.excluded)),
    RequiredOptionalQuery: lambda q, t, _c: Preferring(t(q.required), t(q.optional)),
    BoostQuery: lambda q, t, _c: Times(t(q.child), q.factor),
    FilterQuery: lambda q, t, _c: Unscored(t(q.child)),
    PhraseQuery: lambda q, t, _c: WhooshPhrase(
        t(q.scored), q.places, lambda found: match_positions(found, q.offsets, q.slop)
    ),
    GraphPhraseQuery: lambda q, t, _c: WhooshPhrase(t(q.scored), q.places, q.graph.match),
    PathQuery: lambda q, _t, c: Selected(c, "path", lambda path: bool(q.pattern.match(path))),
    DayQuery: lambda q, _t, c: Selected(c, q.column, lambda day: q.first <= day <= q.last),
    EveryQuery: lambda _q, _t, _c: whoosh.Every(),
    NoQuery: lambda _q, _t, _c: whoosh.NullQuery,
}


def _scores(query: Query) -> bool:
    """Whether every document that matches scores more than 0."""
    if isinstance(query, OrQuery):
        return all(map(_scores, query.parts))
    return isinstance(query, TermQuery | TermSetQuery)


class Union(whoosh.Or):  # type: ignore[misc] # Whoosh has no types
    """Any of several queries; a document of score 0 counts."""

    matcher_type = whoosh.Or.DEFAULT_MATCHER


class Without(whoosh.AndNot):  # type: ignore[misc]
    """The documents of one query that another does not match."""

    def matcher(self, searcher: Any, context: Any = None) -> Matcher:
        wanted = self.a.matcher(searcher, context)
        excluded = self.b.matcher(searcher, searcher.boolean_context())
        return _Difference(wanted, excluded) if wanted.is_active() else wanted


class _Difference(AndNotMatcher):  # type: ignore[misc]
    def _find_first(self) -> None:
        """Whoosh compares the first two documents alone, and the second may lag behind."""
        if self.a.is_active() and self.b.is_active():
            self._find_next()

    def skip_to(self, id: int) -> None:  # noqa: A002 (Whoosh's name)
        """Whoosh goes on looking where the first list has ended."""
        if self.a.is_active() and self.a.id() < id:
            self.a.skip_to(id)
            self._find_first()


class Preferring(whoosh.AndMaybe):  # type: ignore[misc]
    """The documents of one query; those that another matches too score more."""

    def matcher(self, searcher: Any, context: Any = None) -> Matcher:
        wanted = self.a.matcher(searcher, context)
        return _Preference(wanted, self.b.matcher(searcher, context))


class _Preference(AndMaybeMatcher):  # type: ignore[misc]
    def skip_to(self, id: int) -> None:  # noqa: A002 (Whoosh's name)
        """Whoosh leaves the second list behind when the first has no such document."""
        if self.a.is_active() and self.a.id() < id:
            self.a.skip_to(id)
            if self.a.is_active() and self.b.is_active() and self.b.id() < self.a.id():
                self.b.skip_to(self.a.id())


class _Leaf(whoosh.Query):  # type: ignore[misc]
    """A query inside which Whoosh must not look."""

    def is_leaf(self) -> bool:
        return True

    def estimate_size(self, reader: Any) -> int:
        return int(reader.doc_count())


class Times(_Leaf):
    """A query whose score is multiplied by a factor."""

    def __init__(self, child: whoosh.Query, factor: float) -> None:
        self.child, self.factor = child, factor

    def matcher(self, searcher: Any, context: Any = None) -> Matcher:
        child = self.child.matcher(searcher, context)
        return WrappingMatcher(child, boost=self.factor) if child.is_active() else child


class Unscored(_Leaf):
    """The documents of a query, all with a score of 0."""

    def __init__(self, child: whoosh.Query) -> None:
        self.child = child

    def matcher(self, searcher: Any, context: Any = None) -> Matcher:
        found = self.child.matcher(searcher, searcher.boolean_context())
        documents = array("I", found.all_ids() if found.is_active() else ())
        return _ZeroMatcher(documents) if documents else NullMatcher()


class _ZeroMatcher(ListMatcher):  # type: ignore[misc]
    def score(self) -> float:
        return 0.0


class Selected(_Leaf):
    """The documents whose value in a column passes."""

    def __init__(self, column: Column, name: str, passes: Callable[[Any], bool]) -> None:
        self.column, self.name, self.passes = column, name, passes

    def matcher(self, searcher: Any, context: Any = None) -> Matcher:
        reader = searcher.reader()
        values = self.column(reader, self.name)
        found = array("I", (n for n in reader.all_doc_ids() if self.passes(values[n])))
        return ListMatcher(found) if found else NullMatcher()


class Locator:
    """Positions of terms in documents of one segment, asked in ascending order."""

    def __init__(self, reader: Any, terms: Sequence[FieldTerm]) -> None:
        self._matchers = [m for field, text in terms if (m := _postings(reader, field, text))]

    def positions(self, document: int) -> list[int]:
        """The ascending positions of any of the terms in a document of the segment."""
        found: set[int] = set()
        for matcher in self._matchers:
            if matcher.is_active() and matcher.id() < document:
                matcher.skip_to(document)
            if matcher.is_active() and matcher.id() == document:
                found.update(matcher.value_as("positions"))
        return sorted(found)


def _postings(reader: Any, field: str, term: str) -> Any:
    try:
        return reader.postings(field, term)
    except TermNotFound:
        return None


class WhooshPhrase(_Leaf):
    """Documents with a term for each place of a phrase, as a scored query scores them."""

    def __init__(
        self,
        scored: whoosh.Query,
        places: Sequence[Sequence[FieldTerm]],
        match: Callable[[Sequence[Sequence[int]]], list[int]],
    ) -> None:
        self.scored, self.places, self.match = scored, places, match

    def matcher(self, searcher: Any, context: Any = None) -> Matcher:
        child = self.scored.matcher(searcher, context)
        if not child.is_active():
            return child
        locators = [Locator(searcher.reader(), terms) for terms in self.places]
        return _PhraseMatcher(child, locators, self)


class _PhraseMatcher(WrappingMatcher):  # type: ignore[misc]
    """Those documents of the child in which the terms stand right."""

    def __init__(self, child: Any, locators: Sequence[Locator], phrase: WhooshPhrase) -> None:
        super().__init__(child)
        self._locators, self._phrase = locators, phrase
        self._find()

    def _find(self) -> None:
        while self.child.is_active() and not self._stands(self.child.id()):
            self.child.next()

    def _stands(self, document: int) -> bool:
        found = (locator.positions(document) for locator in self._locators)
        return bool(self._phrase.match(list(found)))

    def next(self) -> None:
        self.child.next()
        self._find()

    def skip_to(self, id: int) -> None:  # noqa: A002 (Whoosh's name)
        if self.child.is_active() and self.child.id() < id:
            self.child.skip_to(id)
            self._find()

    def all_ids(self) -> Iterator[int]:
        while self.is_active():
            yield self.id()
            self.next()

    def replace(self, minquality: float = 0) -> Matcher:
        return self

    def supports_block_quality(self) -> bool:
        return False


class BM25(WeightingModel):  # type: ignore[misc]
    """Dalil's formula as Whoosh's matchers ask for it."""

    def scorer(self, searcher, fieldname, text, qf=1):  # type: ignore[no-untyped-def]
        """The scorer of one term of one field, with the statistics of the whole index."""
        return _Scorer(searcher, fieldname, text)


class _Scorer(WeightLengthScorer):  # type: ignore[misc]
    def __init__(self, searcher, fieldname, text) -> None:  # type: ignore[no-untyped-def]
        whole = searcher.get_parent()
        self._idf = idf(whole.doc_count_all(), whole.doc_frequency(fieldname, text))
        self._average = whole.avg_field_length(fieldname) or 1
        self.setup(searcher, fieldname, text)

    def _score(self, weight: float, length: float) -> float:
        return bm25(weight, length, self._average, self._idf)
