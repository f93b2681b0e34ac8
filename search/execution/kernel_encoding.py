"""A query as bytes for the kernel: ``index/kernel/source/plan.c`` reads them.

A node is its kind and its weight, then its numbers and terms, then its children. Factors are
multiplied into the weights of the leaves.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from search.execution.kernel_addresses import IndexAddresses
from search.query.boolean import (
    AndQuery,
    BoostQuery,
    EveryQuery,
    ExcludeQuery,
    FilterQuery,
    NoQuery,
    OrQuery,
    RequiredOptionalQuery,
)
from search.query.node import Query
from search.query.phrase import PhraseQuery
from search.query.query_terms import FieldTerm
from search.query.terms import PrefixQuery, TermQuery, TermSetQuery

ANY, ALL, EXCLUDE, OPTIONAL, FILTER, EVERY, TERM, TERM_SET, PHRASE, GIVEN, PREFIX = range(11)
_node = struct.Struct("<Id").pack
"""The kind of a node and its weight."""
_parent = struct.Struct("<IdI").pack
"""A node with children: its kind, its weight, and how many they are."""
_phrase = struct.Struct("<IdII").pack
"""The head of a phrase: its kind, its weight, how many places it has, and its slop."""
_pair = struct.Struct("<II").pack
_number = struct.Struct("<I").pack
TERM_END = b"\xff"
"""Ends a term: no UTF-8 has this byte."""
_CACHE_SIZE = 4096
"""Terms, and places of phrases, whose bytes are remembered."""
_MAX_NEAR = 2
"""Places that the kernel finds near each other; more are rare, and arrays find them."""


class EncodedTerms:
    """The terms of queries over one index as bytes, of which the last are remembered.

    Raises UnknownArrays, and KeyError for a field that the index does not have.
    """

    def __init__(self, addresses: IndexAddresses) -> None:
        self.number = addresses.field_number
        self.text = lru_cache(_CACHE_SIZE)(self._text)
        self.node = lru_cache(_CACHE_SIZE)(self._node)
        self.place = lru_cache(_CACHE_SIZE)(self._place)

    def _text(self, field: str, text: str) -> bytes:
        """The number of a term's field, its bytes, and what ends it."""
        return _number(self.number(field)) + text.encode() + TERM_END

    def _node(self, field: str, text: str, weight: float) -> bytes:
        """A term as a node."""
        return _node(TERM, weight) + self.text(field, text)

    def _place(self, offset: int, terms: tuple[FieldTerm, ...]) -> bytes:
        """A place of a phrase: its offset, and the different terms that may stand there."""
        texts = [self.text(field, text) for field, text in dict.fromkeys(terms)]
        return b"".join((_pair(offset, len(texts)), *texts))


class Encoder:
    """Encodes one query. Raises UnknownArrays, KeyError (a field that the index does not have)."""

    def __init__(self, terms: EncodedTerms) -> None:
        self._terms = terms
        self.given: list[Query] = []
        """Nodes that arrays have to answer, in the order of their numbers."""

    def encode(self, query: Query, factor: float = 1.0) -> bytes:
        """The bytes of a node and of all below it."""
        encode = _ENCODERS.get(type(query), Encoder._given)
        return encode(self, query, factor)

    def _term(self, query: TermQuery, factor: float) -> bytes:
        return self._terms.node(query.field, query.text, query.boost * factor)

    def _prefix(self, query: PrefixQuery, factor: float) -> bytes:
        return _node(PREFIX, query.boost * factor) + self._terms.text(query.field, query.prefix)

    def _term_set(self, query: TermSetQuery, factor: float) -> bytes:
        ordered = sorted((text.encode(), boost) for text, boost in query.boosts)
        head = _node(TERM_SET, query.boost * factor)
        numbers = _pair(self._terms.number(query.field), len(ordered))
        weights = array("d", [boost for _, boost in ordered]).tobytes()
        return b"".join((head, numbers, weights, *[text + TERM_END for text, _ in ordered]))

    def _phrase(self, query: PhraseQuery, factor: float) -> bytes:
        if query.slop and len(query.places) != _MAX_NEAR:
            return self._given(query, factor)
        slop = max(query.slop, len(query.places) - 1) if query.slop else 0
        head = _phrase(PHRASE, 1.0, len(query.places), slop)
        places = map(self._terms.place, query.offsets, query.places)
        return b"".join((head, *places, self.encode(query.scored, factor)))

    def _given(self, query: Query, factor: float) -> bytes:
        self.given.append(query)
        return _node(GIVEN, factor) + _number(len(self.given) - 1)

    def _all(self, query: AndQuery, factor: float) -> bytes:
        return self._parent(ALL, query.parts, factor)

    def _any(self, query: OrQuery, factor: float) -> bytes:
        return self._parent(ANY, query.parts, factor)

    def _exclude(self, query: ExcludeQuery, factor: float) -> bytes:
        return self._parent(EXCLUDE, (query.wanted, query.excluded), factor)

    def _optional(self, query: RequiredOptionalQuery, factor: float) -> bytes:
        return self._parent(OPTIONAL, (query.required, query.optional), factor)

    def _filter(self, query: FilterQuery, _factor: float) -> bytes:
        return self._parent(FILTER, (query.child,), 1.0)

    def _parent(self, kind: int, children: tuple[Query, ...], factor: float) -> bytes:
        encoder, given = _ENCODERS.get, Encoder._given
        parts = [encoder(type(child), given)(self, child, factor) for child in children]
        return b"".join((_parent(kind, 1.0, len(children)), *parts))

    def _boost(self, query: BoostQuery, factor: float) -> bytes:
        return self.encode(query.child, factor * query.factor)

    def _every(self, _query: EveryQuery, factor: float) -> bytes:
        return _parent(EVERY, factor, 0)

    def _nothing(self, _query: NoQuery, _factor: float) -> bytes:
        return _parent(ANY, 1.0, 0)


_ENCODERS: dict[type, Callable[[Encoder, Any, float], bytes]] = {
    TermQuery: Encoder._term,
    TermSetQuery: Encoder._term_set,
    PrefixQuery: Encoder._prefix,
    PhraseQuery: Encoder._phrase,
    AndQuery: Encoder._all,
    OrQuery: Encoder._any,
    ExcludeQuery: Encoder._exclude,
    RequiredOptionalQuery: Encoder._optional,
    FilterQuery: Encoder._filter,
    BoostQuery: Encoder._boost,
    EveryQuery: Encoder._every,
    NoQuery: Encoder._nothing,
}
"""By the type of the node; arrays answer the others."""
