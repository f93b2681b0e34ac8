"""A long text a screen at a time: where one is, and what is above and below.

A place is a character of the text, the beginning of a row. Only what is on the screen is
laid out, so a document of sixty megabytes opens as fast as a note.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count as numbers
from operator import itemgetter

from search.bidi import Line, Mode, base_rtl, layout
from search.results import Span

LONGEST = 2_000
"""Characters of a paragraph that are laid out together; a longer one is cut at a space."""
_SLACK = 200
"""How far behind that a space is looked for."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the text, or a blank one between paragraphs."""

    line: Line | None
    start: int
    """The character at which it begins."""
    end: int
    """The one behind its last."""


@dataclass(frozen=True, slots=True)
class Pager:
    """A text with its spans, for a column of so many cells."""

    text: str
    spans: Sequence[Span]
    """Characters of the text to be lit, ascending."""
    width: int
    mode: Mode
    current: int | None = None
    """The one of the spans that is lit apart."""

    def rows(self, place: int, count: int) -> list[Row]:
        """So many rows from the one that holds a character; fewer at the end."""
        found: list[Row] = []
        start, end = self._around(place)
        while len(found) < count + 1:
            rows = self._laid_out(start, end)
            found += rows if found else rows[_holding(rows, place) :]
            if end >= len(self.text):
                break
            start, end = self._around(end + (self.text[end] == "\n"))
        return found[:count]

    def back(self, place: int, count: int) -> int:
        """The place so many rows above; the beginning where there are not so many."""
        start, end = self._around(place)
        above = [row.start for row in self._laid_out(start, end) if row.start < place]
        while len(above) < count and start > 0:
            start, end = self._around(start - 1)
            above = [row.start for row in self._laid_out(start, end)] + above
        return above[-count] if len(above) >= count else 0

    def forward(self, place: int, count: int) -> int:
        """The place so many rows below; the last row where there are not so many."""
        rows = self.rows(place, count + 1)
        return rows[-1].start if rows else place

    def _around(self, place: int) -> tuple[int, int]:
        """The paragraph, or the part of one, that holds a character."""
        begin = self.text.rfind("\n", 0, place) + 1
        stop = self.text.find("\n", place)
        stop = len(self.text) if stop < 0 else stop
        if stop - begin <= LONGEST + _SLACK:
            return begin, stop
        part = (place - begin) // LONGEST
        start, end = self._cut(begin, stop, part), self._cut(begin, stop, part + 1)
        if place < start:
            start, end = self._cut(begin, stop, part - 1), start
        return start, end

    def _cut(self, begin: int, stop: int, part: int) -> int:
        """Where a part of a long paragraph begins: the same, from wherever it is asked."""
        at = begin + max(part, 0) * LONGEST
        if at >= stop - _SLACK:
            return begin if part <= 0 else stop
        if part <= 0:
            return begin
        space = self.text.find(" ", at, at + _SLACK)
        return at if space < 0 else space + 1

    def _laid_out(self, start: int, end: int) -> list[Row]:
        inside = list(self._spans_in(start, end))
        text = self.text[start:end]
        lines = layout(text, inside, self.width, mode=self.mode, rtl=self._rtl(start))
        rows = [Row(line, start + line.start, start + line.end) for line in lines]
        return rows or [Row(None, start, end)]

    def _rtl(self, start: int) -> bool:
        """Whether a paragraph runs from right to left: for all its parts, its beginning decides."""
        begin = self.text.rfind("\n", 0, start) + 1
        end = self.text.find("\n", begin, begin + LONGEST)
        return base_rtl(self.text[begin : begin + LONGEST if end < 0 else end])

    def _spans_in(self, start: int, end: int) -> Iterator[tuple[int, int, str]]:
        """The spans between two characters, counted from the first of these, with their style."""
        for n in numbers(bisect_right(self.spans, start, key=itemgetter(1))):
            if n >= len(self.spans) or self.spans[n][0] >= end:
                return
            first, last = self.spans[n]
            style = "current" if n == self.current else "match"
            yield max(first, start) - start, min(last, end) - start, style


def _holding(rows: list[Row], place: int) -> int:
    """The row with a character: spaces that a break has swallowed belong to the row before."""
    return max(bisect_right(rows, place, key=lambda row: row.start) - 1, 0)
