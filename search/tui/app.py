"""The interactive screen: query box, filters, list of hits, document."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.command import Provider
from textual.widgets import Input

from index.errors import DalilError
from search.bidi import TerminalPlan
from search.terminal.session import has_terminal, restored, watch_terminal
from search.tui import gc_policy
from search.tui.actions.completion_actions import CompletionActions
from search.tui.actions.copy_actions import CopyActions
from search.tui.actions.export_actions import ExportActions
from search.tui.actions.filter_actions import FilterActions
from search.tui.actions.front_page_actions import FrontPageActions
from search.tui.actions.history_actions import HistoryActions
from search.tui.actions.palette import Commands, PaletteActions
from search.tui.actions.ranking_actions import RankingActions
from search.tui.actions.reading_actions import ReadingActions
from search.tui.actions.refresh_actions import RefreshActions
from search.tui.actions.saved_actions import SavedActions
from search.tui.actions.tag_actions import TagActions
from search.tui.interaction.keys import ACTIONS, hint
from search.tui.interaction.search_controller import SearchController
from search.tui.interaction.search_session import SearchRequest, SearchSession
from search.tui.interaction.themes import terminal_theme
from search.tui.widgets.card import LOW
from search.tui.widgets.chips import Chips
from search.tui.widgets.help import Help
from search.tui.widgets.panes import Panes
from search.tui.widgets.query_box import QueryBox
from search.tui.widgets.result_list import ResultList
from search.tui.widgets.status_line import StatusLine, summary

_HANGUP = getattr(signal, "SIGHUP", signal.SIGTERM)
_GONE = 128 + _HANGUP
"""The exit code if the terminal has gone: Textual would read its end in a loop."""


class DalilApp(
    CompletionActions,
    CopyActions,
    ExportActions,
    FilterActions,
    FrontPageActions,
    HistoryActions,
    PaletteActions,
    RankingActions,
    ReadingActions,
    RefreshActions,
    SavedActions,
    TagActions,
):
    """The interactive search of one index."""

    CSS_PATH = "dalil.tcss"
    TITLE = "Dalil"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (LOW, "-high")]  # noqa: RUF012 (declared by Textual)
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {Commands}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c", "copy_or_quit", "copy or quit", priority=True, show=False),
        Binding("ctrl+z", "suspend_process", "to the background", priority=True, show=False),
        Binding("ctrl+p,f2", "command_palette", "commands", show=False),
        Binding("ctrl+s", "save_search", "save the search", priority=True, show=False),
        Binding("escape", "step_back", "back", show=False),
        *(action.binding() for action in ACTIONS if not action.inside),
    ]

    def __init__(
        self, folder: Path, plan: TerminalPlan, *, query: str = "", light: bool | None = None
    ) -> None:
        super().__init__()
        self.plan = plan
        self.session = SearchSession(folder)
        self.listing = None
        self.panes = Panes(plan)
        self.box = QueryBox(plan.mode)
        self.chips = Chips(plan.mode)
        self.status = StatusLine(plan.mode)
        self.hints = StatusLine(plan.mode, id="hints")
        self.controller = SearchController(
            self, self.session, lambda: self.box.has_focus and not self.hits.row
        )
        self.first_query = query
        self.exact = False
        self.actions = [*ACTIONS]
        self._light = light
        self.defect: Exception | None = None
        """The exception that ended the screen."""
        self._read_when_found = False
        """Whether Enter came before the results: read the first hit as soon as it is found."""

    # -- building ------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Yield the parts from top to bottom."""
        yield self.box
        yield self.chips
        yield self.panes
        yield self.status
        yield self.hints

    def on_load(self) -> None:
        """Take over the settings, before Textual reads the styles."""
        self.apply_settings()
        self.begin_with_theme(os.environ.get("DALIL_THEME", ""), terminal_theme(self._light))

    def on_mount(self) -> None:
        """Draw the screen, then open the index."""
        for signal_number in (signal.SIGTERM, _HANGUP):
            with suppress(NotImplementedError, RuntimeError, ValueError):
                leave = partial(self.exit, return_code=128 + signal_number)
                asyncio.get_running_loop().add_signal_handler(signal_number, leave)
        if has_terminal():
            loop, leave = asyncio.get_running_loop(), partial(self.exit, return_code=_GONE)
            watch_terminal(partial(loop.call_soon_threadsafe, leave), _GONE)
        self.panes.fit(self.size.width)
        self.box.focus()
        self.open_index()

    def _fatal_error(self) -> None:
        """Exit after an exception that no code expected.

        Textual would print a traceback with the values of variables, which are not checked for
        control characters.
        """
        self.defect = getattr(self._exception, "error", self._exception)  # that of a worker
        self._close_messages_no_wait()

    @work(group="warm")
    async def _warm(self) -> None:
        """Load tables, so that the first key is answered as fast as later ones."""
        with suppress(DalilError):  # a search will report the damage
            await asyncio.to_thread(self.session.warm)
        gc_policy.keep()

    # -- searching ----------------------------------------------

    def on_input_changed(self, _event: Input.Changed) -> None:
        """Search for what is typed."""
        self._read_when_found = False
        self._search()

    def _search(self) -> None:
        self.controller.search(lambda: SearchRequest(
            self.box.value.strip(), self.hits.snippet_width, self.hits.visible_rows,
            self.box.typing,
            exact=self.exact,
        ))  # fmt: skip

    def on_search_controller_prepared(self, event: SearchController.Prepared) -> None:
        """Render the first cards before they are shown."""
        self.hits.prepare(event.listing)

    def on_search_controller_answered(self, event: SearchController.Answered) -> None:
        """Show the results."""
        self.listing = event.listing
        self.hits.show(event.listing)
        if event.listing is None:
            self.show_counts()
        elif self._read_when_found:
            self._read_when_found = False
            self.action_read()
        self.show_status()

    def on_search_controller_facets_counted(self, event: SearchController.FacetsCounted) -> None:
        """Show the facets."""
        if self.listing is not None:
            self.panes.side.show(event.facets, self.listing.query)
        gc_policy.collect()

    def on_search_controller_rows_loaded(self, _event: SearchController.RowsLoaded) -> None:
        """Show hits that were built, and problems with their files."""
        self.hits.update_rows()
        self.show_status()

    def on_search_controller_document_loaded(self, event: SearchController.DocumentLoaded) -> None:
        """Show the document."""
        self.document.show(event.passage)

    def on_search_controller_failed(self, event: SearchController.Failed) -> None:
        """Show an error of the index."""
        self.status.show(event.error.message, event.error.hint)

    def show_renewed_index(self) -> None:
        """Search again, in the index as it is now."""
        self.panes.roots = self.session.roots
        self.show_status()
        if self.box.value.strip():
            self._search()

    def show_status(self) -> None:
        """Show the status of the search, or the size of the index."""
        name = self.session.folder.name
        foreign = f"foreign index: dalil trust {name}" if self.session.roots is None else ""
        spelled = "as typed (= all spellings)" if self.exact else ""
        counts = summary(self.listing, self.session.document_count)
        self.status.show(foreign, spelled, *counts, f"index {name}")

    # -- messages of the panes --------------------------------------------------------

    def on_query_box_moved(self, event: QueryBox.Moved) -> None:
        """Move through the hits while typing."""
        self.hits.action_move(event.rows)

    def on_input_submitted(self, _event: Input.Submitted) -> None:
        """Read the selected hit."""
        self.action_read()

    def on_result_list_read_requested(self, _event: ResultList.ReadRequested) -> None:
        """Read the selected hit."""
        self.action_read()

    def on_result_list_selected(self, event: ResultList.Selected) -> None:
        """Show the document of the selected hit."""
        if event.document is None:
            self.document.show(None)
        self.controller.load_document(event.document)

    def on_result_list_rows_requested(self, event: ResultList.RowsRequested) -> None:
        """Build the hits that become visible."""
        self.controller.load_rows(event.first, event.count)

    def on_descendant_focus(self, _event: events.DescendantFocus) -> None:
        """Show the keys of the focused pane."""
        if said := hint(str(self.focused.id) if self.focused else "", self.actions):
            self.hints.show(said)

    def on_resize(self, event: events.Resize) -> None:
        """Arrange the panes for the new width."""
        self.panes.fit(event.size.width)

    # -- actions ---------------------------------------------------------------------

    def action_edit_query(self) -> None:
        """Focus the query box."""
        self.box.focus()

    def go_back(self) -> None:
        """Go one step back; the query stays."""
        if self.box.display and not self.panes.back():
            self.box.focus()

    def action_read(self) -> None:
        """Read the selected hit."""
        if self.box.history:
            self.box.history.add(self.box.value)
        if not self.box.value.strip():
            self.open_from_page()
        elif self.listing is None or self.listing.query != self.box.value.strip():
            self._read_when_found = bool(self.box.value.strip())
        elif len(self.listing):
            self.panes.read()
        elif (instead := self.hits.alternative) is not None:
            self.box.fill(instead)

    def action_suspend_process(self) -> None:
        """Suspend the process, with the terminal restored."""
        with restored(self.plan):
            super().action_suspend_process()  # returns when the process continues
        self.refresh(layout=True)

    def action_help(self) -> None:
        """Show the help."""
        self.push_screen(Help(self.plan.mode, self.actions))

    def on_unmount(self) -> None:
        """Close the index."""
        self.session.close()
