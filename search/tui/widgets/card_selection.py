"""What is selected in the list with the mouse: text of one card."""

from __future__ import annotations

from textual import events

from search.results import Span
from search.tui.widgets.card import GUTTER, HEIGHT
from search.tui.widgets.cards import Cards
from search.tui.widgets.cells import Cells, Touch
from search.tui.widgets.selectable import Selectable

_LAST = HEIGHT - 2
"""The last row of a card that has text, from 0."""


class CardSelection(Selectable):
    """A selection in the card in which the button was pressed; beyond it, up to its edge."""

    _cards: Cards | None
    """The cards on the screen."""
    card_height: int
    _swept_document: int | None = None
    """The document of the card with the selection."""

    def _row_at(self, y: int) -> tuple[int, int]:
        """Return the row at a line of the list, and the line within it."""
        raise NotImplementedError

    def row_of(self, document: int) -> int | None:
        """Return the row of a document; None if it is not in the list."""
        return self._cards.rows.index_of(document) if self._cards else None

    @property
    def selectable_text(self) -> str:
        """The text of the card with the selection."""
        row = None if self._swept_document is None else self.row_of(self._swept_document)
        text = self._cards.text(row) if self._cards and row is not None else None
        return text.whole if text else ""

    def cells_at(self, y: int) -> Cells | None:
        """Return the cells of a row of the widget, of the same card while the button is held."""
        row, line = self._row_at(y + self.scroll_offset.y)
        if self._cards is None:
            return None
        if self._touched is None:
            self._swept_document = self._cards.rows[row][0] if row < len(self._cards.rows) else None
        if self._swept_document is None or (held := self.row_of(self._swept_document)) is None:
            return None
        text, last = self._cards.text(held), min(self.card_height - 1, _LAST)
        if row != held:
            line = 0 if row < held else last
        return text.cells(min(line, last)) if text else None

    def touch(self, event: events.MouseEvent) -> Touch | None:
        """Return the cell of the text of a card."""
        touched = super().touch(event)
        return Touch(touched.cells, touched.x - GUTTER) if touched else None

    def swept_in(self, row: int) -> Span | None:
        """Return what is selected of the card of a row."""
        if self._swept_document is None or self._cards is None or row >= len(self._cards.rows):
            return None  # cards are also drawn for a list that will be shown, which may be longer
        return self.selected if self._cards.rows[row][0] == self._swept_document else None
