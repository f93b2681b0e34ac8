"""Lines: the pieces of a row that lie in different columns or cells, in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from index.pdf_text.glyph import Glyph
from index.pdf_text.kinds import ALEFS, LTR, RTL, SPACE
from index.pdf_text.overprint import without_copies
from index.pdf_text.rows import Row
from index.pdf_text.strokes import without_strokes

WIDE_GAP = 2.2
"""A gap that parts the cells of a row, in em, in any case…"""
GAP = 0.7
"""…and one that does where the file goes on elsewhere."""
JUMP = 60
"""Characters in the file that lie between what stands side by side in two columns."""
REMEMBERED = 6
"""Glyphs to the left whose place in the file is compared."""
ONE_PLACE = 0.05
"""Distance of the pens, in em, of lam and alef that are drawn as two glyphs at one place."""


@dataclass(slots=True)
class Line:
    """Glyphs of one row and one column, from left to right."""

    base: float
    em: float
    left: float
    right: float
    first: int
    """The index of its first character in PDFium's order."""
    glyphs: list[Glyph]
    letters: int
    """Right-to-left letters less left-to-right ones."""


def find_lines(rows: Iterable[Row]) -> list[Line]:
    """Return the lines of a page in the order of the file, which is that of reading."""
    lines = [_line(row, without_strokes(piece)) for row in rows for piece in _pieces(row)]
    return sorted((line for line in lines if line is not None), key=lambda line: line.first)


def _line(row: Row, piece: list[Glyph]) -> Line | None:
    """Return the line of a piece of a row; None for blanks."""
    if all(glyph.kind == SPACE for glyph in piece):
        return None
    kinds = [glyph.kind for glyph in piece]
    return Line(
        row.base,
        max(glyph.em for glyph in piece),
        min(glyph.left for glyph in piece),
        max(glyph.right for glyph in piece),
        min(glyph.first for glyph in piece),
        piece,
        kinds.count(RTL) - kinds.count(LTR),
    )


def _pieces(row: Row) -> Iterator[list[Glyph]]:
    """Yield the glyphs of a row by the pen's way, cut where a column or a cell ends."""
    glyphs = without_copies(
        sorted(row.glyphs, key=lambda glyph: (glyph.pen, glyph.left + glyph.right))
    )
    piece: list[Glyph] = []
    end = 0.0
    for glyph in glyphs:
        gap = min(glyph.pen, glyph.left) - end
        if piece and gap > GAP * row.em and (gap > WIDE_GAP * row.em or _jumps(glyph, piece)):
            yield _alefs_left(piece)
            piece = []
        end = max(end, glyph.right) if piece else glyph.right
        piece.append(glyph)
    if piece:
        yield _alefs_left(piece)


def _jumps(glyph: Glyph, piece: list[Glyph]) -> bool:
    return all(abs(glyph.first - other.first) > JUMP for other in piece[-REMEMBERED:])


def _alefs_left(glyphs: list[Glyph]) -> list[Glyph]:
    """Return the glyphs with the alef of a lam-alef of two glyphs on its left."""
    for place, (lam, alef) in enumerate(pairwise(glyphs)):
        is_one = alef.pen - lam.pen < ONE_PLACE * lam.em
        if is_one and lam.text[0] == "ل" and alef.text[0] in ALEFS:
            glyphs[place], glyphs[place + 1] = alef, lam
    return glyphs
