"""Compound names: two words, the first of them a particle, that may be written as one.

عبد الحميد, Abdul Hamid, Abdulhamid.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.analysis import Term
from index.analysis.names.particles import LATIN_ARTICLES, Particle, articles_before, particle_of
from search.parsing.tokens import QueryToken, token_of_word
from search.query.query_terms import QueryTerm


def name_pairs(typed: Sequence[QueryToken]) -> Iterator[Sequence[QueryToken]]:
    """Words beside each other of which the first is a particle, with the article between them."""
    for at, first in enumerate(typed[:-1]):
        if particle_of(first.term.exact):
            parts = typed[at : at + 3]
            has_article = len(parts) > 2 and is_article(*parts[1:], joined=True)
            if has_article or parts[1].term.exact not in LATIN_ARTICLES:
                yield parts if has_article else parts[:2]


def is_article(word: QueryToken, name: QueryToken, *, joined: bool) -> bool:
    """Whether a word is the article of the next; as, an and at only if joined by a hyphen."""
    return word.term.exact in (articles_before([name.term.exact]) if joined else LATIN_ARTICLES)


def join_name(parts: Sequence[QueryToken]) -> QueryToken:
    """The parts of a name as one word."""
    text = " ".join(dict.fromkeys(part.written for part in parts))  # al-Hamid is two words
    return QueryToken(token_of_word("".join(part.term.exact for part in parts)).term, text)


def particle_term(term: Term, particle: Particle) -> QueryTerm:
    """A particle in all its spellings."""
    others = (spelling for spelling in particle.spellings if spelling != term.exact)
    return QueryTerm(term, tuple(("exact", form) for form in (term.exact, *others)), "name")


def as_equivalent(term: QueryTerm) -> QueryTerm:
    """The query term as another name for what was typed: its matches are of kind ``name``."""
    return replace(term, weakest_kind="name", is_equivalent=True)
