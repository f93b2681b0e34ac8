"""A dialog that asks for one or several lines of text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Label

from search.bidi import Mode
from search.tui.widgets.query_box import QueryBox
from search.tui.widgets.status_line import StatusLine


class EntryDialog(ModalScreen[tuple[str, ...] | None]):
    """Asks for lines; the result is what was typed in each, or None if the dialog was left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "close", show=False),
        Binding("down", "app.focus_next", show=False, priority=True),
        Binding("up", "app.focus_previous", show=False, priority=True),
    ]

    def __init__(
        self, title: str, lines: Sequence[tuple[str, str]], mode: Mode, hint: str = ""
    ) -> None:
        super().__init__()
        self._title, self._lines, self._hint = title, lines, hint
        self._mode = mode
        self.boxes = [
            QueryBox(mode, placeholder=label, id=f"entry-{number}")
            for number, (label, _) in enumerate(lines)
        ]

    def compose(self) -> ComposeResult:
        """Yield what the keys do and the title, and a box for each line."""
        with Vertical(id="entry"):
            title = StatusLine(self._mode, id="entry-title")
            title.show("Enter stores, Esc closes", self._title, self._hint)
            yield title
            for (label, _), box in zip(self._lines, self.boxes, strict=True):
                yield Label(label, classes="entry-label", markup=False)
                yield box

    def on_mount(self) -> None:
        """Show what is known of each line."""
        for (_, value), box in zip(self._lines, self.boxes, strict=True):
            box.fill(value)
        self.boxes[0].focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Keep the text from the search behind the dialog."""
        event.stop()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Return what was typed."""
        event.stop()
        self.dismiss(tuple(box.value for box in self.boxes))

    def action_leave(self) -> None:
        """Close the dialog; nothing is stored."""
        self.dismiss(None)
