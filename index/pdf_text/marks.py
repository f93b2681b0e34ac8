"""Marks behind the letters over or under which they stand."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.pdf_text.characters import Characters
from index.pdf_text.glyph import Glyph
from index.pdf_text.kinds import MARK, OTHER, RTL, SPACE
from index.pdf_text.rows import Row, nearest_row

SHADDA = "\u0651"
NEIGHBOURS = 4
"""Letters on each side of a mark that it may belong to."""


@dataclass(frozen=True, slots=True)
class _Letters:
    """The letters of a row that can have marks, from left to right, and their middles."""

    glyphs: list[Glyph]
    centers: list[float]


def attach_marks(glyphs: Iterable[Glyph], rows: Sequence[Row], characters: Characters) -> None:
    """Add each mark to the text of its letter, shadda first."""
    hung: dict[int, tuple[Glyph, list[Glyph]]] = {}
    letters: dict[float, _Letters] = {}
    for mark in [glyph for glyph in glyphs if glyph.kind == MARK]:
        row = nearest_row(rows, mark.base)
        if row is None:
            return
        if row.base not in letters:
            letters[row.base] = _letters(row)
        letter = _nearest(letters[row.base], _middle(mark, characters))
        if letter is not None:
            hung.setdefault(id(letter), (letter, []))[1].append(mark)
    for letter, marks in hung.values():
        marks.sort(key=lambda mark: (mark.text != SHADDA, mark.first))
        for mark in marks:
            letter.text += mark.text if mark.text not in letter.text else ""


def _letters(row: Row) -> _Letters:
    native = [glyph for glyph in row.glyphs if glyph.kind == RTL]
    others = native or [glyph for glyph in row.glyphs if glyph.kind not in (SPACE, OTHER)]
    letters = sorted(others, key=_center)
    return _Letters(letters, [_center(letter) for letter in letters])


def _middle(mark: Glyph, characters: Characters) -> float:
    """Return the middle of a mark's ink; of its box in a line that does not run along x."""
    if mark.base != characters.ys[mark.first]:
        return _center(mark)
    ink = characters.ink(mark.first)
    return (ink.left + ink.right) / 2


def _nearest(letters: _Letters, middle: float) -> Glyph | None:
    """Return the letter under or over a place; None if there are none."""
    place = bisect_left(letters.centers, middle)
    near = slice(max(0, place - NEIGHBOURS), place + NEIGHBOURS)
    distances = [
        _distance(letter, center, middle)
        for letter, center in zip(letters.glyphs[near], letters.centers[near], strict=True)
    ]
    return letters.glyphs[near.start + distances.index(min(distances))] if distances else None


def _center(glyph: Glyph) -> float:
    return (glyph.left + glyph.right) / 2


def _distance(letter: Glyph, center: float, middle: float) -> float:
    """Return how far a letter is from a place, outside it three times as far."""
    outside = max(letter.left - middle, middle - letter.right, 0.0)
    return 3 * outside + 0.2 * abs(center - middle)
