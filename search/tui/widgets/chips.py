"""The filters of the query as chips in one line; a click or a key takes one out."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from search.bidi import Mode, cell_width, clean
from search.parsing.filter_clauses import filter_clauses
from search.parsing.value_lists import unquoted
from search.tui.widgets.strips import first_line, in_column, ink, shortened

_MAX_WIDTH = 28
"""Cells of a chip; a path is cut from the left."""
_MARGIN = 1
"""Cells left of a chip."""


@dataclass(frozen=True, slots=True)
class Chip:
    """A value of a filter."""

    field: str
    """``""`` for filters in brackets."""
    value: str
    """As it is written in the query."""
    excluded: bool

    @property
    def label(self) -> str:
        """What is shown: the value, a path without the folders above, and the field."""
        text = clean(unquoted(self.value))
        if self.field == "path":
            text = shortened(text, _MAX_WIDTH - 12)
        return f"{'-' * self.excluded}{self.field}{':' * bool(self.field)}{text}"


def chips_of(query: str) -> list[Chip]:
    """Return the chips of a query in its order.

    >>> [chip.label for chip in chips_of("libya lang:ar -type:pdf,text")]
    ['lang:ar', '-type:pdf', '-type:text']
    """
    return [
        Chip(clause.field, value.text, clause.excluded)
        for clause in filter_clauses(query)
        for value in clause.values
    ]


class Chips(Widget, can_focus=True):
    """The line below the query box, blank without filters: nothing below it ever moves."""

    ALLOW_SELECT = False
    FOCUS_ON_CLICK = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"chips--chip", "chips--cross", "chips--chosen"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "move(-1)", show=False),
        Binding("right", "move(1)", show=False),
        Binding("enter,delete,backspace,space", "remove", show=False),
    ]

    @dataclass
    class Removed(Message):
        """A filter is to be taken out of the query."""

        field: str
        value: str

    @dataclass
    class Emptied(Message):
        """The last chip has gone while the chips had the focus."""

    def __init__(self, mode: Mode) -> None:
        super().__init__(id="chips")
        self.mode = mode
        self._chips: list[Chip] = []
        self._at = 0
        """The chip of the cursor."""

    def show(self, query: str) -> None:
        """Show the filters of another query; the cursor stays where it is."""
        chips = chips_of(query)
        if chips == self._chips:
            return
        self._chips = chips
        self._at = max(min(self._at, len(chips) - 1), 0)
        self.set_class(bool(chips), "-filled")
        if self.has_focus and not chips:
            self.post_message(self.Emptied())
        self.refresh()

    # -- keys and mouse --------------------------------------------------------------

    def allow_focus(self) -> bool:
        """Whether there is a chip to go to."""
        return bool(self._chips)

    @property
    def _focus_sort_key(self) -> tuple[int, int]:
        """Make it the last for Tab, behind the filters: Shift+Tab goes there from the box."""
        return sys.maxsize, 0

    def on_focus(self) -> None:
        """Begin at the last chip: it was most likely the last to come."""
        self._at = len(self._chips) - 1
        self.refresh()

    def on_blur(self) -> None:
        """Draw no cursor without the focus."""
        self.refresh()

    def action_move(self, chips: int) -> None:
        """Move by some chips to the right; to the left if negative."""
        self._at = max(min(self._at + chips, len(self._chips) - 1), 0)
        self.refresh()

    def action_remove(self) -> None:
        """Take out the filter of the cursor."""
        if self._chips:
            self._remove(self._chips[self._at])

    def _remove(self, chip: Chip) -> None:
        self.post_message(self.Removed(chip.field, chip.value))

    def on_click(self, event: events.Click) -> None:
        """Take out the filter of the chip."""
        end = 0
        for at in self._fitting(self.size.width):
            start, end = end + _MARGIN, end + _MARGIN + _width(self._chips[at])
            if start <= event.x - self.gutter.left < end:
                self._remove(self._chips[at])

    # -- rendering -------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """Render the single row."""
        base, width = self.rich_style, self.size.width
        if y or not self._chips:
            return Strip.blank(width, base)
        fitting = self._fitting(width)
        shown = [Strip([*self._blank(), *self._strip(at)]) for at in fitting]
        more = len(self._chips) - len(fitting)
        if more:
            shown.append(Strip([Segment(f" +{more}", base)]))
        return in_column(Strip.join(shown), width, base)

    def _blank(self) -> Strip:
        return Strip.blank(_MARGIN, self.rich_style)

    def _strip(self, at: int) -> Strip:
        chosen = self.has_focus and at == self._at
        style = self.rich_style + self.get_component_rich_style(
            "chips--chosen" if chosen else "chips--chip"
        )
        cross = style + ink(self.get_component_rich_style("chips--cross"))
        chip = self._chips[at]
        label = first_line(
            chip.label, (), _width(chip) - 4, self.mode, style, {}, rtl=False,
        )  # fmt: skip
        return Strip([Segment("▸" if chosen else " ", style), *label, Segment(" ✕ ", cross)])

    def _fitting(self, width: int) -> range:
        """The chips that fit, with that of the cursor, and with room for the number of the rest."""
        first = 0
        while self.has_focus and self._at not in self._from(first, width) and first < self._at:
            first += 1
        return self._from(first, width)

    def _from(self, first: int, width: int) -> range:
        """The chips that fit from one on."""
        room = width
        for at in range(first, len(self._chips)):
            room -= _MARGIN + _width(self._chips[at])
            is_all = first == 0 and at == len(self._chips) - 1
            if room < (0 if is_all else 4):
                return range(first, at)
        return range(first, len(self._chips))


def _width(chip: Chip) -> int:
    """The cells of a chip with a blank at its left and the cross at its right."""
    return min(cell_width(chip.label), _MAX_WIDTH) + 4
