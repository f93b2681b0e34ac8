"""Distinct strings and their numbers in the compiled kernel: a dictionary without Python objects.

A string takes its bytes and about 20 more; in a dictionary a word takes 200.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from index.codec.array_file import Array
from index.codec.term_bytes import encode_term
from index.kernel import library

_POINTER, _SIZE = ctypes.c_void_p, ctypes.c_uint64
_number_strings = library.function(
    "dalil_number_strings", ctypes.c_int64, _POINTER, ctypes.c_char_p, _POINTER, _SIZE, _POINTER
)
_move_slots = library.function("dalil_move_slots", None, _POINTER, _POINTER, _SIZE)
_MIN_STRINGS, _MIN_BYTES = 1 << 10, 1 << 14
"""Strings and bytes that fit at first; each doubles when it is full."""


class _Strings(ctypes.Structure):
    """``Strings`` of ``strings.c``."""

    _fields_ = (
        *((name, _POINTER) for name in ("slots", "starts", "bytes")),
        *((name, _SIZE) for name in ("places", "most", "room", "count", "seed")),
    )


class StringTable:
    """Strings in the order of their first lookup, which gives each its number from 0.

    Only where the kernel is: :data:`is_compiled`.
    """

    def __init__(self) -> None:
        self._table = _Strings(seed=int.from_bytes(os.urandom(8)))
        self.address = ctypes.addressof(self._table)
        """Of the ``Strings`` that functions of the kernel take."""
        self._slots, self._starts = np.zeros(0, np.uint64), np.zeros(1, np.uint32)
        self._bytes = np.zeros(0, np.uint8)
        self.reserve(_MIN_STRINGS, _MIN_BYTES)

    def __len__(self) -> int:
        """Return the number of strings."""
        return int(self._table.count)

    @property
    def size(self) -> int:
        """Bytes of all strings."""
        return int(self._starts[len(self)])

    def numbers(self, terms: Sequence[str]) -> Array:
        """Return the number of each string; a new one gets the next: uint32."""
        encoded = [*map(encode_term, terms)]
        joined = b"".join(encoded)
        ends = np.cumsum([*map(len, encoded)], dtype=np.uint32)
        self.reserve(len(encoded), len(joined))
        numbers = np.empty(len(encoded), np.uint32)
        assert _number_strings is not None  # noqa: S101 (see is_compiled)
        _number_strings(self.address, joined, ends.ctypes.data, len(encoded), numbers.ctypes.data)
        return numbers

    def encoded(self, first: int = 0) -> list[bytes]:
        """Return the strings from one number on, as bytes."""
        starts = self._starts[first : len(self) + 1]
        content = self._bytes[starts[0] : starts[-1]].tobytes()
        return [content[start:end] for start, end in pairwise((starts - starts[0]).tolist())]

    def reserve(self, strings: int, size: int) -> None:
        """Make room for a number of further strings, and for the bytes of all of them."""
        table = self._table
        most, room = len(self) + strings, self.size + size
        if most > table.most:
            self._make_places(max(most, 2 * table.most))
        if room > table.room:
            self._bytes = _extended(self._bytes, max(room, 2 * table.room))
            table.room, table.bytes = len(self._bytes), self._bytes.ctypes.data

    def grow(self) -> None:
        """Double the room."""
        self.reserve(len(self) + 1, self.size + 1)

    def _make_places(self, most: int) -> None:
        table, before = self._table, self._slots
        self._slots = np.zeros(1 << (2 * most - 1).bit_length(), np.uint64)
        self._starts = _extended(self._starts, most + 1)
        table.most, table.places = most, len(self._slots)
        table.slots, table.starts = self._slots.ctypes.data, self._starts.ctypes.data
        assert _move_slots is not None  # noqa: S101 (see is_compiled)
        _move_slots(self.address, before.ctypes.data, len(before))


def is_compiled() -> bool:
    """Whether the kernel is there, which a :class:`StringTable` needs."""
    return _number_strings is not None


def _extended(values: Array, size: int) -> Array:
    """Return a copy with room for ``size`` values, the further ones undefined."""
    extended = np.empty(size, values.dtype)
    extended[: len(values)] = values
    return extended
