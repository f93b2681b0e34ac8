"""Copying: the selected text, paths and passages, and what was copied to a file."""

from __future__ import annotations

import asyncio
import os
from datetime import datetime
from pathlib import Path

from textual import work
from textual.widgets import Input

from search.bidi import without_controls
from search.results import Hit
from search.terminal.clipboard import copy
from search.terminal.copied_file import write_copied
from search.tui.actions.desk import Desk
from search.tui.interaction.citation import citation

_SECONDS = 5.0
"""How long the way is shown by which a text went."""


class CopyActions(Desk):
    """Copy what is selected or marked, and say by which way it went."""

    copied: str = ""
    """The text that was copied last."""

    @property
    def clipboard(self) -> str:
        """The text that was copied last, for pasting within the screen."""
        return self.copied

    def copy_to_clipboard(self, text: str) -> None:
        """Copy text and say so; Textual calls this for its own inputs too."""
        self.copy_as("text", text)

    def copy_as(self, what: str, text: str) -> None:
        """Copy text without its control characters; the message begins with ``what``."""
        # A path may contain bytes that are not UTF-8; the clipboard takes text.
        self.copied = without_controls(text.encode("utf-8", "replace").decode())
        self._send_copy(what, self.copied)

    @work(exclusive=True, group="copy")
    async def _send_copy(self, what: str, text: str) -> None:
        """Copy by programs, which may take seconds, then through the terminal."""
        copied = await asyncio.to_thread(copy, text, os.environ)
        if copied.sequence and self._driver is not None:
            self._driver.write(copied.sequence)  # between two frames, never within one
        self.notify(f"{what} {copied.sentence}", timeout=_SECONDS, markup=False)

    def action_copy_path(self) -> None:
        """Copy the selected text; without one the paths, one a line."""
        if not self._copy_selection() and (hits := self._target_hits):
            what = "path" if len(hits) == 1 else f"{len(hits)} paths"
            self.copy_as(what, "\n".join(hit.path for hit in hits))

    def action_copy_passage(self) -> None:
        """Copy the passages with their sources."""
        if hits := self._target_hits:
            one = "passage with its source"
            what = one if len(hits) == 1 else f"{len(hits)} passages with their sources"
            self.copy_as(what, "\n\n".join(map(citation, hits)))

    def action_copy_or_quit(self) -> None:
        """Copy the selected text; without one, quit."""
        if not self._copy_selection():
            self.exit()

    def _copy_selection(self) -> bool:
        """Copy what is selected and select nothing; return whether anything was selected."""
        field = self.screen.focused if isinstance(self.screen.focused, Input) else None
        text = field.selected_text if field else self.screen.get_selected_text()
        if not text:
            return False
        self.copy_as("selected text", text)
        self.screen.clear_selection()
        if field:
            field.cursor_position = field.cursor_position  # selects nothing there
        return True

    def action_write_copied(self) -> None:
        """Write what was copied last to a file in the home folder."""
        if not self.copied:
            self.notify("nothing was copied yet: y, Y or a selection and Ctrl+C", timeout=_SECONDS)
            return
        try:
            path = write_copied(self.copied, Path.home(), datetime.now().astimezone())
        except (OSError, RuntimeError) as error:
            reason = getattr(error, "strerror", None) or error
            self.notify(f"not written: {reason}", severity="error", markup=False)
        else:
            self.notify(f"written to {path}", timeout=2 * _SECONDS, markup=False)

    @property
    def _target_hits(self) -> list[Hit]:
        """The marked hits; else, or while the document is read, the selected one."""
        reading = self.document.has_focus and self.hits.hit
        return [reading] if reading else self.hits.target_hits
