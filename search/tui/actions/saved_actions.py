"""Save the query under a name."""

from __future__ import annotations

import asyncio

from textual import work

from index.errors import DalilError
from search.bidi import clean
from search.desk.saved import MAX_NAME
from search.tui.actions.desk import Desk
from search.tui.widgets.entry_dialog import EntryDialog


class SavedActions(Desk):
    """Searches with names, in a file beside the aliases."""

    def action_save_search(self) -> None:
        """Ask for a name, and save the query under it."""
        query = self.box.value.strip()
        if self.session.roots is None or not query:
            why = "type a query first" if query == "" else "this index is not yours: dalil trust"
            self.notify(f"nothing saved: {why}", severity="warning", timeout=4)
            return
        proposed = clean(query)[:MAX_NAME].strip()
        dialog = EntryDialog("Save this search", [("name", proposed)], self.plan.mode)

        def save(typed: tuple[str, ...] | None) -> None:
            if typed is not None:
                self._save_search(typed[0], query)

        self.push_screen(dialog, save)

    @work(group="save")
    async def _save_search(self, name: str, query: str) -> None:
        try:
            search = await asyncio.to_thread(self.session.save_search, name, query)
        except DalilError as error:
            self.notify(f"{error.message}: {error.hint}", severity="warning", markup=False)
        else:
            message = f"saved as {search.name}; dalil new tells what comes"
            self.notify(message, timeout=5, markup=False)
