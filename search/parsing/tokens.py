"""Words of a query as they were typed: capitals say what a word is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from index.analysis import Term, Token, scan
from index.analysis.tokenizer import HYPHENS

_HYPHEN = re.compile(f"[{HYPHENS}]")


class Typed(NamedTuple):
    """A word, and the letters that stand for it in the query."""

    term: Term
    written: str


class TypedPiece(NamedTuple):
    """What a piece of the query is found by, as ``index.analysis.Piece`` has it."""

    words: tuple[Typed, ...]
    also: tuple[Term, ...]


def pieces_of(text: str) -> Iterator[TypedPiece]:
    """The pieces of a text, which has no spaces."""
    for piece, start, end in scan(text):
        parts = _HYPHEN.split(text[start:end])
        if len(parts) != len(piece.words):
            parts = [text[start:end]] * len(piece.words)
        words = tuple(Typed(term, part) for term, part in zip(piece.words, parts, strict=True))
        yield TypedPiece(words, piece.also)


def words_of(text: str) -> list[Typed]:
    """The words of a text, in order."""
    return [word for piece in pieces_of(text) for word in piece.words]


def typed(token: Token, text: str) -> Typed:
    """A token of a text."""
    return Typed(token.term, text[token.start : token.end])


def word(text: str) -> Typed:
    """One word that nobody typed, as if it had been."""
    return words_of(text)[0]
