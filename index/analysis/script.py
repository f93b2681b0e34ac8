"""Which script a character belongs to, and which characters nobody sees."""

from __future__ import annotations

import unicodedata

ARABIC_BLOCKS = (
    (0x0600, 0x06FF),  # Arabic
    (0x0750, 0x077F),  # Arabic Supplement
    (0x08A0, 0x08FF),  # Arabic Extended-A
    (0xFB50, 0xFDFF),  # Presentation Forms-A
    (0xFE70, 0xFEFC),  # Presentation Forms-B, without the byte order mark at FEFF
)
"""Code points of the Arabic blocks, both ends included (Unicode 15.1, Blocks.txt)."""

TATWEEL = "\u0640"

INVISIBLE = (
    "\u00ad"  # soft hyphen
    "\u034f"  # combining grapheme joiner
    "\u061c"  # Arabic letter mark
    "\u200b\u200c\u200d\u200e\u200f"  # zero-width space, non-joiner, joiner, LRM, RLM
    "\u202a\u202b\u202c\u202d\u202e"  # embeddings and overrides
    "\u2060\u2061\u2062\u2063\u2064"  # word joiner, invisible operators
    "\u2066\u2067\u2068\u2069"  # isolates
    "\ufeff"  # byte order mark, when in the middle of a text
)
"""Characters that change how a word looks or where a line breaks, never which word it is."""


ARABIC_LETTERS = (
    "\u0620-\u063f\u0641-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06e5\u06e6\u06ee\u06ef\u06fa-\u06fc\u06ff"
    "\u0750-\u077f\u0870-\u0887\u0889-\u088e\u08a0-\u08c9\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufd8f"
    "\ufd92-\ufdc7\ufdf0-\ufdfb\ufe70-\ufe74\ufe76-\ufefc"
)
"""The letters of the Arabic script, as the inside of a character class of ``re``."""

ARABIC_MARKS = (
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
    "\u0898-\u089f\u08ca-\u08e1\u08e3-\u08ff"
)
"""The marks above and below Arabic letters, likewise."""


OTHER_MARKS = "".join(
    chr(code)
    for first, last in ((0x300, 0x5FF), (0x700, 0x30FF), (0xA66F, 0xABFF), (0xFE00, 0xFE2F))
    for code in range(first, last + 1)
    if unicodedata.category(chr(code)).startswith("M") and chr(code) not in INVISIBLE
)
"""The marks of every other living script, one by one."""


def is_arabic(char: str) -> bool:
    """Whether a character lies in one of the Arabic blocks."""
    code = ord(char)
    return any(first <= code <= last for first, last in ARABIC_BLOCKS)


def language_of(word: str) -> str:
    """``ar`` for Arabic script, ``en`` for Latin script, ``""`` for any other, by the first letter.

    Two scripts stand for the two languages that Dalil analyses: a Persian word
    counts as ``ar``, a French one as ``en``.
    """
    for char in word:
        if char.isalpha():
            if is_arabic(char):
                return "ar"
            return "en" if unicodedata.name(char, "").startswith("LATIN") else ""
    return ""
