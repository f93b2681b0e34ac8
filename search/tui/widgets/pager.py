"""Page through a long text, and lay out only the visible rows.

A place is the offset of the first character of a row. A document of sixty megabytes opens as
fast as a note.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count as numbers
from operator import itemgetter

from search.bidi import Line, Mode, cell_spans, layout, majority_rtl
from search.results import Span
from search.tui.widgets.cells import Cells
from search.tui.widgets.page_breaks import page_begun_at, page_break
from search.tui.widgets.text_structure import HEADING, PLAIN, TextStructure

MAX_BLOCK = 2_000
"""Characters of a paragraph laid out together; a longer paragraph is cut at a space."""
_SLACK = 200
"""Characters after ``MAX_BLOCK`` in which a space is searched."""


@dataclass(frozen=True, slots=True)
class Row:
    """A laid-out line of the text; ``line`` is None for an empty paragraph.

    The empty paragraph before a page has the rule of the page as its line.
    """

    line: Line | None
    start: int
    """Offset of its first character."""
    end: int
    """Offset after its last character."""


@dataclass(frozen=True, slots=True)
class Pager:
    """A text and its spans, in a column of ``width`` cells."""

    text: str
    spans: Sequence[Span]
    """Spans to highlight, ascending, as offsets into the text."""
    width: int
    mode: Mode
    current: int | None = None
    """Index of the span with the style of the current match."""
    selected: Span | None = None
    """What the user has selected."""
    structure: TextStructure = PLAIN

    def rows(self, place: int, count: int) -> list[Row]:
        """Return ``count`` rows from the row with ``place`` on; fewer at the end."""
        found: list[Row] = []
        start, end = self._around(place)
        while len(found) < count + 1:
            rows = self._laid_out(start, end)
            found += rows if found else rows[_row_index(rows, place) :]
            if end >= len(self.text):
                break
            start, end = self._around(end + (self.text[end] == "\n"))
        return found[:count]

    def back(self, place: int, count: int) -> int:
        """Return the place ``count`` rows above; 0 if there are fewer."""
        if count <= 0:
            return self.forward(place, 0)
        start, end = self._around(place)
        above = [row.start for row in self._laid_out(start, end) if row.start < place]
        while len(above) < count and start > 0:
            start, end = self._around(start - 1)
            above = [row.start for row in self._laid_out(start, end)] + above
        return above[-count] if len(above) >= count else 0

    def forward(self, place: int, count: int) -> int:
        """Return the place ``count`` rows below; the last row if there are fewer."""
        rows = self.rows(place, count + 1)
        return rows[-1].start if rows else place

    def cells(self, row: Row) -> Cells:
        """Return the cells of a row and what is under each."""
        start, end = self._around(row.start)
        if row.line is None or start == end:
            return Cells(row.start)
        drawn = self.structure.drawn(self.text, start, end, self.width, self.mode)
        lines = cell_spans(drawn.text, self.width, mode=self.mode, rtl=row.line.rtl)
        number = _row_index(self._laid_out(start, end), row.start)
        inside = (drawn.source(first, last) for first, last in lines[number])
        spans = tuple((start + first, start + last) for first, last in inside)
        left = self.width - row.line.width if row.line.rtl else 0
        return Cells(row.start, spans, row.line.rtl, left)

    def rtl(self, place: int) -> bool:
        """Return whether the paragraph of a place runs from right to left."""
        return self._rtl(self._around(place)[0])

    def _around(self, place: int) -> tuple[int, int]:
        """Return start and end of the paragraph, or block of one, that contains ``place``."""
        begin = self.text.rfind("\n", 0, place) + 1
        stop = self.text.find("\n", place)
        stop = len(self.text) if stop < 0 else stop
        if stop - begin <= MAX_BLOCK + _SLACK:
            return begin, stop
        part = (place - begin) // MAX_BLOCK
        start, end = self._cut(begin, stop, part), self._cut(begin, stop, part + 1)
        if place < start:
            start, end = self._cut(begin, stop, part - 1), start
        return start, end

    def _cut(self, begin: int, stop: int, part: int) -> int:
        """Return the start of block ``part`` of a long paragraph; it depends on nothing else."""
        at = begin + max(part, 0) * MAX_BLOCK
        if at >= stop - _SLACK:
            return begin if part <= 0 else stop
        if part <= 0:
            return begin
        space = self.text.find(" ", at, at + _SLACK)
        return at if space < 0 else space + 1

    def _laid_out(self, start: int, end: int) -> list[Row]:
        page = page_begun_at(self.structure.pages, start) if start == end else None
        if page is not None:
            return [Row(page_break(page, self.width), start, end)]
        inside = [
            *self._heading(start, end),
            *self._spans_in(start, end),
            *self._selected_in(start, end),
        ]
        drawn = self.structure.drawn(self.text, start, end, self.width, self.mode)
        spans, rtl = drawn.spans(inside), self._rtl(start)
        found = layout(drawn.text, spans, self.width, mode=self.mode, rtl=rtl)
        lines = [drawn.line(line) for line in found]
        # Invisible characters at the beginning belong to the first row.
        begins = [start, *(start + line.start for line in lines[1:])]
        rows = [
            Row(line, begin, start + line.end) for line, begin in zip(lines, begins, strict=False)
        ]
        return rows or [Row(None, start, end)]

    def _heading(self, start: int, end: int) -> list[tuple[int, int, str]]:
        """Return the style of a paragraph that is a heading."""
        is_heading = self.structure.is_heading(self.text, start, end)
        return [(0, end - start, HEADING)] if is_heading else []

    def _rtl(self, start: int) -> bool:
        """Whether a paragraph runs from right to left: most letters of its beginning decide.

        They decide for all its blocks.
        """
        begin = self.text.rfind("\n", 0, start) + 1
        end = self.text.find("\n", begin, begin + MAX_BLOCK)
        beginning = self.text[begin : begin + MAX_BLOCK if end < 0 else end]
        return majority_rtl(beginning, self.structure.rtl)

    def _spans_in(self, start: int, end: int) -> Iterator[tuple[int, int, str]]:
        """Yield the spans between two offsets, relative to ``start``, with their style."""
        for n in numbers(bisect_right(self.spans, start, key=itemgetter(1))):
            if n >= len(self.spans) or self.spans[n][0] >= end:
                return
            first, last = self.spans[n]
            style = "current" if n == self.current else "match"
            yield max(first, start) - start, min(last, end) - start, style

    def _selected_in(self, start: int, end: int) -> Iterator[tuple[int, int, str]]:
        """Yield what is selected between two offsets, which hides a match under it."""
        first, last = self.selected or (0, 0)
        if max(first, start) < min(last, end):
            yield max(first, start) - start, min(last, end) - start, "selected"


def _row_index(rows: list[Row], place: int) -> int:
    """Return the index of the row with ``place``; a row includes the spaces at its break."""
    return max(bisect_right(rows, place, key=lambda row: row.start) - 1, 0)
