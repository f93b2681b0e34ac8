"""The plain words of a text, found by the compiled kernel: most pieces of most texts.

A plain word is a run of letters of one script between white space, with signs such as a comma or
a bracket around it. What is between plain words is cut by the patterns of ``tokenizer``.
"""

from __future__ import annotations

import ctypes
import re
from functools import cache

from index.analysis.ligatures import PHRASE_LIGATURES
from index.analysis.script import (
    ARABIC_LETTERS,
    INVISIBLE,
    MARK_LIKE,
    MARKS,
    SUPERSCRIPT_DIGITS,
)
from index.kernel.library import function

STRETCH, WORD, ARABIC_WORD = range(3)
"""Kinds of what was found: a stretch that is no plain word, and the plain words."""

_KNOWN = (*range(0x800), *range(0x2000, 0x2100))
"""Code points that have a class: the living alphabets up to Arabic, and the signs of print."""
_SPACE, _SIGN, _LETTER, _ARABIC, _MARK = range(1, 6)
_MAX_LENGTH = 8192
"""Characters of a text that is cut at once."""

_plain_words = function(
    "dalil_plain_words", ctypes.c_int64,
    ctypes.c_char_p, ctypes.c_char_p, ctypes.c_uint32, ctypes.c_uint32, ctypes.c_void_p,
)  # fmt: skip
_Room = ctypes.c_uint32 * (3 * (_MAX_LENGTH // 2 + 1))


def _members(inside: str) -> set[str]:
    """The characters of a class of ``re``, given its inside."""
    spans = ((span[0], span[-1]) for span in re.findall("(?s:.-.|.)", inside))
    return {chr(code) for first, last in spans for code in range(ord(first), ord(last) + 1)}


@cache
def _classes() -> bytes:
    """The class of each code point, as in the kernel; 0 for those that only patterns know.

    A slash, @, + and _ are such, because addresses and numbers begin or end with them.
    """
    arabic, marks = _members(ARABIC_LETTERS), _members(MARKS + MARK_LIKE)
    others = {*"@/+_", *INVISIBLE, *PHRASE_LIGATURES, *_members(SUPERSCRIPT_DIGITS)}

    def number(letter: str) -> int:
        if letter in others:
            return 0
        if letter in marks:
            return _MARK
        if letter.isspace():
            return _SPACE
        if not letter.isalnum():
            return _SIGN
        return _ARABIC if letter in arabic else 0 if letter.isdecimal() else _LETTER

    return bytes(number(chr(code)) for code in _KNOWN)


def plain_words(text: str, start: int, end: int) -> list[int] | None:
    """Return start, end and kind of each plain word or stretch of ``text[start:end]``, flat.

    None if patterns must cut it all: the text is long, or there is no kernel.
    """
    length = end - start
    if _plain_words is None or length > _MAX_LENGTH:
        return None
    room = _Room()
    encoded = text[start:end].encode("utf-32-le", "surrogatepass")
    count = _plain_words(_classes(), encoded, 0, length, room)
    return room[: 3 * count]
