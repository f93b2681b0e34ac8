"""Letters as the kernel folds them: tables by code point."""

from __future__ import annotations

from functools import cache

import numpy as np

from index.analysis import normalizer
from index.codec.array_file import Array
from search.dictionary.folding import fold, letter_folding

_FOLDABLE = 0x700
"""Letters below this are in the tables, as in the kernel."""
_NO_LETTER, _UNKNOWN_LETTER = 0, 0xFFFF
_LETTERS = (*range(0x20, 0x250), *range(0x621, 0x6D6))
"""Code points of nearly all letters of words; a word with another is folded by Python."""


@cache
def folding_table() -> Array:
    """The folded letter of each code point: uint16, 0 for none, 65,535 if it is not known."""
    table = np.full(_FOLDABLE, _UNKNOWN_LETTER, np.uint16)
    for code in _LETTERS:
        folded = fold(chr(code))
        if len(folded) < 2 and normalizer.is_charwise(chr(code)):
            table[code] = ord(folded) if folded else _NO_LETTER
    return table


@cache
def letter_table() -> Array:
    """The letter of which each code point is another form, or itself: uint16."""
    table = np.arange(_FOLDABLE, dtype=np.uint16)
    for code, folded in letter_folding().items():
        table[code] = folded
    return table
