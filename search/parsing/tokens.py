"""Words of a query as analyzed terms with the text as typed: capitals mark a name."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from index.analysis import Term, Token, scan
from index.analysis.lazy_pattern import lazy_pattern
from index.analysis.tokenizer import HYPHENS

_HYPHEN = lazy_pattern(f"[{HYPHENS}]")


class QueryToken(NamedTuple):
    """A term of the query, and the text that was typed for it."""

    term: Term
    written: str


class QueryPiece(NamedTuple):
    """The tokens of a piece of the query, with the alternatives of ``index.analysis.Piece``."""

    words: tuple[QueryToken, ...]
    alternatives: tuple[Term, ...]


def query_pieces(text: str) -> Iterator[QueryPiece]:
    """Yield the pieces of a text without spaces."""
    for piece, start, end in scan(text):
        parts = _HYPHEN.split(text[start:end])
        if len(parts) != len(piece.words):
            parts = [text[start:end]] * len(piece.words)
        words = tuple(QueryToken(term, part) for term, part in zip(piece.words, parts, strict=True))
        yield QueryPiece(words, piece.alternatives)


def query_tokens(text: str) -> list[QueryToken]:
    """Return the tokens of a text, in order."""
    return [token for piece in query_pieces(text) for token in piece.words]


def query_token(token: Token, text: str) -> QueryToken:
    """Convert an analyzed token of ``text``."""
    return QueryToken(token.term, text[token.start : token.end])


@lru_cache(1 << 12)
def token_of_word(word: str) -> QueryToken:
    """Return the token of a single word that is not part of the query text."""
    return query_tokens(word)[0]
