"""The text of Markdown without its marks, by the compiled kernel: as ``markdown_text`` has it.

``index/kernel/source/markdown.c`` reads the lines, and ``emphasis.c`` the marks of paragraphs.
"""

from __future__ import annotations

import ctypes
from array import array
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from index.kernel.library import Function, function

_ALPHANUMERIC, _DIGIT, _WHITE = 1, 2, 4
_KNOWN = 0x3100
_MOST_OF_PARAGRAPH = 99_990
"""Classes of characters, the code points that have them, and bytes: as in ``markdown.h``."""
_ROOM = 36 * (_MOST_OF_PARAGRAPH + 4)
"""Bytes for ``Paragraph`` in ``markdown.h``; only those that are used take memory."""
_BYTES_PER_PART = 64
"""On average, in a text that is put together from slices; with more parts it is decoded."""


def compiled_text(body: str, utf8: bytes | None = None) -> str | None:
    """Return the text of Markdown without its marks; None where Python does the work.

    That is without a kernel, and for a paragraph of nearly 100,000 characters, for half a
    character, and for marks beside characters that are hardly ever there (from U+3100 on).
    ``utf8`` are the bytes of the text if they are known.
    """
    kernel = _kernel()
    if kernel is None:
        return None
    try:
        text = bytearray(b"\n" + (body.encode() if utf8 is None else utf8))
    except UnicodeEncodeError:
        return None
    where = _address(text)
    is_in_place = kernel.drop_marks(where, len(text), kernel.classes, kernel.room)
    if is_in_place < 0:
        return None
    if is_in_place and not body.isascii():
        parts = kernel.few_parts(where + 1, len(text) - 1)
        if parts is not None:
            return "".join([body[start:end] for start, end in parts])
    return text[1 : kernel.join_kept(where, len(text))].decode()


class _Kernel(NamedTuple):
    """The functions of the kernel, and what they need besides a text."""

    drop_marks: Function
    kept_parts: Function
    join_kept: Function
    classes: bytes
    room: int

    def few_parts(self, text: int, size: int) -> Iterator[tuple[int, int]] | None:
        """Return first and last character of what is kept; None if decoding is faster."""
        parts = array("I", bytes(8 * (size // _BYTES_PER_PART + 1)))
        count = self.kept_parts(text, size, parts.buffer_info()[0], len(parts) // 2)
        return (
            zip(parts[: 2 * count : 2], parts[1 : 2 * count : 2], strict=True)
            if count >= 0
            else None
        )


@cache
def _kernel() -> _Kernel | None:
    pointer, size = ctypes.c_void_p, ctypes.c_uint64
    drop = function("dalil_drop_marks", ctypes.c_int64, pointer, size, ctypes.c_char_p, pointer)
    parts = function("dalil_kept_parts", ctypes.c_int64, pointer, size, pointer, size)
    join = function("dalil_join_kept", size, pointer, size)
    if drop is None or parts is None or join is None:
        return None
    return _Kernel(drop, parts, join, character_classes(), _address(_room))


_room = bytearray(_ROOM)
"""Left by every call as it was. Calls hold the interpreter's lock."""


def _address(buffer: bytearray) -> int:
    return ctypes.addressof(ctypes.c_char.from_buffer(buffer))


def character_classes() -> bytes:
    """Return the class of each character below :data:`_KNOWN`: 2 ms."""
    characters = "".join(map(chr, range(_KNOWN)))
    found = (map(is_one, characters) for is_one in (str.isalnum, str.isdigit, str.isspace))
    return bytes(
        word * _ALPHANUMERIC + digit * _DIGIT + white * _WHITE
        for word, digit, white in zip(*found, strict=True)
    )
