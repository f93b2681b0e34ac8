"""Prefixes and fuzzy words: the terms of the index that they expand to."""

from __future__ import annotations

from collections.abc import Mapping

from index.analysis import Term, Token
from search.dictionary.prefix import commonest
from search.planning.context import QueryContext
from search.planning.term_queries import FieldScope, expansion_query
from search.query.boolean import NOTHING, all_of
from search.query.node import Query
from search.query.query_terms import QueryTerm
from search.results import Kind

MAX_EXPANSIONS = 512
"""Terms that a prefix or a fuzzy word may expand to: the commonest, and a note says so."""


def prefix_query(context: QueryContext, text: str, scope: FieldScope) -> Query | None:
    """The terms that start with a prefix."""
    return _expanded(context, text, scope, "prefix", 0)


def fuzzy_query(context: QueryContext, text: str, distance: int, scope: FieldScope) -> Query | None:
    """The terms within an edit distance of a word."""
    return _expanded(context, text, scope, "fuzzy", distance)


def _expanded(
    context: QueryContext, text: str, scope: FieldScope, kind: Kind, distance: int
) -> Query | None:
    """The last word is expanded; words joined to it must match as well. None if no word."""
    tokens = context.tokens(text)
    if not tokens:
        return None
    *before, last = tokens
    if not context.may_expand():
        return all_of([_as_typed(context, text, token, scope) for token in tokens])
    typed = text + ("*" if kind == "prefix" else "~")
    found, words = _expansions(context, last.term, kind, distance)
    if found > MAX_EXPANSIONS:
        context.notes.append(
            f"{typed} stands for more than {MAX_EXPANSIONS} words: "
            "the commonest of them are searched"
        )
    parts = [_as_typed(context, text, token, scope) for token in before]
    return all_of([*parts, any_term_query(context, typed, last.term, words, kind, scope)])


def _as_typed(context: QueryContext, text: str, token: Token, scope: FieldScope) -> Query:
    term = context.expander.variants(token.term)
    context.add_target(text, [term], scope)
    return context.expander.term_query(term, scope)


def _expansions(
    context: QueryContext, term: Term, kind: Kind, distance: int
) -> tuple[int, Mapping[str, int]]:
    """How many terms a word expands to, and the commonest of them with their edit distances."""
    dictionary = context.expander.dictionary
    if kind == "prefix":
        counts = dictionary.starting_with(term.folded)
        return len(counts), commonest(counts, MAX_EXPANSIONS)
    nearest = dictionary.near(term, distance)
    return len(nearest), context.expander.commonest(nearest, MAX_EXPANSIONS)


def any_term_query(
    context: QueryContext,
    typed: str,
    term: Term,
    words: Mapping[str, int],
    kind: Kind,
    scope: FieldScope,
) -> Query:
    """Any of the terms that a word expands to, which become a target."""
    if not words:
        return NOTHING
    expanded = QueryTerm(term, tuple(("exact", word) for word in words), kind)
    context.add_target(typed, [expanded], scope)
    return expansion_query(term, words, kind, scope)
