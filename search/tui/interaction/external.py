"""Open the file of a hit in the user's own programs: an editor, or the system's viewer."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from textual.app import App

from search.bidi import TerminalPlan
from search.results import Hit
from search.terminal.session import restored

_EDITORS = ("nano", "vim", "vi", "notepad")
"""Editors to try, in this order, if neither VISUAL nor EDITOR is set."""
_VIEWERS = {"darwin": "open", "win32": "explorer"}
"""``sys.platform`` → the program that opens a file as a click would; elsewhere xdg-open."""
_LINE_AFTER_COLON = ("code", "codium", "subl", "zed")
"""Editors that take the line as FILE:LINE."""
EDITABLE = ("text", "markdown", "html", "jsonl")
"""Formats that an editor shows as they are."""


@dataclass(frozen=True, slots=True)
class Place:
    """A file and a line of it, counted from 1."""

    file: Path
    line: int


def place_of(hit: Hit) -> Place:
    """Return the file and line of a hit; in a JSONL file, the line that holds the document."""
    if hit.type == "jsonl":
        file = Path(hit.path.removesuffix(f"#{hit.id}"))
        return Place(file, _line_of_document(file, hit.id))
    shown = hit.snippets[0].line if hit.snippets and hit.type in ("text", "markdown") else 1
    return Place(Path(hit.path), shown)


def _line_of_document(file: Path, identifier: str) -> int:
    """Return the line of a JSONL file that contains an id; 1 if none does."""
    if file.suffix == ".gz":
        return 1
    quoted = f'"{identifier}"'
    try:
        with file.open(encoding="utf-8", errors="replace") as lines:
            return next((n for n, line in enumerate(lines, 1) if quoted in line), 1)
    except OSError:
        return 1


def editor_command(place: Place, environ: Mapping[str, str]) -> list[str] | None:
    """Return the command that opens a place in the user's editor; None if there is no editor."""
    setting = environ.get("VISUAL") or environ.get("EDITOR") or ""
    words = shlex.split(setting) if setting else [e for e in _EDITORS if shutil.which(e)][:1]
    if not words:
        return None
    if Path(words[0]).name in _LINE_AFTER_COLON:
        return [*words, "--goto" if "code" in words[0] or "codium" in words[0] else "--wait",
                f"{place.file}:{place.line}"]  # fmt: skip
    return [*words, f"+{place.line}", str(place.file)]


def viewer_command(file: Path) -> list[str] | None:
    """Return the command that opens a file with the system's program; None if it is missing."""
    program = _VIEWERS.get(sys.platform, "xdg-open")
    return [program, os.fspath(file)] if shutil.which(program) else None


def edit(app: App[Any], hit: Hit, plan: TerminalPlan) -> None:
    """Open the file of a hit in the user's editor, at the line; the screen waits for its end."""
    if hit.type not in EDITABLE:
        view(app, hit)
        return
    command = editor_command(place_of(hit), os.environ)
    if command is None:
        app.notify("no editor is known: set VISUAL or EDITOR", severity="warning")
        return
    try:
        # Textual takes its signals back when the editor has ended.
        with app.suspend(), restored(plan):
            subprocess.run(command, check=False)  # noqa: S603 (the user's own editor)
    except OSError as error:
        _notify_failure(app, command, error)
    app.refresh(layout=True)


def view(app: App[Any], hit: Hit) -> None:
    """Open the file of a hit with the system's program; the screen goes on."""
    command = viewer_command(place_of(hit).file)
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
        _notify_failure(app, command, error)


def _notify_failure(app: App[Any], command: list[str], error: OSError) -> None:
    app.notify(f"{command[0]}: {error.strerror}", severity="error", markup=False)
