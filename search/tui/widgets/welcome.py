"""The screen without an index: offer to index the current folder."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Button, Label, ProgressBar

from index.errors import DalilError
from search.bidi import clean
from search.tui.interaction.search_session import ProgressRelay, SearchSession


class Welcome(Vertical, can_focus=False):
    """A button that indexes the current folder, and a progress bar."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("i,ه", "index", "index this folder")]

    @dataclass
    class Indexed(Message):
        """The folder has been indexed."""

        documents: int

    def __init__(self, session: SearchSession, folder: Path) -> None:
        super().__init__(id="welcome")
        self._session, self._folder = session, folder
        self._relay = ProgressRelay()

    def compose(self) -> ComposeResult:
        """Yield greeting, button and progress bar."""
        yield Label("Dalil · search of English and Arabic documents", id="greeting")
        yield Label(f"There is no index at {clean(str(self._session.folder))} yet.", markup=False)
        yield Button(f"Index {clean(str(self._folder))}  (i)".replace("[", "("), id="make")
        yield Label("or leave with Ctrl+C and run: dalil index FOLDER", id="or")
        yield ProgressBar(id="bar", show_eta=False)
        yield Label("", id="told", markup=False)

    def on_mount(self) -> None:
        """Hide the bar until indexing starts."""
        self.query_one("#bar").display = False
        self.query_one("#make").focus()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Index, as the key does."""
        event.stop()
        self.action_index()

    def action_index(self) -> None:
        """Start indexing, unless it runs already."""
        button = self.query_one("#make", Button)
        if not button.disabled:
            button.disabled = True
            self.query_one("#bar").display = True
            self._make()

    @work(exclusive=True)
    async def _make(self) -> None:
        clock = self.set_interval(0.1, self._show_progress)
        try:
            report = await asyncio.to_thread(self._session.index, self._folder, self._relay)
        except DalilError as error:
            self._show_failure(f"{error.message}: {error.hint}")
        else:
            self.post_message(self.Indexed(report.documents))
        finally:
            clock.stop()

    def _show_progress(self) -> None:
        """Update the bar and the counts."""
        progress = self._relay.last
        if progress is not None:
            self.query_one(ProgressBar).update(total=max(progress.of, 1), progress=progress.files)
            self._show_message(
                f"{progress.files:,} of {progress.of:,} files, {progress.documents:,} documents"
            )

    def _show_message(self, message: str) -> None:
        """Show a message below the bar."""
        self.query_one("#told", Label).update(clean(message))

    def _show_failure(self, reason: str) -> None:
        """Show an error and enable the button again."""
        self._show_message(reason)
        self.query_one("#bar").display = False
        button = self.query_one("#make", Button)
        button.disabled = False
        button.focus()

    def on_unmount(self) -> None:
        """Stop indexing; it ends with its last commit."""
        self._relay.stopped = True
