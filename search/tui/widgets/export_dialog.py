"""The dialog of an export: which hits, into which file, and how far it is."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Label

from index.errors import DalilError
from search.bidi import Mode, clean
from search.export.formats import FORMATS
from search.tui.interaction.export_job import ExportJob
from search.tui.interaction.progress_relay import Stopped
from search.tui.widgets.query_box import QueryBox
from search.tui.widgets.status_line import StatusLine

_PROGRESS = 0.1
"""Seconds between two looks at how far it is."""


class FileBox(QueryBox):
    """An input for the name of a file, which runs from left to right."""

    rtl = False


class ExportDialog(ModalScreen[str | None]):
    """Asks for a file and writes the dossier; the result says what was written, None if nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "close", show=False)]

    def __init__(self, job: ExportJob, name: str, mode: Mode) -> None:
        super().__init__()
        self._job, self._proposed = job, name
        self.box = FileBox(mode, placeholder="name of the file", id="file")
        self.said = StatusLine(mode, id="export-said")
        self._warned_of = ""
        """The name of a file that is there already, if the user was told so."""
        self._runs = False

    def compose(self) -> ComposeResult:
        """Yield what is exported, the file, a line for what is said, and the formats."""
        marked, total = len(self._job.marked), self._job.total
        what = f"{marked:,} marked" if marked else f"all {total:,}"
        formats = " · ".join(f"{row.suffix} {row.name}" for row in FORMATS)
        with Vertical(id="export"):
            yield Label(f"Export {what} hits", id="export-title")
            yield self.box
            yield self.said  # above the formats, which a low screen cuts off
            yield Label(formats, id="export-formats", markup=False)

    def on_mount(self) -> None:
        """Propose a name."""
        self.box.fill(self._proposed)
        self.box.focus()
        self.said.show("Enter write · Esc close")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Keep the name from the search behind the dialog."""
        event.stop()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Write the dossier; over a file that is there only if asked to a second time."""
        event.stop()
        name = event.value.strip()
        if not name or self._runs:
            return
        to = Path(name).expanduser().absolute()
        force = self._warned_of == name
        if not force and to.is_file() and not to.is_symlink():
            self._warned_of = name
            self.said.show(f"{clean(to.name)} exists already: Enter again writes over it")
            return
        self._warned_of, self._runs = "", True
        self._write(to, force)

    @work(exclusive=True, group="export")
    async def _write(self, to: Path, force: bool) -> None:
        clock = self.set_interval(_PROGRESS, self._show_progress)
        try:
            said = await asyncio.to_thread(self._job.run, to, force=force)
        except DalilError as error:
            self.said.show(error.message, error.hint)
        except Stopped:
            pass
        else:
            self.dismiss(said)
        finally:
            clock.stop()
            self._runs = False

    def _show_progress(self) -> None:
        total = len(self._job.marked) or self._job.total
        self.said.show(f"{self._job.done:,} of {total:,} hits read … Esc stops")

    def action_leave(self) -> None:
        """Stop, and close the dialog."""
        self._job.stopped = True
        self.dismiss(None)

    def on_unmount(self) -> None:
        """Stop: the screen is closed."""
        self._job.stopped = True
