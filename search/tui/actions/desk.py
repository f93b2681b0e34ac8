"""What the actions of the screen share: its parts, its session and its results."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import App

from search.bidi import TerminalPlan
from search.tui.interaction.keys import Action
from search.tui.interaction.search_controller import SearchController
from search.tui.interaction.search_session import SearchSession
from search.tui.widgets.chips import Chips
from search.tui.widgets.front_list import FrontList
from search.tui.widgets.panes import Panes
from search.tui.widgets.preview import Preview
from search.tui.widgets.query_box import QueryBox
from search.tui.widgets.status_line import StatusLine

if TYPE_CHECKING:  # they need numpy, and the first frame is drawn before
    from search.hits.lazy_results import LazyResults


class Desk(App[None]):
    """The screen as its actions see it; :class:`search.tui.app.DalilApp` builds the parts."""

    plan: TerminalPlan
    session: SearchSession
    controller: SearchController
    listing: LazyResults | None
    """The results on the screen; None if the query is empty."""
    panes: Panes
    box: QueryBox
    chips: Chips
    status: StatusLine
    hints: StatusLine
    first_query: str
    """The query to begin with."""
    actions: Sequence[Action]
    """All actions, with the keys that the settings give them."""
    exact: bool
    """Whether words are searched as typed: in no other form, no other spelling."""

    def _warm(self) -> object:
        """Load tables before the first key; the app does it."""
        raise NotImplementedError

    def _search(self) -> None:
        """Search for what is in the box; the app does it."""
        raise NotImplementedError

    @property
    def hits(self) -> FrontList:
        """The list of hits."""
        return self.panes.hits

    @property
    def document(self) -> Preview:
        """The document of the selected hit."""
        return self.panes.document

    def show_renewed_index(self) -> None:
        """Search again, in the index as it is now."""
        raise NotImplementedError

    def go_back(self) -> None:
        """Go one step back; the query stays."""
        raise NotImplementedError

    def show_status(self) -> None:
        """Show the status of the search, or the size of the index."""
        raise NotImplementedError
