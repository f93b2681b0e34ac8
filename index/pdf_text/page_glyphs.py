"""The glyphs of a page, found by the compiled kernel; where there is none, by ``glyph_reader``."""

from __future__ import annotations

import ctypes
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import compress, count
from typing import Any

from index.kernel import library
from index.pdf_text.calls import ADDRESS, address_of_function
from index.pdf_text.characters import Characters, em_of_font
from index.pdf_text.glyph import Glyph, Slice
from index.pdf_text.glyph_reader import read_glyphs
from index.pdf_text.kinds import TEXT_OF_CODE

_SIZE = ctypes.c_uint64
_FONT = 5
"""Numbers of a font: its size, and the first four of its matrix."""
_PLACES = ("lefts", "rights", "pens", "bases")
_INDICES = ("firsts", "lasts", "fonts_of", "lines", "codes_of")
_FUNCTIONS = tuple(map(address_of_function, ("FPDFText_GetFontSize", "FPDFText_GetMatrix")))
_find = library.function("dalil_page_glyphs", _SIZE, ADDRESS)


class _PageGlyphs(ctypes.Structure):
    """``PageGlyphs`` of ``glyphs.c``."""

    _fields_ = (
        *((name, ADDRESS) for name in ("page", "font_size", "matrix")),
        ("count", _SIZE),
        *((name, ADDRESS) for name in ("boxes", "origins", "codes")),
        ("kinds", ctypes.c_char_p),
        *((name, ADDRESS) for name in ("owners", "slices", "fonts", *_PLACES, *_INDICES)),
        ("kinds_of", ADDRESS),
        *((name, _SIZE) for name in ("fonts_found", "line", "turn")),
        ("level", ctypes.c_double),
        ("due", _SIZE),
    )
    fonts_found: int


@dataclass(frozen=True, slots=True)
class _Found:
    """What the kernel has found: a value for each glyph, but for owners and slices."""

    codes: list[int]
    kinds: str
    places: list[list[float]]
    """Left, right, pen and base."""
    ems: list[float]
    firsts: list[int]
    lasts: list[int]
    lines: list[int]
    owners: array[int]
    """The glyph of each character, counted from 1; 0 for none."""
    slices: array[float]
    """Start and end of each character of a glyph that has several."""


def page_glyphs(page: Characters) -> list[Glyph]:
    """Return the glyphs of a page in PDFium's order."""
    return read_glyphs(page) if _find is None else _glyphs(page, _found(page, _find))


def _found(page: Characters, find: library.Function) -> _Found:
    size = len(page.codes)
    owners, slices, fonts = _numbers(size), _doubles(2 * size), _doubles(_FONT * size)
    places, indices = [_doubles(size) for _ in _PLACES], [_numbers(size) for _ in _INDICES]
    kinds = array("B", bytes(size))
    call = _PageGlyphs(
        *(page.text_page, *_FUNCTIONS, size),
        *_addresses(page.arrays.boxes, page.arrays.origins, page.arrays.codes),
        "".join(page.kinds).encode(),
        *_addresses(owners, slices, fonts, *places, *indices, kinds),
    )
    glyphs = find(ctypes.byref(call))
    firsts, lasts, fonts_of, lines, codes = (column[:glyphs].tolist() for column in indices)
    ends = range(_FONT, _FONT * (call.fonts_found + 1), _FONT)
    sizes = [em_of_font(*fonts[end - _FONT : end]) for end in ends]
    ems = [sizes[place] for place in fonts_of]
    columns = [column[:glyphs].tolist() for column in places]
    kinds_of = kinds[:glyphs].tobytes().decode()
    return _Found(codes, kinds_of, columns, ems, firsts, lasts, lines, owners, slices)


def _glyphs(page: Characters, found: _Found) -> list[Glyph]:
    texts: Iterable[Any] = map(TEXT_OF_CODE.__getitem__, found.codes)
    columns = (found.kinds, *found.places, found.ems, found.firsts, found.lines)
    glyphs = list(map(Glyph, texts, *columns))
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
        Slice(found.slices[2 * index], found.slices[2 * index + 1], text)
        for index, text in zip(places, texts, strict=True)
    ]


def _doubles(size: int) -> array[float]:
    return array("d", bytes(8 * size))


def _numbers(size: int) -> array[int]:
    return array("I", bytes(4 * size))


def _addresses(*arrays: array[Any]) -> list[int]:
    return [values.buffer_info()[0] for values in arrays]
