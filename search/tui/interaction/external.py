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

from index.store.trust import Roots, is_document
from search.bidi import TerminalPlan
from search.results import Hit
from search.terminal.session import restored

_EDITORS = ("nano", "vim", "vi", "notepad")
"""Editors to try, in this order, if neither VISUAL nor EDITOR is set."""
_VIEWERS = {"darwin": "open", "win32": "explorer"}
"""``sys.platform`` → the program that opens a file as a click would; elsewhere xdg-open."""
_LINE_AFTER_COLON = ("code", "codium", "subl", "zed")
"""Editors that take the line as FILE:LINE."""
_LINE_BEFORE_FILE = ("emacs", "emacsclient", "joe", "kak", "micro", "nano")
"""Editors that take the line as +LINE."""
_VIM = ("gvim", "nvim", "vi", "view", "vim")
"""Editors that take the line as +LINE, and after ``--`` nothing but files."""
EDITABLE = ("text", "markdown", "html", "jsonl")
"""Formats that an editor shows as they are."""


@dataclass(frozen=True, slots=True)
class Place:
    """A file and a line of it, counted from 1."""

    file: Path
    line: int


def file_of(hit: Hit) -> str:
    """Return the path of the file that holds a hit."""
    return hit.path.removesuffix(f"#{hit.id}") if hit.type == "jsonl" else hit.path


def place_of(hit: Hit) -> Place:
    """Return the file and line of a hit; in a JSONL file, the line that holds the document."""
    if hit.type == "jsonl":
        file = Path(file_of(hit))
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
    """Return the command that opens a place in the user's editor; None if there is no editor.

    The line is left out where the editor, or a colon in the path, could make more of it.
    Raises ValueError if VISUAL or EDITOR is no command.
    """
    setting = environ.get("VISUAL") or environ.get("EDITOR") or ""
    words = shlex.split(setting) if setting else [e for e in _EDITORS if shutil.which(e)][:1]
    if not words:
        return None
    name, file = Path(words[0]).name, str(place.file)
    if name in _LINE_AFTER_COLON and ":" not in file:
        return [*words, "--goto" if "code" in words[0] or "codium" in words[0] else "--wait",
                f"{place.file}:{place.line}"]  # fmt: skip
    if name in _VIM:
        return [*words, f"+{place.line}", "--", file]
    return [*words, f"+{place.line}", file] if name in _LINE_BEFORE_FILE else [*words, file]


def viewer_command(file: Path) -> list[str] | None:
    """Return the command that opens a file with the system's program; None if it is missing."""
    program = _VIEWERS.get(sys.platform, "xdg-open")
    return [program, os.fspath(file)] if shutil.which(program) else None


def _may_open(app: App[Any], hit: Hit, roots: Roots | None) -> bool:
    """Whether a hit's file is a document of the user's own; if not, say so."""
    if is_document(file_of(hit), roots):
        return True
    said = "not opened: foreign index" if roots is None else "not opened: no file in its folders"
    app.notify(said, severity="warning")
    return False


def edit(app: App[Any], hit: Hit, plan: TerminalPlan, roots: Roots | None) -> None:
    """Open the file of a hit in the user's editor, at the line; the screen waits for its end."""
    if hit.type not in EDITABLE:
        view(app, hit, roots)
        return
    if not _may_open(app, hit, roots):
        return
    try:
        command = editor_command(place_of(hit), os.environ)
    except ValueError as error:
        app.notify(f"VISUAL or EDITOR is no command: {error}", severity="warning", markup=False)
        return
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


def view(app: App[Any], hit: Hit, roots: Roots | None) -> None:
    """Open the file of a hit with the system's program; the screen goes on."""
    if not _may_open(app, hit, roots):
        return
    command = viewer_command(Path(file_of(hit)))
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
