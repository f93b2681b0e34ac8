"""Analyze text: split it into pieces, and number the positions of their terms.

Documents and queries are analyzed by the same functions, so their terms always agree.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass

from index.analysis.chains import Piece, Term, cached_piece, position_count
from index.analysis.cut_text import CutText
from index.analysis.tokenizer import pieces


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
    """Return the tokens of ``text[start:end]`` in order, the first word at ``position``."""
    return numbered(scan(text, start, end), position)


def numbered(pieces: Iterable[tuple[Piece, int, int]], position: int = 0) -> Iterator[Token]:
    """Yield the tokens of the pieces of :func:`scan`, the first word at ``position``."""
    for piece, first, last in pieces:
        yield from _tokens(piece, first, last, position)
        position += len(piece.words)


def analyze_at(
    text: str, positions: Container[int], start: int = 0, end: int | None = None, position: int = 0
) -> Iterator[Token]:
    """Yield the tokens of :func:`analyze` at ``positions``.

    Words at other positions are counted but not analyzed: several times as fast for a few
    positions.
    """
    cut = CutText.of(text, start, len(text) if end is None else end)
    if cut is None:
        yield from _analyze_at(text, positions, start, end, position)
        return
    wanted = [n for n in range(len(cut)) if n + position in positions]
    for (raw, first, last, kind), at in cut.at(wanted):
        tokens = _tokens(cached_piece(raw, kind), first, last, at + position)
        yield from (token for token in tokens if token.position in positions)


def _analyze_at(
    text: str, positions: Container[int], start: int, end: int | None, position: int
) -> Iterator[Token]:
    """Yield what :func:`analyze_at` does, without the kernel."""
    for raw, first, last, kind in pieces(text, start, end):
        count = position_count(raw, kind)
        if position in positions or (
            count > 1 and any(at in positions for at in range(position, position + count))
        ):
            tokens = _tokens(cached_piece(raw, kind), first, last, position)
            yield from (token for token in tokens if token.position in positions)
        position += count


def _tokens(piece: Piece, first: int, last: int, position: int) -> Iterator[Token]:
    for term in piece.alternatives:
        yield Token(term, first, last, position, alternative=True)
    for at, term in enumerate(piece.words, position):
        yield Token(term, first, last, at)


def scan(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[Piece, int, int]]:
    """Yield the pieces of ``text[start:end]`` in order, each with its start and end offset."""
    cut = CutText.of(text, start, len(text) if end is None else end)
    found = pieces(text, start, end) if cut is None else cut.pieces()
    for raw, first, last, kind in found:
        yield cached_piece(raw, kind), first, last
