"""The glyphs of a page, found by the compiled kernel; where there is none, by ``glyph_reader``."""

from __future__ import annotations

import ctypes
from array import array
from dataclasses import dataclass
from itertools import accumulate, compress, count

from index.kernel import library
from index.pdf_text.calls import ADDRESS, address_of_function
from index.pdf_text.characters import Characters, em_of_font
from index.pdf_text.glyph import Glyph, Slice
from index.pdf_text.glyph_reader import LINE_ENDS, read_glyphs, text_of

_SIZE = ctypes.c_uint64
_FONT = 5
"""Numbers of a font: its size, and the first four of its matrix."""
_PLACES = ("lefts", "rights", "pens", "bases")
_INDICES = ("firsts", "lasts", "fonts_of")
_FUNCTIONS = tuple(map(address_of_function, ("FPDFText_GetFontSize", "FPDFText_GetMatrix")))
_find = library.function("dalil_page_glyphs", _SIZE, ADDRESS)


class _PageGlyphs(ctypes.Structure):
    """``PageGlyphs`` of ``glyphs.c``."""

    _fields_ = (
        *((name, ADDRESS) for name in ("page", "font_size", "matrix")),
        ("count", _SIZE),
        *((name, ADDRESS) for name in ("boxes", "origins")),
        ("kinds", ctypes.c_char_p),
        *((name, ADDRESS) for name in ("owners", "slices", "fonts", *_PLACES, *_INDICES)),
        *((name, _SIZE) for name in ("fonts_found", "turn")),
        ("level", ctypes.c_double),
        ("due", _SIZE),
    )
    fonts_found: int


@dataclass(frozen=True, slots=True)
class _Found:
    """What the kernel has found: a value for each glyph, but for owners and slices."""

    places: list[list[float]]
    """Left, right, pen and base."""
    ems: list[float]
    firsts: list[int]
    lasts: list[int]
    owners: array[int]
    """The glyph of each character, counted from 1; 0 for none."""
    slices: array[float]
    """Start and end of each character of a glyph that has several."""


def page_glyphs(page: Characters) -> list[Glyph]:
    """Return the glyphs of a page in PDFium's order."""
    return read_glyphs(page) if _find is None else _glyphs(page, _found(page, _find))


def _found(page: Characters, find: library.Function) -> _Found:
    size = len(page.codes)
    owners, slices, fonts = _zeros("I", size), _zeros("d", 2 * size), _zeros("d", _FONT * size)
    places = [_zeros("d", size) for _ in _PLACES]
    indices = [_zeros("I", size) for _ in _INDICES]
    call = _PageGlyphs(
        *(page.text_page, *_FUNCTIONS, size),
        *map(_address, (page.arrays.boxes, page.arrays.origins)),
        "".join(page.kinds).encode(),
        *map(_address, (owners, slices, fonts, *places, *indices)),
    )
    glyphs = find(ctypes.byref(call))
    firsts, lasts, fonts_of = (column[:glyphs].tolist() for column in indices)
    ends = range(_FONT, _FONT * (call.fonts_found + 1), _FONT)
    sizes = [em_of_font(*fonts[end - _FONT : end]) for end in ends]
    ems = [sizes[place] for place in fonts_of]
    columns = [column[:glyphs].tolist() for column in places]
    return _Found(columns, ems, firsts, lasts, owners, slices)


def _glyphs(page: Characters, found: _Found) -> list[Glyph]:
    kinds = [page.kinds[first] for first in found.firsts]
    texts = map(text_of, [page.codes[first] for first in found.firsts], kinds)
    of_characters = list(accumulate(map(LINE_ENDS.__contains__, page.codes)))
    lines = [of_characters[first] for first in found.firsts]
    glyphs = list(map(Glyph, texts, kinds, *found.places, found.ems, found.firsts, lines))
    for number in compress(count(), found.lasts):
        _add_slices(glyphs[number], number + 1, page, found)
    return glyphs


def _add_slices(glyph: Glyph, number: int, page: Characters, found: _Found) -> None:
    """Give a glyph that stands for several characters these characters."""
    glyph.last = found.lasts[number - 1]
    indices = range(glyph.first, glyph.last + 1)
    places = [index for index in indices if found.owners[index] == number]
    texts = [glyph.text, *(chr(page.codes[index]) for index in places[1:])]
    glyph.slices = [
        Slice(*found.slices[2 * index : 2 * index + 2], text)
        for index, text in zip(places, texts, strict=True)
    ]


def _zeros(code: str, size: int) -> array[float]:
    zeros = array(code)
    zeros.frombytes(bytes(size * zeros.itemsize))
    return zeros


def _address(values: array[float]) -> int:
    return values.buffer_info()[0]
