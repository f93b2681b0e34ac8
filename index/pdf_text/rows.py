"""Rows: the glyphs on one baseline."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from index.pdf_text.glyph import Glyph
from index.pdf_text.kinds import KINDS, MARK, RTL

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
    letters = [glyph for glyph in glyphs if glyph.kind != MARK and not glyph.is_vocal]
    letters.sort(key=attrgetter("base"), reverse=True)
    for (base, em), same in groupby(letters, key=attrgetter("base", "em")):
        if rows and rows[-1].base - base < SAME_ROW * max(em, rows[-1].em):
            rows[-1].glyphs += same
            rows[-1].em = max(rows[-1].em, em)
        else:
            rows.append(Row(base, em, list(same)))
    return _with_vocal(rows, [glyph for glyph in glyphs if glyph.is_vocal and glyph.kind != MARK])


def _with_vocal(rows: list[Row], glyphs: Sequence[Glyph]) -> list[Row]:
    """Return the rows with the glyphs that stand for a letter and its mark.

    Those at the place of a mark that another letter has below it are marks and no more: a map gives
    a mark the text of the letter with which it occurs first, and Typst gives both to each.
    """
    for glyph in glyphs:
        row = nearest_row(rows, glyph.base)
        glyph.is_raised |= row is not None and glyph.is_off(row.base)
    for glyph in sorted(glyphs, key=lambda glyph: (glyph.is_raised, -glyph.base)):
        row = nearest_row(rows, glyph.base)
        if row is None or abs(row.base - glyph.base) >= MAX_RAISE * glyph.em:
            insort(rows, Row(glyph.base, glyph.em, [glyph]), key=_downwards)
        elif glyph.is_raised and any(_is_over(glyph, other) for other in row.glyphs):
            glyph.kind, glyph.text = MARK, "".join(c for c in glyph.text if KINDS[c] == MARK)
        else:
            row.add(glyph)
    return rows


def _is_over(mark: Glyph, letter: Glyph) -> bool:
    is_letter = letter.kind == RTL and not letter.is_raised
    return is_letter and letter.left <= mark.center <= letter.right


def nearest_row(rows: Sequence[Row], base: float) -> Row | None:
    """Return the row whose baseline is nearest; None if there are none."""
    place = bisect_left(rows, -base, key=_downwards)
    near = rows[max(0, place - 1) : place + 1]
    return min(near, key=lambda row: abs(row.base - base), default=None)


def _downwards(row: Row) -> float:
    return -row.base
