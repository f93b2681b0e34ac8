"""Words of a query as they were typed: capitals say what a word is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from index.analysis import Term, Token, scan
from index.analysis.tokenizer import HYPHENS

_HYPHEN = re.compile(f"[{HYPHENS}]")


class QueryToken(NamedTuple):
    """A word, and the letters that stand for it in the query."""

    term: Term
    written: str


class QueryPiece(NamedTuple):
    """What a piece of the query is found by, as ``index.analysis.Piece`` has it."""

    words: tuple[QueryToken, ...]
    alternatives: tuple[Term, ...]


def query_pieces(text: str) -> Iterator[QueryPiece]:
    """The pieces of a text, which has no spaces."""
    for piece, start, end in scan(text):
        parts = _HYPHEN.split(text[start:end])
        if len(parts) != len(piece.words):
            parts = [text[start:end]] * len(piece.words)
        words = tuple(QueryToken(term, part) for term, part in zip(piece.words, parts, strict=True))
        yield QueryPiece(words, piece.alternatives)


def query_tokens(text: str) -> list[QueryToken]:
    """The words of a text, in order."""
    return [word for piece in query_pieces(text) for word in piece.words]


def query_token(token: Token, text: str) -> QueryToken:
    """A token of a text."""
    return QueryToken(token.term, text[token.start : token.end])


def token_of_word(text: str) -> QueryToken:
    """One word that nobody typed, as if it had been."""
    return query_tokens(text)[0]
