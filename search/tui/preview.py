"""The document of the chosen hit, at its match, a screen at a time."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.strip import Strip
from textual.widget import Widget

from search.bidi import Mode
from search.listing import Passage
from search.tui.pager import Pager, Row, marked
from search.tui.strips import strip


class Preview(Widget, can_focus=True):
    """A text with all its matches, one of them the current one."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"document--match", "document--current"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j,ت", "scroll(1)", show=False),
        Binding("up,k,ن", "scroll(-1)", show=False),
        Binding("pagedown,space,ctrl+f", "page(1)", show=False),
        Binding("pageup,ctrl+b", "page(-1)", show=False),
        Binding("home,g,ل", "edge(-1)", show=False),
        Binding("end,G", "edge(1)", show=False),
        Binding("enter", "screen.next_match", show=False),
    ]

    def __init__(self, mode: Mode) -> None:
        super().__init__(id="document")
        self.mode = mode
        self.passage: Passage | None = None
        self.current = 0
        """Which of the matches, from 0."""
        self._place = 0
        """The character with which the screen begins."""
        self._rows: list[Row] | None = None

    def show(self, passage: Passage | None) -> None:
        """Show another document, at the match that its snippet shows."""
        self.passage, self.current, self._place = passage, 0, 0
        if passage is not None and passage.spans:
            lit = [s for s in passage.hit.snippets[:1] if s.spans]
            first = lit[0].start + lit[0].spans[0][0] if lit else 0
            starts = [start for start, _ in passage.spans]
            self.current = next((n for n, start in enumerate(starts) if start >= first), 0)
            self._place = self._above(starts[self.current])
        self._renew()

    def step(self, matches: int) -> None:
        """On to another match; after the last comes the first."""
        if self.passage is None or not self.passage.spans:
            return
        self.current = (self.current + matches) % len(self.passage.spans)
        start = self.passage.spans[self.current][0]
        if not any(row.line and row.start <= start < row.line.end - row.line.start + row.start
                   for row in self._shown()[:-1]):  # fmt: skip
            self._place = self._above(start)
        self._renew()

    def _above(self, place: int) -> int:
        """Where the screen begins so that a place is a third below its top."""
        pager = self._pager()
        return pager.back(place, self.size.height // 3) if pager and place else 0

    def _pager(self) -> Pager | None:
        if self.passage is None:
            return None
        width = max(self.content_size.width, 1)
        return Pager(self.passage.text, marked(self.passage.spans, self.current), width, self.mode)

    def _renew(self) -> None:
        self._rows = None
        self.border_title = self._title()
        self.refresh()

    def _title(self) -> str:
        if self.passage is None or not self.passage.spans:
            return ""
        return f"match {self.current + 1} of {len(self.passage.spans):,}"

    def _shown(self) -> list[Row]:
        if self._rows is None:
            pager = self._pager()
            self._rows = pager.rows(self._place, self.content_size.height) if pager else []
        return self._rows

    def on_resize(self, _event: events.Resize) -> None:
        """Lay out anew."""
        self._renew()

    # -- moving --------------------------------------------------------------------

    def action_scroll(self, rows: int) -> None:
        """So many rows down."""
        pager = self._pager()
        if pager is None:
            return
        self._place = (
            pager.forward(self._place, rows) if rows > 0 else pager.back(self._place, -rows)
        )
        self._renew()

    def action_page(self, direction: int) -> None:
        """A screen down or up."""
        self.action_scroll(direction * max(self.content_size.height - 2, 1))

    def action_edge(self, direction: int) -> None:
        """To the end or the beginning."""
        pager = self._pager()
        if pager is not None:
            end = pager.back(len(pager.text), self.content_size.height - 1)
            self._place = end if direction > 0 else 0
            self._renew()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Three rows down."""
        event.stop()
        self.action_scroll(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Three rows up."""
        event.stop()
        self.action_scroll(-3)

    # -- drawing -------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """A row of the screen."""
        rows, width = self._shown(), self.content_size.width
        line = rows[y].line if y < len(rows) else None
        if line is None:
            return Strip.blank(width, self.rich_style)
        styles = {
            name: self.get_component_rich_style(f"document--{name}")
            for name in ("match", "current")
        }
        return strip(line, width, self.rich_style, styles)
