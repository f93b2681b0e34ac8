"""The panes of the screen, and which of them are seen in the room there is."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widget import Widget

from search.bidi import Mode
from search.tui.preview import Preview
from search.tui.result_list import ResultList
from search.tui.side_panel import SidePanel

SIDE_FROM, DOCUMENT_FROM = 110, 100
"""Columns from which there is room for the filters, and for the document, beside the list;
where there is none, either takes the place of the list while it is used."""


class Panes(Horizontal):
    """The filters, the list and the document."""

    def __init__(self, mode: Mode) -> None:
        super().__init__(id="body")
        self.stacked = mode == "logical"
        """Whether a row of the screen has room for one pane only: the terminal reorders it."""
        self.set_class(self.stacked, "-stacked")
        self.side, self.hits, self.document = SidePanel(mode), ResultList(mode), Preview(mode)
        self._columns = 0
        self._hidden: set[Widget] = set()
        """What is not wanted beside the list."""
        self._alone: Widget | None = None
        """What has the place of the list."""

    def compose(self) -> ComposeResult:
        """From left to right."""
        yield self.side
        yield self.hits
        yield self.document

    def fit(self, columns: int) -> None:
        """Arrange the panes in a screen so wide."""
        self._columns = columns
        self._display_fitting()

    def _display_fitting(self) -> None:
        """Panes come and go with the room there is."""
        alone = self._alone
        if alone is not None and self._fits(alone) and alone not in self._hidden:
            alone = None
        for pane in (self.side, self.hits, self.document):
            beside = pane is self.hits or (self._fits(pane) and pane not in self._hidden)
            pane.display = pane is alone if alone else beside
        self.side.set_class(alone is self.side, "-alone")

    def _fits(self, pane: Widget) -> bool:
        """Whether there is room for a pane beside the list."""
        if pane is self.side:
            return self._columns >= SIDE_FROM and not self.stacked
        return self._columns >= DOCUMENT_FROM or self.stacked

    def read(self) -> None:
        """To the document, wherever there is room for it."""
        if not self.document.display:
            self._alone = self.document
            self._display_fitting()
        self.document.focus()

    def toggle(self, pane: Widget) -> None:
        """Show or hide the filters or the document; where there is room for one pane, in turn."""
        if self._fits(pane):
            self._hidden ^= {pane}
            self._alone = None
        else:
            self._alone = None if self._alone is pane else pane
        self._display_fitting()
        (pane if self._alone is pane else self.hits).focus()

    def back(self) -> bool:
        """One step back towards the list; whether there was one."""
        inside = self._alone is not None or self.document.has_focus
        self._alone = None
        self._display_fitting()
        if inside:
            self.hits.focus()
        return inside
