"""The panes of the screen, and which of them are visible at its width."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widget import Widget

from index.store.trust import Roots
from search.bidi import TerminalPlan
from search.render.hyperlink import hit_uri
from search.results import Hit
from search.tui.interaction import external
from search.tui.interaction.keys import ACTIONS
from search.tui.widgets.front_list import FrontList
from search.tui.widgets.preview import Preview
from search.tui.widgets.side_panel import SidePanel

SIDE_FROM, DOCUMENT_FROM = 110, 100
"""Width of the screen, in cells, from which the filters, and the document, stand next to the list.
On a narrower screen they replace the list while they are used."""

_MAX_URIS = 1_000
"""Addresses of files in memory."""


class Panes(Horizontal):
    """The filters, the list and the document, and the actions common to them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        action.binding() for action in ACTIONS if action.inside
    ]

    def __init__(self, plan: TerminalPlan) -> None:
        super().__init__(id="body")
        self._plan, mode = plan, plan.mode
        self._roots: Roots | None = None
        self._uris: dict[tuple[str, str, str], str] = {}
        """Path, id and type of a hit → the address of its file."""
        self.stacked = mode == "logical"
        """Whether panes lie one above the other: the terminal reorders whole rows."""
        self.set_class(self.stacked, "-stacked")
        self.side, self.document = SidePanel(mode), Preview(mode)
        self.hits = FrontList(mode, lambda: self.side.display)
        self.hits.uri = self.document.uri = self._uri
        self._columns = 0
        self._hidden: set[Widget] = set()
        """Panes the user has hidden."""
        self._alone: Widget | None = None
        """The pane that replaces the list."""
        self._full = False
        """Whether the document is read alone, where there is room for the list too."""

    @property
    def roots(self) -> Roots | None:
        """The folders whose files may be opened; None for a foreign index."""
        return self._roots

    @roots.setter
    def roots(self, roots: Roots | None) -> None:
        self._roots = roots
        self._uris.clear()

    def _uri(self, hit: Hit) -> str:
        """Return the address of a hit's file, looked for once: a card is drawn again and again."""
        key = hit.path, hit.id, hit.type
        if key not in self._uris:
            if len(self._uris) == _MAX_URIS:
                self._uris.clear()
            self._uris[key] = hit_uri(hit, self._roots)
        return self._uris[key]

    def compose(self) -> ComposeResult:
        """Yield the panes from left to right."""
        yield self.side
        yield self.hits
        yield self.document

    def fit(self, columns: int) -> None:
        """Arrange the panes on a screen of ``columns`` cells."""
        self._columns = columns
        self._display_fitting()

    def _display_fitting(self) -> None:
        """Show the panes that fit."""
        alone = self._alone
        if alone is not None and self._fits(alone) and alone not in self._hidden and not self._full:
            alone = None
        for pane in (self.side, self.hits, self.document):
            beside = pane is self.hits or (self._fits(pane) and pane not in self._hidden)
            pane.display = pane is alone if alone else beside
        self.side.set_class(alone is self.side, "-alone")
        self.set_class(alone is self.document, "-full")

    def _fits(self, pane: Widget) -> bool:
        """Whether a pane fits next to the list."""
        if pane is self.side:
            return self._columns >= SIDE_FROM and not self.stacked
        return self._columns >= DOCUMENT_FROM or self.stacked

    def read(self) -> None:
        """Show the document and give it the focus."""
        if not self.document.display:
            self._alone = self.document
            self._display_fitting()
        self.document.focus()

    def read_full(self, full: bool | None = None) -> None:
        """Show the document alone, or beside the list again; with None the other of the two."""
        self._full = not self._full if full is None else full
        self._alone = self.document if self._full else None
        self._hidden.discard(self.document)
        self._display_fitting()
        (self.document if self.document.display else self.hits).focus()

    def set_share(self, document: int) -> None:
        """Give the document ``document`` percent of the room that it shares with the list."""
        side = "height" if self.stacked else "width"
        setattr(self.hits.styles, side, f"{100 - document}fr")
        setattr(self.document.styles, side, f"{document}fr")

    def toggle(self, pane: Widget) -> None:
        """Show or hide a pane; on a narrow screen, swap it with the list."""
        self._full = False
        if self._fits(pane):
            self._hidden ^= {pane}
            self._alone = None
        else:
            self._alone = None if self._alone is pane else pane
        self._display_fitting()
        (pane if self._alone is pane else self.hits).focus()

    def back(self) -> bool:
        """Go one step back towards the list. Returns False if there is no step."""
        if self._full and self._fits(self.document):
            self.read_full(full=False)
            return True
        self._full = False
        inside = self._alone is not None or self.document.has_focus
        self._alone = None
        self._display_fitting()
        if inside:
            self.hits.focus()
        return inside or (self.hits.has_focus and self.hits.unmark())

    # -- actions ---------------------------------------------------------------------

    def action_next_hit(self) -> None:
        """Select the next hit."""
        self.hits.action_move(1)

    def action_previous_hit(self) -> None:
        """Select the previous hit."""
        self.hits.action_move(-1)

    def action_next_match(self) -> None:
        """Go to the next match of the document."""
        self.document.action_step(1)

    def action_previous_match(self) -> None:
        """Go to the previous match of the document."""
        self.document.action_step(-1)

    def action_toggle_side(self) -> None:
        """Show or hide the filters."""
        self.toggle(self.side)

    def action_toggle_preview(self) -> None:
        """Show or hide the document."""
        self.toggle(self.document)

    def action_open_editor(self) -> None:
        """Open the file in the user's editor, at the line."""
        if hit := self.hits.hit:
            external.edit(self.app, hit, self._plan, self.roots)

    def action_open_file(self) -> None:
        """Open the file with the system's program."""
        if hit := self.hits.hit:
            page = self.document.page if self.document.has_focus else None
            external.view(self.app, hit, self.roots, page)
