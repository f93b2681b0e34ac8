"""Open an index; without documents, offer to index a folder."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from pathlib import Path

from textual import work

from index.errors import DalilError, IndexMissing
from index.store.trust import is_foreign
from search.tui import gc_policy
from search.tui.actions.desk import Desk
from search.tui.interaction.history import History
from search.tui.interaction.keys import HINTS
from search.tui.widgets.welcome import Welcome


class OpenActions(Desk):
    """Open the index of the session, and make it of a folder if it holds no documents."""

    @work(exclusive=True, group="open")
    async def open_index(self) -> None:
        """Open the index and begin to search; without documents, show the welcome."""
        self.status.show("opening the index …")
        try:
            documents = await asyncio.to_thread(self.session.open)
        except IndexMissing:
            await self._welcome("no index yet", f"There is no index at {self.session.folder} yet.")
        except DalilError as error:
            self.status.show(error.message, error.hint)
        else:
            if documents or is_foreign(self.session.folder):
                self.start_search()
            else:
                reason = f"The index at {self.session.folder} is empty."
                await self._welcome("the index is empty", reason)

    async def _welcome(self, status: str, reason: str) -> None:
        """Let the user choose a folder to index."""
        self.panes.display = self.box.display = False
        self.status.show(status)
        welcome = Welcome(self.session, Path.cwd(), reason, self.plan.mode)
        await self.mount(welcome, before="#status")

    def start_search(self) -> None:
        """Start searching: the index is open."""
        if self.session.roots is not None:
            self.box.history = History(self.session.folder)
        self.panes.roots = self.session.roots
        self.show_status()
        if self.first_query and not self.box.value:
            self.box.fill(self.first_query)
        else:
            self._search()
        self._warm()

    @work(group="warm")
    async def _warm(self) -> None:
        """Load tables, so that the first key is answered as fast as later ones."""
        with suppress(DalilError):  # a search will report the damage
            await asyncio.to_thread(self.session.warm)
        gc_policy.keep()

    def on_welcome_begun(self, event: Welcome.Begun) -> None:
        """Show that a folder is being indexed."""
        self.status.show(f"indexing {event.folder}")
        self.set_focus(None)
        self.call_after_refresh(self.hints.show, HINTS["indexing"])

    def on_welcome_failed(self, _event: Welcome.Failed) -> None:
        """Show that the index is as it was."""
        self.status.show("nothing was indexed")

    async def on_welcome_indexed(self, event: Welcome.Indexed) -> None:
        """Start searching the new index."""
        await self.query_one(Welcome).remove()
        self.panes.display = self.box.display = True
        self.box.focus()
        documents, left_out = event.report.documents, len(event.report.skipped)
        self.start_search()
        said = f"{documents:,} {'document' if documents == 1 else 'documents'}"
        if left_out:
            said += f", {left_out:,} left out (the first page says why)"
        self.notify(said, timeout=6)
