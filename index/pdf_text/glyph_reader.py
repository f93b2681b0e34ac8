"""From characters to glyphs: those of one glyph are put together, in the direction of the line."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from index.pdf_text.characters import Characters
from index.pdf_text.glyph import Glyph, Slice
from index.pdf_text.kinds import NONE, SPACE, TEXT_OF_CODE

NEAR = 8
"""The characters of one glyph are at most so far apart in the file: PDFium turns a right-to-left
run character by character, and puts punctuation and marks between."""
FONT_RUN = 64
"""Characters on one baseline after which the font is asked for again."""
TURNED = 1e6
"""Points between the baselines of text that runs in different directions."""
TOUCHING = 0.05
"""Points by which the slices overlap into which PDFium cuts the box of a glyph, at most."""
LINE_ENDS = frozenset((10, 13))


@dataclass(frozen=True, slots=True)
class _Frame:
    """The font and the direction of text."""

    em: float
    turn: int
    """Quarter turns against the clock."""

    def box(self, page: Characters, index: int) -> tuple[float, float]:
        """Return where the box of a character starts and ends along the line."""
        match self.turn:
            case 0:
                return page.lefts[index], page.rights[index]
            case 1:
                return page.bottoms[index], page.tops[index]
            case 2:
                return -page.rights[index], -page.lefts[index]
        return -page.tops[index], -page.bottoms[index]

    def origin(self, page: Characters, index: int) -> tuple[float, float]:
        """Return the places of the origin of a character along the line and upwards."""
        x, y = page.xs[index], page.ys[index]
        along, up = ((x, y), (y, -x), (-x, -y), (-y, x))[self.turn]
        return along, up + TURNED * self.turn


def read_glyphs(page: Characters) -> list[Glyph]:
    """Return the glyphs of a page in PDFium's order."""
    return _Reader(page).read()


class _Reader:
    """Goes through the characters of a page."""

    def __init__(self, page: Characters) -> None:
        self._page = page
        self._frame = _Frame(0.0, 0)
        self._level: float | None = None
        """The height of the text whose font is known, up to a character."""
        self._due = 0

    def read(self) -> list[Glyph]:
        """Return the glyphs."""
        page = self._page
        glyphs: list[Glyph] = []
        recent: dict[float, Glyph] = {}  # by the place of its origin from the left
        lines = accumulate(map(LINE_ENDS.__contains__, page.codes))
        columns = (page.codes, page.kinds, page.lefts, page.rights, page.xs, page.ys, lines)
        for index, (code, kind, left, right, x, y, line) in enumerate(zip(*columns, strict=True)):
            if kind == NONE or (kind == SPACE and left == right):  # made up by PDFium
                continue
            same = recent.get(x)
            if same is not None and self._add(same, index, chr(code)):
                continue
            if y != self._level or index >= self._due:
                self._look(index)
            frame = self._frame
            glyph = recent[x] = Glyph(
                TEXT_OF_CODE[code], kind, left, right, x, y, frame.em, index, line
            )
            if frame.turn:
                glyph.left, glyph.right = frame.box(page, index)
                glyph.pen, glyph.base = frame.origin(page, index)
            glyphs.append(glyph)
        return glyphs

    def _add(self, glyph: Glyph, index: int, char: str) -> bool:
        """Add a character to the glyph at its place; return whether it belongs to it."""
        page, first = self._page, glyph.first
        if index - max(first, glyph.last) >= NEAR or page.ys[index] != page.ys[first]:
            return False
        start, end = self._frame.box(page, index)
        slices = glyph.slices or [Slice(*self._frame.box(page, first), glyph.text)]
        is_one = page.tops[index] == page.tops[first] and page.bottoms[index] == page.bottoms[first]
        if not is_one or not _is_part(slices, start, end):
            return False
        glyph.slices = [*slices, Slice(start, end, char)]
        glyph.left, glyph.right = min(glyph.left, start), max(glyph.right, end)
        glyph.last = index
        return True

    def _look(self, index: int) -> None:
        """Ask for font and direction, which hardly ever change on a line."""
        size, a, b = self._page.font(index)
        turn = (0 if a >= 0 else 2) if abs(a) >= abs(b) else (1 if b > 0 else 3)
        self._level, self._due = self._page.ys[index], index + FONT_RUN
        self._frame = _Frame(size, turn)


def _is_part(slices: list[Slice], start: float, end: float) -> bool:
    """Return whether a box at the place of a glyph is that of the glyph, or another slice of it."""
    if (start, end) == (slices[0].left, slices[0].right):
        return True
    return end > start and all(
        end < part.left + TOUCHING or start > part.right - TOUCHING for part in slices
    )
