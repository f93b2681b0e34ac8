"""Scored queries for the terms of one word, over the fields that a clause searches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from index.analysis import Term
from index.schema import PREFIXES
from search.query.boolean import OrQuery
from search.query.node import Query
from search.query.terms import TermQuery, TermSetQuery
from search.ranking.bm25 import FUZZY_WEIGHT, PREFIX_WEIGHT, WEIGHTS
from search.results import Kind

TITLE = ("title_",)
"""The fields that ``title:`` searches."""


@dataclass(frozen=True, slots=True)
class FieldScope:
    """The fields that a clause searches."""

    prefixes: tuple[str, ...] = PREFIXES
    """Of `index.schema.PREFIXES`."""
    name: bool = False
    """Whether its words are names, whatever they look like."""

    @property
    def body(self) -> bool:
        """Whether bodies are searched."""
        return "" in self.prefixes

    def fields(self, form: str) -> list[str]:
        """The fields of the index for ``stem`` or ``exact``."""
        return [prefix + form for prefix in self.prefixes]


def field_queries(form: str, text: str, scope: FieldScope, weight: float) -> list[Query]:
    """A term in each field of the scope."""
    return [TermQuery(field, text, weight * WEIGHTS[field]) for field in scope.fields(form)]


def term_set_queries(form: str, boosts: Mapping[str, float], scope: FieldScope) -> list[Query]:
    """Several weighted terms in each field of the scope."""
    weighted = tuple(boosts.items())
    return [TermSetQuery(field, weighted, WEIGHTS[field]) for field in scope.fields(form)]


def weighted_query(boosts: Mapping[str, float], scope: FieldScope) -> Query:
    """Any of several exact terms, each with its weight."""
    return OrQuery(tuple(term_set_queries("exact", boosts, scope)))


def expansion_query(
    term: Term, distances: Mapping[str, int], kind: Kind, scope: FieldScope
) -> Query:
    """The exact terms that a prefix or a fuzzy word expands to, with their edit distances."""
    base = PREFIX_WEIGHT if kind == "prefix" else 1.0
    weights = {
        word: 1.0 if word == term.exact else base * FUZZY_WEIGHT**distance
        for word, distance in distances.items()
    }
    return weighted_query(weights, scope)
