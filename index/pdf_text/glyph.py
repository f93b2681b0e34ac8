"""Glyphs: what was drawn at one place, with all the letters that it stands for."""

from __future__ import annotations

from dataclasses import dataclass

from index.pdf_text.characters import Box

ALL_SPACES, SOME_SPACES = -1, -2
"""The lines of spaces that PDFium left out: of a page that draws each glyph by itself, so that all
are found, and of another."""
MARK_HEIGHT = 0.45
"""Height above the baseline, in em, at which no letter starts: what does is a mark."""


@dataclass(frozen=True, slots=True)
class Slice:
    """A character of a glyph that stands for several, and where its part of the box is."""

    left: float
    right: float
    char: str


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
    """The number of PDFium's line; negative if it is in none."""
    slices: list[Slice] | None = None
    """Its characters in PDFium's order, if there are several."""
    last: int = 0
    """The index of the last of them; 0 if there is one."""
    is_vocal: bool = False
    """Whether it stands for a letter and its mark."""
    ink: Box | None = None
    """What is black of such a glyph; not known of others."""
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
