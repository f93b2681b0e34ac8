"""Queries that combine queries, where Whoosh's own are not exact.

``Or`` of Whoosh drops documents of score 0 from small indexes and loses the boost of a
union of one, a constant score of 0 becomes 1, and ``AndNot`` lets the first document
through although it is excluded. So a filter is ``FilterQuery``, a word typed twice
``BoostQuery``, an exclusion ``ExcludeQuery``, and whatever may hold a filter joins by ``any_of``.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from whoosh import query
from whoosh.matching import (
    AndMaybeMatcher,
    AndNotMatcher,
    ListMatcher,
    Matcher,
    NullMatcher,
    WrappingMatcher,
)

NOTHING: query.Query = query.NullQuery
"""Matches no document: what a prefix stands for that no word begins with."""


class Union(query.Or):  # type: ignore[misc] # Whoosh has no types
    """Any of several queries; a document of score 0 counts."""

    matcher_type = query.Or.DEFAULT_MATCHER


def any_of(parts: Sequence[query.Query]) -> query.Query | None:
    """Any of the queries, or nothing where there are none."""
    if len(parts) < 2:
        return parts[0] if parts else None
    scored = all(type(part) in _SCORED for part in parts)
    return query.Or(list(parts)) if scored else Union(list(parts))


class TermSetQuery(query.Query):  # type: ignore[misc]
    """Any of many words of a field, each with its own weight: what a prefix stands for."""

    def __init__(self, fieldname: str, boosts: Mapping[str, float], boost: float = 1.0) -> None:
        self.fieldname, self.boosts, self.boost = fieldname, boosts, boost

    def __hash__(self) -> int:
        return hash((self.fieldname, frozenset(self.boosts.items()), self.boost))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TermSetQuery) and vars(self) == vars(other)

    def is_leaf(self) -> bool:
        """Whoosh must not look inside."""
        return True

    def union(self) -> query.Query:
        """The same as Whoosh puts it."""
        words = self.boosts.items()
        parts = [query.Term(self.fieldname, word, boost=b * self.boost) for word, b in words]
        return query.Or(parts)

    def leaves(self) -> Iterator[query.Query]:
        """The words one by one."""
        return iter(self.union().subqueries)

    def estimate_size(self, reader: Any) -> int:
        """At most as many documents as the words have together."""
        return int(self.union().estimate_size(reader))

    def matcher(self, searcher: Any, context: Any = None) -> Matcher:
        """Whoosh's way to the documents of one segment."""
        return self.union().matcher(searcher, context)


_SCORED = (query.Term, query.Or, TermSetQuery)
"""Queries whose every document scores more than 0, so that Whoosh may count it its way."""


def all_of(parts: Sequence[query.Query]) -> query.Query | None:
    """All of the queries, or nothing where there are none."""
    if len(parts) < 2:
        return parts[0] if parts else None
    return query.And(list(parts))


class ExcludeQuery(query.AndNot):  # type: ignore[misc]
    """The documents of one query that another does not match."""

    def matcher(self, searcher: Any, context: Any = None) -> Matcher:
        """Whoosh's way to the documents of one segment."""
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


class RequiredOptionalQuery(query.AndMaybe):  # type: ignore[misc]
    """The documents of one query; those that another matches too score more."""

    def matcher(self, searcher: Any, context: Any = None) -> Matcher:
        """Whoosh's way to the documents of one segment."""
        wanted = self.a.matcher(searcher, context)
        return _Preference(wanted, self.b.matcher(searcher, context))


class _Preference(AndMaybeMatcher):  # type: ignore[misc]
    def skip_to(self, id: int) -> None:  # noqa: A002 (Whoosh's name)
        """Whoosh leaves the second list behind when the first has no such document."""
        if self.a.is_active() and self.a.id() < id:
            self.a.skip_to(id)
            if self.a.is_active() and self.b.is_active() and self.b.id() < self.a.id():
                self.b.skip_to(self.a.id())


class _Wrapping(query.Query):  # type: ignore[misc]
    def __init__(self, child: query.Query) -> None:
        self.child = child

    def is_leaf(self) -> bool:
        return True

    def estimate_size(self, reader: Any) -> int:
        return int(self.child.estimate_size(reader))


class BoostQuery(_Wrapping):
    """A query whose score counts so many times."""

    def __init__(self, child: query.Query, factor: float) -> None:
        super().__init__(child)
        self.factor = factor

    def matcher(self, searcher: Any, context: Any = None) -> Matcher:
        """Whoosh's way to the documents of one segment."""
        child = self.child.matcher(searcher, context)
        return WrappingMatcher(child, boost=self.factor) if child.is_active() else child


class FilterQuery(_Wrapping):
    """The documents of a query, all with a score of 0: they pass a filter."""

    def estimate_size(self, reader: Any) -> int:
        """Not worth the time that a filter of many terms would take to say."""
        return int(reader.doc_count())

    def matcher(self, searcher: Any, context: Any = None) -> Matcher:
        """Whoosh's way to the documents of one segment."""
        found = self.child.matcher(searcher, searcher.boolean_context())
        documents = array("I", found.all_ids() if found.is_active() else ())
        return _Unscored(documents) if documents else NullMatcher()


class _Unscored(ListMatcher):  # type: ignore[misc]
    def score(self) -> float:
        return 0.0
