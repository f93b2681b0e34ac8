"""Kinds of characters: the classes of the bidirectional algorithm, as few as a PDF page needs."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

RTL: Final = "R"
"""A right-to-left letter (bidirectional classes R and AL), or a tatweel."""
LTR: Final = "L"
"""A left-to-right letter."""
DIGIT: Final = "D"
"""A digit, or the decimal and thousands separators of Arabic (EN, AN)."""
MARK: Final = "M"
"""A mark on a letter (NSM)."""
SPACE: Final = "S"
NONE: Final = "X"
"""No character, or one that says how others are to be ordered (LRM, RLE, FSI, …)."""
OTHER: Final = "N"
"""Punctuation, symbols, separators of numbers."""

STOP: Final = frozenset(".:؟?!")
PAUSE: Final = frozenset("،؛,;")
"""Signs after a sentence, and within one: they end a line, hardly ever start one."""
ALEFS: Final = "اأإآٱ"

RTL_LETTER: Final = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
"""A character of a block whose text runs from right to left (Hebrew to Arabic Extended-A, and the
two blocks of presentation forms)."""
MAX_REMEMBERED: Final = 20_000
"""Characters whose kinds are remembered: those of a text, but not all that a trap can have."""

_OF_CLASS: Final = {
    **dict.fromkeys(("R", "AL"), RTL),
    "L": LTR,
    **dict.fromkeys(("EN", "AN"), DIGIT),
    "NSM": MARK,
    **dict.fromkeys(("WS", "B", "S"), SPACE),
    **dict.fromkeys(("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"), NONE),
}


class _Kinds(dict[str, str]):
    """Character → kind, computed on first use: a text has few different characters."""

    def __missing__(self, char: str) -> str:
        kind = _OF_CLASS.get(unicodedata.bidirectional(char), OTHER)
        if len(self) < MAX_REMEMBERED:
            self[char] = kind
        return kind


KINDS: Final = _Kinds({"\xa0": SPACE, **dict.fromkeys("\0\u200e\u200f\u061c", NONE)})
"""The kind of a character."""


class _KindOfCode(dict[int, str]):
    """Unicode value → kind."""

    def __missing__(self, code: int) -> str:
        kind = KINDS[chr(code)]
        if len(self) < MAX_REMEMBERED:
            self[code] = kind
        return kind


KIND_OF_CODE: Final = _KindOfCode()
"""The kind of a Unicode value."""
NO_BREAK_SPACE: Final = 0xA0
"""It joins the groups of a number; other spaces and control characters are spaces."""


class _TextOfCode(dict[int, str]):
    """Unicode value → text: characters that are remembered need no memory of their own."""

    def __missing__(self, code: int) -> str:
        is_space = KIND_OF_CODE[code] == SPACE and code != NO_BREAK_SPACE
        text = " " if is_space else chr(code)
        if len(self) < MAX_REMEMBERED:
            self[code] = text
        return text


TEXT_OF_CODE: Final = _TextOfCode()
"""The text of a Unicode value; every space but one that does not break is a blank."""
