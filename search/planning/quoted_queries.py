"""Phrases in quotes, and words and phrases as spelled."""

from __future__ import annotations

from collections.abc import Sequence

from index.analysis import Token
from index.analysis.lazy_pattern import lazy_pattern
from search.parsing.tokens import QueryToken, query_token
from search.planning.context import QueryContext
from search.planning.name_phrases import NameGrouper, graph_query, name_phrase
from search.planning.phrase_queries import phrase_query
from search.planning.term_queries import FieldScope
from search.planning.word_queries import synonym_queries
from search.query.boolean import NOTHING, any_of
from search.query.node import Query
from search.query.query_terms import QueryTerm

_COMMA = lazy_pattern("[,،]")
_MAX_TURNED_WORDS = 6
"""Words of a name in the order of a catalogue, family name first; a longer text is a list."""


def quoted_query(context: QueryContext, text: str, slop: int, scope: FieldScope) -> Query | None:
    """Words in a row, or near each other, and without a slop their aliases as a whole.

    Names are found in all their spellings, ``HAFTAR, Khalifa`` also as Khalifa Haftar.
    """
    tokens = context.tokens(text)
    words = [query_token(token, text) for token in tokens]
    offsets = [token.position for token in tokens]
    found = _names_query(context, text, words, offsets, slop, scope)
    if found is None:
        return None
    turned = () if slop else _turned(text, tokens)
    if turned and NameGrouper(context.builder, turned, scope).are_all_names:
        other = _names_query(context, text, turned, range(len(turned)), slop, scope)
        found = any_of([found, other or NOTHING])
    synonyms = () if slop else context.synonyms.of_quoted(words, scope)
    return any_of([found or NOTHING, *synonym_queries(context, synonyms, scope)])


def _names_query(
    context: QueryContext,
    text: str,
    words: Sequence[QueryToken],
    offsets: Sequence[int],
    slop: int,
    scope: FieldScope,
) -> Query | None:
    """The words of a phrase, its names in all their spellings; None if there are none."""
    names = list(NameGrouper(context.builder, words, scope).names())
    if not names:
        return None
    phrase = name_phrase(names, slop)
    if phrase.is_plain:
        terms = list(phrase.terms)
        return _target_phrase(context, text, terms, offsets, slop, scope)
    context.add_target(text, phrase.terms, scope, slop=slop, graph=phrase.graph)
    return graph_query(context.expander, phrase, scope)


def _turned(text: str, tokens: Sequence[Token]) -> list[QueryToken]:
    """The words of a name as a catalogue has it, in the usual order; empty without one comma."""
    commas = [match.start() for match in _COMMA.finditer(text)]
    if len(commas) != 1 or len(tokens) > _MAX_TURNED_WORDS:
        return []
    family = [query_token(token, text) for token in tokens if token.end <= commas[0]]
    given = [query_token(token, text) for token in tokens if token.start > commas[0]]
    return [*given, *map(_without_capitals, family)] if family and given else []


def _without_capitals(word: QueryToken) -> QueryToken:
    """A family name in capitals as a name, for short ones would pass for acronyms."""
    return word._replace(written=word.written.title()) if word.written.isupper() else word


def exact_query(
    context: QueryContext, text: str, scope: FieldScope, *, slop: int = 0, required: bool = True
) -> Query | None:
    """A word or a phrase as it is spelled; None for optional stop words alone."""
    tokens = context.tokens(text)
    if not (required or context.stop_words) and all(t.term.stem is None for t in tokens):
        context.dropped_stop_word |= bool(tokens)
        return None
    terms = [QueryTerm(token.term, (("exact", token.term.exact),)) for token in tokens]
    return _target_phrase(context, text, terms, [t.position for t in tokens], slop, scope)


def _target_phrase(
    context: QueryContext,
    text: str,
    terms: list[QueryTerm],
    offsets: Sequence[int],
    slop: int,
    scope: FieldScope,
) -> Query | None:
    """Terms in a row or near each other, which become a target."""
    if terms:
        context.add_target(text, terms, scope, offsets, slop)
    return phrase_query(context.expander, terms, offsets, slop, scope)
