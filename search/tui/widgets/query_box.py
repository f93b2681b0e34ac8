"""Where the query is typed: Arabic from the right and joined, with a caret where typing happens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive
from textual.strip import Strip
from textual.widgets import Input
from textual.widgets.input import Selection

from search.bidi import Line, Mode, base_rtl, cell_width, layout
from search.tui.history import History
from search.tui.widgets.strips import in_column, strip

_BEHIND = "\u00a0"
"""What the caret stands on behind the last letter; a space would be trimmed."""
_WIDEST = 1 << 16


class QueryBox(Input):
    """A line of text whose value is always in the order of reading."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,ctrl+n", "move(1)", show=False),
        Binding("up", "earlier_or_move", show=False),
        Binding("ctrl+p", "move(-1)", show=False, priority=True),
        Binding("pageup", "move(-10)", show=False),
        Binding("pagedown", "move(10)", show=False),
        Binding("ctrl+r", "search_history", show=False),
    ]

    virtual_size = Reactive(Size(0, 0), layout=False)
    """As wide as the query; nothing else is laid out anew for a key."""

    @dataclass
    class Moved(Message):
        """Another hit is wanted: so many rows down."""

        rows: int

    def __init__(self, mode: Mode) -> None:
        super().__init__(
            placeholder="a word, a phrase, a name · كلمة أو عبارة أو اسم",
            id="query", compact=True, select_on_focus=False,
        )  # fmt: skip
        self.mode = mode
        self.history: History | None = None
        self._recalled: str | None = None
        """The earlier query that was put in the box, until something else is done."""
        self._filled: str | None = None
        """What was last put in the box, which is whole."""
        self._wanted = ""
        """What was typed when it was asked for."""

    @property
    def typing(self) -> bool:
        """Whether the last word may go on: the caret stands right behind it."""
        typed = self.value != self._filled and not self.value[-1:].isspace()
        return typed and self.cursor_position == len(self.value)

    @property
    def rtl(self) -> bool:
        """Whether the query is read from the right."""
        return base_rtl(self.value)

    def render_line(self, y: int) -> Strip:
        """The one line there is."""
        base = self.rich_style
        width = self.scrollable_content_region.width
        if y:
            return Strip.blank(width, base)
        styles = {
            name: self.get_component_rich_style(f"input--{name}")
            for name in ("cursor", "placeholder", "selection")
        }
        line = self._line()
        first = self._first_cell(line, width)
        shown = strip(line, line.width, base, styles).crop(max(first, 0), max(first, 0) + width)
        return in_column(shown, width, base, right=self.rtl)

    def _line(self) -> Line:
        """The query with its caret and what is selected."""
        if not self.value:
            return layout(_BEHIND + self.placeholder, self._faint(), _WIDEST, mode=self.mode)[0]
        spans = []
        if self.has_focus:
            start, end = sorted(self.selection)
            spans += [(start, end, "selection")] if start < end else []
            at = self.cursor_position
            spans += [(at, at + 1, "cursor")] if self._cursor_visible else []
        return self._laid_out(spans)

    def _laid_out(self, spans: list[tuple[int, int, str]]) -> Line:
        """The query and the place behind it, which are always some cells."""
        text = self.value.replace(" ", _BEHIND) + _BEHIND
        return layout(text, spans, _WIDEST, mode=self.mode, rtl=self.rtl)[0]

    def _faint(self) -> list[tuple[int, int, str]]:
        faint = [(1, len(self.placeholder) + 1, "placeholder")]
        return [*faint, (0, 1, "cursor")] if self.has_focus and self._cursor_visible else faint

    def _first_cell(self, line: Line, width: int) -> int:
        """The cell of the query at the left edge: of a long one, the caret is in sight.

        Less than 0 where there is room to the left of an Arabic one.
        """
        room = line.width - width
        if room <= 0:
            return room if self.rtl else 0
        return max(0, min(self._cell(self.cursor_position) - width // 2, room))

    def _cells(self) -> dict[int, int]:
        """Place in the query → its cell. Marks, and the alef of a lam-alef, have none."""
        places = [(at, at + 1, str(at)) for at in range(len(self.value), -1, -1)]
        found: dict[int, int] = {}
        cell = 0
        for segment in self._laid_out(places).segments:
            found.setdefault(int(segment.style or 0), cell)
            cell += cell_width(segment.text)
        return found

    def _cell(self, place: int) -> int:
        """The cell of a place, which for a mark is that of its letter."""
        cells = self._cells()
        return cells[max((at for at in cells if at <= place), default=min(cells))]

    # -- what goes by sight --------------------------------------------------------

    def _cell_offset_to_index(self, offset: int) -> int:
        """Where in the query a click was: the letter whose cell is nearest."""
        if not self.value:
            return 0
        wanted = offset + self._first_cell(self._laid_out([]), self.scrollable_content_region.width)
        return min((abs(cell - wanted), place) for place, cell in self._cells().items())[1]

    def action_cursor_left(self, select: bool = False) -> None:
        """To the left as it is seen, which in Arabic is onwards."""
        if self.mode == "visual":
            self._go(-1, select)
        else:
            (super().action_cursor_right if self.rtl else super().action_cursor_left)(select)

    def action_cursor_right(self, select: bool = False) -> None:
        """To the right as it is seen."""
        if self.mode == "visual":
            self._go(1, select)
        else:
            (super().action_cursor_left if self.rtl else super().action_cursor_right)(select)

    def action_cursor_left_word(self, select: bool = False) -> None:
        """A word to the left as it is seen, in the direction of the query."""
        (super().action_cursor_right_word if self.rtl else super().action_cursor_left_word)(select)

    def action_cursor_right_word(self, select: bool = False) -> None:
        """A word to the right as it is seen, in the direction of the query."""
        (super().action_cursor_left_word if self.rtl else super().action_cursor_right_word)(select)

    def _go(self, step: int, select: bool) -> None:
        """To the next place to the right, or with -1 to the left, as far as there is one."""
        start, end = self.selection
        if start != end and not select:
            self.cursor_position = max((start, end), key=lambda at: step * self._cell(at))
            return
        here = self._cell(end)
        ahead = [
            (step * cell, at) for at, cell in self._cells().items() if step * (cell - here) > 0
        ]
        if ahead:
            place = min(ahead)[1]
            self.selection = Selection(start if select else place, place)

    # -- hits and earlier queries --------------------------------------------------

    def action_move(self, rows: int) -> None:
        """Through the hits while typing; from there, up leads back and not to earlier queries."""
        self._recalled = None
        self.post_message(self.Moved(rows))

    def action_earlier_or_move(self) -> None:
        """In an empty box, or one that was filled so, the query before; else the hit above."""
        if self.value and self.value != self._recalled:
            self.post_message(self.Moved(-1))
        else:
            self._recall("")

    def action_search_history(self) -> None:
        """The newest earlier query that holds what is typed; again: the one before."""
        again = self._recalled is not None and self.value == self._recalled
        self._recall(self._wanted if again else self.value)

    def _recall(self, words: str) -> None:
        if self.history is None:
            return
        if self.value != self._recalled:
            self.history.restart()
        found = self.history.holding(words)
        if found is None:
            self.app.notify("no earlier query", timeout=2)
        else:
            self._wanted, self._recalled = words, found
            self.fill(found)

    def fill(self, query: str) -> None:
        """Put a query in the box, the caret behind it."""
        self.value = self._filled = query
        self.cursor_position = len(query)
