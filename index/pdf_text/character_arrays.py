"""The arrays that PDFium's functions fill: in one call of the kernel, or call by call."""

from __future__ import annotations

import ctypes
from array import array
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import compress, repeat
from math import isfinite
from typing import Any

from index.kernel import library
from index.pdf_text.calls import ADDRESS, address_of_function, function

_FLOAT, _DOUBLE = 4, 8  # bytes
MAX_CODE = 0x10FFFF
_CHARACTER = (ADDRESS, ctypes.c_int)
_unicode = function("FPDFText_GetUnicode", ctypes.c_uint, *_CHARACTER)
_text = function("FPDFText_GetText", ctypes.c_int, *_CHARACTER, ctypes.c_int, ADDRESS)
_origin = function("FPDFText_GetCharOrigin", ctypes.c_int, *_CHARACTER, ADDRESS, ADDRESS)
_loose_box = function("FPDFText_GetLooseCharBox", ctypes.c_int, *_CHARACTER, ADDRESS)
_map_error = function("FPDFText_HasUnicodeMapError", ctypes.c_int, *_CHARACTER)
_FUNCTIONS = tuple(
    address_of_function(f"FPDFText_{name}")
    for name in ("GetUnicode", "GetText", "GetLooseCharBox", "GetCharOrigin", "HasUnicodeMapError")
)
"""In the order of ``PageCharacters`` of ``page_characters.c``."""
_fill = library.function("dalil_page_characters", None, ADDRESS)


class _PageCharacters(ctypes.Structure):
    """``PageCharacters`` of ``page_characters.c``."""

    _fields_ = (
        *((name, ADDRESS) for name in ("page", "unicode", "text", "box", "origin", "map_error")),
        ("count", ctypes.c_uint64),
        *((name, ADDRESS) for name in ("units", "codes", "boxes", "origins", "unmapped")),
    )


@dataclass(frozen=True, slots=True)
class CharacterArrays:
    """The characters of a page, as PDFium has them."""

    codes: array[int]
    """Unicode values; 0 for what is no character, or has no finite place."""
    boxes: array[float]
    """Left, top, right and bottom of the loose box of each character, in points: float32."""
    origins: array[float]
    """x and y of each, in points: float64."""
    unmapped: list[int]
    """The indices of what is no Arabic letter, nor has a Unicode value in its font."""


def read_arrays(page: int, count: int) -> CharacterArrays:
    """Return the first ``count`` characters of a text page of PDFium (its address)."""
    return _by_call(page, count) if _fill is None else _by_kernel(page, count, _fill)


def _by_kernel(page: int, count: int, fill: library.Function) -> CharacterArrays:
    codes, boxes = array("I", bytes(4 * count)), array("f", bytes(4 * _FLOAT * count))
    origins, unmapped = array("d", bytes(2 * _DOUBLE * count)), array("B", bytes(count))
    units = array("H", bytes(2 * (count + 1)))
    filled = (units, codes, boxes, origins, unmapped)
    addresses = [each.buffer_info()[0] for each in filled]
    fill(ctypes.byref(_PageCharacters(page, *_FUNCTIONS, count, *addresses)))
    return CharacterArrays(codes, boxes, origins, list(compress(range(count), unmapped)))


def _by_call(page: int, count: int) -> CharacterArrays:
    indices = range(count)
    boxes = (ctypes.c_float * (4 * count))()
    start = ctypes.addressof(boxes)
    _call(_loose_box, page, indices, range(start, start + 4 * _FLOAT * count, 4 * _FLOAT))
    origins = (ctypes.c_double * (2 * count))()
    start = ctypes.addressof(origins)
    places = range(start, start + 2 * _DOUBLE * count, 2 * _DOUBLE)
    _call(
        _origin, page, indices, places, range(start + _DOUBLE, places.stop + _DOUBLE, 2 * _DOUBLE)
    )
    edges, points = array("f", bytes(boxes)), array("d", bytes(origins))
    codes = _codes(page, count)
    if not isfinite(sum(edges) + sum(points)) or max(codes) > MAX_CODE:
        for index in indices:
            place = (*edges[4 * index : 4 * index + 4], *points[2 * index : 2 * index + 2])
            if codes[index] > MAX_CODE or not all(map(isfinite, place)):
                codes[index] = 0
    unmapped = [
        index
        for index, code in enumerate(codes)
        if code > 0 and not 0x600 <= code <= 0x6FF and _map_error(page, index) == 1
    ]
    return CharacterArrays(array("I", codes), edges, points, unmapped)


def _codes(page: int, count: int) -> list[int]:
    """Return the Unicode value of each character: from the text, if it has one place for each."""
    buffer = (ctypes.c_uint16 * (count + 1))()
    length = _text(page, 0, count, ctypes.addressof(buffer)) - 1
    codes = buffer[:count]
    if length == count and 0 not in codes and not any(0xD800 <= code < 0xE000 for code in codes):
        return codes
    return list(map(_unicode, repeat(page), range(count)))


def map_errors(page: int, indices: Sequence[int]) -> list[str]:
    """Return those of some characters, by index, for which the fonts have no Unicode value."""
    codes = (_unicode(page, index) for index in indices if _map_error(page, index) == 1)
    return [chr(code) for code in codes if 0 < code <= MAX_CODE]


def _call(function: Callable[..., Any], page: int, *arguments: Sequence[int]) -> None:
    deque(map(function, repeat(page), *arguments), maxlen=0)
