"""Glyphs: what was drawn at one place, with all the letters that it stands for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from index.pdf_text.characters import Box, Characters
from index.pdf_text.kinds import KINDS, MARK, SPACE

NEAR = 8
"""The characters of one glyph are at most so far apart in the file: PDFium turns a right-to-left
run character by character, and puts punctuation and marks between."""
FONT_RUN = 32
"""Characters on one baseline after which the font is asked for again."""
TURNED = 1e6
"""Points between the baselines of text that runs in different directions."""
TOUCHING = 0.05
"""Points by which the slices overlap into which PDFium cuts the box of a glyph, at most."""
MARK_HEIGHT = 0.45
"""Height above the baseline, in em, at which no letter starts: what does is a mark."""


@dataclass(slots=True)
class Glyph:
    """One glyph in a line that runs along x, from left to right, in points.

    It is changed while a page is put together: letters are ordered, marks added, places corrected.
    """

    text: str
    """The letters that it stands for, in logical order."""
    kind: str
    """The kind of its letters (``index.pdf_text.kinds``)."""
    left: float
    right: float
    """From the pen's place to the end of its advance, or to the end of the ink beyond."""
    pen: float
    """Where it was drawn; letters that reach over their neighbours are in order by it."""
    base: float
    """The baseline, upwards."""
    em: float
    """The size of the font."""
    first: int
    """The index of its first character in PDFium's order."""
    line: int
    """The number of PDFium's line; -1 if it is in none."""
    last: int = 0
    """The index of its last character."""
    slices: list[tuple[float, float, str]] = field(default_factory=list)
    """Each of its characters in PDFium's order, with where its part of the box starts and ends."""
    number: int = 0
    """Letters and signs are counted in PDFium's order, without marks and generated spaces."""
    is_parted: bool | None = None
    """Whether PDFium made up a space or a line end before it; None if a mark stands between."""
    ink: Box | None = None
    """What is black of a glyph that stands for a letter and its mark; not known of others."""
    is_raised: bool = False
    """Whether its place is that of the mark in it, so that its width says nothing."""

    @property
    def center(self) -> float:
        """The middle from left to right."""
        return (self.left + self.right) / 2

    def is_off(self, base: float) -> bool:
        """Return whether its ink is above or below the letters on a baseline."""
        ink = self.ink
        return ink is not None and (ink.bottom > base + MARK_HEIGHT * self.em or ink.top < base)

    @property
    def is_vocal(self) -> bool:
        """Whether it stands for a letter and its mark."""
        return len(self.text) > 1 and any(KINDS[char] == MARK for char in self.text)


@dataclass(slots=True)
class _Frame:
    """The direction and the font of the text in hand."""

    em: float = 10.0
    turn: int = 0
    """Quarter turns against the clock."""

    def along(self, box: Box) -> tuple[float, float]:
        """Return where a box starts and ends along the line."""
        return (
            (box.left, box.right),
            (box.bottom, box.top),
            (-box.right, -box.left),
            (-box.top, -box.bottom),
        )[self.turn]

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return a point as places along the line and upwards."""
        along, up = ((x, y), (y, -x), (-x, -y), (-y, x))[self.turn]
        return along, up + TURNED * self.turn


def read_glyphs(characters: Characters) -> list[Glyph]:
    """Return the glyphs of a page in PDFium's order."""
    return list(_Reader(characters).glyphs())


class _Reader:
    """Goes through the characters of a page, and puts those of one glyph together."""

    def __init__(self, characters: Characters) -> None:
        self._characters = characters
        self._frame = _Frame()
        self._level: float | None = None
        self._line = 0
        self._number = 0
        self._has_text = False
        self._is_cut, self._is_marked = True, False
        self._recent: dict[tuple[float, float, float, float], Glyph] = {}

    def glyphs(self) -> Iterator[Glyph]:
        """Yield each glyph when its first character is met; later ones are added to it."""
        page = self._characters
        columns = (page.codes, page.lefts, page.bottoms, page.rights, page.tops, page.xs, page.ys)
        for index, (code, left, bottom, right, top, x, y) in enumerate(zip(*columns, strict=True)):
            if code in (10, 13):
                self._line += self._has_text
                self._is_cut, self._has_text = True, False
                continue
            self._has_text |= 0 < code <= 0x10FFFF
            if code == 32 and left == right and bottom == top:
                self._is_cut = True
            elif 0 < code <= 0x10FFFF and x - x == y - y == left - right - (left - right):
                if y != self._level or not index % FONT_RUN:
                    self._look(index, y)
                glyph = self._glyph(index, chr(code), Box(left, bottom, right, top), (x, y))
                if glyph is not None:
                    yield glyph

    def _look(self, index: int, level: float) -> None:
        """Ask for font and direction, which hardly ever change on a line."""
        size, a, b = self._characters.font(index)
        turn = (0 if a >= 0 else 2) if abs(a) >= abs(b) else (1 if b > 0 else 3)
        self._level, self._frame = level, _Frame(size or 10.0, turn)

    def _glyph(self, index: int, char: str, box: Box, place: tuple[float, float]) -> Glyph | None:
        """Return the new glyph of a character; None if it belongs to the one before."""
        start, end = self._frame.along(box)
        key = (*place, box.bottom, box.top)
        same = self._recent.get(key)
        if same is not None and index - same.last < NEAR and _is_part(same, start, end):
            same.slices.append((start, end, char))
            same.last = index
            same.left, same.right = min(same.left, start), max(same.right, end)
            return None
        pen, base = self._frame.point(*place)
        kind = KINDS[char]
        glyph = Glyph(char, kind, start, end, pen, base, self._frame.em, index, self._line)
        glyph.slices.append((start, end, char))
        glyph.last = index
        self._recent[key] = glyph
        self._count(glyph)
        return glyph

    def _count(self, glyph: Glyph) -> None:
        if glyph.kind == MARK:
            self._is_marked = True
            return
        self._number += 1
        glyph.number = self._number
        glyph.is_parted = None if self._is_marked else self._is_cut or glyph.kind == SPACE
        self._is_cut = self._is_marked = False


def _is_part(glyph: Glyph, start: float, end: float) -> bool:
    """Return whether a box at the place of a glyph is that of the glyph, or another slice of it."""
    if (start, end) == glyph.slices[0][:2]:
        return True
    return end > start and all(
        end < left + TOUCHING or start > right - TOUCHING for left, right, _ in glyph.slices
    )
