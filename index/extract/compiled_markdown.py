"""The text of Markdown without its marks, by the compiled kernel: as ``markdown_text`` has it.

``index/kernel/source/markdown.c`` reads the lines, and ``emphasis.c`` the marks of paragraphs.
"""

from __future__ import annotations

import ctypes
import re
from functools import cache
from typing import NamedTuple

from index.kernel.library import Function, function

_ALPHANUMERIC, _DIGIT, _WHITE = 1, 2, 4
_KNOWN = 0x10000
_MOST_OF_PARAGRAPH = 99_990
"""Classes of characters, the code points that have them, and bytes: as in ``markdown.h``."""
_ROOM = 3 * (8 + 16 * (_MOST_OF_PARAGRAPH // 2 + 1)) + 2 * 4 * (_MOST_OF_PARAGRAPH + 1)
"""Bytes of ``Paragraph`` in ``markdown.h``; only those that are used take memory."""
_WORDS = re.compile(r"[^\W_]+")


def compiled_text(body: str) -> str | None:
    """Return the text of Markdown without its marks; None where Python does the work.

    That is without a kernel, and for a paragraph of nearly 100,000 characters, for half a
    character, and for marks beside characters that are hardly ever there (beyond U+FFFF).
    """
    kernel = _kernel()
    if kernel is None:
        return None
    try:
        text = bytearray(b"\n" + body.encode())
    except UnicodeEncodeError:
        return None
    size = kernel.call(_address(text), len(text), kernel.classes, kernel.room)
    return text[1:size].decode() if size > 0 else None


class _Kernel(NamedTuple):
    call: Function
    classes: bytes
    room: int


@cache
def _kernel() -> _Kernel | None:
    pointer = ctypes.c_void_p
    call = function(
        "dalil_markdown_text", ctypes.c_int64, pointer, ctypes.c_uint64, ctypes.c_char_p, pointer
    )
    return _Kernel(call, character_classes(), _address(_room)) if call else None


_room = bytearray(_ROOM)
"""Left by every call as it was. Calls hold the interpreter's lock."""


def _address(buffer: bytearray) -> int:
    return ctypes.addressof(ctypes.c_char.from_buffer(buffer))


def character_classes() -> bytes:
    """Return the class of each character below :data:`_KNOWN`: 2 ms."""
    characters = "".join(map(chr, range(_KNOWN)))
    classes = bytearray(_KNOWN)
    for match in _WORDS.finditer(characters):
        start, end = match.span()
        classes[start:end] = bytes([_ALPHANUMERIC]) * (end - start)
        if not match[0].isalpha():
            for code in range(start, end):
                classes[code] |= _DIGIT * chr(code).isdigit()
    for match in re.finditer(r"\s", characters):
        classes[match.start()] |= _WHITE
    return bytes(classes)
