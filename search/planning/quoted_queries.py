"""Phrases in quotes, and words and phrases as spelled."""

from __future__ import annotations

from search.parsing.tokens import query_token
from search.planning.context import QueryContext
from search.planning.phrase_queries import phrase_query, with_final_yeh
from search.planning.term_queries import FieldScope
from search.planning.word_queries import synonym_queries
from search.query.boolean import any_of
from search.query.node import Query
from search.query.query_terms import QueryTerm


def quoted_query(context: QueryContext, text: str, slop: int, scope: FieldScope) -> Query | None:
    """Words in a row, or near each other, and without a slop their synonyms as a whole."""
    tokens = context.tokens(text)
    words = [query_token(token, text) for token in tokens]
    terms = [with_final_yeh(context.builder.query_term(word, scope)) for word in words]
    found = _target_phrase(context, text, terms, [t.position for t in tokens], slop, scope)
    if found is None:
        return None
    synonyms = () if slop else context.synonyms.of_quoted(words, scope)
    return any_of([found, *synonym_queries(context, synonyms, scope)])


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
    offsets: list[int],
    slop: int,
    scope: FieldScope,
) -> Query | None:
    """Terms in a row or near each other, which become a target."""
    if terms:
        context.add_target(text, terms, scope, offsets, slop)
    return phrase_query(context.expander, terms, offsets, slop, scope)
