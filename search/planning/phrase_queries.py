"""Query terms in a row as a scored query: a phrase is in the body or in the title."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.codec.title_gap import TITLE_GAP
from search.planning.term_queries import FieldScope
from search.planning.term_variants import TermExpander
from search.query.boolean import AndQuery, any_of
from search.query.node import Query
from search.query.phrase import PhraseQuery
from search.query.query_terms import QueryTerm

MAX_SLOP = TITLE_GAP
"""Distance of words that are near each other: with more, one in the text and one in the title
would be."""
NAME_SLOP = 2
"""Distance within which the words of a name stand: Abd al-Rahman has the article in it."""


def phrase_query(
    expander: TermExpander,
    terms: Sequence[QueryTerm],
    offsets: Sequence[int],
    slop: int,
    scope: FieldScope,
) -> Query | None:
    """Terms at these positions relative to each other, or with a slop near each other.

    One term is searched as such; None if there is none.
    """
    if len(terms) < 2:
        return expander.term_query(terms[0], scope) if terms else None
    scopes = [FieldScope((prefix,)) for prefix in scope.prefixes]
    return any_of([_in_one_field(expander, terms, offsets, slop, each) for each in scopes])


def _in_one_field(
    expander: TermExpander,
    terms: Sequence[QueryTerm],
    offsets: Sequence[int],
    slop: int,
    scope: FieldScope,
) -> Query:
    scored = AndQuery(tuple(expander.term_query(term, scope) for term in terms))
    places = tuple(
        tuple((scope.fields(form)[0], text) for form, text in term.field_terms) for term in terms
    )
    return PhraseQuery(scored, places, tuple(offsets), slop)


def with_final_yeh(term: QueryTerm) -> QueryTerm:
    """The term with final ى and ي alike, as inside a phrase: even على and علي."""
    spelled = term.term.exact
    if term.term.language != "ar" or spelled[-1] not in "ىي":
        return term
    other = spelled[:-1] + ("ي" if spelled[-1] == "ى" else "ى")
    own = dict.fromkeys((*term.own_terms, ("exact", other)))
    return replace(term, field_terms=(*own, *term.field_terms[len(term.own_terms) :]))
