"""Classes of characters: Arabic letters, marks, invisible characters; the script of a word."""

from __future__ import annotations

import unicodedata
from itertools import groupby

ARABIC_BLOCKS = (
    (0x0600, 0x06FF),  # Arabic
    (0x0750, 0x077F),  # Arabic Supplement
    (0x0870, 0x08FF),  # Arabic Extended-B and Extended-A
    (0xFB50, 0xFDFF),  # Presentation Forms-A
    (0xFE70, 0xFEFC),  # Presentation Forms-B, without the byte order mark at FEFF
)
"""First and last code point of each Arabic block (Unicode 15.1, Blocks.txt)."""

TATWEEL = "\u0640"

INVISIBLE = (
    "\u00ad"  # soft hyphen
    "\u034f"  # combining grapheme joiner
    "\u061c"  # Arabic letter mark
    "\u200b\u200c\u200d\u200e\u200f"  # zero-width space, non-joiner, joiner, LRM, RLM
    "\u202a\u202b\u202c\u202d\u202e"  # embeddings and overrides
    "\u2060\u2061\u2062\u2063\u2064"  # word joiner, invisible operators
    "\u2066\u2067\u2068\u2069"  # isolates
    "\u206a\u206b\u206c\u206d\u206e\u206f"  # deprecated shaping controls
    "\ufeff"  # byte order mark within a text
)
"""Characters that may change the look of a word or its line break, but not the word."""


ARABIC_LETTERS = (
    "\u0620-\u063f\u0641-\u064a\u066e\u066f\u0671-\u0673\u0675-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06fc\u06ff"
    "\u0750-\u077f\u0870-\u0887\u0889-\u088e\u08a0-\u08c9\ufb50-\ufbb1\ufbd3-\ufc5d\ufc64-\ufcf1"
    "\ufcf5-\ufd3d\ufd50-\ufd8f\ufd92-\ufdc7\ufdf0-\ufdf9\ufe80-\ufefc"
)
"""The letters of the Arabic script, as the inside of a character class of ``re``."""

MARK_LIKE = TATWEEL + "\u0674\u06e5\u06e6\ufc5e-\ufc63\ufcf2-\ufcf4\ufe70-\ufe74\ufe76-\ufe7f"
"""Letters of Unicode that are marks to a reader, as the inside of a character class: tatweel,
the high hamza of Kazakh, the small waw and yeh of the Quran, presentation forms of marks."""

SUPERSCRIPT_DIGITS = "\u00b2\u00b3\u00b9\u2070\u2074-\u2079"
"""Numbers of footnotes and powers, not part of a word; the inside of a character class."""


def _marks() -> str:
    blocks = ((0x300, 0x30FF), (0xA66F, 0xABFF), (0xFB1E, 0xFB1E), (0xFE00, 0xFE2F))
    codes = (code for first, last in blocks for code in range(first, last + 1))
    marks = [code for code in codes if unicodedata.category(chr(code))[0] == "M"]
    # Consecutive code points have a constant difference from their index in the list.
    runs = [list(run) for _, run in groupby(enumerate(marks), lambda at: at[1] - at[0])]
    return "".join(f"{chr(run[0][1])}-{chr(run[-1][1])}" for run in runs)


MARKS = _marks()
"""The marks of every living script, Arabic included, as the inside of a character class."""


def is_arabic(char: str) -> bool:
    """Whether a character is in one of the Arabic blocks."""
    code = ord(char)
    return any(first <= code <= last for first, last in ARABIC_BLOCKS)


def language_of(word: str) -> str:
    """Return ``ar`` if the first letter is Arabic, ``en`` if Latin, else ``""``.

    Scripts stand for the two languages that Dalil analyzes: a Persian word counts as
    ``ar``, a French one as ``en``.
    """
    for char in word:
        if char.isalpha():
            if is_arabic(char):
                return "ar"
            return "en" if unicodedata.name(char, "").startswith("LATIN") else ""
    return ""
