"""A query that is no more than a bag of words, perhaps with filters: the common case."""

from __future__ import annotations

from typing import NamedTuple

from whoosh import query as whoosh

from search.query.boolean import BoostQuery, FilterQuery, TermSetQuery, Union
from search.query.phrase import PhraseQuery


class Disjunction(NamedTuple):
    """Any of some words and phrases, of the documents that pass all of some filters."""

    terms: list[tuple[whoosh.Query, float]]
    """A word, any of some words or a phrase, and how much it weighs."""
    filters: list[whoosh.Query]


def as_disjunction(query: whoosh.Query) -> Disjunction | None:
    """The query as a bag of words; nothing for any other query."""
    if type(query) is not whoosh.And:
        terms = _terms(query, 1.0)
        return None if terms is None else Disjunction(terms, [])
    filters = [part for part in query.subqueries if type(part) is FilterQuery]
    others = [part for part in query.subqueries if type(part) is not FilterQuery]
    terms = _terms(others[0], query.boost) if len(others) == 1 else None
    return None if terms is None else Disjunction(terms, filters)


def _terms(query: whoosh.Query, weight: float) -> list[tuple[whoosh.Query, float]] | None:
    kind = type(query)
    if kind is whoosh.Term or kind is TermSetQuery:
        return [(query, weight * query.boost)]
    if kind is PhraseQuery:
        return [(query, weight)]
    if kind is BoostQuery:
        return _terms(query.child, weight * query.factor)
    if kind is not whoosh.Or and kind is not Union:
        return None
    found: list[tuple[whoosh.Query, float]] = []
    for part in query.subqueries:
        terms = _terms(part, weight * query.boost)
        if terms is None:
            return None
        found += terms
    return found
