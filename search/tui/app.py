"""The screen: a box to type in, what was found, the document, and what to narrow it down by."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import events, work
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Input

from index.errors import DalilError, IndexMissing
from search.bidi import Plan
from search.facets import Facets
from search.listing import Listing
from search.tui import opener
from search.tui.citation import citation
from search.tui.help import Help
from search.tui.history import History
from search.tui.keys import DEEDS
from search.tui.preview import Preview
from search.tui.query_box import QueryBox
from search.tui.result_list import GUTTER, HEIGHT, ResultList
from search.tui.session import Progresses, Question, Session
from search.tui.side_panel import SidePanel, holds, toggled
from search.tui.status_line import StatusLine
from search.tui.terminal import say
from search.tui.themes import DARK, LIGHT
from search.tui.welcome import Welcome

PAUSE = 0.05
"""Seconds without a key before a search: less than people notice, more than between keys."""
_SIDE_FROM, _DOCUMENT_FROM = 110, 100
"""Columns from which there is room for the filters, and for the document beside the list;
where there is none, the document takes the place of the list while it is read."""
_SORTS = ("", "sort:date", "sort:path")
_LANGUAGES = ("", "lang:ar", "lang:en")
_TYPING = "Enter read · ↓ next hit · F1 help · Ctrl+C quit · Tab panes · ↑ earlier query"
_MOVING = "/ type · Enter read · n next · ? help · q quit · f filters · s sort · e edit"
_BEGINNING = "Enter index this folder · F1 help · Ctrl+C quit"


class DalilApp(App[None]):
    """The interactive search of one index."""

    CSS_PATH = "dalil.tcss"
    TITLE = "Dalil"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c", "quit", "quit", priority=True, show=False),
        Binding("ctrl+p,f2", "command_palette", "commands", show=False),
        Binding("escape", "step_back", "back", show=False),
        *(deed.binding() for deed in DEEDS),
    ]

    def __init__(self, folder: Path, plan: Plan, *, query: str = "") -> None:
        super().__init__()
        self.plan = plan
        self.session = Session(folder)
        self.listing: Listing | None = None
        self._first_query = query
        self._documents = 0
        self._side = self._preview = True
        self._columns = 0
        self._hasty = False
        """Whether the first hit is to be read as soon as it is found."""
        self._reading = False
        """Whether the document has the place of the list, where there is no room for both."""
        self._progresses: Progresses | None = None

    # -- building ------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """The panes."""
        mode = self.plan.mode
        yield QueryBox(mode)
        with Horizontal(id="body"):
            yield SidePanel(mode)
            yield ResultList(mode)
            yield Preview(mode)
        yield StatusLine(mode)
        yield StatusLine(mode, id="hints")

    def on_mount(self) -> None:
        """Show the screen first, open the index then."""
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = DARK.name
        self.set_class(self.plan.mode == "logical", "-stacked")
        for sign in (signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)):
            with suppress(NotImplementedError, RuntimeError, ValueError):
                leave = partial(self.exit, return_code=128 + sign)
                asyncio.get_running_loop().add_signal_handler(sign, leave)
        self._columns = self.size.width
        self._arrange()
        self.box.focus()
        self._hint()
        self._open()

    @property
    def box(self) -> QueryBox:
        """Where the query is."""
        return self.query_one(QueryBox)

    @property
    def hits(self) -> ResultList:
        """What was found."""
        return self.query_one(ResultList)

    @property
    def document(self) -> Preview:
        """The document of the chosen hit."""
        return self.query_one(Preview)

    @property
    def status(self) -> StatusLine:
        """The line that says how it is going."""
        return self.query_one("#status", StatusLine)

    # -- opening the index ---------------------------------------------------------

    @work(exclusive=True, group="open")
    async def _open(self) -> None:
        self.status.say("opening the index …")
        try:
            self._documents = await asyncio.to_thread(self.session.open)
        except IndexMissing:
            await self._welcome()
        except DalilError as error:
            self.status.say(error.message, error.hint)
        else:
            self._begin()

    def _begin(self) -> None:
        """The index is there: type."""
        self.box.history = History(self.session.folder)
        self._told()
        if self._first_query and not self.box.value:
            self.box.fill(self._first_query)
        elif self.box.value:
            self._search()

    async def _welcome(self) -> None:
        self.query_one("#body").display = False
        self.box.display = False
        self.query_one("#hints", StatusLine).say(_BEGINNING)
        self.status.say("no index yet")
        await self.mount(Welcome(self.session.folder, Path.cwd()), before="#status")

    def on_welcome_wanted(self, _event: Welcome.Wanted) -> None:
        """Index the current folder."""
        self._progresses = Progresses()
        self.set_interval(0.1, self._show_progress)
        self._index(self._progresses)

    def _show_progress(self) -> None:
        if self._progresses is not None and self.query(Welcome):
            self.query_one(Welcome).progress(self._progresses.last)

    @work(exclusive=True, group="index")
    async def _index(self, told: Progresses) -> None:
        welcome = self.query_one(Welcome)
        try:
            report = await asyncio.to_thread(self.session.index, Path.cwd(), told)
        except DalilError as error:
            welcome.failed(f"{error.message}: {error.hint}")
            return
        self._progresses = None
        self._documents = report.documents
        await welcome.remove()
        self.query_one("#body").display = self.box.display = True
        self.box.focus()
        self._begin()
        self.notify(f"{report.documents:,} documents indexed", timeout=4)

    # -- searching -----------------------------------------------------------------

    def on_input_changed(self, _event: Input.Changed) -> None:
        """Search when the typing pauses."""
        self._hasty = False
        self._search()

    @property
    def _question(self) -> Question:
        width = max(self.hits.size.width - GUTTER - 2, 20) * 2
        return Question(self.box.value.strip(), width, self.hits.size.height // HEIGHT + 1)

    @work(exclusive=True, group="search")
    async def _search(self) -> None:
        await asyncio.sleep(PAUSE)
        question = self._question
        if not question.text:
            self._show(None)
            return

        def wanted() -> bool:
            return question.text == self.box.value.strip()

        try:
            listing = await asyncio.to_thread(self.session.ask, question, wanted)
            if listing is None or not wanted():
                return  # something else is asked by now
            self._show(listing)
            facets = await asyncio.to_thread(self.session.facets, listing, wanted)
        except DalilError as error:
            self._failed(error)
            return
        if facets is not None and listing is self.listing:
            self.query_one(SidePanel).show(facets, question.text)

    def _failed(self, error: DalilError) -> None:
        self.status.say(error.message, error.hint)

    def _show(self, listing: Listing | None) -> None:
        self.listing = listing
        self.hits.show(listing)
        if listing is not None and self._hasty:
            self._hasty = False
            self.action_read()
        if listing is None:
            self.query_one(SidePanel).show(Facets(), "")
        self._told()

    def _told(self) -> None:
        """Say what was found, or what there is."""
        listing, index = self.listing, f"index {self.session.folder.name}"
        if listing is None:
            say = "type a word, a phrase or a name"
            self.status.say(_documents(self._documents), say, index)
            return
        found = _documents(listing.total) if listing.total else "nothing found"
        took = f"{listing.seconds * 1000:.0f} ms"
        self.status.say(
            found, took, listing.suggestion or "", *listing.notes, *listing.problems, index
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
        if self.listing is None or event.row is None:
            self.document.show(None)
        else:
            self._read(self.listing, event.row)

    @work(exclusive=True, group="document")
    async def _read(self, listing: Listing, row: int) -> None:
        """A long document takes its time, in which another one may be chosen."""

        def wanted() -> bool:
            return listing is self.listing and row == self.hits.row

        try:
            passage = await asyncio.to_thread(self.session.read, listing, row, wanted)
        except DalilError as error:
            self._failed(error)
            return
        if passage is not None and wanted():
            self.document.show(passage)

    def on_result_list_failed(self, event: ResultList.Failed) -> None:
        """The index is damaged where a hit was to be read."""
        self._failed(event.error)

    def on_side_panel_toggled(self, event: SidePanel.Toggled) -> None:
        """A filter is a part of the query, to be seen and edited there."""
        self.box.fill(toggled(self.box.value, event.clause))

    def on_descendant_focus(self, _event: events.DescendantFocus) -> None:
        """Other keys work in other panes."""
        self._hint()

    def _hint(self) -> None:
        if not self.query(Welcome):
            self.query_one("#hints", StatusLine).say(_TYPING if self.box.has_focus else _MOVING)

    # -- arranging -----------------------------------------------------------------

    def on_resize(self, event: events.Resize) -> None:
        """Panes come and go with the room there is."""
        self._columns = event.size.width
        self._arrange()

    def _arrange(self) -> None:
        columns = self._columns
        stacked = self.plan.mode == "logical"
        beside = self._preview and (columns >= _DOCUMENT_FROM or stacked)
        self.query_one(SidePanel).display = self._side and columns >= _SIDE_FROM and not stacked
        self.document.display = beside or self._reading
        self.hits.display = beside or not self._reading

    # -- deeds ---------------------------------------------------------------------

    def action_edit_query(self) -> None:
        """To the query box."""
        self.box.focus()

    def action_step_back(self) -> None:
        """One step back; the query stays."""
        if self._reading:
            self._reading = False
            self._arrange()
            self.hits.focus()
        elif self.document.has_focus:
            self.hits.focus()
        else:
            self.box.focus()

    def action_read(self) -> None:
        """Read the chosen hit, where there is room for it."""
        if self.box.history:
            self.box.history.add(self.box.value)
        if self.listing is None or self.listing.query != self.box.value.strip():
            self._hasty = bool(self.box.value.strip())
            return
        if not len(self.listing):
            return
        if not self.document.display:
            self._reading = True
            self._arrange()
        self.document.focus()

    def action_next_hit(self) -> None:
        """The hit below."""
        self.hits.action_move(1)

    def action_previous_hit(self) -> None:
        """The hit above."""
        self.hits.action_move(-1)

    def action_next_match(self) -> None:
        """On in the document."""
        self.document.step(1)

    def action_previous_match(self) -> None:
        """Back in the document."""
        self.document.step(-1)

    def action_cycle_sort(self) -> None:
        """Another order."""
        self._cycle(_SORTS)

    def action_cycle_language(self) -> None:
        """Arabic only, English only, both."""
        self._cycle(_LANGUAGES)

    def _cycle(self, clauses: Sequence[str]) -> None:
        """The next one of the clauses in the query, in place of the one that it has."""
        query = self.box.value
        now = next((clause for clause in clauses[1:] if holds(query, clause)), "")
        then = clauses[(clauses.index(now) + 1) % len(clauses)]
        for clause in filter(None, (now, then)):
            query = toggled(query, clause)
        self.box.fill(query)

    def action_toggle_side(self) -> None:
        """Filters or none."""
        if self._columns < _SIDE_FROM or self.plan.mode == "logical":
            self.notify(f"the filters need {_SIDE_FROM} columns", timeout=3)
            return
        self._side = not self._side
        self._arrange()

    def action_toggle_preview(self) -> None:
        """Document or none."""
        if self._columns >= _DOCUMENT_FROM:
            self._preview = not self._preview
        else:
            self._reading = not self._reading
        self._arrange()
        (self.document if self._reading else self.hits).focus()

    def action_suspend_process(self) -> None:
        """Into the background, with the terminal as it was found."""
        say(self.plan.leave)
        super().action_suspend_process()  # comes back when the process goes on
        say(self.plan.enter)

    def action_help(self) -> None:
        """The keys."""
        self.push_screen(Help())

    # -- taking along --------------------------------------------------------------

    def action_copy_path(self) -> None:
        """The path to the clipboard."""
        if hit := self.hits.hit:
            self._copy(hit.path, "path copied")

    def action_copy_passage(self) -> None:
        """The passage and where it is from to the clipboard."""
        if hit := self.hits.hit:
            self._copy(citation(hit), "passage copied with its source")

    def _copy(self, text: str, said: str) -> None:
        # A path need not be text, but the clipboard has to be.
        self.copy_to_clipboard(text.encode("utf-8", "replace").decode())
        self.notify(said, timeout=2)

    def action_open_editor(self) -> None:
        """The file in the user's editor, at the line."""
        hit = self.hits.hit
        if hit is None:
            return
        if hit.type not in opener.EDITABLE:
            self.action_open_file()
            return
        command = opener.editor_command(opener.place_of(hit), os.environ)
        if command is None:
            self.notify("no editor is known: set VISUAL or EDITOR", severity="warning")
            return
        try:
            with self.suspend(), self._told_back():
                subprocess.run(command, check=False)  # noqa: S603 (the user's own editor)
        except OSError as error:
            self.notify(f"{command[0]}: {error.strerror}", severity="error", markup=False)
        self.refresh(layout=True)

    @contextmanager
    def _told_back(self) -> Iterator[None]:
        """The terminal as it was found; Textual's own signals come when the editor has ended."""
        say(self.plan.leave)
        try:
            yield
        finally:
            say(self.plan.enter)

    def action_open_file(self) -> None:
        """The file with the system's program."""
        hit = self.hits.hit
        command = opener.opener_command(opener.place_of(hit).file) if hit else None
        if hit and command is None:
            self.notify("no program to open files with is known (xdg-open)", severity="warning")
        elif command:
            start = partial(subprocess.Popen, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            try:
                start(command, start_new_session=True)
            except OSError as error:
                self.notify(f"{command[0]}: {error.strerror}", severity="error", markup=False)

    def on_unmount(self) -> None:
        """Let go of the index; a run that is under way ends at its last commit."""
        if self._progresses is not None:
            self._progresses.stopped = True
        self.session.close()


def _documents(count: int) -> str:
    return f"{count:,} {'document' if count == 1 else 'documents'}"
