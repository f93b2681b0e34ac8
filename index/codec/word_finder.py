"""What a search asks the kernel for: ``beginnings.c`` and ``near_words.c`` of its source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, Protocol

from index.codec.array_file import Array


class Beginnings(NamedTuple):
    """A word is wanted if it is spelled with one of the starts and is folded with a beginning."""

    fields: tuple[str, ...]
    """Whose words are read."""
    starts: tuple[str, ...]
    """None of them starts with another."""
    folding: Array
    """The folded letter of each code point below 0x700: uint16, 0 for none, 65,535 if unknown."""
    folded: tuple[tuple[str, int], ...]
    """Beginnings, each with the letters that a folded word with it must have at least; without
    any, every word is wanted."""


class NearWord(NamedTuple):
    """A word is wanted if it begins with one of some letters and is within one edit of another."""

    fields: tuple[str, ...]
    """Whose words are read."""
    starts: tuple[str, ...]
    """Spellings of the first letter."""
    folding: Array
    """The letter of which each code point below 0x700 is another form: uint16."""
    word: str
    """Folded."""


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

    def words_near(self, wanted: NearWord) -> list[str] | None:
        """The words within one edit, each once."""


class ByPython:
    """Leaves all words to Python."""

    def words_beginning(self, _wanted: Beginnings, _most: int) -> None:
        """Return None."""

    def words_near(self, _wanted: NearWord) -> None:
        """Return None."""
