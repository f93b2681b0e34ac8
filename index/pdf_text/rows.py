"""Rows: the glyphs on one baseline."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Sequence
from dataclasses import dataclass

from index.pdf_text.glyph import Glyph
from index.pdf_text.kinds import MARK
from index.pdf_text.overprint import is_vocal

SAME_ROW = 0.3
"""Distance of two baselines on one row, in em, less than: superscripts are as high."""
MAX_RAISE = 0.8
"""How far from the baseline a mark may be placed that stands for its letter too, in em."""


@dataclass(slots=True)
class Row:
    """Glyphs on one baseline."""

    base: float
    em: float
    glyphs: list[Glyph]

    def add(self, glyph: Glyph) -> None:
        """Add a glyph."""
        self.glyphs.append(glyph)
        self.em = max(self.em, glyph.em)


def find_rows(glyphs: Sequence[Glyph]) -> list[Row]:
    """Return the rows of a page from top to bottom; marks are in none of them."""
    rows: list[Row] = []
    letters = [glyph for glyph in glyphs if glyph.kind != MARK]
    for glyph in sorted((g for g in letters if not is_vocal(g)), key=lambda g: -g.base):
        if rows and rows[-1].base - glyph.base < SAME_ROW * max(glyph.em, rows[-1].em):
            rows[-1].add(glyph)
        else:
            rows.append(Row(glyph.base, glyph.em, [glyph]))
    return _with_vocal(rows, [glyph for glyph in letters if is_vocal(glyph)])


def _with_vocal(rows: list[Row], glyphs: Sequence[Glyph]) -> list[Row]:
    """Return the rows with the glyphs that stand for a letter and its mark."""
    for glyph in sorted(glyphs, key=lambda glyph: -glyph.base):
        row = nearest_row(rows, glyph.base)
        distance = abs(row.base - glyph.base) if row else 0.0
        if row is not None and distance < MAX_RAISE * glyph.em:
            glyph.is_raised |= distance > SAME_ROW / 3 * glyph.em
            row.add(glyph)
        else:
            insort(rows, Row(glyph.base, glyph.em, [glyph]), key=_downwards)
    return rows


def nearest_row(rows: Sequence[Row], base: float) -> Row | None:
    """Return the row whose baseline is nearest; None if there are none."""
    place = bisect_left(rows, -base, key=_downwards)
    near = rows[max(0, place - 1) : place + 1]
    return min(near, key=lambda row: abs(row.base - base), default=None)


def _downwards(row: Row) -> float:
    return -row.base
