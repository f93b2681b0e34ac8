"""The rows above a document: title, date, page and match; path; how its words matched."""

from __future__ import annotations

from dataclasses import dataclass

from rich.style import Style
from textual.strip import Strip

from search.bidi import Mode, cell_width, clean, quotes
from search.render.lines import shown_path
from search.results import Hit
from search.tui.widgets.match_kinds import match_kinds
from search.tui.widgets.strips import first_line, in_column, shortened, strips

_ROWS = ((10, 4), (6, 2), (0, 1))
"""Rows of the document and, from there on, rows above its text, the last one a blank."""
_MIN_TITLE = 12
"""Cells of the title below which the facts give way."""


def header_rows(height: int) -> int:
    """Return the number of rows above the text of a document with ``height`` rows in all."""
    return next(rows for least, rows in _ROWS if height >= least)


@dataclass(frozen=True, slots=True)
class DocumentHeader:
    """The header of a document, ``width`` cells wide."""

    hit: Hit
    place: str
    """The page on the screen, such as ``p. 3 of 12``; "" for a document without pages."""
    count: str
    """The number of the current match and of all matches."""
    width: int
    mode: Mode
    title_style: Style
    base: Style

    def row(self, number: int, uri: str | None = None) -> Strip:
        """Render a row from the top, from 0; the path as a link to ``uri``."""
        if number == 0:
            return self._title_row()
        if number == 1:
            return self._path_row(uri)
        return self._kinds_row() if number == 2 else Strip.blank(self.width, self.base)

    def _title_row(self) -> Strip:
        """Render title, date and page at the left, the number of the match at the right."""
        room = max(self.width - cell_width(self.count) - 2, 0)
        facts = "".join(f" · {fact}" for fact in (self.hit.shown_date, self.place) if fact)
        if cell_width(facts) > room - _MIN_TITLE:
            facts = f" · {self.place}" if self.place else ""
        title = self._text(clean(self.hit.heading[0]), room - cell_width(facts), self.title_style)
        left = Strip.join([title, self._text(facts, room - title.cell_length, self.base)])
        count = strips(self.count, (), self.width, self.mode, self.base, {}, rtl=False, max_lines=1)
        padded = in_column(left, max(self.width - cell_width(self.count), 0), self.base)
        return in_column(Strip.join([padded, *count[:1]]), self.width, self.base)

    def _path_row(self, uri: str | None) -> Strip:
        """Render the path, cut in its middle."""
        path = shortened(clean(shown_path(self.hit.path)), self.width)
        style = self.base + Style(link=uri) if uri else self.base
        return in_column(self._text(path, self.width, style), self.width, self.base)

    def _kinds_row(self) -> Strip:
        """Render how the words of the document match those of the query."""
        text = " · ".join(match_kinds(self.hit))
        return in_column(self._text(text, self.width, self.base), self.width, self.base)

    def _text(self, text: str, room: int, style: Style) -> Strip:
        """Render a text that begins at the left, no wider than it is."""
        width = min(cell_width(text), room)
        if width <= 0:
            return Strip([])
        return first_line(text, (), width, self.mode, style, {}, rtl=False, isolates=quotes(text))
