"""Rows of labels and their texts, laid out for a width; labels stand in a column."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.strip import Strip

from search.bidi import Line, Mode, layout, quotes
from search.tui.widgets.column import Column
from search.tui.widgets.strips import in_column

INDENT = 2
"""Cells left of the text."""
_LABELS = 24
"""Cells of the column of labels."""
_BESIDE_FROM = 46
"""Width from which a text stands beside its label; below, it stands under it."""
_GAP = 2

Part = tuple[int, Line, str]
"""The first cell of a laid-out text, the text, and the name of its style."""
Lines = Callable[["Sheet"], list["SheetRow"]]


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row: its texts from the left, and what it stands for."""

    parts: tuple[Part, ...] = ()
    target: object = None

    def strip(self, width: int, base: Style, style: Callable[[str], Style]) -> Strip:
        """Render the row; ``style`` is the style of a name."""
        cells: list[Segment] = []
        used = 0
        for start, line, name in self.parts:
            cells.append(Segment(" " * (start - used), base))
            cells += [Segment(part.text, style(part.style or name)) for part in line.segments]
            used = start + line.width
        return in_column(Strip(cells), width, base)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Lays out rows of ``width`` cells after the indent."""

    width: int
    mode: Mode
    labels: int = _LABELS

    @property
    def is_wide(self) -> bool:
        """Whether texts stand beside their labels."""
        return self.width >= self.labels + _BESIDE_FROM - _LABELS

    def paragraph(self, text: str, style: str = "path") -> list[SheetRow]:
        """Return a text in as many rows as it needs; an empty row for an empty text."""
        rows = [SheetRow(((INDENT, line, style),)) for line in self.lines(text, self.width)]
        return rows or [SheetRow()]

    def table(self, pairs: Iterable[tuple[str, str]]) -> list[SheetRow]:
        """Return labels and their texts, beside them or, where it is narrow, under them."""
        rows = []
        for label, text in pairs:
            rows += self._beside(label, text) if self.is_wide else self._under(label, text)
        return rows

    def _beside(self, label: str, text: str) -> list[SheetRow]:
        heads = self.lines(label, self.labels - _GAP)
        texts = self.lines(text, self.width - self.labels)
        rows = []
        for at in range(max(len(heads), len(texts))):
            head = [(INDENT, line, "title") for line in heads[at : at + 1]]
            beside = [(INDENT + self.labels, line, "path") for line in texts[at : at + 1]]
            rows.append(SheetRow((*head, *beside)))
        return rows

    def _under(self, label: str, text: str) -> list[SheetRow]:
        heads = [(INDENT, line, "title") for line in self.lines(label, self.width)]
        below = self.lines(text, self.width - _GAP)
        return [
            SheetRow((part,)) for part in (*heads, *((INDENT + _GAP, b, "path") for b in below))
        ]

    def lines(self, text: str, width: int) -> list[Line]:
        """Lay out an English sentence, each quote of Arabic in it isolated."""
        apart = quotes(text)
        return layout(text, (), max(width, 1), mode=self.mode, rtl=False, isolates=apart)


class SheetView(Column, can_focus=True):
    """A scrolling sheet, laid out again for every width."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"sheet--title"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j,ت", "scroll_down", show=False),
        Binding("up,k,ن", "scroll_up", show=False),
        Binding("pagedown,space", "page_down", show=False),
        Binding("pageup", "page_up", show=False),
        Binding("home", "scroll_home", show=False),
        Binding("end", "scroll_end", show=False),
    ]

    def __init__(self, rows: Lines, mode: Mode, *, labels: int = _LABELS, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._make_rows, self._mode, self._labels = rows, mode, labels
        self.rows: list[SheetRow] = []

    def on_resize(self, _event: events.Resize) -> None:
        """Lay out the rows for another width."""
        width = self.scrollable_content_region.width - 2 * INDENT
        self.rows = self._make_rows(Sheet(max(width, 8), self._mode, self._labels))
        self.set_rows(len(self.rows))

    def render_line(self, y: int) -> Strip:
        """Render one row."""
        at, width = y + self.scroll_offset.y, self.scrollable_content_region.width
        base = self.rich_style
        title = base + Style(color=self.get_component_rich_style("sheet--title").color)
        row = self.rows[at] if at < len(self.rows) else SheetRow()
        return row.strip(width, base, lambda name: title if name == "title" else base)
