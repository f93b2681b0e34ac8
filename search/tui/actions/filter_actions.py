"""Filters and orders that a key or a click puts into the query."""

from __future__ import annotations

from search.tui.actions.desk import Desk
from search.tui.interaction import query_edit
from search.tui.widgets.side_panel import SidePanel


class FilterActions(Desk):
    """Change the clauses of the query; the user can edit them there."""

    def on_side_panel_toggled(self, event: SidePanel.Toggled) -> None:
        """Add the filter to the query, or remove it."""
        self.box.fill(query_edit.toggled(self.box.value, event.clause))

    def action_cycle_sort(self) -> None:
        """Sort by the next order: rank, date, path."""
        self.box.fill(query_edit.cycled(self.box.value, query_edit.SORTS))

    def action_cycle_language(self) -> None:
        """Filter by the next language: Arabic, English, both."""
        self.box.fill(query_edit.cycled(self.box.value, query_edit.LANGUAGES))
