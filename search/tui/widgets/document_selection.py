"""What is selected in the document, with the mouse and with keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.binding import Binding, BindingType

from search.results import Span
from search.tui.interaction.caret import Caret, paragraph_at, word_at
from search.tui.widgets.cells import Cells
from search.tui.widgets.selectable import Selectable

if TYPE_CHECKING:
    from search.tui.widgets.pager import Pager, Row


class DocumentSelection(Selectable):
    """A selection in a text of which the visible rows are known.

    The mouse selects by characters, a double click a word, a triple click a paragraph; ``v``
    selects the current match, then its paragraph, and arrows with Shift extend what is selected.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("v,ر", "select", show=False),
        Binding("shift+right,right", "extend_word(1)", show=False),
        Binding("shift+left,left", "extend_word(-1)", show=False),
        Binding("shift+down", "extend_row(1)", show=False),
        Binding("shift+up", "extend_row(-1)", show=False),
    ]

    _caret: Caret | None = None
    """The ends of the selection, once a key has moved one."""

    @property
    def _pager(self) -> Pager:
        """The text in the width of the widget."""
        raise NotImplementedError

    @property
    def rows(self) -> list[Row]:
        """The rows on the screen."""
        raise NotImplementedError

    @property
    def match(self) -> Span | None:
        """The current match."""
        raise NotImplementedError

    def bring_into_view(self, place: int) -> None:
        """Scroll until the character at an offset is on the screen."""
        raise NotImplementedError

    @property
    def selectable_text(self) -> str:
        """The text of the document."""
        return self._pager.text

    def cells_in_row(self, row: int) -> Cells | None:
        """Return the cells of a visible row; of the last one if there are fewer."""
        rows = self.rows
        return self._pager.cells(rows[max(0, min(row, len(rows) - 1))]) if rows else None

    def on_click(self, event: events.Click) -> None:
        """Select a word by a double click, a paragraph by a triple one."""
        touch = self.touch(event) if event.chain > 1 else None
        if touch is not None:
            place = touch.cells.hull(touch.x, touch.x)[0]
            whole = word_at if event.chain == 2 else paragraph_at
            self.select(whole(self.selectable_text, place))

    def action_select(self) -> None:
        """Select the current match, or the first visible word; again: its paragraph."""
        if not self.rows:
            return
        rows, text, known = self.rows, self.selectable_text, self.selected
        match = self.match
        if known is not None:
            span = paragraph_at(text, known[0])[0], paragraph_at(text, known[1])[1]
        elif match and rows[0].start <= match[0] < rows[-1].end:
            span = match
        else:
            span = word_at(text, rows[0].start)
        self._caret = None
        self.select(span)

    def action_extend_word(self, cells: int) -> None:
        """Extend by the word to the right (1) or to the left (-1), which in Arabic is the next."""
        if caret := self._ends():
            forward = (cells > 0) is not self._pager.rtl(caret.moving)
            self._extend(caret.by_word(self.selectable_text, forward))

    def action_extend_row(self, rows: int) -> None:
        """Extend by the row below (1) or above (-1)."""
        if caret := self._ends():
            self._extend(Caret(caret.fixed, self._row_away(caret.moving, rows)))

    def _ends(self) -> Caret | None:
        """Return the ends of the selection; the end of its text moves first. None without one."""
        if self.selected is None:
            self.action_select()
        if self.selected is None:
            return None
        if self._caret is None or self._caret.span != self.selected:
            self._caret = Caret(*self.selected)
        return self._caret

    def _extend(self, caret: Caret) -> None:
        self._caret = caret
        self.select(caret.span)
        self.bring_into_view(caret.moving)

    def _row_away(self, place: int, rows: int) -> int:
        """Return the place as far into the row below or above; an end of the text beyond it."""
        here, *below = self._pager.rows(place, 2)
        if rows > 0 and not below:
            return here.end
        if rows < 0 and here.start == 0:
            return 0
        row = below[0] if rows > 0 else self._pager.rows(self._pager.back(here.start, 1), 1)[0]
        return min(row.start + place - here.start, row.end)
