"""Analyze many pieces at once: their terms as columns, for an index that numbers them.

A vocabulary is analysed a list at a time, because a list can be handed to compiled code whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.analysis.chains import Piece, Term, analyze_piece
from index.analysis.roots import root_of
from index.analysis.tokenizer import kind_of

LANGUAGES = ("ar", "en", "")
"""The rows of :attr:`PieceColumns.languages`."""
CHUNK = 2048
"""Pieces that are analysed by one call: each takes two kilobytes meanwhile."""
Array = NDArray[Any]


class Column(NamedTuple):
    """The terms of many pieces in one field."""

    terms: list[str]
    """Those of the first piece, then those of the second, and so on."""
    positions: Array
    """uint32: the position of each term within its piece, from 0."""
    counts: Array
    """uint32: the number of terms of each piece."""


class PieceColumns(NamedTuple):
    """The terms of many pieces, and what else an index keeps of each piece."""

    exact: Column
    stem: Column
    """Without stop words, which have no stem."""
    root: Column
    """The roots of Arabic stems; a position has a root once, however its vowels are spelled out."""
    widths: Array
    """uint32: the number of positions of each piece."""
    languages: Array
    """uint32, three rows: the words of each piece that are Arabic, Latin, and neither."""
    cases: Array
    """int8: 1 for a piece without capitals, -1 for one with any, 0 for other scripts."""


def analyze_pieces(raws: Sequence[str]) -> PieceColumns:
    """Return the terms of some pieces (texts that are one piece each), in their order.

    >>> analyze_pieces(["والكتب", "the", "UN-backed"]).stem.terms
    ['كتب', 'unback', 'un', 'back']
    """
    parts = [_analyzed(raws[at : at + CHUNK]) for at in range(0, len(raws), CHUNK)]
    if len(parts) < 2:
        return parts[0] if parts else _interpreted(raws)
    return PieceColumns(
        _concatenated([part.exact for part in parts]),
        _concatenated([part.stem for part in parts]),
        _concatenated([part.root for part in parts]),
        np.concatenate([part.widths for part in parts]),
        np.concatenate([part.languages for part in parts], axis=1),
        np.concatenate([part.cases for part in parts]),
    )


def _concatenated(columns: Sequence[Column]) -> Column:
    return Column(
        [term for column in columns for term in column.terms],
        np.concatenate([column.positions for column in columns]),
        np.concatenate([column.counts for column in columns]),
    )


def _analyzed(raws: Sequence[str]) -> PieceColumns:
    from index.analysis import compiled  # noqa: PLC0415 (only indexing needs it)

    pieces = compiled.compiled_pieces(raws)
    if pieces is None:
        return _interpreted(raws)
    kinds, cases, widths, exact, stem, root = pieces
    languages = np.array([widths * (kinds == kind) for kind in compiled.BY_LANGUAGE], np.uint32)
    widths = widths.astype(np.uint32)
    rest = (kinds == compiled.RARE).nonzero()[0]
    if not len(rest):
        return PieceColumns(exact, stem, root, widths, languages, cases)
    more = _interpreted([raws[at] for at in rest.tolist()])
    widths[rest], languages[:, rest], cases[rest] = more.widths, more.languages, more.cases
    return PieceColumns(
        _with_rest(exact, more.exact, rest),
        _with_rest(stem, more.stem, rest),
        _with_rest(root, more.root, rest),
        widths,
        languages,
        cases,
    )


def _with_rest(column: Column, more: Column, rest: Array) -> Column:
    """Return the terms of all pieces, given those of the rest, which have none yet."""
    before = np.cumsum(column.counts, dtype=np.int64)[rest]
    places = np.repeat(before, more.counts)
    positions = np.insert(column.positions, places, more.positions)
    terms: list[str] = []
    done = 0
    for place, term in zip(places.tolist(), more.terms, strict=True):
        terms += column.terms[done:place]
        terms.append(term)
        done = place
    counts = column.counts
    counts[rest] = more.counts
    return Column(terms + column.terms[done:], positions, counts)


def _interpreted(raws: Sequence[str]) -> PieceColumns:
    pieces = [analyze_piece(raw, kind_of(raw)) for raw in raws]
    placed = [_positioned(piece) for piece in pieces]
    languages = [_languages(piece.words) for piece in pieces]
    return PieceColumns(
        _column([(term.exact, at) for term, at in terms] for terms in placed),
        _column([(term.stem, at) for term, at in terms] for terms in placed),
        _column(dict.fromkeys((root_of(term), at) for term, at in terms) for terms in placed),
        np.array([len(piece.words) for piece in pieces], np.uint32),
        np.array(languages, np.uint32).reshape(-1, len(LANGUAGES)).T,
        np.array([raw.islower() - (raw != raw.lower()) for raw in raws], np.int8),
    )


def _positioned(piece: Piece) -> list[tuple[Term, int]]:
    """Return the terms of a piece in the order of an index, each with its position."""
    return [
        *((term, 0) for term in piece.alternatives),
        *((term, at) for at, term in enumerate(piece.words)),
    ]


def _column(pieces: Iterable[Iterable[tuple[str | None, int]]]) -> Column:
    terms: list[str] = []
    positions: list[int] = []
    counts: list[int] = []
    for piece in pieces:
        kept = [(term, at) for term, at in piece if term is not None]
        terms.extend(term for term, _ in kept)
        positions.extend(at for _, at in kept)
        counts.append(len(kept))
    return Column(terms, np.array(positions, np.uint32), np.array(counts, np.uint32))


def _languages(words: Sequence[Term]) -> list[int]:
    return [sum([term.language == language for term in words]) for language in LANGUAGES]
