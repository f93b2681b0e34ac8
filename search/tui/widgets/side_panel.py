"""The filters: facets of the results, each row a filter to switch on and off."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, Literal

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from search.bidi import Mode
from search.hits.facets import Facets
from search.tui.interaction.filter_rows import FOLDED, UNFOLDED, Entry, entries
from search.tui.widgets.column import Column
from search.tui.widgets.strips import in_column, ink, strips

MARKS = 3
"""Cells at the left edge, for the cursor and the mark."""
_RIGHT_BUTTON = 3

Change = Literal["switch", "exclude", "remove", "first", "last"]
"""What a key does with a filter: on or off, out or no longer, off, from it, up to it."""


class SidePanel(Column, can_focus=True):
    """Languages, types, years, folders and words, with their document counts."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "filters--heading", "filters--count", "filters--selected", "filters--active",
    }  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j,ت", "move(1)", show=False),
        Binding("up,k,ن", "move(-1)", show=False),
        Binding("enter,space", "change('switch')", show=False),
        Binding("minus", "change('exclude')", show=False),
        Binding("delete,backspace", "change('remove')", show=False),
        Binding("left_square_bracket,ج", "change('first')", show=False),
        Binding("right_square_bracket,د", "change('last')", show=False),
        Binding("right", "unfold", show=False),
        Binding("left", "fold", show=False),
    ]

    @dataclass
    class Changed(Message):
        """The user wants to change a filter of the query."""

        entry: Entry
        change: Change

    def __init__(self, mode: Mode) -> None:
        super().__init__(id="filters")
        self.mode = mode
        self._facets, self._query = Facets(), ""
        self._turned: set[str] = set()
        """Folders that the user has unfolded, or folded."""
        self._entries: list[Entry] = []
        self._at = 0
        """The row of the cursor."""
        self._chosen = ""
        """The filter that the user has moved the cursor to."""

    # -- rows ------------------------------------------------------------------------

    @property
    def _focus_sort_key(self) -> tuple[int, int]:
        """Make it the last pane for Tab, which goes from the box to the list first."""
        y, _ = super()._focus_sort_key
        return y, sys.maxsize

    def show(self, facets: Facets, query: str) -> None:
        """Show the facets of other results; the cursor stays on its filter."""
        self._facets, self._query = facets, query
        self._renew()

    def mark(self, query: str) -> None:
        """Show what another query asks for, before its facets are counted."""
        self.show(self._facets, query)

    def _renew(self) -> None:
        self._entries = entries(self._facets, self._query, self._turned)
        clauses = [each.clause for each in self._entries]
        if self._chosen and self._chosen in clauses:
            self._at = clauses.index(self._chosen)
        else:
            self._at = _nearest(clauses, self._at if self._chosen else 0)
        self.set_rows(len(self._entries))

    @property
    def entry(self) -> Entry | None:
        """The row of the cursor; None if it is no filter."""
        entry = self._entries[self._at] if self._at < len(self._entries) else None
        return entry if entry and entry.clause else None

    # -- keys and mouse --------------------------------------------------------------

    def action_move(self, rows: int) -> None:
        """Move to the next row that is a filter."""
        at = self._at + rows
        while 0 <= at < len(self._entries) and not self._entries[at].clause:
            at += rows
        if 0 <= at < len(self._entries):
            self._select(at)

    def _select(self, at: int) -> None:
        self._at, self._chosen = at, self._entries[at].clause
        top = 0 if at <= 1 else at  # with the first filter, its heading
        self.scroll_to_region(Region(0, top, 1, at - top + 1), animate=False)
        self.refresh()

    def action_change(self, change: Change) -> None:
        """Ask to change the filter of the cursor."""
        if entry := self.entry:
            self._chosen = entry.clause
            self.post_message(self.Changed(entry, change))

    def action_unfold(self) -> None:
        """Show the subfolders; if they are seen, go to the first."""
        folder = self.entry.folder if self.entry else None
        if folder and folder.unfolded:
            self.action_move(1)
        elif folder and folder.unfolded is False:
            self._turn(folder.path)

    def action_fold(self) -> None:
        """Hide the subfolders; if there are none, go to the folder above."""
        folder = self.entry.folder if self.entry else None
        if folder and folder.unfolded:
            self._turn(folder.path)
        elif folder and folder.above:
            paths = [each.folder.path if each.folder else "" for each in self._entries]
            self._select(paths.index(folder.above))

    def _turn(self, path: str) -> None:
        self._turned ^= {path}
        self._renew()

    def on_click(self, event: events.Click) -> None:
        """Switch the filter of a row; leave it out with the right button; unfold at its sign."""
        at = event.y + self.scroll_offset.y
        if at >= len(self._entries) or not self._entries[at].clause:
            return
        self._select(at)
        folder, x = self._entries[at].folder, event.x - self.gutter.left
        if folder and folder.unfolded is not None and x - MARKS == 2 * folder.depth:
            self._turn(folder.path)
        else:
            self.action_change("exclude" if event.button == _RIGHT_BUTTON else "switch")

    def on_focus(self) -> None:
        """Draw the cursor."""
        self.refresh()

    def on_blur(self) -> None:
        """Draw no cursor without the focus."""
        self.refresh()

    # -- rendering -------------------------------------------------------------------

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
        at = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        if at >= len(self._entries) or width < 8:
            return Strip.blank(width, self._base)
        entry = self._entries[at]
        selected = self.has_focus and at == self._at and bool(entry.clause)
        style, base = self.get_component_rich_style, self._base
        if selected or not entry.clause:
            base += style("filters--selected" if selected else "filters--heading")
        if entry.mark:
            base += ink(style("filters--active"))
        count = "" if entry.count is None else f"{entry.count:,}"
        before = f"{'▸' if selected else ' '}{entry.mark or ' '} {_fold(entry)}"
        room = max(width - len(before) - len(count) - 2, 1)
        label = strips(entry.label, (), room, self.mode, base, {}, rtl=False, max_lines=1)
        middle = label[0] if label else Strip.blank(room, base)
        number = Segment(f" {count} ", base + ink(style("filters--count") if count else base))
        return in_column(Strip([Segment(before, base), *middle, number]), width, base)


def _fold(entry: Entry) -> str:
    """The indent of a folder, and the sign that says whether its subfolders are seen."""
    if entry.folder is None:
        return ""
    sign = {None: " ", True: UNFOLDED, False: FOLDED}[entry.folder.unfolded]
    return f"{'  ' * entry.folder.depth}{sign} "


def _nearest(clauses: list[str], at: int) -> int:
    """The row of a filter at ``at`` or behind it, else the last before; 0 if there is none."""
    rows = [row for row, clause in enumerate(clauses) if clause]
    return next((row for row in rows if row >= at), rows[-1] if rows else 0)
