"""The page of an empty query: show it, and open what is chosen on it."""

from __future__ import annotations

from search.hits.facets import Facets
from search.tui.actions.desk import Desk
from search.tui.interaction.search_controller import SearchController


class FrontPageActions(Desk):
    """Show what the index holds while nothing is typed."""

    def on_search_controller_page_made(self, event: SearchController.PageMade) -> None:
        """Show the page; its counts are the filters of an empty query."""
        if self.listing is None:
            self.hits.show_page(event.page)
            self.show_counts()

    def show_counts(self) -> None:
        """Show the counts of all documents as filters."""
        page = self.hits.page
        self.panes.side.show(page.facets if page else Facets(), "")

    def open_from_page(self) -> None:
        """Read the chosen document of the page, or run the chosen search."""
        if search := self.hits.search:
            self.box.fill(search.query)
        elif self.hits.hit and self.hits.on_page:
            self.panes.read()
