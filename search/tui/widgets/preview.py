"""The document of the selected hit, with all its matches."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.selection import Selection
from textual.strip import Strip

from search.bidi import Mode
from search.results import Hit, Span
from search.tui.interaction.keys import TO_END, TO_START, TWINS
from search.tui.widgets.cells import Cells
from search.tui.widgets.document_header import DocumentHeader, header_rows
from search.tui.widgets.document_selection import DocumentSelection
from search.tui.widgets.left_border import LeftBorder
from search.tui.widgets.page_breaks import page_of
from search.tui.widgets.pager import Pager, Row
from search.tui.widgets.strips import strip
from search.tui.widgets.text_structure import PLAIN, TextStructure

if TYPE_CHECKING:  # they need numpy, and the first frame is drawn before
    from search.hits.lazy_results import HighlightedDocument

_STYLES = ("match", "current", "selected", "heading", "rule", "break", "head", "title")
"""Parts of the document with a style of their own."""


class Preview(LeftBorder, DocumentSelection, can_focus=True):
    """A text with all its matches highlighted, one of them the current match."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"document--{name}" for name in _STYLES}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j,ت", "scroll(1)", show=False),
        Binding("up,k,ن", "scroll(-1)", show=False),
        Binding("pagedown,space,ctrl+f", "page(1)", show=False),
        Binding("pageup,ctrl+b", "page(-1)", show=False),
        Binding(",".join(("home", *TO_START)), "edge(-1)", show=False),
        Binding(",".join(("end", *TO_END)), "edge(1)", show=False),
        Binding("enter", "step(1)", show=False),
        Binding(f"slash,{TWINS['slash']}", "app.find_in_document", show=False),
    ]

    @dataclass
    class Stepped(Message):
        """Another match is the current one."""

    def __init__(self, mode: Mode) -> None:
        super().__init__(id="document")
        self.mode = mode
        self.passage: HighlightedDocument | None = None
        self.uri: Callable[[Hit], str | None] = lambda hit: None
        """The address of the file of a hit, None if there shall be no link."""
        self.current = 0
        """The number of the current match, from 0."""
        self._found: Sequence[Span] | None = None
        """What was found in the document by hand; it takes the place of the query's matches."""
        self._place: int | None = None
        """Offset of the first character on the screen, once the user has scrolled; None before."""

    def show(self, passage: HighlightedDocument | None) -> None:
        """Show another document, at the first match of its snippet."""
        self.passage, self._found = passage, None
        self.deselect()
        with_match = [s for s in passage.hit.snippets[:1] if s.spans] if passage else []
        self.show_match(with_match[0].start + with_match[0].spans[0][0] if with_match else 0)

    @property
    def is_finding(self) -> bool:
        """Whether what was found by hand is highlighted."""
        return self._found is not None

    @property
    def spans(self) -> Sequence[Span]:
        """What is highlighted: what was found by hand, else the matches of the query."""
        own = self.passage.spans if self.passage else ()
        return own if self._found is None else self._found

    def show_match(self, offset: int) -> None:
        """Go to the first match from an offset on; the first follows the last."""
        following = bisect_left(self.spans, offset, key=itemgetter(0))
        self.current, self._place = following % max(len(self.spans), 1), None
        self._renew()

    @property
    def place(self) -> tuple[int, int | None]:
        """The current match, and where the user scrolled to: for :meth:`return_to`."""
        return self.current, self._place

    def return_to(self, place: tuple[int, int | None]) -> None:
        """Show the same place of a document that was shown before."""
        self.current, self._place = place
        self._renew()

    def show_found(self, spans: Sequence[Span] | None, offset: int) -> None:
        """Highlight what was found by hand, the first from an offset on; with None the matches."""
        self._found = spans
        self.show_match(offset)
        if not self.spans or spans is None:
            self.go_to(offset)

    def action_step(self, matches: int) -> None:
        """Go ``matches`` matches on; the first follows the last."""
        if not self.spans:
            return
        self.current = (self.current + matches) % len(self.spans)
        start = self.spans[self.current][0]
        if any(row.start <= start < row.end for row in self.rows):
            self._place = self.rows[0].start  # the visible text stays in place
        else:
            self._place = None
        self._renew()
        self.post_message(self.Stepped())

    # -- the visible rows ----------------------------------------------------------

    @property
    def _height(self) -> int:
        """Rows for the text."""
        return max(self.content_size.height - self._header_rows, 1)

    @property
    def _header_rows(self) -> int:
        return header_rows(self.content_size.height)

    @cached_property
    def _pager(self) -> Pager:
        text = self.passage.text if self.passage else ""
        width = max(self.content_size.width, 2)
        return Pager(
            text, self.spans, width, self.mode, self.current, self.selected, self._structure
        )

    @property
    def _structure(self) -> TextStructure:
        if self.passage is None:
            return PLAIN
        hit = self.passage.hit
        return TextStructure(hit.type, hit.title, hit.rtl, self.passage.pages)

    @cached_property
    def rows(self) -> list[Row]:
        """The visible rows."""
        if self.passage is None or not self.content_size.width:
            return []
        return self._pager.rows(self._top, self._height)

    @property
    def _top(self) -> int:
        """Offset of the first visible character: a third of the screen above the current match."""
        if self._place is not None or not self.spans:
            return self._place or 0
        return self._pager.back(self.spans[self.current][0], self._height // 3)

    @property
    def top(self) -> int:
        """Offset of the first character on the screen."""
        return self.rows[0].start if self.rows else 0

    @property
    def page(self) -> int | None:
        """The page of the current match if it is on the screen, else of the first row."""
        if self.passage is None or not self.rows:
            return None
        at = self.spans[self.current][0] if self.spans else -1
        visible = self.top <= at < self.rows[-1].end
        return page_of(self.passage.pages, at if visible else self.top)

    def _renew(self) -> None:
        for known in ("_pager", "rows"):
            self.__dict__.pop(known, None)
        self.refresh()

    def on_resize(self, _event: events.Resize) -> None:
        """Lay out the text again."""
        self._renew()

    # -- what is selected ----------------------------------------------------------

    @property
    def match(self) -> Span | None:
        """The current match."""
        return self.spans[self.current] if self.spans else None

    def cells_at(self, y: int) -> Cells | None:
        """Return the cells of a row of the widget, the nearest row of the text."""
        return self.cells_in_row(y - self._header_rows)

    def bring_into_view(self, place: int) -> None:
        """Scroll as little as needed to show the character at an offset."""
        if self.rows and not self.rows[0].start <= place <= self.rows[-1].end:
            after = place > self.rows[-1].end
            self._move(self._pager.back(place, self._height - 1 if after else 0))

    def selection_updated(self, selection: Selection | None) -> None:
        """Draw what is selected now; the visible text stays in place."""
        super().selection_updated(selection)
        if selection is not None and self.rows:
            self._place = self.rows[0].start
        self._renew()

    # -- moving --------------------------------------------------------------------

    def action_scroll(self, rows: int) -> None:
        """Scroll down by ``rows``, no further than the last screen; up if negative."""
        if rows > 0:
            place = min(self._pager.forward(self._top, rows), max(self._end, self._top))
        else:
            place = self._pager.back(self._top, -rows)
        self._move(place)

    scroll_selecting = action_scroll

    def action_page(self, direction: int) -> None:
        """Scroll down (1) or up (-1) by a screen."""
        self.action_scroll(direction * max(self._height - 2, 1))

    def action_edge(self, direction: int) -> None:
        """Go to the end (1) or the beginning (-1)."""
        self._move(self._end if direction > 0 else 0)

    def go_to(self, offset: int) -> None:
        """Go to an offset: its row is the first, unless that is after the last screen."""
        self._move(min(self._pager.forward(offset, 0), max(self._end, 0)))

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

    @cached_property
    def _styles(self) -> dict[str, Style]:
        """Name of a part of the document → its style."""
        return {name: self.get_component_rich_style(f"document--{name}") for name in _STYLES}

    def notify_style_update(self) -> None:
        """Drop the cached styles: the theme has changed."""
        super().notify_style_update()
        for known in ("_base", "_styles"):
            self.__dict__.pop(known, None)

    def render_line(self, y: int) -> Strip:
        """Render one row."""
        width, at = self.content_size.width, y - self._header_rows
        if at < 0 and self.passage is not None:
            return self._header(self.passage.hit).row(y, self.uri(self.passage.hit))
        line = self.rows[at].line if 0 <= at < len(self.rows) else None
        if line is None:
            return Strip.blank(width, self._base)
        return strip(line, width, self._base, self._styles)

    def _header(self, hit: Hit) -> DocumentHeader:
        title, base = (self._base + self._styles[name] for name in ("title", "head"))
        place = f"p. {self.page} of {len(self.passage.pages)}" if self.page and self.passage else ""
        width = self.content_size.width
        return DocumentHeader(hit, place, self.count, width, self.mode, title, base)

    @property
    def count(self) -> str:
        """The number of the current match and of all matches."""
        if self.passage is None:
            return ""
        counted = f"{self.current + 1:,} of {len(self.spans):,}"
        if self._found is not None:
            return f"found {counted}" if self._found else "not found"
        if self.spans:
            return f"match {counted}"
        return "in the title" if self.passage.hit.title_spans else "no match"
