"""Compound names: two words, one of them a particle, that may be written as one.

عبد الحميد, Abdul Hamid, Abdulhamid; نور الدين, Nur al-Din, Nureddin.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.analysis import Term
from index.analysis.names.particles import (
    FAITH,
    LATIN_ARTICLES,
    Particle,
    articles_before,
    particle_of,
)
from search.parsing.tokens import QueryToken, token_of_word
from search.query.query_terms import QueryTerm


def name_pairs(typed: Sequence[QueryToken]) -> Iterator[Sequence[QueryToken]]:
    """Words beside each other of which one is a particle, with the article between them."""
    pairs = (name_pair(typed[at : at + 3]) for at in range(len(typed) - 1))
    return (pair for pair in pairs if pair)


def name_pair(typed: Sequence[QueryToken]) -> Sequence[QueryToken]:
    """The compound name with which two or three words begin; empty if they begin with none."""
    has_article = len(typed) > 2 and is_article(*typed[1:3], joined=True)
    parts = typed[:3] if has_article else typed[:2]
    if len(parts) < 2 or parts[-1].term.exact in LATIN_ARTICLES:
        return ()
    return parts if particle_of(parts[0].term.exact) or ends_in_faith(parts) else ()


def ends_in_faith(parts: Sequence[QueryToken]) -> bool:
    """Whether words are a name and al-Din behind it."""
    first, last = parts[0].term.exact, parts[-1].term.exact
    is_bare = not particle_of(first) and first not in LATIN_ARTICLES
    return len(parts) > 1 and is_bare and last in FAITH.spellings


def bare_name(parts: Sequence[QueryToken]) -> QueryToken:
    """The part of a compound name that is a name by itself: Hamid, or Nur of Nur al-Din."""
    return parts[0] if ends_in_faith(parts) else parts[-1]


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
