"""Text selected with the mouse, kept as Textual keeps it, in offsets of the author's text.

Textual selects by the columns of what is drawn, which for Arabic are presentation forms in visual
order. Here the two offsets of a selection are those of the text: ``Offset(character, 0)``.
"""

from __future__ import annotations

from textual import events
from textual.geometry import Offset
from textual.selection import Selection
from textual.widget import Widget

from search.results import Span
from search.tui.widgets.cells import Cells, Touch, swept


class Selectable(Widget):
    """A widget whose text can be selected; what its rows show, it tells by :meth:`cells_at`."""

    ALLOW_SELECT = False  # by Textual, in columns of what is drawn
    _touched: Touch | None = None
    """Where the button was pressed, while it is held."""

    @property
    def selectable_text(self) -> str:
        """The text that offsets of a selection count characters of."""
        raise NotImplementedError

    def cells_at(self, y: int) -> Cells | None:
        """Return the cells of a row of the widget; None if it shows none of the text."""
        raise NotImplementedError

    def scroll_selecting(self, rows: int) -> None:
        """Scroll because the mouse, with its button held, is above (-1) or below (1)."""

    @property
    def selected(self) -> Span | None:
        """The selected slice of the text; None if nothing is selected."""
        selection = self.text_selection
        if selection is None or selection.start is None or selection.end is None:
            return None
        return selection.start.x, selection.end.x

    def select(self, span: Span) -> None:
        """Select a slice of the text, and nothing else on the screen."""
        start, end = span
        self.screen.selections = {self: Selection(Offset(start, 0), Offset(end, 0))}

    def deselect(self) -> None:
        """Select nothing, if something of this text is selected."""
        if self.is_attached and self.text_selection is not None:
            self.screen.clear_selection()

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Return the selected slice as its author wrote it, for Textual to copy."""
        if selection.start is None or selection.end is None:
            return None
        return self.selectable_text[selection.start.x : selection.end.x], "\n"

    def on_key(self, event: events.Key) -> None:
        """Select nothing at Esc, before it is a step back."""
        if event.key == "escape" and self.selected is not None:
            self.deselect()
            event.stop()

    # -- the mouse -----------------------------------------------------------------

    def touch(self, event: events.MouseEvent) -> Touch | None:
        """Return the cell under the mouse, or the nearest above or below; None without text."""
        gutter = self.gutter
        y = max(0, min(event.y - gutter.top, self.content_size.height - 1))
        cells = self.cells_at(y)
        return Touch(cells, event.x - gutter.left) if cells else None

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin to select with the left button."""
        if event.button == 1 and not event.shift:
            self._touched = self.touch(event)
            if self._touched is not None:
                self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Select up to the mouse."""
        if self._touched is None:
            return
        y = event.y - self.gutter.top
        if not 0 <= y < self.content_size.height:
            self.scroll_selecting(-1 if y < 0 else 1)
        if here := self.touch(event):
            self.select(swept(self._touched, here))

    def on_mouse_up(self, _event: events.MouseUp) -> None:
        """Keep what is selected."""
        if self._touched is not None:
            self._touched = None
            self.release_mouse()
