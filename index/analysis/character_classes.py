"""The classes of characters by which the kernel cuts a text, as a table by code point.

The classes are those of the tokenizer's patterns; ``index/kernel/source/pieces.c`` has the same
names. Characters outside the blocks of :data:`_BLOCKS` are ``UNSURE``: pieces with them are cut by
the patterns.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntFlag
from functools import cache
from typing import TYPE_CHECKING

from index.analysis.ligatures import PHRASE_LIGATURES
from index.analysis.normalizer import APOSTROPHES
from index.analysis.number_groups import BEGINNINGS
from index.analysis.script import (
    ARABIC_LETTERS,
    INVISIBLE,
    MARK_LIKE,
    MARKS,
    SUPERSCRIPT_DIGITS,
)

if TYPE_CHECKING:  # the screen draws its first frame without numpy
    import numpy as np
    from numpy.typing import NDArray

_BLOCKS = ((0x0000, 0x30FF), (0xFB50, 0xFEFF))
"""First and last code point of what most texts in Latin and Arabic script consist of."""
_TABLE = 1 << 16
_ALL = 0xFFFF
_SPACES = " \u00a0\u2007\u2009\u202f"
_HYPHENS = "-\u2010\u2011"
_BETWEEN = f"{_SPACES}.,٫٬/:+()\u2010\u2011\u2012\u2013-"


class CharacterClass(IntFlag):
    """What a character may be in a piece."""

    LETTER = 1 << 0
    ARABIC_FIRST = 1 << 1
    ARABIC_NEXT = 1 << 2
    MARK = 1 << 3
    HIDDEN = 1 << 4
    APOSTROPHE_SIGN = 1 << 5
    HYPHEN_SIGN = 1 << 6
    DIGIT = 1 << 7
    INITIAL = 1 << 8
    BETWEEN = 1 << 9
    BEGINNING = 1 << 10
    UNSURE = 1 << 11
    BLANK = 1 << 12
    ALPHANUMERIC = 1 << 13
    APART = 1 << 14
    LOWER = 1 << 15


@cache
def classes() -> NDArray[np.uint16]:
    """Return the classes of the first 65,536 code points."""
    import numpy as np  # noqa: PLC0415 (see above)

    table = np.full(_TABLE, CharacterClass.UNSURE.value, np.uint16)
    for first, last in _BLOCKS:
        table[first : last + 1] = _of_unicode("".join(map(chr, range(first, last + 1))))
    c = CharacterClass
    for members, flag in (
        (ARABIC_LETTERS, c.ARABIC_FIRST | c.ARABIC_NEXT),
        (MARK_LIKE, c.ARABIC_NEXT),
        (MARKS, c.ARABIC_NEXT | c.MARK),
        (INVISIBLE, c.HIDDEN),
        (APOSTROPHES, c.APOSTROPHE_SIGN),
        (BEGINNINGS, c.BEGINNING),
        (PHRASE_LIGATURES, c.UNSURE),
    ):
        table[_codes(members)] |= flag.value
    for signs, flag in ((_HYPHENS, c.HYPHEN_SIGN), (_BETWEEN, c.BETWEEN), (f"{_SPACES}-", c.APART)):
        table[[ord(sign) for sign in signs]] |= flag.value
    for members in (ARABIC_LETTERS, MARK_LIKE, PHRASE_LIGATURES, SUPERSCRIPT_DIGITS):
        table[_codes(members)] &= _ALL ^ c.LETTER.value
    both = c.HIDDEN.value | c.MARK.value
    table[(table & both) == both] |= c.UNSURE.value  # the pattern may take it for either
    return table


def _of_unicode(text: str) -> NDArray[np.uint16]:
    r"""Return the classes that ``\w``, ``\d`` and ``\s`` of ``re`` make, of each character."""
    import numpy as np  # noqa: PLC0415 (see above)

    c = CharacterClass
    classes = np.zeros(len(text), np.uint16)
    for is_one, value in (
        (str.isspace, c.BLANK),
        (str.isalnum, c.ALPHANUMERIC | c.LETTER | c.INITIAL),
        (str.isdecimal, c.ALPHANUMERIC | c.LETTER | c.DIGIT),
        ("_".__eq__, c.ALPHANUMERIC),
    ):
        classes[np.fromiter(map(is_one, text), bool, len(text))] = value.value
    classes[np.fromiter(map(str.islower, text), bool, len(text))] |= c.LOWER.value
    return classes


def _codes(members: str) -> list[int]:
    """Return the code points of the inside of a character class of ``re``."""
    return [code for first, last in _ranges(members) for code in range(first, last + 1)]


def _ranges(members: str) -> Iterator[tuple[int, int]]:
    at = 0
    while at < len(members):
        is_range = members[at + 1 : at + 2] == "-" and at + 2 < len(members)
        last = at + 2 if is_range else at
        yield ord(members[at]), ord(members[last])
        at = last + 1
