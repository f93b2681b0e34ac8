"""The panes of the screen, and which of them are seen in the room there is."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widget import Widget

from search.bidi import TerminalPlan
from search.results import Hit
from search.tui import external as programs
from search.tui.citation import citation
from search.tui.keys import ACTIONS
from search.tui.widgets.preview import Preview
from search.tui.widgets.result_list import ResultList
from search.tui.widgets.side_panel import SidePanel

SIDE_FROM, DOCUMENT_FROM = 110, 100
"""Columns from which there is room for the filters, and for the document, beside the list;
where there is none, either takes the place of the list while it is used."""


class Panes(Horizontal):
    """The filters, the list and the document, and what is done by a key in any of them."""

    BINDINGS: ClassVar[list[BindingType]] = [deed.binding() for deed in ACTIONS if deed.inside]

    def __init__(self, plan: TerminalPlan) -> None:
        super().__init__(id="body")
        self._plan, mode = plan, plan.mode
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
        return inside or (self.hits.has_focus and self.hits.unmark())

    # -- deeds ---------------------------------------------------------------------

    def action_next_hit(self) -> None:
        """The hit below."""
        self.hits.action_move(1)

    def action_previous_hit(self) -> None:
        """The hit above."""
        self.hits.action_move(-1)

    def action_next_match(self) -> None:
        """On in the document."""
        self.document.action_step(1)

    def action_previous_match(self) -> None:
        """Back in the document."""
        self.document.action_step(-1)

    def action_toggle_side(self) -> None:
        """Filters or none."""
        self.toggle(self.side)

    def action_toggle_preview(self) -> None:
        """Document or none."""
        self.toggle(self.document)

    def action_copy_path(self) -> None:
        """The paths to the clipboard, a line each."""
        if hits := self._wanted:
            said = "path copied" if len(hits) == 1 else f"{len(hits)} paths copied"
            self._copy("\n".join(hit.path for hit in hits), said)

    def action_copy_passage(self) -> None:
        """The passages and where they are from to the clipboard."""
        if hits := self._wanted:
            some = "passage copied with its source"
            said = some if len(hits) == 1 else f"{len(hits)} passages copied with their sources"
            self._copy("\n\n".join(map(citation, hits)), said)

    @property
    def _wanted(self) -> list[Hit]:
        """The hits that are marked; where none is, or one is being read, that one."""
        reading = self.document.has_focus and self.hits.hit
        return [reading] if reading else self.hits.wanted

    def _copy(self, text: str, said: str) -> None:
        # A path need not be text, but the clipboard has to be.
        self.app.copy_to_clipboard(text.encode("utf-8", "replace").decode())
        self.app.notify(said, timeout=2)

    def action_open_editor(self) -> None:
        """The file in the user's editor, at the line."""
        if hit := self.hits.hit:
            programs.edit(self.app, hit, self._plan)

    def action_open_file(self) -> None:
        """The file with the system's program."""
        if hit := self.hits.hit:
            programs.start(self.app, hit)
