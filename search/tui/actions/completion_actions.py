"""Complete in grey what is typed; fields at once, words once the hits are shown."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from textual import work
from textual.widgets import Input

from index.errors import DalilError
from search.tui.actions.desk import Desk
from search.tui.interaction.completion import Values, field_completion, field_values, last_word
from search.tui.interaction.search_controller import SearchController


class CompletionActions(Desk):
    """Offer completions in the query box."""

    def on_input_changed(self, event: Input.Changed) -> None:
        """Complete a field or its value; keep the completion of a word that is typed on."""
        if event.input is not self.box:
            return
        found = field_completion(event.value, self._field_values) if self.box.typing else ""
        if found is not None:
            self.box.complete(found)

    @property
    def _field_values(self) -> Values:
        page = self.hits.page
        return field_values(page.facets) if page else {}

    def on_search_controller_answered(self, _event: SearchController.Answered) -> None:
        """Complete the last word once its hits are drawn: its thread would hold up the drawing."""
        self.call_after_refresh(self._complete_last_word)

    def _complete_last_word(self) -> None:
        """Complete the last word of what is in the box by now."""
        word = last_word(self.box.value) if self.box.typing else ""
        is_field = field_completion(self.box.value, {}) is not None
        if word and not is_field:
            self._complete_word(word)

    @work(exclusive=True, group="completion")
    async def _complete_word(self, word: str) -> None:
        query = self.box.value

        def is_current() -> bool:
            return self.box.value == query

        with suppress(DalilError):  # a search will report the damage
            found = await asyncio.to_thread(self.session.completion, word, is_current)
            if is_current() and self.box.typing:
                self.box.complete(found)
