"""What a dictionary asks the kernel for: ``beginnings.c`` and ``near_words.c`` of its source."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple, Protocol

import numpy as np

from index.analysis import normalizer
from index.codec.array_file import Array
from search.dictionary.folding import fold, letter_folding

_FOLDABLE = 0x700
"""Letters below this are in the tables, as in the kernel."""
_NO_LETTER, _UNKNOWN_LETTER = 0, 0xFFFF
_LETTERS = (*range(0x20, 0x250), *range(0x621, 0x6D6))
"""Code points of nearly all letters of words; a word with another is folded by Python."""


class Beginnings(NamedTuple):
    """A word is wanted if it is spelled with one of the starts and is folded with a beginning."""

    fields: tuple[str, ...]
    """Whose words are read."""
    starts: tuple[str, ...]
    """None of them starts with another."""
    folded: tuple[tuple[str, int], ...]
    """Beginnings, each with the letters that a folded word with it must have at least; without
    any, every word is wanted."""


class CommonWords(NamedTuple):
    """Words that begin as wanted, with the number of documents that have them."""

    found: int
    """How many different words there are, without the unsure ones."""
    words: Mapping[str, int]
    """Those that most documents have, the commonest first; equal ones in the order of words."""
    unsure: Mapping[str, int]
    """Words that are spelled so, and have letters that the kernel does not fold."""


class WordFinder(Protocol):
    """Finds words of an index; returns None where Python has to find them."""

    def words_beginning(self, wanted: Beginnings, most: int) -> CommonWords | None:
        """At most a number of words that begin so."""

    def words_near(self, fields: tuple[str, ...], word: str) -> list[str] | None:
        """The words of fields within one edit of a folded word, each once."""


class ByPython:
    """Leaves all words to Python."""

    def words_beginning(self, _wanted: Beginnings, _most: int) -> None:
        """Return None."""

    def words_near(self, _fields: tuple[str, ...], _word: str) -> None:
        """Return None."""


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
