"""Follow the index: show what another process commits, without losing the reader's place."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import work
from textual.widgets import Input

from index.errors import DalilError
from search.tui.actions.desk import Desk
from search.tui.interaction.search_controller import SearchController

if TYPE_CHECKING:  # they need numpy, and the first frame is drawn before
    from index.store.catalog_changes import CatalogChanges

INTERVAL = 2.0
"""Seconds between two looks at the folder of the index, each of them a listing and a stat."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the user reads: the selected hit, and the place in its document."""

    path: str
    sha256: str
    place: tuple[int, int | None]


class LiveActions(Desk):
    """Renew the screen after a commit; the selected hit and its place stay, if they still are."""

    _reading: _Reading | None = None
    _trouble: DalilError | None = None
    """Why the index could not be opened again; said once."""
    _is_asked = _is_looking = False

    def on_mount(self) -> None:
        """Begin to follow."""
        self.set_interval(INTERVAL, self.renew)

    @work(group="renew")
    async def renew(self) -> None:
        """Look for a later commit, and show it.

        A look that is under way is followed by another: one that was given up instead would have
        renewed the searcher, and nobody would be told.
        """
        self._is_asked = True
        if self._is_looking:
            return
        self._is_looking = True
        try:
            while self._is_asked:
                self._is_asked = False
                await self._look()
        finally:
            self._is_looking = False

    async def _look(self) -> None:
        if self.query("Welcome"):
            return
        try:
            changes = await asyncio.to_thread(self.session.renew)
        except DalilError as error:
            if self._trouble is None or self._trouble.message != error.message:
                self._trouble = error
                self.notify(f"{error.message}: {error.hint}", severity="warning", markup=False)
            return
        if changes is not None:
            self._show_renewed(changes)
        elif self._trouble is not None:  # what was gone is back, as it was
            self._trouble = None

    def _show_renewed(self, changes: CatalogChanges) -> None:
        self._trouble = None
        self.search_again()
        said = str(changes)
        self.notify(f"index renewed: {said}" if said else "index renewed", timeout=4)

    def search_again(self) -> None:
        """Search again; the selected hit and its place stay."""
        hit = self.hits.hit
        self._reading = _Reading(hit.path, hit.sha256, self.document.place) if hit else None
        self.show_renewed_index()

    def on_search_controller_answered(self, event: SearchController.Answered) -> None:
        """Select the hit that was selected before the index was renewed."""
        listing, reading = event.listing, self._reading
        if listing is None or reading is None:
            return
        row = listing.row_of(reading.path)
        if row:
            self.hits.select_row(row)

    def on_search_controller_document_loaded(self, event: SearchController.DocumentLoaded) -> None:
        """Return to the place in the document, if it is the same one."""
        reading, hit = self._reading, event.passage.hit
        if reading and (hit.path, hit.sha256) == (reading.path, reading.sha256):
            self._reading = None
            self.document.return_to(reading.place)

    def on_input_changed(self, _event: Input.Changed) -> None:
        """Forget the place: another query has its own."""
        self._reading = None
