"""The screen: a box to type in, what was found, the document, and what to narrow it down by."""

from __future__ import annotations

import asyncio
import signal
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import events, work
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from index.errors import DalilError, IndexMissing
from search.bidi import TerminalPlan
from search.hits.facets import Facets
from search.hits.lazy_results import LazyResults
from search.terminal.session import has_terminal, restored
from search.tui import gc_policy as garbage
from search.tui import query_edit as clauses
from search.tui.history import History
from search.tui.keys import ACTIONS, HINTS
from search.tui.search_controller import SearchController
from search.tui.search_session import SearchRequest, SearchSession
from search.tui.themes import DARK, LIGHT
from search.tui.widgets.help import Help
from search.tui.widgets.panes import Panes
from search.tui.widgets.preview import Preview
from search.tui.widgets.query_box import QueryBox
from search.tui.widgets.result_list import ResultList
from search.tui.widgets.side_panel import SidePanel
from search.tui.widgets.status_line import StatusLine, summary
from search.tui.widgets.welcome import Welcome

_HANGUP = getattr(signal, "SIGHUP", signal.SIGTERM)
_GLANCE = 1.0
"""Seconds after which it is seen that the terminal has gone."""


class DalilApp(App[None]):
    """The interactive search of one index."""

    CSS_PATH = "dalil.tcss"
    TITLE = "Dalil"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c", "quit", "quit", priority=True, show=False),
        Binding("ctrl+z", "suspend_process", "to the background", priority=True, show=False),
        Binding("ctrl+p,f2", "command_palette", "commands", show=False),
        Binding("escape", "step_back", "back", show=False),
        *(deed.binding() for deed in ACTIONS if not deed.inside),
    ]

    def __init__(self, folder: Path, plan: TerminalPlan, *, query: str = "") -> None:
        super().__init__()
        self.plan = plan
        self.session = SearchSession(folder)
        self.listing: LazyResults | None = None
        self.panes = Panes(plan)
        self.box = QueryBox(plan.mode)
        self.status = StatusLine(plan.mode)
        self._hints = StatusLine(plan.mode, id="hints")
        self._inquiry = SearchController(
            self, self.session, lambda: self.box.has_focus and not self.hits.row
        )
        self._first_query = query
        self._documents = 0
        self._hasty = False
        """Whether the first hit is to be read as soon as it is found."""

    # -- building ------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """From above."""
        yield self.box
        yield self.panes
        yield self.status
        yield self._hints

    def on_mount(self) -> None:
        """Show the screen first, open the index then."""
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = DARK.name
        for sign in (signal.SIGTERM, _HANGUP):
            with suppress(NotImplementedError, RuntimeError, ValueError):
                leave = partial(self.exit, return_code=128 + sign)
                asyncio.get_running_loop().add_signal_handler(sign, leave)
        if has_terminal():
            self.set_interval(_GLANCE, self._look_for_terminal)
        self.panes.fit(self.size.width)
        self.box.focus()
        self._open()

    def _look_for_terminal(self) -> None:
        """Leave where it has gone without a signal: Textual would read its end over and over."""
        if not has_terminal():
            self.exit(return_code=128 + _HANGUP)

    @property
    def hits(self) -> ResultList:
        """What was found."""
        return self.panes.hits

    @property
    def document(self) -> Preview:
        """The document of the chosen hit."""
        return self.panes.document

    @work(exclusive=True, group="open")
    async def _open(self) -> None:
        self.status.say("opening the index …")
        try:
            documents = await asyncio.to_thread(self.session.open)
        except IndexMissing:
            self.panes.display = self.box.display = False
            self.status.say("no index yet")
            await self.mount(Welcome(self.session, Path.cwd()), before="#status")
        except DalilError as error:
            self.status.say(error.message, error.hint)
        else:
            self._begin(documents)

    def _begin(self, documents: int) -> None:
        """The index is there: type."""
        self._documents = documents
        self.box.history = History(self.session.folder)
        self._tell()
        if self._first_query and not self.box.value:
            self.box.fill(self._first_query)
        elif self.box.value:
            self._search()
        self._warm()

    @work(group="warm")
    async def _warm(self) -> None:
        """Have the first key answered as quickly as those behind it."""
        with suppress(DalilError):  # what is damaged is said when somebody asks for it
            await asyncio.to_thread(self.session.warm)
        garbage.keep()

    async def on_welcome_indexed(self, event: Welcome.Indexed) -> None:
        """There is an index now."""
        await self.query_one(Welcome).remove()
        self.panes.display = self.box.display = True
        self.box.focus()
        self._begin(event.documents)
        self.notify(f"{event.documents:,} documents indexed", timeout=4)

    # -- asking, and what is answered ----------------------------------------------

    def on_input_changed(self, _event: Input.Changed) -> None:
        """Search when the typing pauses."""
        self._hasty = False
        self._search()

    def _search(self) -> None:
        self._inquiry.ask(lambda: SearchRequest(
            self.box.value.strip(), self.hits.snippet, self.hits.in_sight, self.box.typing
        ))  # fmt: skip

    def on_search_controller_found(self, event: SearchController.Found) -> None:
        """Draw what is going to be shown."""
        self.hits.prepare(event.listing)

    def on_search_controller_answered(self, event: SearchController.Answered) -> None:
        """Show what was found."""
        self.listing = event.listing
        self.hits.show(event.listing)
        if event.listing is None:
            self.panes.side.show(Facets(), "")
        elif self._hasty:
            self._hasty = False
            self.action_read()
        self._tell()

    def on_search_controller_counted(self, event: SearchController.Counted) -> None:
        """Show what there is to narrow down by."""
        if self.listing is not None:
            self.panes.side.show(event.facets, self.listing.query)
        garbage.collect()

    def on_search_controller_made(self, _event: SearchController.Made) -> None:
        """Show rows that were scrolled to, and what is wrong with their files."""
        self.hits.filled()
        self._tell()

    def on_search_controller_opened(self, event: SearchController.Opened) -> None:
        """Show the document."""
        self.document.show(event.passage)

    def on_search_controller_failed(self, event: SearchController.Failed) -> None:
        """The index is damaged where something was to be read."""
        self.status.say(event.error.message, event.error.hint)

    def _tell(self) -> None:
        """Say what was found, or what there is."""
        self.status.say(
            *summary(self.listing, self._documents), f"index {self.session.folder.name}"
        )

    # -- what the panes say --------------------------------------------------------

    def on_query_box_moved(self, event: QueryBox.Moved) -> None:
        """Through the hits while typing."""
        self.hits.action_move(event.rows)

    def on_input_submitted(self, _event: Input.Submitted) -> None:
        """Read the chosen hit."""
        self.action_read()

    def on_result_list_read(self, _event: ResultList.Read) -> None:
        """Read the chosen hit."""
        self.action_read()

    def on_result_list_chosen(self, event: ResultList.Chosen) -> None:
        """Show the document of the chosen hit."""
        if event.document is None:
            self.document.show(None)
        self._inquiry.open(event.document)

    def on_result_list_wanted(self, event: ResultList.Wanted) -> None:
        """Have rows made that are scrolled to."""
        self._inquiry.make(event.first, event.count)

    def on_side_panel_toggled(self, event: SidePanel.Toggled) -> None:
        """A filter is a part of the query, to be seen and edited there."""
        self.box.fill(clauses.toggled(self.box.value, event.clause))

    def on_descendant_focus(self, _event: events.DescendantFocus) -> None:
        """Other keys work in other panes."""
        if self.focused is not None and self.focused.id in HINTS:
            self._hints.say(HINTS[self.focused.id])

    def on_resize(self, event: events.Resize) -> None:
        """Panes come and go with the room there is."""
        self.panes.fit(event.size.width)

    # -- deeds ---------------------------------------------------------------------

    def action_edit_query(self) -> None:
        """To the query box."""
        self.box.focus()

    def action_step_back(self) -> None:
        """One step back; the query stays."""
        if not self.panes.back():
            self.box.focus()

    def action_read(self) -> None:
        """Read the chosen hit."""
        if self.box.history:
            self.box.history.add(self.box.value)
        if self.listing is None or self.listing.query != self.box.value.strip():
            self._hasty = bool(self.box.value.strip())
        elif len(self.listing):
            self.panes.read()

    def action_cycle_sort(self) -> None:
        """Another order."""
        self.box.fill(clauses.cycled(self.box.value, clauses.SORTS))

    def action_cycle_language(self) -> None:
        """Arabic only, English only, both."""
        self.box.fill(clauses.cycled(self.box.value, clauses.LANGUAGES))

    def action_suspend_process(self) -> None:
        """Into the background, with the terminal as it was found."""
        with restored(self.plan):
            super().action_suspend_process()  # comes back when the process goes on
        self.refresh(layout=True)

    def action_help(self) -> None:
        """The keys."""
        self.push_screen(Help())

    def on_unmount(self) -> None:
        """Let go of the index."""
        self.session.close()
