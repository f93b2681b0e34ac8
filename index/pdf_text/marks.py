"""Marks behind the letters over or under which they stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from index.pdf_text.characters import Characters
from index.pdf_text.glyph import Glyph
from index.pdf_text.kinds import MARK, OTHER, RTL, SPACE
from index.pdf_text.rows import Row, nearest_row

SHADDA = "\u0651"


def attach_marks(glyphs: Iterable[Glyph], rows: Sequence[Row], characters: Characters) -> None:
    """Add each mark to the text of its letter, shadda first."""
    hung: dict[int, tuple[Glyph, list[Glyph]]] = {}
    for mark in (glyph for glyph in glyphs if glyph.kind == MARK):
        row = nearest_row(rows, mark.base)
        if row is None:
            return
        letter = _letter(mark, row, characters)
        if letter is not None:
            hung.setdefault(id(letter), (letter, []))[1].append(mark)
    for letter, marks in hung.values():
        marks.sort(key=lambda mark: (mark.text != SHADDA, mark.first))
        for mark in marks:
            letter.text += mark.text if mark.text not in letter.text else ""


def _letter(mark: Glyph, row: Row, characters: Characters) -> Glyph | None:
    """Return the letter of a row that is nearest to the middle of a mark's ink."""
    ink = characters.ink(mark.first)
    middle = (ink.left + ink.right) / 2
    is_upright = mark.base == characters.ys[mark.first]
    middle = middle if is_upright else mark.center
    bases = [glyph for glyph in row.glyphs if glyph.kind == RTL] or [
        glyph for glyph in row.glyphs if glyph.kind not in (SPACE, OTHER)
    ]
    return min(bases, key=lambda base: _distance(base, middle), default=None)


def _distance(base: Glyph, middle: float) -> float:
    """Return how far a letter is from a place, outside it three times as far."""
    outside = max(base.left - middle, middle - base.right, 0.0)
    return 3 * outside + 0.2 * abs(base.center - middle)
