"""The border at the left of a pane, which the mouse can drag."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.message import Message
from textual.widget import Widget


class LeftBorder(Widget):
    """A pane with a border at its left; its handlers come before those of what is in the pane."""

    _is_dragged = False

    @dataclass
    class Dragged(Message):
        """The border is to be moved."""

        x: int
        """The column of the screen under the mouse."""

    @dataclass
    class Dropped(Message):
        """The button was released: the border stays."""

    def _has_border_at(self, event: events.MouseEvent) -> bool:
        return event.x == 0 and bool(self.styles.border_left[0])

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take the border; nothing is selected then."""
        if event.button == 1 and self._has_border_at(event):
            event.prevent_default()
            self._is_dragged = True
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Take the border along."""
        if self._is_dragged:
            event.prevent_default()
            self.post_message(self.Dragged(round(event.screen_x)))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let the border go."""
        if self._is_dragged:
            event.prevent_default()
            self._is_dragged = False
            self.release_mouse()
            self.post_message(self.Dropped())

    def on_click(self, event: events.Click) -> None:
        """Select no word by a double click on the border."""
        if self._has_border_at(event):
            event.prevent_default()
