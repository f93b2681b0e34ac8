"""What to narrow an answer down by: each line a filter, by key or by mouse."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from search.bidi import Mode, clean
from search.hits.facets import Counts, Facets
from search.render.lines import shown_path
from search.tui.query_edit import holds
from search.tui.widgets.column import Column
from search.tui.widgets.strips import in_column, ink, strips


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the panel: a heading, or a value with its count."""

    label: str
    count: int | None = None
    clause: str = ""
    """What it adds to the query."""


class SidePanel(Column, can_focus=True):
    """Languages, types, years, folders and words, with the documents of each."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "filters--heading", "filters--count", "filters--chosen", "filters--active",
    }  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j,ت", "move(1)", show=False),
        Binding("up,k,ن", "move(-1)", show=False),
        Binding("enter,space", "toggle_filter", show=False),
    ]

    @dataclass
    class Toggled(Message):
        """A filter is wanted, or no longer."""

        clause: str

    def __init__(self, mode: Mode) -> None:
        super().__init__(id="filters")
        self.mode = mode
        self._entries: list[Entry] = []
        self._query = ""
        self._at = 0

    def show(self, facets: Facets, query: str) -> None:
        """Show the counts of another answer."""
        self._entries = entries(facets)
        self._query = query
        self._at = min(self._at, max(len(self._entries) - 1, 0))
        self.lengthen(len(self._entries))

    def action_move(self, rows: int) -> None:
        """To the next line that is a filter."""
        at = self._at + rows
        while 0 <= at < len(self._entries) and not self._entries[at].clause:
            at += rows
        if 0 <= at < len(self._entries):
            self._at = at
            self.scroll_to_region(Region(0, at, 1, 1), animate=False)
            self.refresh()

    def action_toggle_filter(self) -> None:
        """Ask for the chosen filter, or no longer."""
        if self._at < len(self._entries) and self._entries[self._at].clause:
            self.post_message(self.Toggled(self._entries[self._at].clause))

    def on_click(self, event: events.Click) -> None:
        """A click on a line chooses and toggles it."""
        at = event.y + self.scroll_offset.y
        if at < len(self._entries) and self._entries[at].clause:
            self._at = at
            self.action_toggle_filter()
            self.refresh()

    def on_focus(self) -> None:
        """Begin at a line that is a filter."""
        if self._entries and not self._entries[min(self._at, len(self._entries) - 1)].clause:
            self.action_move(1)
        self.refresh()

    def on_blur(self) -> None:
        """No line is chosen while another pane is."""
        self.refresh()

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
        at = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        if at >= len(self._entries) or width < 8:
            return Strip.blank(width, self._base)
        entry = self._entries[at]
        chosen = self.has_focus and at == self._at
        look = self.get_component_rich_style
        base = self._base
        if chosen or entry.count is None:
            base += look("filters--chosen" if chosen else "filters--heading")
        active = bool(entry.clause) and holds(self._query, entry.clause)
        if active:
            base += ink(look("filters--active"))
        count = "" if entry.count is None else f"{entry.count:,}"
        sign = "▸" if chosen else "✓" if active else " "
        room = width - len(count) - 3
        label = strips(entry.label, (), room, self.mode, base, {}, rtl=False, max_lines=1)
        middle = label[0] if label else Strip.blank(room, base)
        number = Segment(f" {count} ", base + ink(look("filters--count") if count else base))
        row = Strip([Segment(sign, base), *middle, number])
        return in_column(row, width, base)


def entries(facets: Facets) -> list[Entry]:
    """The lines of the panel."""
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
        inside = value if re.fullmatch(r"[^\s\"()]+", value) else f'"{value.replace(chr(34), " ")}"'
        found.append(Entry(clean(label), count, clause.format(inside)))
    return found


def _folder_label(path: str) -> str:
    """The last parts of a path, which tell folders apart."""
    parts = shown_path(path).rstrip("/").split("/")
    return "/".join(parts[-2:]) or "/"
