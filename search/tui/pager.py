"""A long text a screen at a time: where one is, and what is above and below.

A place is a character of the text, the beginning of a row. Only what is on the screen is
laid out, so a document of sixty megabytes opens as fast as a note.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from search.bidi import Line, Mode, layout
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


@dataclass(frozen=True, slots=True)
class Pager:
    """A text with its spans, for a column of so many cells."""

    text: str
    spans: tuple[tuple[int, int, str], ...]
    """Ascending (start, end, style)."""
    width: int
    mode: Mode

    def rows(self, place: int, count: int) -> list[Row]:
        """So many rows from the one that holds a character; fewer at the end."""
        found: list[Row] = []
        start, end = self._around(place)
        while len(found) < count + 1:
            rows = self._laid_out(start, end)
            found += rows if found else [row for row in rows if self._last(row) >= place] or rows
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

    def _last(self, row: Row) -> int:
        return row.line.end if row.line else row.start

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
        inside = [
            (max(a, start) - start, min(b, end) - start, style)
            for a, b, style in self._spans_in(start, end)
        ]
        lines = layout(self.text[start:end], inside, self.width, mode=self.mode)
        return [Row(line, start + line.start) for line in lines] or [Row(None, start)]

    def _spans_in(self, start: int, end: int) -> Sequence[tuple[int, int, str]]:
        return [span for span in self.spans if span[0] < end and span[1] > start]


def marked(spans: Sequence[Span], current: int | None) -> tuple[tuple[int, int, str], ...]:
    """Spans with their style, the current one apart."""
    return tuple(
        (start, end, "current" if n == current else "match") for n, (start, end) in enumerate(spans)
    )
