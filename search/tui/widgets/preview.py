"""The document of the chosen hit, at its match, a screen at a time."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from operator import itemgetter
from typing import ClassVar

from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.strip import Strip
from textual.widget import Widget

from search.bidi import Mode, cell_width, clean, quotes
from search.hits.lazy_results import HighlightedDocument
from search.render.lines import shown_path
from search.tui.keys import TO_END, TO_START
from search.tui.kinds import kinds
from search.tui.widgets.pager import Pager, Row
from search.tui.widgets.strips import first_line, in_column, shortened, strip, strips

_HEAD = 3
"""Rows above the text: what it is and which match is the current one, how its words matched,
and a blank one."""


class Preview(Widget, can_focus=True):
    """A text with all its matches, one of them the current one."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "document--match", "document--current", "document--head",
    }  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j,ت", "scroll(1)", show=False),
        Binding("up,k,ن", "scroll(-1)", show=False),
        Binding("pagedown,space,ctrl+f", "page(1)", show=False),
        Binding("pageup,ctrl+b", "page(-1)", show=False),
        Binding(",".join(("home", *TO_START)), "edge(-1)", show=False),
        Binding(",".join(("end", *TO_END)), "edge(1)", show=False),
        Binding("enter", "step(1)", show=False),
    ]

    def __init__(self, mode: Mode) -> None:
        super().__init__(id="document")
        self.mode = mode
        self.passage: HighlightedDocument | None = None
        self.current = 0
        """Which of the matches, from 0."""
        self._place: int | None = None
        """The character with which the screen begins, once it was moved; before that, the
        current match is in sight, however high and wide the screen is."""

    def show(self, passage: HighlightedDocument | None) -> None:
        """Show another document, at the match that its snippet shows."""
        self.passage, self.current, self._place = passage, 0, None
        if passage is not None and passage.spans:
            lit = [s for s in passage.hit.snippets[:1] if s.spans]
            first = lit[0].start + lit[0].spans[0][0] if lit else 0
            behind = bisect_left(passage.spans, first, key=itemgetter(0))
            self.current = behind % len(passage.spans)
        self._renew()

    def action_step(self, matches: int) -> None:
        """On to another match; after the last comes the first."""
        if self.passage is None or not self.passage.spans:
            return
        self.current = (self.current + matches) % len(self.passage.spans)
        start = self.passage.spans[self.current][0]
        if any(row.start <= start < row.end for row in self.rows):
            self._place = self.rows[0].start  # what is read stays where it is
        else:
            self._place = None
        self._renew()

    # -- what is in sight ----------------------------------------------------------

    @property
    def _height(self) -> int:
        """Rows of text."""
        return max(self.content_size.height - _HEAD, 1)

    @cached_property
    def _pager(self) -> Pager:
        text, spans = (self.passage.text, self.passage.spans) if self.passage else ("", ())
        return Pager(text, spans, max(self.content_size.width, 2), self.mode, self.current)

    @cached_property
    def rows(self) -> list[Row]:
        """The rows in sight."""
        if self.passage is None or not self.content_size.width:
            return []
        return self._pager.rows(self._top, self._height)

    @property
    def _top(self) -> int:
        """The character with which the screen begins: a third above the current match."""
        if self._place is not None or self.passage is None or not self.passage.spans:
            return self._place or 0
        return self._pager.back(self.passage.spans[self.current][0], self._height // 3)

    def _renew(self) -> None:
        for known in ("_pager", "rows"):
            self.__dict__.pop(known, None)
        self.refresh()

    def on_resize(self, _event: events.Resize) -> None:
        """Lay out anew."""
        self._renew()

    # -- moving --------------------------------------------------------------------

    def action_scroll(self, rows: int) -> None:
        """So many rows down, no further than the last screen; or up."""
        if rows > 0:
            place = min(self._pager.forward(self._top, rows), max(self._end, self._top))
        else:
            place = self._pager.back(self._top, -rows)
        self._move(place)

    def action_page(self, direction: int) -> None:
        """A screen down or up."""
        self.action_scroll(direction * max(self._height - 2, 1))

    def action_edge(self, direction: int) -> None:
        """To the end or the beginning."""
        self._move(self._end if direction > 0 else 0)

    def _move(self, place: int) -> None:
        self._place = place
        self._renew()

    @property
    def _end(self) -> int:
        """The character with which the last screen begins."""
        return self._pager.back(len(self._pager.text), self._height)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Three rows down."""
        event.stop()
        self.action_scroll(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Three rows up."""
        event.stop()
        self.action_scroll(-3)

    # -- drawing -------------------------------------------------------------------

    @cached_property
    def _base(self) -> Style:
        """What all lies on. Textual works it out each time that it is asked."""
        return self.rich_style

    def notify_style_update(self) -> None:
        """Another theme."""
        super().notify_style_update()
        self.__dict__.pop("_base", None)

    def render_line(self, y: int) -> Strip:
        """A row of the screen."""
        width, at = self.content_size.width, y - _HEAD
        if y < _HEAD - 1 and self.passage is not None:
            head = self._kinds if y else self._head
            return head(self.passage, width)
        line = self.rows[at].line if 0 <= at < len(self.rows) else None
        if line is None:
            return Strip.blank(width, self._base)
        styles = {
            name: self.get_component_rich_style(f"document--{name}")
            for name in ("match", "current")
        }
        return strip(line, width, self._base, styles)

    def _head(self, passage: HighlightedDocument, width: int) -> Strip:
        """Which document it is, and which of its matches is the current one."""
        look = self._faint
        room = width - cell_width(self.count) - 2
        path = shortened(clean(shown_path(passage.hit.path)), room)
        found = strips(path, (), max(room, 1), self.mode, look, {}, rtl=False, max_lines=1)
        name = found[0] if found and room > 4 else Strip([])
        count = strips(self.count, (), width, self.mode, look, {}, rtl=False, max_lines=1)
        left = in_column(name, max(width - cell_width(self.count), 0), look)
        return in_column(Strip.join([left, *count[:1]]), width, look)

    def _kinds(self, passage: HighlightedDocument, width: int) -> Strip:
        """How words of the document answer those of the query."""
        told = " · ".join(kinds(passage.hit))
        names = quotes(told)
        return first_line(told, (), width, self.mode, self._faint, {}, rtl=False, isolates=names)

    @property
    def _faint(self) -> Style:
        return self._base + self.get_component_rich_style("document--head")

    @property
    def count(self) -> str:
        """Which match of how many is the current one."""
        if self.passage is None:
            return ""
        if self.passage.spans:
            return f"match {self.current + 1:,} of {len(self.passage.spans):,}"
        return "in the title" if self.passage.hit.title_spans else "no match"
