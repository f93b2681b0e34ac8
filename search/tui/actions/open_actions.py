"""Open an index; without documents, offer to index a folder."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from textual import work

from index.errors import DalilError, IndexMissing
from index.store.trust import data_folder, is_foreign
from search.desk.screen_memory import ScreenMemory, known_indexes
from search.tui.actions.layout_actions import LayoutActions
from search.tui.interaction.history import History
from search.tui.interaction.keys import hint

if TYPE_CHECKING:  # drawn when it is needed, and the first frame before
    from search.tui.widgets.welcome import Welcome


class OpenActions(LayoutActions):
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
            await asyncio.to_thread(_remember, self.session.folder)
            if documents or is_foreign(self.session.folder):
                self.start_search()
            else:
                reason = f"The index at {self.session.folder} is empty."
                await self._welcome("the index is empty", reason)

    @property
    def indexes(self) -> list[Path]:
        """The indexes to choose from, the open one first."""
        standard = data_folder() / "default"
        return known_indexes(ScreenMemory.load(), standard, self.session.folder)

    def action_switch_index(self) -> None:
        """Let the user choose another index."""
        from search.tui.widgets.index_list import (  # noqa: PLC0415 (after the first frame)
            IndexChoice,
            IndexList,
        )

        here = self.session.folder
        choices = [IndexChoice(each, each == here, is_foreign(each)) for each in self.indexes]
        self.push_screen(IndexList(choices, self.plan.mode), self._switch_chosen)

    def _switch_chosen(self, folder: Path | None) -> None:
        if folder is not None:
            self.switch_index(folder)

    @work(exclusive=True, group="open")
    async def switch_index(self, folder: Path) -> None:
        """Open another index; if that is not possible, say why and keep the open one."""
        if folder == self.session.folder:
            return
        try:
            await asyncio.to_thread(self.session.switch, folder)
        except DalilError as error:
            self.notify(f"{error.message}: {error.hint}", severity="error", markup=False)
            return
        await asyncio.to_thread(_remember, folder)
        await self.query("Welcome").remove()
        self.panes.display = self.box.display = True
        self.hits.page = None
        self.hits.unmark()
        self.box.focus()
        self.start_search()

    async def _welcome(self, status: str, reason: str) -> None:
        """Let the user choose a folder to index."""
        from search.tui.widgets.welcome import Welcome  # noqa: PLC0415 (after the first frame)

        self.panes.display = self.box.display = False
        self.status.show(status)
        welcome = Welcome(self.session, Path.cwd(), reason, self.plan.mode)
        await self.mount(welcome, before="#status")

    def start_search(self) -> None:
        """Start searching: the index is open."""
        is_own = self.session.roots is not None
        self.box.history = History(self.session.folder) if is_own else None
        if is_own:
            self.restore_sizes()
        self.panes.roots = self.session.roots
        self.show_status()
        if self.first_query and not self.box.value:
            self.box.fill(self.first_query)
        else:
            self._search()
        self._warm()

    def on_welcome_begun(self, event: Welcome.Begun) -> None:
        """Show that a folder is being indexed."""
        self.status.show(f"indexing {event.folder}")
        self.set_focus(None)
        self.call_after_refresh(self.hints.show, hint("indexing", self.actions))

    def on_welcome_failed(self, _event: Welcome.Failed) -> None:
        """Show that the index is as it was."""
        self.status.show("nothing was indexed")

    async def on_welcome_indexed(self, event: Welcome.Indexed) -> None:
        """Start searching the new index."""
        await self.query("Welcome").remove()
        self.panes.display = self.box.display = True
        self.box.focus()
        documents, left_out = event.report.documents, len(event.report.skipped)
        self.start_search()
        said = f"{documents:,} {'document' if documents == 1 else 'documents'}"
        if left_out:
            said += f", {left_out:,} left out (the first page says why)"
        self.notify(said, timeout=6)


def _remember(folder: Path) -> None:
    """Put an index among those opened lately."""
    ScreenMemory.load().with_index(folder).store()
