"""The filters of the query as chips in one line; a click on one takes it out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual import events
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


class Chips(Widget):
    """The line below the query box, blank without filters: nothing below it ever moves."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"chips--chip", "chips--cross"}

    @dataclass
    class Removed(Message):
        """A filter is to be taken out of the query."""

        field: str
        value: str

    def __init__(self, mode: Mode) -> None:
        super().__init__(id="chips")
        self.mode = mode
        self._chips: list[Chip] = []

    def show(self, query: str) -> None:
        """Show the filters of another query."""
        chips = chips_of(query)
        if chips != self._chips:
            self._chips = chips
            self.set_class(bool(chips), "-filled")
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Render the single row."""
        base, width = self.rich_style, self.size.width
        if y or not self._chips:
            return Strip.blank(width, base)
        shown = [Strip([*self._blank(), *self._strip(chip)]) for chip in self._fitting(width)]
        more = len(self._chips) - len(shown)
        if more:
            shown.append(Strip([Segment(f" +{more}", base)]))
        return in_column(Strip.join(shown), width, base)

    def _blank(self) -> Strip:
        return Strip.blank(_MARGIN, self.rich_style)

    def _strip(self, chip: Chip) -> Strip:
        style = self.rich_style + self.get_component_rich_style("chips--chip")
        cross = style + ink(self.get_component_rich_style("chips--cross"))
        label = first_line(
            chip.label, (), _width(chip) - 4, self.mode, style, {}, rtl=False,
        )  # fmt: skip
        return Strip([Segment(" ", style), *label, Segment(" ✕ ", cross)])

    def _fitting(self, width: int) -> list[Chip]:
        """The chips that fit, with room for the number of the others."""
        shown: list[Chip] = []
        room = width
        for chip in self._chips:
            room -= _MARGIN + _width(chip)
            is_last = len(shown) == len(self._chips) - 1
            if room < (0 if is_last else 4):
                break
            shown.append(chip)
        return shown

    def on_click(self, event: events.Click) -> None:
        """Take out the filter of the chip."""
        end = 0
        for chip in self._fitting(self.size.width):
            start, end = end + _MARGIN, end + _MARGIN + _width(chip)
            if start <= event.x - self.gutter.left < end:
                self.post_message(self.Removed(chip.field, chip.value))


def _width(chip: Chip) -> int:
    """The cells of a chip with a blank at its left and the cross at its right."""
    return min(cell_width(chip.label), _MAX_WIDTH) + 4
