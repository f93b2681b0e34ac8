"""The user's own programs, run from the screen."""

from __future__ import annotations

import os
import subprocess
from typing import Any

from textual.app import App

from search.bidi import TerminalPlan
from search.results import Hit
from search.terminal.session import restored
from search.tui import opener


def edit(app: App[Any], hit: Hit, plan: TerminalPlan) -> None:
    """The file of a hit in the user's editor, at the line; the screen waits."""
    if hit.type not in opener.EDITABLE:
        start(app, hit)
        return
    command = opener.editor_command(opener.place_of(hit), os.environ)
    if command is None:
        app.notify("no editor is known: set VISUAL or EDITOR", severity="warning")
        return
    try:
        # Textual's own signals come when the editor has ended.
        with app.suspend(), restored(plan):
            subprocess.run(command, check=False)  # noqa: S603 (the user's own editor)
    except OSError as error:
        _refused(app, command, error)
    app.refresh(layout=True)


def start(app: App[Any], hit: Hit) -> None:
    """The file of a hit with the system's program, beside the screen."""
    command = opener.opener_command(opener.place_of(hit).file)
    if command is None:
        app.notify("no program to open files with is known (xdg-open)", severity="warning")
        return
    try:
        subprocess.Popen(  # noqa: S603 (the system's own program)
            command,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        _refused(app, command, error)


def _refused(app: App[Any], command: list[str], error: OSError) -> None:
    app.notify(f"{command[0]}: {error.strerror}", severity="error", markup=False)
