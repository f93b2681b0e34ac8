"""Analyze text: split it into pieces, and number the positions of their terms.

Documents and queries are analyzed by the same functions, so their terms always agree.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Container, Iterator
from dataclasses import dataclass
from itertools import accumulate

from index.analysis.chains import Piece, Term, cached_piece
from index.analysis.tokenizer import chunks, pieces

_MAX_WIDTHS = 100_000
"""Chunks whose number of words is remembered: at most 15 MB."""
_MAX_LENGTH = 64
"""Characters of a chunk that is remembered."""


@dataclass(frozen=True, slots=True)
class Token:
    """A term with its offsets and its position.

    ``start`` and ``end`` count characters of the original text and always enclose a
    complete word with its marks: every part of UN-backed has the offsets of UN-backed.
    ``position`` counts words from 0; adjacent words have consecutive positions.
    """

    term: Term
    start: int
    end: int
    position: int
    alternative: bool = False
    """Whether the term is one of ``Piece.alternatives``, in addition to a word."""


def analyze(
    text: str, start: int = 0, end: int | None = None, position: int = 0
) -> Iterator[Token]:
    """Yield the tokens of ``text[start:end]`` in order, the first word at ``position``."""
    for piece, first, last in scan(text, start, end):
        yield from _tokens(piece, first, last, position)
        position += len(piece.words)


def analyze_at(
    text: str, positions: Container[int], start: int = 0, end: int | None = None, position: int = 0
) -> Iterator[Token]:
    """Yield the tokens of :func:`analyze` at ``positions``.

    Words at other positions are counted but not analyzed. Most chunks of a text have occurred
    before: to look up how many words they have takes a tenth of the time of cutting them.
    """
    cut = chunks(text, start, len(text) if end is None else end)
    widths = map(_widths.__getitem__, map(re.Match.group, cut))
    first = [*accumulate(widths, initial=position)]
    wanted = [at for at in range(position, first[-1]) if at in positions]
    for number in dict.fromkeys(bisect_right(first, at) - 1 for at in wanted):
        tokens = analyze(text, *cut[number].span(), first[number])
        yield from (token for token in tokens if token.position in positions)


class _Widths(dict[str, int]):
    """The number of positions of each chunk, counted when it is first asked for."""

    def __missing__(self, chunk: str) -> int:
        width = sum(_position_count(raw, kind) for raw, _, _, kind in pieces(chunk))
        if len(self) >= _MAX_WIDTHS:
            self.clear()
        if len(chunk) <= _MAX_LENGTH:
            self[chunk] = width
        return width


_widths = _Widths()


def _tokens(piece: Piece, first: int, last: int, position: int) -> Iterator[Token]:
    for term in piece.alternatives:
        yield Token(term, first, last, position, alternative=True)
    for at, term in enumerate(piece.words, position):
        yield Token(term, first, last, at)


def scan(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[Piece, int, int]]:
    """Yield the pieces of ``text[start:end]`` in order, each with its start and end offset."""
    for raw, first, last, kind in pieces(text, start, end):
        yield cached_piece(raw, kind), first, last


def _position_count(raw: str, kind: str) -> int:
    """Return the number of words of a piece: 1 except for compounds and phrase ligatures."""
    if kind == "phrase" or (kind == "word" and not raw.isalpha()):
        return len(cached_piece(raw, kind).words)
    return 1
