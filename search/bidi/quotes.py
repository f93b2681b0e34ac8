"""Where a sentence in English quotes Arabic: each quote is a text of its own in it.

A status line says ``Dbeibah: also الدبيبة (13), Dbaiba (5)``. By the plain rules the number in
brackets belongs to the Arabic before it and is shown at its left, away from the reader who comes
from there. With each quote isolated, the sentence goes on at its right.
"""

import re
from typing import Final

from search.bidi.characters import RTL_BLOCKS, ZWJ, ZWNJ

_LETTERS: Final = rf"(?:(?![،؛؟])[{RTL_BLOCKS}])+"
_WORD: Final = rf"{_LETTERS}(?:[{ZWJ}{ZWNJ}]+{_LETTERS})*"
# What is part of a quote between two words of it; any other sign is the sentence's own.
_QUOTE: Final = re.compile(rf"{_WORD}(?:[\s\d-]+{_WORD})*")


def quotes(text: str) -> list[tuple[int, int]]:
    """Where the quotes begin and end: words of right-to-left scripts and numbers between them.

    >>> [text[a:b] for text in ("GNU: also حكومة الوحدة (1), x",) for a, b in quotes(text)]
    ['حكومة الوحدة']
    """
    return [] if text.isascii() else [quote.span() for quote in _QUOTE.finditer(text)]
