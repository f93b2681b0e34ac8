"""The filters: facets of the results, each line a filter to switch on and off."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from search.bidi import Mode, clean
from search.hits.facets import NO_DATE, Counts, Facets
from search.render.lines import relative_path, shown_path
from search.tui.interaction.query_edit import contains
from search.tui.widgets.column import Column
from search.tui.widgets.strips import in_column, ink, strips


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the panel: a heading, or a value with its document count."""

    label: str
    count: int | None = None
    clause: str = ""
    """The filter that it adds to the query."""


class SidePanel(Column, can_focus=True):
    """Languages, types, years, folders and words, with their document counts."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "filters--heading", "filters--count", "filters--selected", "filters--active",
    }  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j,ت", "move(1)", show=False),
        Binding("up,k,ن", "move(-1)", show=False),
        Binding("enter,space", "toggle_filter", show=False),
    ]

    @dataclass
    class Toggled(Message):
        """A filter was switched on or off."""

        clause: str

    def __init__(self, mode: Mode) -> None:
        super().__init__(id="filters")
        self.mode = mode
        self._entries: list[Entry] = []
        self._query = ""
        self._at = 0

    @property
    def _focus_sort_key(self) -> tuple[int, int]:
        """Make it the last pane for Tab, which goes from the box to the list first."""
        y, _ = super()._focus_sort_key
        return y, sys.maxsize

    def show(self, facets: Facets, query: str) -> None:
        """Show the facets of other results."""
        self._entries = entries(facets)
        self._query = query
        self._at = min(self._at, max(len(self._entries) - 1, 0))
        self.set_rows(len(self._entries))

    def action_move(self, rows: int) -> None:
        """Move to the next line that is a filter."""
        at = self._at + rows
        while 0 <= at < len(self._entries) and not self._entries[at].clause:
            at += rows
        if 0 <= at < len(self._entries):
            self._at = at
            self.scroll_to_region(Region(0, at, 1, 1), animate=False)
            self.refresh()

    def action_toggle_filter(self) -> None:
        """Switch the selected filter on or off."""
        if self._at < len(self._entries) and self._entries[self._at].clause:
            self.post_message(self.Toggled(self._entries[self._at].clause))

    def on_click(self, event: events.Click) -> None:
        """Select the clicked line and toggle its filter."""
        at = event.y + self.scroll_offset.y
        if at < len(self._entries) and self._entries[at].clause:
            self._at = at
            self.action_toggle_filter()
            self.refresh()

    def on_focus(self) -> None:
        """Select a line that is a filter."""
        if self._entries and not self._entries[min(self._at, len(self._entries) - 1)].clause:
            self.action_move(1)
        self.refresh()

    def on_blur(self) -> None:
        """Redraw: no line is selected without the focus."""
        self.refresh()

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
        selected = self.has_focus and at == self._at
        style = self.get_component_rich_style
        base = self._base
        if selected or entry.count is None:
            base += style("filters--selected" if selected else "filters--heading")
        active = bool(entry.clause) and contains(self._query, entry.clause)
        if active:
            base += ink(style("filters--active"))
        count = "" if entry.count is None else f"{entry.count:,}"
        sign = "▸" if selected else "✓" if active else " "
        room = width - len(count) - 3
        label = strips(entry.label, (), room, self.mode, base, {}, rtl=False, max_lines=1)
        middle = label[0] if label else Strip.blank(room, base)
        number = Segment(f" {count} ", base + ink(style("filters--count") if count else base))
        row = Strip([Segment(sign, base), *middle, number])
        return in_column(row, width, base)


def entries(facets: Facets) -> list[Entry]:
    """Return the lines of the panel."""
    found: list[Entry] = []
    for heading, counts, clause in (
        ("Language", facets.languages, "lang:{}"),
        ("Type", facets.types, "type:{}"),
        ("Year", facets.years, "date:{}"),
        ("Folder", facets.folders, "path:{}"),
        ("Word", facets.words, "+{}"),
    ):
        if counts:
            found += [Entry(""), Entry(heading)] if found else [Entry(heading)]
            found += list(_values(heading, counts, clause))
    return found


def _values(heading: str, counts: Counts, clause: str) -> list[Entry]:
    found = []
    for value, count in counts:
        label = _folder_label(value) if heading == "Folder" else value
        given = _as_shown(value) if heading == "Folder" else value
        inside = given if re.fullmatch(r"[^\s\"()]+", given) else f'"{given.replace(chr(34), " ")}"'
        if heading == "Year" and value == NO_DATE:
            inside = "none"
        found.append(Entry(clean(label), count, clause.format(inside)))
    return found


def _as_shown(folder: str) -> str:
    """Return a folder as ``path:`` takes it, from here or from the home folder if it is there.

    Without ``./`` a folder of this name anywhere would be meant.
    """
    shown = relative_path(folder)
    if shown != folder:
        return f"./{shown}"
    home = f"{Path.home()}/"
    return f"~/{folder.removeprefix(home)}" if folder.startswith(home) else folder


def _folder_label(path: str) -> str:
    """Return the last two parts of a path, which distinguish folders."""
    parts = shown_path(path).rstrip("/").split("/")
    return "/".join(parts[-2:]) or "/"
