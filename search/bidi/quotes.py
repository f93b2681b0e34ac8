"""Find the Arabic quoted in an English sentence, so that each quote can be isolated.

A status line reads ``Dbeibah: also الدبيبة (13), Dbaiba (5)``. By the plain rules of UAX #9 the
number in brackets belongs to the Arabic before it and is shown at its left. With each quote
isolated, the sentence goes on at its right.
"""

from __future__ import annotations

import re
from typing import Final

from search.bidi.characters import RTL_BLOCKS, ZWJ, ZWNJ

_LETTERS: Final = rf"(?:(?![،؛؟])[{RTL_BLOCKS}])+"
_WORD: Final = rf"{_LETTERS}(?:[{ZWJ}{ZWNJ}]+{_LETTERS})*"
# White space, digits and hyphens between two words are part of the quote; any other sign ends it.
_QUOTE: Final = re.compile(rf"{_WORD}(?:[\s\d-]+{_WORD})*")


def quotes(text: str) -> list[tuple[int, int]]:
    """Return (start, end) of each quote: words of right-to-left scripts and numbers between them.

    >>> [text[a:b] for text in ("GNU: also حكومة الوحدة (1), x",) for a, b in quotes(text)]
    ['حكومة الوحدة']
    """
    return [] if text.isascii() else [quote.span() for quote in _QUOTE.finditer(text)]
