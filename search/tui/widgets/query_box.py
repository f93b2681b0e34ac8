"""The query box: Arabic shaped and from the right, the caret where typing takes place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive
from textual.strip import Strip
from textual.widgets import Input
from textual.widgets.input import Selection

from search.bidi import Line, Mode, base_rtl, cell_width, has_rtl, layout
from search.tui.interaction.history import History
from search.tui.widgets.strips import in_column, strip

_CARET_CELL = "\u00a0"
"""The character under the caret after the last letter; a space would be trimmed."""
PLACEHOLDER = "a word, a phrase, a name · كلمة أو عبارة أو اسم"
_NO_WRAP = 1 << 16
"""A width, in cells, that no query reaches."""
_EDITS = {
    key: binding.action
    for binding in Input.BINDINGS
    if isinstance(binding, Binding) and re.match("cursor|delete|home|end", binding.action)
    for key in binding.key.split(",")
}
"""Key that edits the text or moves the caret → its action."""
_MOVES = ("down", "ctrl+n", "up", "pageup", "pagedown")
"""Keys that select another hit: the caret blinks on, or the box would be drawn before the list."""


class QueryBox(Input):
    """An input whose value is always in logical order."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,ctrl+n", "move(1)", show=False),
        Binding("up", "earlier_or_move", show=False),
        Binding("ctrl+p", "move(-1)", show=False, priority=True),
        Binding("pageup", "move(-10)", show=False),
        Binding("pagedown", "move(10)", show=False),
        Binding("ctrl+r", "search_history", show=False),
    ]

    virtual_size = Reactive(Size(0, 0), layout=False)
    """Changed without a new layout: a key redraws this box alone."""

    @dataclass
    class Moved(Message):
        """Select the hit ``rows`` below."""

        rows: int

    def __init__(
        self,
        mode: Mode,
        *,
        placeholder: str = PLACEHOLDER,
        id: str = "query",  # noqa: A002
    ) -> None:
        super().__init__(placeholder=placeholder, id=id, compact=True, select_on_focus=False)
        self.mode = mode
        self.history: History | None = None
        self._recalled: str | None = None
        """The earlier query in the box, until the user does something else."""
        self._filled: str | None = None
        """The last query put in the box by a program, whose last word is complete."""
        self._completed = self._completion = ""
        """A query, and what completes it."""
        self._typed = ""
        """The text typed before the first recall."""
        self._escaped = False
        """Whether the last key was Esc: a second one clears the box."""

    @property
    def typing(self) -> bool:
        """Whether the last word may be incomplete: the caret is at its end."""
        typed = self.value != self._filled and not self.value[-1:].isspace()
        return typed and self.cursor_position == len(self.value)

    @property
    def rtl(self) -> bool:
        """Whether the query runs from right to left."""
        return base_rtl(self.value)

    def render_line(self, y: int) -> Strip:
        """Render the single line."""
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
        """Lay out the query with its caret and selection."""
        if not self.value:
            empty = _CARET_CELL + self.placeholder
            return layout(empty, self._faint(), _NO_WRAP, mode=self.mode, rtl=False)[0]
        spans = []
        if self.has_focus:
            start, end = sorted(self.selection)
            spans += [(start, end, "selection")] if start < end else []
            at, whole = self.cursor_position, len(self.value) + len(self.completion)
            spans += [(len(self.value), whole, "placeholder")] if self.completion else []
            spans += [(at, at + 1, "cursor")] if self._cursor_visible else []
        return self._laid_out(spans)

    def _laid_out(self, spans: list[tuple[int, int, str]]) -> Line:
        """Lay out the query and the cell after it."""
        text = (self.value + self.completion).replace(" ", _CARET_CELL) + _CARET_CELL
        return layout(text, spans, _NO_WRAP, mode=self.mode, rtl=self.rtl)[0]

    def _faint(self) -> list[tuple[int, int, str]]:
        faint = [(1, len(self.placeholder) + 1, "placeholder")]
        return [*faint, (0, 1, "cursor")] if self.has_focus and self._cursor_visible else faint

    def _first_cell(self, line: Line, width: int) -> int:
        """Return the cell of the query at the left edge, such that the caret is visible.

        Negative if a right-to-left query leaves space at its left.
        """
        room = line.width - width
        if room <= 0:
            return room if self.rtl else 0
        return max(0, min(self._cell(self.cursor_position) - width // 2, room))

    def _cells(self) -> dict[int, int]:
        """Offset in the query → its cell. Marks, and the alef of a lam-alef, have none."""
        places = [(at, at + 1, str(at)) for at in range(len(self.value), -1, -1)]
        found: dict[int, int] = {}
        cell = 0
        for segment in self._laid_out(places).segments:
            if segment.style is not None:  # the completion has no offset
                found.setdefault(int(segment.style), cell)
            cell += cell_width(segment.text)
        return found

    def _cell(self, place: int) -> int:
        """Return the cell of an offset; that of its letter for a mark."""
        cells = self._cells()
        return cells[max((at for at in cells if at <= place), default=min(cells))]

    # -- completion ------------------------------------------------------------------

    def complete(self, rest: str) -> None:
        """Show in grey what would complete the query; "" for nothing."""
        self._completed, self._completion = self.value, rest
        self.refresh()

    @property
    def completion(self) -> str:
        """What completes the query, while the caret is at its end; "" for nothing.

        It lasts while the user types its letters. A terminal that colours whole Arabic words
        would show the typed letters in grey too.
        """
        whole = self._completed + self._completion
        at_end = self.cursor_position == len(self.value) and self.selection.is_empty
        if not (self.has_focus and at_end and whole.startswith(self.value)):
            return ""
        rest = whole[len(self.value) :]
        return "" if self.mode == "words" and has_rtl(rest) else rest

    def _accept(self) -> bool:
        """Take the completion; return whether there was one."""
        if not (rest := self.completion):
            return False
        self.value += rest
        self.cursor_position = len(self.value)
        return True

    # -- keys in a burst -----------------------------------------------------------

    async def _on_key(self, event: events.Key) -> None:
        """Edit at once; Esc twice clears the box. Input takes the letters.

        Over a slow connection several keys arrive together. Textual runs the action of a key after
        the letters behind it: Ctrl+W would delete what was typed after it.
        """
        cleared = event.key == "escape" and self._escaped and bool(self.value)
        self._escaped = event.key == "escape" and not cleared
        if cleared:
            if self.history is not None:
                self.history.add(self.value)  # the key Up brings it back
            self.fill("")
        elif event.key in _EDITS:
            self._restart_blink()
            await self.run_action(_EDITS[event.key])
        else:
            if event.key in _MOVES:
                event.prevent_default()
            return
        event.stop()
        event.prevent_default()

    # -- movement on the screen --------------------------------------------------------

    def _cell_offset_to_index(self, offset: int) -> int:
        """Return the offset of a click: the letter of the nearest cell."""
        if not self.value:
            return 0
        wanted = offset + self._first_cell(self._laid_out([]), self.scrollable_content_region.width)
        return min((abs(cell - wanted), place) for place, cell in self._cells().items())[1]

    def action_cursor_left(self, select: bool = False) -> None:
        """Move left on the screen, which in Arabic is forward."""
        if self.rtl and not select and self._accept():
            return
        if self.mode == "visual":
            self._go(-1, select)
        else:
            (super().action_cursor_right if self.rtl else super().action_cursor_left)(select)

    def action_cursor_right(self, select: bool = False) -> None:
        """Move right on the screen."""
        if not self.rtl and not select and self._accept():
            return
        if self.mode == "visual":
            self._go(1, select)
        else:
            (super().action_cursor_left if self.rtl else super().action_cursor_right)(select)

    def action_cursor_left_word(self, select: bool = False) -> None:
        """Move a word left on the screen."""
        (super().action_cursor_right_word if self.rtl else super().action_cursor_left_word)(select)

    def action_cursor_right_word(self, select: bool = False) -> None:
        """Move a word right on the screen."""
        (super().action_cursor_left_word if self.rtl else super().action_cursor_right_word)(select)

    def _go(self, step: int, select: bool) -> None:
        """Move to the next cell to the right (1) or left (-1), if there is one."""
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
        """Move through the hits while typing; Up then goes back, not to earlier queries."""
        self._recalled = None
        self.post_message(self.Moved(rows))

    def action_earlier_or_move(self) -> None:
        """Recall the query before in an empty or recalled box; else select the hit above."""
        if self.value and self.value != self._recalled:
            self.post_message(self.Moved(-1))
        else:
            self._recall("")

    def action_search_history(self) -> None:
        """Recall the newest query that contains what is typed; pressed again, the one before."""
        repeated = self._recalled is not None and self.value == self._recalled
        self._recall(self._typed if repeated else self.value)

    def _recall(self, words: str) -> None:
        if self.history is None:
            return
        if self.value != self._recalled:
            self.history.restart()
        query = self.history.previous_containing(words)
        if query is None:
            self.app.notify("no earlier query", timeout=2)
        else:
            self._typed, self._recalled = words, query
            self.fill(query)

    def fill(self, query: str) -> None:
        """Put a query in the box, the caret after it."""
        self.value = self._filled = query
        self.cursor_position = len(query)
