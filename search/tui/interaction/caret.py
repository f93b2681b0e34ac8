"""A selection with the keyboard: one end stays, the other moves by words."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from search.results import Span

_WORD = re.compile(r"\S+")
_LONGEST = 10_000
"""Characters before a place that are searched for the beginning of its word."""


@dataclass(frozen=True, slots=True)
class Caret:
    """The two ends of a selection, as offsets in a text."""

    fixed: int
    moving: int

    @property
    def span(self) -> Span:
        """The selected slice."""
        return min(self.fixed, self.moving), max(self.fixed, self.moving)

    def by_word(self, text: str, forward: bool) -> Caret:
        """Move to the end of the next word, or back to the beginning of the one before."""
        if forward:
            following = _WORD.search(text, self.moving)
            return replace(self, moving=following.end() if following else len(text))
        return replace(self, moving=_word_begin(text, self.moving))


def _word_begin(text: str, place: int) -> int:
    """Return where the word begins that ends at or before ``place`` or contains it; 0 if none."""
    low = max(0, place - _LONGEST)
    before = list(_WORD.finditer(text, low, place))
    return before[-1].start() if before else low


def word_at(text: str, place: int) -> Span:
    """Return the word at an offset, without signs around it; empty between words.

    >>> word_at("the oil ministry", 5)
    (4, 7)
    """
    if place >= len(text) or text[place].isspace():
        return place, place
    start = _word_begin(text, place + 1)
    found = _WORD.match(text, start)
    end = found.end() if found else start
    while start < end and _is_sign(text[start]):
        start += 1
    while end > start and _is_sign(text[end - 1]):
        end -= 1
    return start, end


def _is_sign(char: str) -> bool:
    return unicodedata.category(char)[0] in "PS"


def paragraph_at(text: str, place: int) -> Span:
    """Return the paragraph at an offset, without the line feed that ends it."""
    end = text.find("\n", place)
    return text.rfind("\n", 0, place) + 1, len(text) if end < 0 else end
