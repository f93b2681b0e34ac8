"""Text objects for which PDFium has no character: spaces, and letters whose text their mark has.

Chromium draws each glyph by itself, and gives the text of a letter and its marks, as ActualText, to
the mark that it draws first. PDFium then has the letter at the place of the mark, with the size of
the mark; the letter itself and all spaces are objects without text.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pypdfium2 import raw

from index.pdf_text.characters import Box, Characters
from index.pdf_text.glyph import ALL_SPACES, MARK_HEIGHT, SOME_SPACES, Glyph
from index.pdf_text.kinds import SPACE

FEW_GLYPHS, ONE_GLYPH = 4, 1.5
"""Glyphs for each object of a page: with more than few, letters are not drawn one by one; with
about one, spaces are objects too."""
NARROW = 0.02
"""Width of a space in points, at most: it has no ink, and PDFium measures the ink."""


@dataclass(frozen=True, slots=True)
class _Object:
    """A text object: its ink, its origin, and the index of its first character, if it has any."""

    ink: Box
    x: float
    y: float
    first: int | None


def add_silent(glyphs: Sequence[Glyph], characters: Characters, page: Any) -> list[Glyph]:
    """Return the glyphs of an upright page, with letters where they are, and with its spaces.

    ``page`` is PDFium's raw page.
    """
    vocal = [glyph for glyph in glyphs if glyph.is_vocal]
    for glyph in vocal:
        glyph.ink = characters.ink(glyph.first)
        glyph.is_raised = glyph.is_off(glyph.base)
    raised = {glyph.first: glyph for glyph in vocal if glyph.is_raised}
    per_object = len(glyphs) / (raw.FPDFPage_CountObjects(page) or 1)
    if per_object > FEW_GLYPHS or not (raised or _lacks_spaces(glyphs, characters)):
        return list(glyphs)
    line = ALL_SPACES if per_object < ONE_GLYPH else SOME_SPACES
    added: list[Glyph] = []
    lifted: Glyph | None = None
    last = 0
    for one in _objects(page, characters):
        if one.first is not None:
            last, lifted = one.first, raised.get(one.first)
        elif one.ink.right - one.ink.left < NARROW:
            added.append(Glyph(" ", SPACE, one.x, one.x, one.x, one.y, 1.0, last, line))
        elif lifted is not None:
            _put(lifted, one)
    return [*glyphs, *added]


def _lacks_spaces(glyphs: Sequence[Glyph], characters: Characters) -> bool:
    """Return whether PDFium made up more spaces than it found."""
    return 2 * sum(glyph.kind == SPACE for glyph in glyphs) < characters.codes.count(32)


def _objects(page: Any, characters: Characters) -> Iterator[_Object]:
    """Yield the text objects of a page."""
    firsts: dict[int | None, int] = {}
    for index, address in enumerate(characters.objects()):
        firsts.setdefault(address, index)
    matrix = raw.FS_MATRIX()
    edges = [ctypes.c_float() for _ in range(4)]
    for number in range(raw.FPDFPage_CountObjects(page)):
        one = raw.FPDFPage_GetObject(page, number)
        if raw.FPDFPageObj_GetType(one) != raw.FPDF_PAGEOBJ_TEXT:
            continue
        first = firsts.get(ctypes.cast(one, ctypes.c_void_p).value)
        if first is None:
            raw.FPDFPageObj_GetBounds(one, *edges)
            raw.FPDFPageObj_GetMatrix(one, matrix)
        yield _Object(Box(*(edge.value for edge in edges)), matrix.e, matrix.f, first)


def _put(glyph: Glyph, letter: _Object) -> None:
    """Move a letter from the place of its mark to its own, if an object is a letter."""
    is_letter = letter.ink.bottom < letter.y + MARK_HEIGHT * glyph.em and letter.ink.top > letter.y
    if is_letter and letter.ink.right - letter.ink.left > NARROW:
        glyph.left, glyph.right = min(letter.x, letter.ink.left), letter.ink.right
        glyph.pen, glyph.base = letter.x, letter.y
        glyph.ink, glyph.is_raised = letter.ink, False
