"""The screen without documents: pick a folder, see what is in it, index it."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widgets import Button, DirectoryTree, Input, Label, ProgressBar

from index.errors import DalilError
from index.indexing.report import IndexReport
from index.schema import readable_path
from search.bidi import Mode, clean
from search.tui.interaction.folder_contents import FolderContents, folder_contents
from search.tui.interaction.front_page import causes
from search.tui.interaction.indexing_pace import IndexingPace
from search.tui.interaction.progress_relay import ProgressRelay
from search.tui.interaction.search_session import SearchSession
from search.tui.widgets.folder_tree import FolderTree
from search.tui.widgets.query_box import QueryBox

_LOW = 12
"""Rows below which only the question, the button and the path are shown."""
_COUNT_PAUSE = 0.3
"""Seconds without a key in the path, before its folder is counted."""


class Welcome(VerticalScroll, can_focus=False):
    """A path, a tree of folders, what is in the chosen one, and a button that indexes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("i,ه", "index", "index this folder"),
        Binding("escape", "focus_button", "to the button", show=False),
    ]

    @dataclass
    class Indexed(Message):
        """A folder has been indexed, and documents were found in it."""

        report: IndexReport

    @dataclass
    class Begun(Message):
        """A folder is being indexed."""

        folder: Path

    @dataclass
    class Failed(Message):
        """Nothing was indexed; another folder can be chosen."""

    def __init__(self, session: SearchSession, folder: Path, reason: str, mode: Mode) -> None:
        super().__init__(id="welcome")
        self._session, self._folder, self._reason, self._mode = session, folder, reason, mode
        self._relay = ProgressRelay()
        self._box = QueryBox(mode, id="folder", placeholder="the path of a folder")
        self._button = Button("Index this folder  (i)", id="make", compact=True)
        self._bar = ProgressBar(id="bar", show_eta=False)
        self._told = Label("", id="told", markup=False)

    def compose(self) -> ComposeResult:
        """Yield greeting, path, tree, button and progress bar."""
        yield Label("Dalil · search of English and Arabic documents", id="greeting")
        yield Label(clean(self._reason), id="reason", markup=False)
        yield self._told
        yield self._button
        yield self._bar
        yield Label("Or another folder: its path, or a row of the tree", id="asked")
        yield self._box
        yield FolderTree(_top_of_tree(self._folder), self._mode)

    def on_mount(self) -> None:
        """Hide the bar until indexing starts, and count the current folder."""
        self._bar.display = False
        self._button.focus()
        self._box.fill(readable_path(str(self._folder)))
        self._count(self._folder)

    def on_resize(self, event: events.Resize) -> None:
        """Leave out the tree and what explains where only the question and the path have room."""
        for part in ("#greeting", "#reason", "#asked", "#tree"):
            self.query_one(part).display = event.size.height >= _LOW and not self._button.disabled

    def tell(self, message: str) -> None:
        """Show a message above the button."""
        self._told.update(clean(message))

    # -- choosing a folder -----------------------------------------------------------

    def on_input_changed(self, event: Input.Changed) -> None:
        """Count the folder whose path is typed."""
        event.stop()
        if event.value.strip() != readable_path(str(self._folder)):
            self._folder = Path(event.value.strip()).expanduser().absolute()
            self._count(self._folder)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Index the folder whose path is typed."""
        event.stop()
        self.action_index()

    def on_query_box_moved(self, event: QueryBox.Moved) -> None:
        """Go from the path to the tree."""
        event.stop()
        self.query_one(FolderTree).focus()

    def on_directory_tree_directory_selected(self, event: DirectoryTree.DirectorySelected) -> None:
        """Choose the folder that was selected in the tree."""
        event.stop()
        self._folder = event.path
        self._box.fill(readable_path(str(event.path)))
        self._count(event.path)

    @work(exclusive=True, group="count")
    async def _count(self, folder: Path) -> None:
        """Count the files of a folder, and show what was found."""
        self.tell("counting the files …")
        await asyncio.sleep(_COUNT_PAUSE)
        loop = asyncio.get_running_loop()

        def is_wanted() -> bool:
            return folder == self._folder and not self._relay.stopped

        def on_progress(contents: FolderContents) -> None:
            loop.call_soon_threadsafe(self._tell_contents, folder, contents)

        if not await asyncio.to_thread(_is_folder, folder):
            self.tell("There is no such folder.")
            return
        contents = await asyncio.to_thread(folder_contents, folder, is_wanted, on_progress)
        if contents is not None:
            self._tell_contents(folder, contents)

    def _tell_contents(self, folder: Path, contents: FolderContents) -> None:
        """Ask whether to index a folder, unless another was chosen or indexing has begun."""
        if folder != self._folder or self._button.disabled:
            return
        if contents.files:
            self.tell(f"{contents}: index this folder?")
        else:
            self.tell("There is no file to read in it: choose another folder.")

    def action_focus_button(self) -> None:
        """Go from the path or the tree to the button."""
        self._button.focus()

    # -- indexing --------------------------------------------------------------------

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Index, as the key does."""
        event.stop()
        self.action_index()

    def action_index(self) -> None:
        """Start indexing the chosen folder, unless it runs already."""
        if self._button.disabled:
            return
        if not _is_folder(self._folder):
            self.tell("There is no such folder.")
            return
        self._show_running(running=True)
        self.post_message(self.Begun(self._folder))
        self._index()

    def _show_running(self, *, running: bool) -> None:
        """Show the progress in place of the choice of a folder, or the choice again."""
        self._button.disabled = running
        self._bar.display = running
        for part in ("#reason", "#asked", "#folder", "#tree"):
            self.query_one(part).display = not running
        self._button.display = not running
        if not running:
            self._button.focus()

    @work(exclusive=True, group="index")
    async def _index(self) -> None:
        began = time.monotonic()
        clock = self.set_interval(0.1, lambda: self._show_progress(time.monotonic() - began))
        try:
            report = await asyncio.to_thread(self._session.index, self._folder, self._relay)
        except DalilError as error:
            self._show_failure(f"{error.message}: {error.hint}")
        else:
            self._finish(report)
        finally:
            clock.stop()

    def _finish(self, report: IndexReport) -> None:
        """Report what was indexed; without documents, let the user choose another folder."""
        if report.documents:
            self.post_message(self.Indexed(report))
            return
        reasons = ", ".join(f"{cause} {count:,}" for cause, count in causes(report.skipped))
        left_out = f" Left out: {reasons}." if reasons else ""
        self._show_failure(f"No document was found in {self._folder}.{left_out}")

    def _show_progress(self, seconds: float) -> None:
        """Update the bar and the counts."""
        progress = self._relay.last
        if progress is not None:
            pace = IndexingPace(progress, seconds)
            self._bar.update(total=1, progress=pace.share)
            self.tell(f"{pace}\nCtrl+C stops; what is committed stays.")

    def _show_failure(self, reason: str) -> None:
        """Show why nothing was indexed, and the choice again."""
        self._show_running(running=False)
        self.tell(reason)
        self.post_message(self.Failed())

    def on_unmount(self) -> None:
        """Stop counting and indexing; the index keeps its last commit."""
        self._relay.stopped = True


def _is_folder(path: Path) -> bool:
    """Whether a path is a folder; False too if that cannot be known."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def _top_of_tree(folder: Path) -> Path:
    """Return the folder at the top of the tree: the home folder, if it contains ``folder``."""
    home = Path.home()
    return home if folder.is_relative_to(home) else Path(folder.anchor)
