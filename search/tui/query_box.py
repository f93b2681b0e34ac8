"""Where the query is typed: Arabic from the right and joined, with a caret where typing happens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip
from textual.widgets import Input

from search.bidi import Line, Mode, base_rtl, cell_width, layout
from search.tui.history import History
from search.tui.strips import in_column, strip

_BEHIND = "\u00a0"
"""What the caret stands on behind the last letter; a space would be trimmed."""
_WIDEST = 1 << 16
_MOST_PLACES = 500
"""Places in a query that a click is compared with."""


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
        if line is None:
            return Strip.blank(width, base)
        drawn = strip(line, line.width, base, styles)
        return in_column(self._in_view(drawn, line, width), width, base, right=self.rtl)

    def _line(self) -> Line | None:
        """The query with its caret and what is selected."""
        if not self.value:
            blank = layout(_BEHIND + self.placeholder, self._faint(), _WIDEST, mode=self.mode)
            return blank[0] if blank else None
        spans = []
        if self.has_focus:
            start, end = sorted(self.selection)
            spans += [(start, end, "selection")] if start < end else []
            spans += [self._caret()] if self._cursor_visible else []
        lines = layout(
            self.value.replace(" ", _BEHIND) + _BEHIND, spans, _WIDEST, mode=self.mode, rtl=self.rtl
        )
        return lines[0] if lines else None

    def _faint(self) -> list[tuple[int, int, str]]:
        faint = [(1, len(self.placeholder) + 1, "placeholder")]
        return [*faint, (0, 1, "cursor")] if self.has_focus and self._cursor_visible else faint

    def _caret(self) -> tuple[int, int, str]:
        return self.cursor_position, self.cursor_position + 1, "cursor"

    def _in_view(self, drawn: Strip, line: Line, width: int) -> Strip:
        """The part of a long query in which the caret is."""
        if drawn.cell_length <= width:
            return drawn
        at = _cell_of(line, "cursor")
        end = drawn.cell_length
        if at is None:
            start = end - width if self.rtl else 0
        else:
            start = max(0, min(at - width // 2, end - width))
        return drawn.crop(start, start + width)

    # -- what goes by sight --------------------------------------------------------

    def _cell_offset_to_index(self, offset: int) -> int:
        """Where in the query a click was: the letter whose cell is nearest."""
        if not self.value or len(self.value) > _MOST_PLACES:
            return min(super()._cell_offset_to_index(offset), len(self.value))
        text = self.value.replace(" ", _BEHIND) + _BEHIND
        width = self.scrollable_content_region.width
        found = []
        for place in range(len(self.value) + 1):
            lines = layout(
                text, [(place, place + 1, "cursor")], _WIDEST, mode=self.mode, rtl=self.rtl
            )
            cell = _cell_of(lines[0], "cursor")
            if cell is not None:
                found.append((abs(cell + (width - lines[0].width) * self.rtl - offset), place))
        return min(found)[1] if found else 0

    def action_cursor_left(self, select: bool = False) -> None:
        """To the left as it is seen, which in Arabic is onwards."""
        (super().action_cursor_right if self.rtl else super().action_cursor_left)(select)

    def action_cursor_right(self, select: bool = False) -> None:
        """To the right as it is seen."""
        (super().action_cursor_left if self.rtl else super().action_cursor_right)(select)

    # -- hits and earlier queries --------------------------------------------------

    def action_move(self, rows: int) -> None:
        """Through the hits while typing."""
        self.post_message(self.Moved(rows))

    def action_earlier_or_move(self) -> None:
        """In an empty box, or one that was filled so, the query before; else the hit above."""
        known = self.history and self.value in self.history.queries
        earlier = self.history.earlier() if self.history and (not self.value or known) else None
        if not self.value and earlier is not None:
            self.fill(earlier)
        else:
            self.post_message(self.Moved(-1))

    def action_search_history(self) -> None:
        """The newest earlier query that holds what is typed; again: the one before."""
        if self.history is None:
            return
        words = self.value if self.value not in self.history.queries else ""
        found = self.history.holding(words)
        if found is None:
            self.app.notify("no earlier query", timeout=2)
        else:
            self.fill(found)

    def fill(self, query: str) -> None:
        """Put a query in the box, the caret behind it."""
        self.value = query
        self.cursor_position = len(query)


def _cell_of(line: Line, style: str) -> int | None:
    """The first cell of a style in a line; nothing where it has none."""
    at = 0
    for segment in line.segments:
        if segment.style == style:
            return at
        at += cell_width(segment.text)
    return None
