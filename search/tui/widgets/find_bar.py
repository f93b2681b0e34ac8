"""The line below the panes in which one types what to find in the document, or where to go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input

from search.bidi import Mode
from search.tui.widgets.query_box import QueryBox
from search.tui.widgets.status_line import StatusLine


class FindInput(QueryBox):
    """An input whose text stays out of the query; its keys for earlier queries do nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", show=False),
        Binding("ctrl+r", "nothing", show=False),
    ]

    @dataclass
    class Edited(Message):
        """Another text stands in the line."""

        text: str

    @dataclass
    class Entered(Message):
        """Enter was pressed."""

        text: str

    @dataclass
    class Stepped(Message):
        """Go ``matches`` matches on."""

        matches: int

    @dataclass
    class Closed(Message):
        """The line is no longer wanted."""

    def on_input_changed(self, event: Input.Changed) -> None:
        """Keep the text from the query."""
        event.stop()
        self.post_message(self.Edited(event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep Enter from the query."""
        event.stop()
        self.post_message(self.Entered(event.value))

    def action_move(self, rows: int) -> None:
        """Go to the next match, or the one before."""
        self.post_message(self.Stepped(1 if rows > 0 else -1))

    def action_earlier_or_move(self) -> None:
        """Go to the match before."""
        self.post_message(self.Stepped(-1))

    def action_close(self) -> None:
        """Ask to be closed."""
        self.post_message(self.Closed())

    def action_nothing(self) -> None:
        """Do nothing."""


class FindBar(Horizontal):
    """A label, what is typed, and what came of it."""

    def __init__(self, mode: Mode, label: str, placeholder: str, name: str) -> None:
        super().__init__(id="find-bar", name=name)
        self._label = StatusLine(mode, id="find-label")
        self._label.show(label)
        self.input = FindInput(mode, placeholder=placeholder, id="find")
        self.answer = StatusLine(mode, id="find-answer")

    def compose(self) -> ComposeResult:
        """Yield the parts from left to right."""
        yield self._label
        yield self.input
        yield self.answer
