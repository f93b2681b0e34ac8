"""The list of hits, and while nothing is typed the page that says what the index holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual import events
from textual.geometry import Region
from textual.strip import Strip

from search.bidi import Mode
from search.desk.saved import SavedSearch
from search.tui.interaction.front_page import FrontPage
from search.tui.widgets.front_page import page_rows
from search.tui.widgets.passage_list import PassageList
from search.tui.widgets.sheet import SheetRow

if TYPE_CHECKING:  # they need numpy, and the first frame is drawn before
    from search.hits.lazy_results import LazyResults


class FrontList(PassageList):
    """A :class:`PassageList` with a page in place of the hits of an empty query.

    The newest documents are rows of the page: selected, read, marked and copied like hits. Row 0
    of the page stands for none of them.
    """

    def __init__(self, mode: Mode, counted_beside: Callable[[], bool]) -> None:
        super().__init__(mode)
        self._counted_beside = counted_beside
        """Whether the filters, which count the documents, stand beside the page."""
        self.page: FrontPage | None = None
        self._page_rows: list[SheetRow] = []
        self._targets: list[int] = []
        """The rows of the page that can be selected."""

    @property
    def on_page(self) -> bool:
        """Whether the page is shown."""
        return self._cards is None

    def show_page(self, page: FrontPage) -> None:
        """Show what the index holds, while nothing is typed."""
        self.page = page
        if self.on_page:
            selected = self._target
            self._lay_out_page()
            targets = [self._page_rows[at].target for at in self._targets]
            self.row = targets.index(selected) + 1 if selected in targets else 0

    def _lay_out_page(self) -> None:
        counts = not self._counted_beside()
        height = self.scrollable_content_region.height
        self._page_rows = page_rows(self.page, self._width, height, self.mode, counts=counts)
        self._targets = [at for at, row in enumerate(self._page_rows) if row.target is not None]
        self.row = min(self.row, len(self._targets))
        self.set_rows(len(self._page_rows))

    @property
    def listing(self) -> LazyResults | None:
        """The results on the screen; on the page, the newest documents."""
        if self.on_page:
            return self.page.newest if self.page else None
        return super().listing

    @property
    def search(self) -> SavedSearch | None:
        """The selected saved search of the page."""
        return self._target if isinstance(self._target, SavedSearch) else None

    @property
    def document(self) -> int | None:
        """Number of the selected document."""
        if not self.on_page:
            return super().document
        return self._target if isinstance(self._target, int) else None

    @property
    def _selected_row(self) -> int | None:
        """The row of the page that is selected."""
        chosen = self.on_page and 0 < self.row <= len(self._targets)
        return self._targets[self.row - 1] if chosen else None

    @property
    def _target(self) -> object:
        at = self._selected_row
        return None if at is None else self._page_rows[at].target

    def update_rows(self) -> None:
        """Show hits that were built; those of the page always are."""
        if not self.on_page:
            super().update_rows()

    def _renew(self) -> None:
        if self.on_page:
            self._lay_out_page()
        else:
            super()._renew()

    def select_row(self, row: int) -> None:
        """Select a hit, or a row of the page, and scroll to it."""
        if not self.on_page:
            super().select_row(row)
            return
        changed, self.row = row != self.row, max(0, min(row, len(self._targets)))
        at = self._selected_row
        if at is None:
            self.scroll_to(y=0, animate=False)
        elif row > self.row:
            self.scroll_end(animate=False)  # the guide is below the last document
        else:
            self.scroll_to_region(Region(0, at, 1, 1), animate=False)
        self.refresh()
        if changed:
            self.post_message(self.Selected(self.document))

    @property
    def alternatives(self) -> Sequence[tuple[str, str]]:
        """Queries to try in place of one that found nothing; none if there are hits."""
        listing = None if self.on_page or self._rows else self.listing
        return () if listing is None else listing.alternatives

    @property
    def alternative(self) -> str | None:
        """The query to try that is selected."""
        return self.alternatives[self.row][1] if self.alternatives else None

    def action_move(self, rows: int) -> None:
        """Select the hit or the passage ``rows`` below, or the row of the page."""
        if self.on_page:
            self.select_row(self.row + rows)
        elif self.alternatives:
            self.row = max(0, min(self.row + rows, len(self.alternatives) - 1))
            self.refresh()
        else:
            super().action_move(rows)

    def on_click(self, event: events.Click) -> None:
        """Select the clicked row of the page; a double click opens it."""
        at = event.y + self.scroll_offset.y
        if self.on_page and at in self._targets:
            self.select_row(self._targets.index(at) + 1)
            if event.chain > 1:
                self.action_read()

    def render_line(self, y: int) -> Strip:
        """Render one row."""
        return self._page_line(y + self.scroll_offset.y) if self.on_page else super().render_line(y)

    def _page_line(self, at: int) -> Strip:
        styles = self._card_styles[at == self._selected_row]
        row = self._page_rows[at] if at < len(self._page_rows) else SheetRow()
        return row.strip(self._width, styles.base, styles.of)
