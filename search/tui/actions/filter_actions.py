"""Filters and orders that a key or a click puts into the query."""

from __future__ import annotations

from collections.abc import Callable

from search.tui.actions.desk import Desk
from search.tui.interaction import filter_edit, query_edit
from search.tui.interaction.filter_rows import Entry
from search.tui.interaction.search_controller import SearchController
from search.tui.widgets.chips import Chips
from search.tui.widgets.side_panel import Change, SidePanel

_CHANGES: dict[Change, Callable[[str, str, str], str]] = {
    "switch": filter_edit.switched,
    "exclude": lambda query, field, value: filter_edit.switched(query, field, value, exclude=True),
    "remove": filter_edit.removed,
    "first": lambda query, _field, value: filter_edit.ranged(query, first=value),
    "last": lambda query, _field, value: filter_edit.ranged(query, last=value),
}
"""A change → the query after it, from the query, a field and a value."""


def changed(query: str, entry: Entry, change: Change) -> str:
    """Return a query with one of its filters changed; unchanged where a change says nothing."""
    if entry.field == "+":
        clause = f"{'-' if change == 'exclude' else '+'}{entry.value}"
        is_wanted = change in ("switch", "exclude") or (change == "remove" and entry.mark)
        return query_edit.toggled(query, clause) if is_wanted else query
    if change in ("first", "last") and not (entry.field == "date" and entry.value.isdigit()):
        return query
    return _CHANGES[change](query, entry.field, entry.value)


class FilterActions(Desk):
    """Change the clauses of the query; the user can edit them there."""

    def on_side_panel_changed(self, event: SidePanel.Changed) -> None:
        """Change the filter in the query."""
        self._ask(changed(self.box.value, event.entry, event.change))

    def on_chips_removed(self, event: Chips.Removed) -> None:
        """Take the filter out of the query."""
        self._ask(filter_edit.removed(self.box.value, event.field, event.value))

    def on_chips_emptied(self, _event: Chips.Emptied) -> None:
        """Go back to the query: there is no filter left to take out."""
        self.box.focus()

    def _ask(self, query: str) -> None:
        self.box.fill(query)
        self.panes.side.mark(query)
        self.chips.show(query)

    def on_search_controller_answered(self, _event: SearchController.Answered) -> None:
        """Show the filters of the query as chips."""
        self.chips.show(self.box.value)

    def action_cycle_sort(self) -> None:
        """Sort by the next order: rank, date, path."""
        self.box.fill(query_edit.cycled(self.box.value, query_edit.SORTS))

    def action_cycle_language(self) -> None:
        """Filter by the next language: Arabic, English, both."""
        self._ask(filter_edit.next_language(self.box.value))
