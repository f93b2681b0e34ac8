"""The interactive screen: query box, filters, list of hits, document."""

from __future__ import annotations

import asyncio
import signal
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from index.errors import DalilError, IndexMissing
from search.bidi import TerminalPlan
from search.hits.facets import Facets
from search.terminal.session import has_terminal, restored, watch_terminal
from search.tui import gc_policy
from search.tui.actions.filter_actions import FilterActions
from search.tui.actions.layout_actions import LayoutActions
from search.tui.actions.reading_actions import ReadingActions
from search.tui.actions.refresh_actions import RefreshActions
from search.tui.interaction.history import History
from search.tui.interaction.keys import ACTIONS, HINTS
from search.tui.interaction.search_controller import SearchController
from search.tui.interaction.search_session import SearchRequest, SearchSession
from search.tui.themes import DARK, LIGHT
from search.tui.widgets.help import Help
from search.tui.widgets.panes import Panes
from search.tui.widgets.query_box import QueryBox
from search.tui.widgets.result_list import ResultList
from search.tui.widgets.status_line import StatusLine, summary
from search.tui.widgets.welcome import Welcome

_HANGUP = getattr(signal, "SIGHUP", signal.SIGTERM)
_GONE = 128 + _HANGUP
"""The exit code if the terminal has gone: Textual would read its end in a loop."""


class DalilApp(FilterActions, RefreshActions, ReadingActions, LayoutActions):
    """The interactive search of one index."""

    CSS_PATH = "dalil.tcss"
    TITLE = "Dalil"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c", "quit", "quit", priority=True, show=False),
        Binding("ctrl+z", "suspend_process", "to the background", priority=True, show=False),
        Binding("ctrl+p,f2", "command_palette", "commands", show=False),
        Binding("escape", "step_back", "back", show=False),
        *(action.binding() for action in ACTIONS if not action.inside),
    ]

    def __init__(self, folder: Path, plan: TerminalPlan, *, query: str = "") -> None:
        super().__init__()
        self.plan = plan
        self.session = SearchSession(folder)
        self.listing = None
        self.panes = Panes(plan)
        self.box = QueryBox(plan.mode)
        self.status = StatusLine(plan.mode)
        self._hints = StatusLine(plan.mode, id="hints")
        self.controller = SearchController(
            self, self.session, lambda: self.box.has_focus and not self.hits.row
        )
        self._first_query = query
        self.defect: Exception | None = None
        """The exception that ended the screen."""
        self._read_when_found = False
        """Whether Enter came before the results: read the first hit as soon as it is found."""

    # -- building ------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Yield the parts from top to bottom."""
        yield self.box
        yield self.panes
        yield self.status
        yield self._hints

    def on_mount(self) -> None:
        """Draw the screen, then open the index."""
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = DARK.name
        for signal_number in (signal.SIGTERM, _HANGUP):
            with suppress(NotImplementedError, RuntimeError, ValueError):
                leave = partial(self.exit, return_code=128 + signal_number)
                asyncio.get_running_loop().add_signal_handler(signal_number, leave)
        if has_terminal():
            loop, leave = asyncio.get_running_loop(), partial(self.exit, return_code=_GONE)
            watch_terminal(partial(loop.call_soon_threadsafe, leave), _GONE)
        self.panes.fit(self.size.width)
        self.box.focus()
        self._open()

    def _fatal_error(self) -> None:
        """Exit after an exception that no code expected.

        Textual would print a traceback with the values of variables, which are not checked for
        control characters.
        """
        self.defect = getattr(self._exception, "error", self._exception)  # that of a worker
        self._close_messages_no_wait()

    @work(exclusive=True, group="open")
    async def _open(self) -> None:
        self.status.show("opening the index …")
        try:
            await asyncio.to_thread(self.session.open)
        except IndexMissing:
            self.panes.display = self.box.display = False
            self.status.show("no index yet")
            await self.mount(Welcome(self.session, Path.cwd()), before="#status")
        except DalilError as error:
            self.status.show(error.message, error.hint)
        else:
            self._start_search()

    def _start_search(self) -> None:
        """Start searching: the index is open."""
        if self.session.roots is not None:
            self.box.history = History(self.session.folder)
            self.restore_sizes()
        self.panes.roots = self.session.roots
        self.show_status()
        if self._first_query and not self.box.value:
            self.box.fill(self._first_query)
        elif self.box.value:
            self._search()
        self._warm()

    @work(group="warm")
    async def _warm(self) -> None:
        """Load tables, so that the first key is answered as fast as later ones."""
        with suppress(DalilError):  # a search will report the damage
            await asyncio.to_thread(self.session.warm)
        gc_policy.keep()

    async def on_welcome_indexed(self, event: Welcome.Indexed) -> None:
        """Start searching the new index."""
        await self.query_one(Welcome).remove()
        self.panes.display = self.box.display = True
        self.box.focus()
        self._start_search()
        self.notify(f"{event.documents:,} documents indexed", timeout=4)

    # -- searching ----------------------------------------------

    def on_input_changed(self, _event: Input.Changed) -> None:
        """Search for what is typed."""
        self._read_when_found = False
        self._search()

    def _search(self) -> None:
        self.controller.search(lambda: SearchRequest(
            self.box.value.strip(), self.hits.snippet_width, self.hits.visible_rows, self.box.typing
        ))  # fmt: skip

    def on_search_controller_prepared(self, event: SearchController.Prepared) -> None:
        """Render the first cards before they are shown."""
        self.hits.prepare(event.listing)

    def on_search_controller_answered(self, event: SearchController.Answered) -> None:
        """Show the results."""
        self.listing = event.listing
        self.hits.show(event.listing)
        if event.listing is None:
            self.panes.side.show(Facets(), "")
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
        self.status.show(
            foreign, *summary(self.listing, self.session.document_count), f"index {name}"
        )

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
        if self.focused is not None and self.focused.id in HINTS:
            self._hints.show(HINTS[self.focused.id])

    def on_resize(self, event: events.Resize) -> None:
        """Arrange the panes for the new width."""
        self.panes.fit(event.size.width)

    # -- actions ---------------------------------------------------------------------

    def action_edit_query(self) -> None:
        """Focus the query box."""
        self.box.focus()

    def go_back(self) -> None:
        """Go one step back; the query stays."""
        if not self.panes.back():
            self.box.focus()

    def action_read(self) -> None:
        """Read the selected hit."""
        if self.box.history:
            self.box.history.add(self.box.value)
        if self.listing is None or self.listing.query != self.box.value.strip():
            self._read_when_found = bool(self.box.value.strip())
        elif len(self.listing):
            self.panes.read()

    def action_suspend_process(self) -> None:
        """Suspend the process, with the terminal restored."""
        with restored(self.plan):
            super().action_suspend_process()  # returns when the process continues
        self.refresh(layout=True)

    def action_help(self) -> None:
        """Show the help."""
        self.push_screen(Help())

    def on_unmount(self) -> None:
        """Close the index."""
        self.session.close()
