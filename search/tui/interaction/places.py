"""Read where the user wants to go in a document: to a page or to a line."""

from __future__ import annotations

import re
from dataclasses import dataclass

# p and ص (صفحة) for a page, L and س (سطر) for a line; \d is a digit of any script.
_PLACE = re.compile(
    r"\s*(?:(?P<page>p\.?|page|pages|ص|صفحة)|(?P<line>l\.?|line|س|سطر))?\s*(?P<number>\d{1,9})\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PagePlace:
    """A page, from 1."""

    number: int


@dataclass(frozen=True, slots=True)
class LinePlace:
    """A line of the file, from 1."""

    number: int


def read_place(text: str, *, has_pages: bool) -> PagePlace | LinePlace | None:
    """Return the page or line that a text names; None if it names neither.

    A bare number is a page of a document with pages, a line of any other.

    >>> read_place("p12", has_pages=True), read_place("١٢", has_pages=False)
    (PagePlace(number=12), LinePlace(number=12))
    """
    match = _PLACE.fullmatch(text)
    if match is None:
        return None
    number = int(match["number"])
    is_page = match["page"] or (has_pages and not match["line"])
    return PagePlace(number) if is_page else LinePlace(number)


def start_of_line(text: str, number: int) -> int:
    """Return the offset of a line, from 1: of the first for less, of the last for more."""
    start = 0
    for _ in range(number - 1):
        end = text.find("\n", start)
        if end < 0:
            break
        start = end + 1
    return start
