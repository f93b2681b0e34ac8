"""The document of the selected hit, with all its matches."""

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
from search.tui.interaction.keys import TO_END, TO_START
from search.tui.widgets.match_kinds import match_kinds
from search.tui.widgets.pager import Pager, Row
from search.tui.widgets.strips import first_line, in_column, shortened, strip, strips

_HEAD = 3
"""Rows above the text: path and number of the current match; how the words matched; a blank."""


class Preview(Widget, can_focus=True):
    """A text with all its matches highlighted, one of them the current match."""

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
        """The number of the current match, from 0."""
        self._place: int | None = None
        """Offset of the first character on the screen, once the user has scrolled; None before: the
        current match stays visible at any size of the screen."""

    def show(self, passage: HighlightedDocument | None) -> None:
        """Show another document, at the first match of its snippet."""
        self.passage, self.current, self._place = passage, 0, None
        if passage is not None and passage.spans:
            with_match = [s for s in passage.hit.snippets[:1] if s.spans]
            first = with_match[0].start + with_match[0].spans[0][0] if with_match else 0
            following = bisect_left(passage.spans, first, key=itemgetter(0))
            self.current = following % len(passage.spans)
        self._renew()

    @property
    def place(self) -> tuple[int, int | None]:
        """The current match, and where the user scrolled to: for :meth:`return_to`."""
        return self.current, self._place

    def return_to(self, place: tuple[int, int | None]) -> None:
        """Show the same place of a document that was shown before."""
        self.current, self._place = place
        self._renew()

    def action_step(self, matches: int) -> None:
        """Go ``matches`` matches on; the first follows the last."""
        if self.passage is None or not self.passage.spans:
            return
        self.current = (self.current + matches) % len(self.passage.spans)
        start = self.passage.spans[self.current][0]
        if any(row.start <= start < row.end for row in self.rows):
            self._place = self.rows[0].start  # the visible text stays in place
        else:
            self._place = None
        self._renew()

    # -- the visible rows ----------------------------------------------------------

    @property
    def _height(self) -> int:
        """Rows for the text."""
        return max(self.content_size.height - _HEAD, 1)

    @cached_property
    def _pager(self) -> Pager:
        text, spans = (self.passage.text, self.passage.spans) if self.passage else ("", ())
        rtl = self.passage is not None and self.passage.hit.rtl
        return Pager(text, spans, max(self.content_size.width, 2), self.mode, self.current, rtl)

    @cached_property
    def rows(self) -> list[Row]:
        """The visible rows."""
        if self.passage is None or not self.content_size.width:
            return []
        return self._pager.rows(self._top, self._height)

    @property
    def _top(self) -> int:
        """Offset of the first visible character: a third of the screen above the current match."""
        if self._place is not None or self.passage is None or not self.passage.spans:
            return self._place or 0
        return self._pager.back(self.passage.spans[self.current][0], self._height // 3)

    def _renew(self) -> None:
        for known in ("_pager", "rows"):
            self.__dict__.pop(known, None)
        self.refresh()

    def on_resize(self, _event: events.Resize) -> None:
        """Lay out the text again."""
        self._renew()

    # -- moving --------------------------------------------------------------------

    def action_scroll(self, rows: int) -> None:
        """Scroll down by ``rows``, no further than the last screen; up if negative."""
        if rows > 0:
            place = min(self._pager.forward(self._top, rows), max(self._end, self._top))
        else:
            place = self._pager.back(self._top, -rows)
        self._move(place)

    def action_page(self, direction: int) -> None:
        """Scroll down (1) or up (-1) by a screen."""
        self.action_scroll(direction * max(self._height - 2, 1))

    def action_edge(self, direction: int) -> None:
        """Go to the end (1) or the beginning (-1)."""
        self._move(self._end if direction > 0 else 0)

    def _move(self, place: int) -> None:
        self._place = place
        self._renew()

    @property
    def _end(self) -> int:
        """Offset of the first character of the last screen."""
        return self._pager.back(len(self._pager.text), self._height)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll down by three rows."""
        event.stop()
        self.action_scroll(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll up by three rows."""
        event.stop()
        self.action_scroll(-3)

    # -- drawing -------------------------------------------------------------------

    @cached_property
    def _base(self) -> Style:
        """The style of the background, cached: Textual computes it at every access."""
        return self.rich_style

    def notify_style_update(self) -> None:
        """Drop the cached style: the theme has changed."""
        super().notify_style_update()
        self.__dict__.pop("_base", None)

    def render_line(self, y: int) -> Strip:
        """Render one row."""
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
        """Render the path of the document and the number of the current match."""
        look = self._faint
        room = width - cell_width(self.count) - 2
        path = shortened(clean(shown_path(passage.hit.path)), room)
        found = strips(path, (), max(room, 1), self.mode, look, {}, rtl=False, max_lines=1)
        name = found[0] if found and room > 4 else Strip([])
        count = strips(self.count, (), width, self.mode, look, {}, rtl=False, max_lines=1)
        left = in_column(name, max(width - cell_width(self.count), 0), look)
        return in_column(Strip.join([left, *count[:1]]), width, look)

    def _kinds(self, passage: HighlightedDocument, width: int) -> Strip:
        """Render how the words of the document match those of the query."""
        text = " · ".join(match_kinds(passage.hit))
        names = quotes(text)
        return first_line(text, (), width, self.mode, self._faint, {}, rtl=False, isolates=names)

    @property
    def _faint(self) -> Style:
        return self._base + self.get_component_rich_style("document--head")

    @property
    def count(self) -> str:
        """The number of the current match and of all matches."""
        if self.passage is None:
            return ""
        if self.passage.spans:
            return f"match {self.current + 1:,} of {len(self.passage.spans):,}"
        return "in the title" if self.passage.hit.title_spans else "no match"
