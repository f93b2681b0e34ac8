"""Phrases of names: the ways to write each of their names, as terms and a graph of these.

A name is one word or two (Abdulhamid, Abd al-Hamid), and its article is written with it or before
it, or not at all. So the words of a phrase are grouped into names, each with its layouts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import NamedTuple

from index.analysis import Term
from index.analysis.names.particles import (
    FAITH,
    FATHER,
    LATIN_ARTICLES,
    SON,
    articles_before,
    particle_of,
)
from search.names.compounds import (
    as_equivalent,
    ends_in_faith,
    is_article,
    name_pair,
    particle_term,
)
from search.parsing.tokens import QueryToken, token_of_word
from search.planning.phrase_queries import with_final_yeh
from search.planning.term_expansion import QueryTermBuilder
from search.planning.term_queries import FieldScope
from search.planning.term_variants import TermExpander
from search.query.boolean import NOTHING, BoostQuery, OrQuery, any_of
from search.query.node import Query
from search.query.phrase import GraphPhraseQuery
from search.query.phrase_graph import PhraseGraph, near_graph, row_graph
from search.query.query_terms import FieldTerm, QueryTerm
from search.ranking.bm25 import NAME_WEIGHT

_FIRST_ARABIC = "\u0600"


class NamePlace(NamedTuple):
    """A place of a layout, which one word of a text fills."""

    term: QueryTerm
    weight: float = 1.0
    """Of its score; 0 for what was not typed and says nothing."""
    may_be_left_out: bool = False


Layout = tuple[NamePlace, ...]
Name = tuple[Layout, ...]
"""The layouts of a name, or of another word of the phrase."""


class NamePhrase(NamedTuple):
    """The places of a phrase, and the orders in which they may stand."""

    places: tuple[NamePlace, ...]
    graph: PhraseGraph
    is_plain: bool
    """Whether every word has one place and no other: a phrase as any other."""

    @property
    def terms(self) -> tuple[QueryTerm, ...]:
        """The terms of the places."""
        return tuple(place.term for place in self.places)


def name_phrase(names: Sequence[Name], slop: int) -> NamePhrase:
    """The names in a row, or with a slop near each other."""
    if len(names) == 1 or not slop:
        names = [tuple(map(_trimmed, names[0])), *names[1:]]
    flags = [[[p.may_be_left_out for p in layout] for layout in name] for name in names]
    graph = near_graph(flags, slop) if slop else row_graph(flags)
    places = tuple(chain.from_iterable(chain.from_iterable(names)))
    return NamePhrase(places, graph, is_plain=len(places) == len(names))


def _trimmed(layout: Layout) -> Layout:
    """A layout at the start of a phrase, without what was not typed and may be left out there."""
    return layout[1:] if not layout[0].weight else layout


class NameGrouper:
    """Groups the words of a phrase into names."""

    def __init__(
        self, builder: QueryTermBuilder, typed: Sequence[QueryToken], scope: FieldScope
    ) -> None:
        self._builder, self._typed, self._scope = builder, typed, scope
        self._are_names = [self._is_name(word) for word in typed]
        self.are_all_names = all(
            is_name or particle_of(word.term.exact) or word.term.exact in LATIN_ARTICLES
            for word, is_name in zip(typed, self._are_names, strict=True)
        )
        """Whether the phrase has no other words than names, particles and articles."""

    def _is_name(self, word: QueryToken) -> bool:
        return not particle_of(word.term.exact) and self._builder.is_name(word, self._scope)

    def names(self) -> Iterator[Name]:
        """Yield the words of the phrase as names, each with its layouts."""
        at, after_name = 0, False
        while at < len(self._typed):
            size = self._size(at)
            parts = self._typed[at : at + size]
            is_name = size > 1 or self._are_names[at]
            yield self._layouts(parts, after_name) if is_name else (self._as_typed(parts[0]),)
            at, after_name = at + size, is_name

    def _size(self, at: int) -> int:
        """Words of the name that begins at a word: particle, article and rest, or al-Din last."""
        pair = name_pair(self._typed[at : at + 3])
        if pair and ends_in_faith(pair) and self._are_names[at]:
            return len(pair)
        end = at + 1 if particle_of(self._typed[at].term.exact) else at
        rest = self._typed[end : end + 2]
        end += len(rest) == 2 and is_article(*rest, joined=rest[0].written == rest[1].written)
        is_name = end < len(self._typed) and self._are_names[end]
        return end - at + 1 if is_name else 1

    def _as_typed(self, word: QueryToken) -> Layout:
        return (NamePlace(with_final_yeh(self._builder.query_term(word, self._scope))),)

    def _layouts(self, parts: Sequence[QueryToken], after_name: bool) -> Name:
        """The layouts of a name of one word, of an article and a word, or of a particle first."""
        if ends_in_faith(parts):
            layouts = self._with_faith(parts)
            return self._behind_son(layouts) if after_name else layouts
        *before, rest = parts
        particle = particle_of(before[0].term.exact) if before else None
        article = before[-1] if len(before) > bool(particle) else None
        name = self._with_article(self._as_typed(rest), article)
        if particle is None:
            layouts = (name, *self._as_two(rest))
            return self._behind_son(layouts) if after_name else layouts
        spelled = particle_term(before[0].term, particle).field_terms
        first = QueryTerm(before[0].term, (_own(before[0].term), *spelled), "name")
        optional = after_name and particle in (FATHER, SON)
        joined = NamePlace(self._builder.as_one(parts, self._scope), NAME_WEIGHT)
        return ((NamePlace(first, may_be_left_out=optional), *name), (joined,))

    def _with_faith(self, parts: Sequence[QueryToken]) -> Name:
        """The layouts of Nur al-Din: in two words, and as one."""
        first, *article, last = parts
        (place,) = self._as_typed(last)
        own = (*place.term.own_terms, *particle_term(last.term, FAITH).field_terms)
        others = place.term.field_terms[len(place.term.own_terms) :]
        faith = NamePlace(replace(place.term, field_terms=(*own, *others), weakest_kind="name"))
        joined = NamePlace(self._builder.as_one(parts, self._scope), NAME_WEIGHT)
        typed = article[0] if article else None
        return ((*self._as_typed(first), *self._with_article((faith,), typed)), (joined,))

    def _with_article(self, name: Layout, typed: QueryToken | None) -> Layout:
        """A name with the articles before it that the index has, or with the one typed."""
        (place,) = name
        own = _latin(place.term)
        forms = [form for form in articles_before(own) if self._holds(form)] if own else []
        if typed is not None:
            term = QueryTerm(typed.term, (_own(typed.term), *_exact(forms)), "name")
            return (NamePlace(term, may_be_left_out=True), place)
        article = token_of_word(LATIN_ARTICLES[0]).term
        return (*_untyped(article, forms), place)

    def _as_two(self, word: QueryToken) -> Iterator[Layout]:
        """A name that was typed in one word as particle and rest."""
        terms = self._builder.as_two(word, self._scope)
        if terms:
            first, rest = (NamePlace(with_final_yeh(t), NAME_WEIGHT / len(terms)) for t in terms)
            yield (first, *self._with_article((rest,), None))

    def _behind_son(self, layouts: Name) -> Name:
        """A name behind another, with بن between them."""
        if not _latin(layouts[0][-1].term):
            return layouts
        forms = [form for form in SON.spellings if self._holds(form)]
        son = _untyped(token_of_word(SON.spellings[0]).term, forms)
        return tuple((*son, *layout) for layout in layouts)

    def _holds(self, form: str) -> bool:
        return bool(self._builder.expander.dictionary.document_frequency("exact", form))


def _latin(term: QueryTerm) -> list[str]:
    """The Latin forms of a name: in Arabic its article is no word of its own."""
    return [text for _, text in term.field_terms if text < _FIRST_ARABIC]


def _own(term: Term) -> FieldTerm:
    """A typed word as it scores most."""
    return ("exact", term.exact) if term.stem is None else ("stem", term.stem)


def _exact(forms: Sequence[str]) -> tuple[FieldTerm, ...]:
    return tuple(("exact", form) for form in forms)


def _untyped(term: Term, forms: Sequence[str]) -> Layout:
    """A place for words that may stand in a name without being typed."""
    if not forms:
        return ()
    found = as_equivalent(QueryTerm(term, _exact(forms), "name"))
    return (NamePlace(found, weight=0, may_be_left_out=True),)


def graph_query(expander: TermExpander, phrase: NamePhrase, scope: FieldScope) -> Query:
    """A phrase of names in any field of the scope, scored by the terms that were typed."""
    scopes = [FieldScope((prefix,)) for prefix in scope.prefixes]
    found = any_of([_in_one_field(expander, phrase, each) for each in scopes])
    return found or NOTHING


def _in_one_field(expander: TermExpander, phrase: NamePhrase, scope: FieldScope) -> Query:
    scored = OrQuery(
        tuple(
            BoostQuery(expander.term_query(term, scope), weight)
            for term, weight, _ in phrase.places
            if weight
        )
    )
    places = tuple(
        tuple((scope.fields(form)[0], text) for form, text in term.field_terms)
        for term in phrase.terms
    )
    return GraphPhraseQuery(scored, places, phrase.graph)
