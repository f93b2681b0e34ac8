"""Text objects for which PDFium has no character: spaces, and letters whose text their mark has.

Chromium draws each glyph by itself, and gives the text of a letter and its marks, as ActualText, to
the mark that it draws first. PDFium then has the letter at the place of the mark, with the size of
the mark; the letter itself and all spaces are objects without text.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any

from pypdfium2 import raw

from index.pdf_text.calls import ADDRESS, address_of, function
from index.pdf_text.characters import Box, Characters
from index.pdf_text.glyph import ALL_SPACES, MARK_HEIGHT, SOME_SPACES, Glyph
from index.pdf_text.kinds import SPACE

FEW_GLYPHS, ONE_GLYPH = 4, 1.5
"""Glyphs for each object of a page: with more than few, letters are not drawn one by one; with
about one, spaces are objects too."""
MAX_OBJECTS = 200_000
"""Objects of a page that are looked through at most."""
NARROW = 0.02
"""Width of a space in points, at most: it has no ink, and PDFium measures the ink."""
_object = function("FPDFPage_GetObject", ADDRESS, ADDRESS, ctypes.c_int)
_type = function("FPDFPageObj_GetType", ctypes.c_int, ADDRESS)
_bounds = function("FPDFPageObj_GetBounds", ctypes.c_int, *[ADDRESS] * 5)
_matrix = function("FPDFPageObj_GetMatrix", ctypes.c_int, ADDRESS, ADDRESS)


@dataclass(frozen=True, slots=True)
class _Object:
    """A text object: its ink and its origin, or the index of its first character."""

    ink: Box | None
    x: float
    y: float
    first: int | None


def add_silent(glyphs: Sequence[Glyph], characters: Characters, page: Any) -> list[Glyph]:
    """Return the glyphs of an upright page, with letters where they are, and with its spaces.

    ``page`` is PDFium's raw page.
    """
    vocal = [glyph for glyph in glyphs if glyph.is_vocal]
    raised = {glyph.first: glyph for glyph in vocal if _is_raised(glyph, characters)}
    count = raw.FPDFPage_CountObjects(page)
    if not len(glyphs) / FEW_GLYPHS < count < MAX_OBJECTS:
        return list(glyphs)
    if not raised and not _lacks_spaces(glyphs, characters):
        return list(glyphs)
    line = ALL_SPACES if len(glyphs) < ONE_GLYPH * count else SOME_SPACES
    added: list[Glyph] = []
    lifted: Glyph | None = None
    last = 0
    for one in _objects(page, count, characters):
        if one.first is not None:
            last, lifted = one.first, raised.get(one.first)
        elif one.ink is None or one.ink.right - one.ink.left < NARROW:
            added.append(Glyph(" ", SPACE, one.x, one.x, one.x, one.y, 1.0, last, line))
        elif lifted is not None:
            _put(lifted, one)
    return [*glyphs, *added]


def _is_raised(glyph: Glyph, characters: Characters) -> bool:
    """Return whether a letter with its mark has the place of the mark, and note that."""
    glyph.ink = characters.ink(glyph.first)
    glyph.is_raised = glyph.is_off(glyph.base)
    return glyph.is_raised


def _lacks_spaces(glyphs: Sequence[Glyph], characters: Characters) -> bool:
    """Return whether PDFium made up more spaces than it found."""
    return 2 * [glyph.kind for glyph in glyphs].count(SPACE) < characters.codes.count(32)


def _objects(page: Any, count: int, characters: Characters) -> Iterator[_Object]:
    """Yield the text objects of a page."""
    firsts: dict[int | None, int] = {}
    for index, address in enumerate(characters.objects()):
        firsts.setdefault(address, index)
    for address in map(_object, repeat(address_of(page)), range(count)):
        first = firsts.get(address)
        if first is not None:
            yield _Object(None, 0.0, 0.0, first)
        elif _type(address) == raw.FPDF_PAGEOBJ_TEXT:
            yield _silent(address)


def _silent(address: int) -> _Object:
    """Return an object without characters."""
    edges = (ctypes.c_float * 4)()
    start = ctypes.addressof(edges)
    _bounds(address, *range(start, start + 16, 4))
    matrix = raw.FS_MATRIX()
    _matrix(address, ctypes.addressof(matrix))
    return _Object(Box(*edges), matrix.e, matrix.f, None)


def _put(glyph: Glyph, letter: _Object) -> None:
    """Move a letter from the place of its mark to its own, if an object is a letter."""
    ink = letter.ink
    if ink and ink.bottom < letter.y + MARK_HEIGHT * glyph.em and ink.top > letter.y:
        glyph.left, glyph.right = min(letter.x, ink.left), ink.right
        glyph.pen, glyph.base = letter.x, letter.y
        glyph.ink, glyph.is_raised = ink, False
