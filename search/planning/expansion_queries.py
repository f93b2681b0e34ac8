"""Prefixes, patterns and fuzzy words: the terms of the index that they expand to."""

from __future__ import annotations

from collections.abc import Mapping

from index.analysis import Term, Token
from index.analysis.lazy_pattern import lazy_pattern
from index.analysis.script import language_of
from index.analysis.tokenizer import HYPHENS
from search.dictionary.prefix import commonest
from search.dictionary.wildcard import SIGNS
from search.parsing import ast
from search.planning.context import QueryContext
from search.planning.term_queries import FieldScope, expansion_query
from search.query.boolean import NOTHING, all_of
from search.query.node import Query
from search.query.query_terms import QueryTerm
from search.results import Kind

_HYPHEN = lazy_pattern(f"[{HYPHENS}]")
_SIGN = lazy_pattern(f"[{SIGNS}]")
MAX_EXPANSIONS = 512
"""Terms that a prefix, a pattern or a fuzzy word may expand to: the commonest; a note says so."""


Expanded = ast.Prefix | ast.Wildcard | ast.Fuzzy
"""Clauses that stand for several terms of the index."""


def expanded_query(context: QueryContext, clause: Expanded, scope: FieldScope) -> Query | None:
    """The terms that start with a prefix, fit a pattern, or are near a word; None if no word."""
    match clause:
        case ast.Prefix(text):
            return _expanded(context, text, scope, "prefix", 0)
        case ast.Wildcard(text):
            return _wildcard_query(context, text, scope)
        case ast.Fuzzy(text, distance):
            return _expanded(context, text, scope, "fuzzy", distance)


def _wildcard_query(context: QueryContext, text: str, scope: FieldScope) -> Query | None:
    """The terms that fit a pattern; words joined to it by hyphens must match as well."""
    found: list[Query] = []
    for part in context.fitting([part for part in _HYPHEN.split(text) if part]):
        if _SIGN.search(part) and context.may_expand():
            found.append(_pattern_query(context, part, scope))
        else:
            found += [_as_typed(context, text, token, scope) for token in context.tokens(part)]
    return all_of(found)


def _pattern_query(context: QueryContext, pattern: str, scope: FieldScope) -> Query:
    counts = context.expander.dictionary.fitting(pattern)
    _note_bound(context, pattern, len(counts))
    term = Term(pattern, pattern, None, language_of(pattern))
    words = commonest(counts, MAX_EXPANSIONS)
    return any_term_query(context, pattern, term, words, "prefix", scope)


def _note_bound(context: QueryContext, typed: str, found: int) -> None:
    """Note that a word expands to no term, or to more than are searched."""
    if not found:
        context.note(f"no document has {typed}")
    if found > MAX_EXPANSIONS:
        context.note(
            f"{typed} stands for more than {MAX_EXPANSIONS} words: "
            "the commonest of them are searched"
        )


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
    _note_bound(context, typed, found)
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
        return dictionary.commonest_starting_with(term.folded, MAX_EXPANSIONS)
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
