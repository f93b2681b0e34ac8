"""Lines: the pieces of a row that lie in different columns or cells, in reading order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from index.pdf_text.characters import Characters
from index.pdf_text.glyph import ALL_SPACES, Glyph
from index.pdf_text.kinds import ALEFS, LTR, RTL, SPACE
from index.pdf_text.rows import Row
from index.pdf_text.spacing import with_spaces
from index.pdf_text.strokes import without_strokes

WIDE_GAP = 2.2
"""A gap that parts the cells of a row, in em, in any case…"""
GAP = 0.7
"""…and one that does where the file goes on elsewhere."""
CELL_GAP = 0.4
"""A gap without a space that parts cells where words have spaces between, in em."""
SPACES_FOUND = 0.75
"""Share of PDFium's spaces that the file has, at least, if words have spaces between."""
JUMP = 60
"""Characters in the file that lie between what stands side by side in two columns."""
REMEMBERED = 6
"""Glyphs to the left whose place in the file is compared."""
CLOSE = 0.06
"""Distance of the pens of two glyphs at one place, in em, less than: no letter is as narrow. They
are lam and alef, or a letter that is printed twice to look bold."""


@dataclass(frozen=True, slots=True)
class Line:
    """Glyphs of one row and one column, from left to right, with the spaces between words."""

    base: float
    em: float
    left: float
    right: float
    place: tuple[int, float, int]
    """Its place in reading order: by PDFium's line, downwards, then by PDFium's character."""
    glyphs: list[Glyph]
    words: tuple[int, int]
    """The number of words with right-to-left letters, and of other words with letters."""


def find_lines(rows: Sequence[Row], characters: Characters) -> list[Line]:
    """Return the lines of a page in the order of the file, which is that of reading.

    What PDFium takes for one line may be two, of which it turned the letters as a whole.
    """
    cell_gap = _cell_gap(rows, characters)
    has_all = any(ALL_SPACES in [glyph.line for glyph in row.glyphs] for row in rows)
    lines = []
    for row in rows:
        for piece in _pieces(row, cell_gap):
            glyphs = without_strokes(piece, characters)
            em = max([glyph.em for glyph in glyphs])
            spaced = with_spaces(glyphs, em, characters, has_all_spaces=has_all)
            kinds = "".join([glyph.kind for glyph in spaced])
            if kinds.strip(SPACE):
                lines.append(_line(row, em, spaced, kinds))
    return sorted(lines, key=attrgetter("place"))


def _line(row: Row, em: float, glyphs: list[Glyph], kinds: str) -> Line:
    first = min(glyphs, key=attrgetter("first"))
    if first.line < 0:
        in_file = [glyph for glyph in glyphs if glyph.line >= 0]
        first = min(in_file or glyphs, key=attrgetter("first"))
    words = kinds.split(SPACE)
    native = sum([RTL in word for word in words])
    foreign = sum([LTR in word and RTL not in word for word in words])
    place = (max(0, first.line), -row.base, first.first)
    return Line(row.base, em, glyphs[0].left, glyphs[-1].right, place, glyphs, (native, foreign))


def _cell_gap(rows: Sequence[Row], characters: Characters) -> float:
    """Return the gap without a space that parts cells, in em; any wide one if spaces are lost."""
    spaces = [glyph.kind for row in rows for glyph in row.glyphs].count(SPACE)
    return CELL_GAP if spaces > SPACES_FOUND * characters.codes.count(32) else WIDE_GAP


def _pieces(row: Row, cell_gap: float) -> Iterator[list[Glyph]]:
    """Yield the glyphs of a row by the pen's way, cut where a column or a cell ends.

    ``cell_gap`` is that without a space between, in em.
    """
    glyphs = sorted(row.glyphs, key=attrgetter("right"))
    glyphs.sort(key=attrgetter("pen"))  # in two steps, for a pair of keys costs more
    piece = glyphs[:1]
    end, pen = piece[0].right, piece[0].pen
    limit, close = min(GAP, cell_gap) * row.em, CLOSE * row.em
    for glyph in glyphs[1:]:
        gap = glyph.left - end
        if gap > limit and _parts(piece, glyph, gap / row.em, cell_gap):
            yield piece
            piece, end = [], glyph.right
        if piece and glyph.pen - pen < close:
            _add_close(piece, glyph)
        else:
            piece.append(glyph)
        end, pen = glyph.right if glyph.right > end else end, glyph.pen
    yield piece


def _parts(piece: list[Glyph], glyph: Glyph, gap: float, cell_gap: float) -> bool:
    """Return whether a gap, in em, parts a glyph from the piece on its left."""
    if gap > WIDE_GAP:
        return True
    last = piece[-1]
    if gap > GAP and all(abs(glyph.first - one.first) > JUMP for one in piece[-REMEMBERED:]):
        return True
    is_vocal = last.is_vocal or glyph.is_vocal  # PDFium loses spaces there
    return gap > cell_gap and not is_vocal and SPACE not in (last.kind, glyph.kind)


def _add_close(piece: list[Glyph], glyph: Glyph) -> None:
    """Add a glyph that is drawn where the last one is: not if it repeats it; alef left of lam."""
    last = piece[-1]
    if glyph.text == last.text and glyph.kind != SPACE:
        return
    is_lam = last.text[0] == "ل" and glyph.text[0] in ALEFS
    piece.insert(len(piece) - is_lam, glyph)
