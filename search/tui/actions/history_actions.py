"""Back to the query or filter before, and forward again."""

from __future__ import annotations

from functools import cached_property

from search.tui.actions.desk import Desk
from search.tui.interaction.query_trail import QueryTrail, Step
from search.tui.interaction.search_controller import SearchController
from search.tui.widgets.result_list import ResultList


class HistoryActions(Desk):
    """Undo and redo changes of the query, from every pane."""

    _returning: Step | None = None
    """The step whose results are awaited, to select its document."""

    @cached_property
    def trail(self) -> QueryTrail:
        """The queries of this session."""
        return QueryTrail()

    def action_undo_query(self) -> None:
        """Ask the query before."""
        self._return(self.trail.back(self.box.value.strip()), "no earlier query")

    def action_redo_query(self) -> None:
        """Ask the query that was undone."""
        self._return(self.trail.forward(self.box.value.strip()), "no later query")

    def _return(self, step: Step | None, message: str) -> None:
        if step is None:
            self.notify(message, timeout=2)
        else:
            self._returning = step
            self.box.fill(step.query)

    def on_search_controller_answered(self, _event: SearchController.Answered) -> None:
        """Select the document that was selected when the query was left."""
        step, self._returning = self._returning, None
        if step and step.document is not None and self.listing:
            row = self.listing.rows.index_of(step.document)
            if self.listing.query == step.query and row is not None:
                self.hits.select_row(row)

    def on_search_controller_facets_counted(self, _event: SearchController.FacetsCounted) -> None:
        """Add a query that has been on the screen for a while."""
        if self.listing:
            self.trail.settle(self.listing.query, typed=self.box.typing)
            self.trail.select(self.listing.query, self.hits.document)

    def on_result_list_selected(self, event: ResultList.Selected) -> None:
        """Note the selected document."""
        if self.listing and self._returning is None:
            self.trail.select(self.listing.query, event.document)
