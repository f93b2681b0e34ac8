"""A query as a flat weighted disjunction, perhaps with filters: the common case."""

from __future__ import annotations

from typing import NamedTuple

from search.query.boolean import AndQuery, FilterQuery
from search.query.node import Query


class Disjunction(NamedTuple):
    """Any of some terms and phrases, of the documents that pass all of some filters."""

    terms: list[tuple[Query, float]]
    """A term, a set of terms or a phrase, and its weight."""
    filters: list[Query]


def as_disjunction(query: Query) -> Disjunction | None:
    """The query as a disjunction, or None if it is none."""
    filters: list[Query] = []
    if isinstance(query, AndQuery):
        filters = [part for part in query.parts if isinstance(part, FilterQuery)]
        others = [part for part in query.parts if not isinstance(part, FilterQuery)]
        if len(others) != 1:
            return None
        query = others[0]
    terms = query.disjuncts(1.0)
    return None if terms is None else Disjunction(terms, filters)
