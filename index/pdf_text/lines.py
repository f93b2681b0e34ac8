"""Lines: the pieces of a row that lie in different columns or cells, in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter

from index.pdf_text.characters import Characters
from index.pdf_text.glyph import ALL_SPACES, Glyph
from index.pdf_text.kinds import ALEFS, LTR, RTL, SPACE
from index.pdf_text.overprint import is_copy
from index.pdf_text.rows import Row
from index.pdf_text.spacing import with_spaces
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


@dataclass(frozen=True, slots=True)
class Line:
    """Glyphs of one row and one column, from left to right, with the spaces between words."""

    base: float
    em: float
    left: float
    right: float
    first: int
    """The index of its first character in PDFium's order."""
    glyphs: list[Glyph]
    words: tuple[int, int]
    """The number of words with right-to-left letters, and of other words with letters."""


def find_lines(rows: Iterable[Row], characters: Characters) -> list[Line]:
    """Return the lines of a page in the order of the file, which is that of reading."""
    rows = list(rows)
    has_all = any(glyph.line == ALL_SPACES for row in rows for glyph in row.glyphs)
    lines = []
    for row in rows:
        for piece in _pieces(row):
            glyphs = without_strokes(piece, characters)
            em = max(glyph.em for glyph in glyphs)
            if any(glyph.kind != SPACE for glyph in glyphs):
                spaced = with_spaces(glyphs, em, characters, has_all_spaces=has_all)
                lines.append(_line(row, em, spaced))
    return sorted(lines, key=attrgetter("first"))


def _line(row: Row, em: float, glyphs: list[Glyph]) -> Line:
    """Return the line of glyphs with spaces between, of which the first and last are none."""
    return Line(
        row.base,
        em,
        min(glyph.left for glyph in glyphs),
        max(glyph.right for glyph in glyphs),
        min(glyph.first for glyph in glyphs if glyph.first >= 0),
        glyphs,
        _words(glyphs),
    )


def _words(glyphs: Iterable[Glyph]) -> tuple[int, int]:
    """Return the number of words with right-to-left letters, and of other words with letters."""
    words = "".join(glyph.kind for glyph in glyphs).split(SPACE)
    right = sum(RTL in word for word in words)
    return right, sum(LTR in word for word in words if RTL not in word)


def _pieces(row: Row) -> Iterator[list[Glyph]]:
    """Yield the glyphs of a row by the pen's way, cut where a column or a cell ends."""
    glyphs = sorted(row.glyphs, key=attrgetter("pen", "right"))
    piece: list[Glyph] = []
    end, limit = glyphs[0].right, GAP * row.em
    for glyph in glyphs:
        gap = glyph.left - end
        if gap > limit and (gap > WIDE_GAP * row.em or _jumps(glyph, piece)):
            yield _alefs_left(piece)
            piece, end = [], glyph.right
        end = max(end, glyph.right)
        if not (piece and is_copy(glyph, piece[-1])):
            piece.append(glyph)
    yield _alefs_left(piece)


def _jumps(glyph: Glyph, piece: list[Glyph]) -> bool:
    return all(abs(glyph.first - other.first) > JUMP for other in piece[-REMEMBERED:])


def _alefs_left(glyphs: list[Glyph]) -> list[Glyph]:
    """Return the glyphs with the alef of a lam-alef of two glyphs on its left."""
    for place, (lam, alef) in enumerate(pairwise(glyphs)):
        is_pair = lam.text[0] == "ل" and alef.text[0] in ALEFS
        if is_pair and alef.pen - lam.pen < ONE_PLACE * lam.em:
            glyphs[place], glyphs[place + 1] = alef, lam
    return glyphs
