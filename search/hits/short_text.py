"""Titles and names of files: short texts of which most hold no word of a query."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from index.analysis.analyzer import scan
from index.analysis.chains import Piece


class ShortText(NamedTuple):
    """A short text, cut and analysed."""

    pieces: tuple[tuple[Piece, int, int], ...]
    """As ``scan`` yields them."""
    stems: frozenset[str | None]
    exact: frozenset[str]
    """The terms of all its words."""


_MAX_KEPT = 200
"""Characters of a text that is kept: the titles of documents that a user sees again and again."""


def short_text(text: str) -> ShortText:
    """Return a text cut and analysed; the last ones are kept."""
    return _kept(text) if len(text) <= _MAX_KEPT else _analysed(text)


def _analysed(text: str) -> ShortText:
    pieces = tuple(scan(text))
    terms = [term for piece, _, _ in pieces for term in (*piece.words, *piece.alternatives)]
    return ShortText(
        pieces, frozenset(term.stem for term in terms), frozenset(term.exact for term in terms)
    )


_kept = lru_cache(1 << 11)(_analysed)
