"""The pages of a document on the screen: which page an offset is on, and a rule between two.

A PDF's pages are joined by an empty paragraph. The rule is drawn in its place, so that neither
the text nor any offset changes.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from search.bidi import Line, Segment

BREAK = "break"
"""The style of the rule."""


def page_of(pages: Sequence[int], offset: int) -> int | None:
    """Return the page of an offset, from 1; None for a document without pages.

    ``pages`` has the offset at which each page starts, ascending from 0. The empty paragraph
    before a page belongs to that page.
    """
    return bisect_right(pages, offset + 1) if pages else None


def page_begun_at(pages: Sequence[int], start: int) -> int | None:
    """Return the page before which the empty paragraph at ``start`` is; None for any other."""
    number = bisect_left(pages, start + 1)
    return number + 1 if 0 < number < len(pages) and pages[number] == start + 1 else None


def start_of_page(pages: Sequence[int], number: int) -> int:
    """Return where a page is begun to be read: at the rule before it. ``number`` is from 1."""
    return max(pages[number - 1] - 1, 0)


def page_break(number: int, width: int) -> Line:
    """Return the rule before a page, ``width`` cells wide."""
    rule = f"── page {number} ".ljust(width, "─")[:width]
    return Line((Segment(rule, BREAK),), width, rtl=False, start=0, end=0)
