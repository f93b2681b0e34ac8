"""The parts of a name of two words, which may be written as one: عبد الحميد, Abdulhamid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.analysis import Term
from index.analysis.names.particles import ARTICLES, Head, head_of
from search.parsing.tokens import Typed, word
from search.query.query_terms import Slot


def pairs(typed: Sequence[Typed]) -> Iterator[Sequence[Typed]]:
    """Words beside each other of which the first is a head, with the article between them."""
    for at, between in enumerate(typed[1:], 1):
        size = 3 if between.term.exact in ARTICLES else 2
        if head_of(typed[at - 1].term.exact) and at - 1 + size <= len(typed):
            yield typed[at - 1 : at - 1 + size]


def joined(parts: Sequence[Typed]) -> Typed:
    """The parts as one word."""
    text = " ".join(dict.fromkeys(part.written for part in parts))  # al-Hamid is two words
    return Typed(word("".join(part.term.exact for part in parts)).term, text)


def head_slot(term: Term, head: Head) -> Slot:
    """The first word of a name that is written in two, in all its spellings."""
    others = (spelling for spelling in head.spellings if spelling != term.exact)
    return Slot(term, tuple(("exact", form) for form in (term.exact, *others)), "name")


def as_other(slot: Slot) -> Slot:
    """What nobody typed, but which stands for what somebody did."""
    return replace(slot, loosely="name", other=True)
