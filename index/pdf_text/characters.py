"""What PDFium knows of each character of a page: its code, where it stands, its size."""

from __future__ import annotations

import ctypes
import sys
from array import array
from dataclasses import dataclass
from itertools import repeat
from math import hypot
from typing import Any

from pypdfium2 import raw

from index.pdf_text.calls import ADDRESS, address_of, function
from index.pdf_text.character_arrays import CharacterArrays, read_arrays
from index.pdf_text.kinds import KIND_OF_CODE, NONE, SPACE

_DOUBLE = 8  # bytes
_UTF_32 = f"utf-32-{'le' if sys.byteorder == 'little' else 'be'}"
DEFAULT_EM = 10.0
"""The size of a font that states none, in points."""
GENERATED = "G"
"""The kind of a space or line end that PDFium made up."""


_CHARACTER = (ADDRESS, ctypes.c_int)
_Sides = ctypes.c_double * 4
_tight_box = function("FPDFText_GetCharBox", ctypes.c_int, *_CHARACTER, *[ADDRESS] * 4)
_matrix = function("FPDFText_GetMatrix", ctypes.c_int, *_CHARACTER, ADDRESS)
_font_size = function("FPDFText_GetFontSize", ctypes.c_double, *_CHARACTER)
_object = function("FPDFText_GetTextObject", ADDRESS, *_CHARACTER)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in points, y upwards."""

    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True, slots=True)
class Characters:
    """The characters of a page in PDFium's order: columns with one value for each of them.

    Codes are Unicode values, 0 for what is no character, with their kinds. Positions are in
    points, y upwards. ``lefts`` to ``tops`` are PDFium's loose boxes, as wide as the advance and
    as high as the font, ``xs`` and ``ys`` the origins. The page has to stay open.
    """

    text_page: int
    arrays: CharacterArrays
    """What the columns were made of."""
    codes: list[int]
    kinds: list[str]
    lefts: array[float]
    bottoms: array[float]
    rights: array[float]
    tops: array[float]
    xs: array[float]
    ys: array[float]

    def text(self) -> str:
        """Return all of them; a half of a surrogate pair stays one."""
        return array("I", self.codes).tobytes().decode(_UTF_32, "surrogatepass")

    def drop(self, index: int) -> None:
        """Let a character be none."""
        self.codes[index], self.kinds[index] = 0, NONE

    def between(self, start: int, end: int) -> str:
        """Return the kinds of the characters between two; ``G`` for a space that PDFium made up."""
        return "".join(
            GENERATED if kind == SPACE and self.lefts[index] == self.rights[index] else kind
            for index, kind in enumerate(self.kinds[start + 1 : end], start + 1)
        )

    def ink(self, index: int) -> Box:
        """Return the tight box of a character."""
        values = _Sides()
        start = ctypes.addressof(values)
        _tight_box(self.text_page, index, *range(start, start + 4 * _DOUBLE, _DOUBLE))
        left, right, bottom, top = values
        return Box(left, bottom, right, top)

    def font(self, index: int) -> tuple[float, float, float]:
        """Return the size of the font in points, and the direction of the line as a vector."""
        matrix = raw.FS_MATRIX()
        _matrix(self.text_page, index, ctypes.addressof(matrix))
        a, b, c, d = matrix.a, matrix.b, matrix.c, matrix.d
        return em_of_font(_font_size(self.text_page, index), a, b, c, d), a, b

    def objects(self) -> list[int | None]:
        """Return the address of the text object of each character; None if PDFium made it up."""
        return list(map(_object, repeat(self.text_page), range(len(self.codes))))


def read_characters(text_page: Any, count: int) -> Characters:
    """Read the first ``count`` characters of a text page of PDFium (its raw handle)."""
    page = address_of(text_page)
    arrays = read_arrays(page, count)
    codes = arrays.codes.tolist()
    lefts, tops, rights, bottoms = (arrays.boxes[place::4] for place in range(4))  # as in FS_RECTF
    xs, ys = arrays.origins[0::2], arrays.origins[1::2]
    kinds = list(map(KIND_OF_CODE.__getitem__, codes))
    return Characters(page, arrays, codes, kinds, lefts, bottoms, rights, tops, xs, ys)


def em_of_font(size: float, _a: float, _b: float, c: float, d: float) -> float:
    """Return the size of a font in points on the page, from that of the file and its matrix."""
    return size * (hypot(c, d) or 1.0) or DEFAULT_EM
