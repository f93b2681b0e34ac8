"""Open the file of a hit in the user's own programs: an editor, or the system's viewer."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from textual.app import App

from index.document import containing_file
from index.store.trust import Roots, is_still, open_document
from search.bidi import TerminalPlan
from search.desk.settings import OPENER
from search.results import Hit
from search.terminal.session import restored

_EDITORS = ("nano", "vim", "vi", "notepad")
"""Editors to try, in this order, if neither VISUAL nor EDITOR is set."""
_VIEWERS = {"darwin": "open", "win32": "explorer"}
"""``sys.platform`` → the program that opens a file as a click would; elsewhere xdg-open."""
_PAGE_OPTIONS = {"evince": "--page-index", "okular": "-p", "zathura": "-P", "sioyek": "--page"}
"""Viewers of PDF → the option that takes the number of a page, from 1."""
_ASK_VIEWER = ("xdg-mime", "query", "default", "application/pdf")
_TIMEOUT = 2.0
"""Seconds to wait for the name of the viewer."""
_LINE_AFTER_COLON = ("code", "codium", "subl", "zed")
"""Editors that take the line as FILE:LINE."""
_LINE_BEFORE_FILE = ("emacs", "emacsclient", "joe", "kak", "micro", "nano")
"""Editors that take the line as +LINE."""
_VIM = ("gvim", "nvim", "vi", "view", "vim")
"""Editors that take the line as +LINE, and after ``--`` nothing but files."""
_BLOCK = 1 << 20
_MAX_SEARCHED = 256 << 20
"""Bytes of a JSONL file that are searched for the line of a document, in blocks."""
EDITABLE = ("text", "markdown", "html", "jsonl")
"""Formats that an editor shows as they are."""


@dataclass(frozen=True, slots=True)
class Place:
    """A file and a line of it, counted from 1."""

    file: Path
    line: int


def file_of(hit: Hit) -> str:
    """Return the path of the file that holds a hit."""
    return containing_file(hit.path, hit.id, hit.type)


def place_of(hit: Hit, content: BinaryIO) -> Place:
    """Return the file and line of a hit; in a JSONL file, the line that holds the document.

    ``content`` is the file, open at its beginning.
    """
    if hit.type == "jsonl":
        file = Path(file_of(hit))
        return Place(file, 1 if file.suffix == ".gz" else _line_of_document(content, hit.id))
    shown = hit.snippets[0].line if hit.snippets and hit.type in ("text", "markdown") else 1
    return Place(Path(hit.path), shown)


def _line_of_document(content: BinaryIO, identifier: str) -> int:
    """Return the line of a JSONL file that contains an id; 1 if none of those searched does."""
    quoted = f'"{identifier}"'.encode("utf-8", "replace")
    line, rest = 1, b""
    try:
        for _ in range(_MAX_SEARCHED // _BLOCK):
            block = rest + content.read(_BLOCK)
            if (found := block.find(quoted)) >= 0:
                return line + block.count(b"\n", 0, found)
            if len(block) == len(rest):
                break
            rest = block[1 - len(quoted) :]  # an id may begin in one block and end in the next
            line += block.count(b"\n", 0, len(block) - len(rest))
    except OSError:
        pass
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


def viewer_command(file: Path, page: int | None = None) -> list[str] | None:
    """Return the command that opens a file with the user's or the system's program.

    ``page``, from 1: that of a PDF, for a viewer that takes one. None if there is no program. The
    path is absolute, so that none is taken for an option. Raises ValueError if DALIL_OPENER is no
    command.
    """
    own = shlex.split(os.environ.get(OPENER, ""))
    if page is not None and not own and sys.platform not in _VIEWERS and file.is_absolute():
        viewer = _pdf_viewer()
        if viewer is not None:
            return [viewer, _PAGE_OPTIONS[viewer], str(page), os.fspath(file)]
    words = own or [_VIEWERS.get(sys.platform, "xdg-open")]
    return [*words, os.fspath(file)] if shutil.which(words[0]) else None


def _pdf_viewer() -> str | None:
    """Return the user's viewer of PDF if it takes a page; None for any other."""
    try:
        asked = subprocess.run(  # noqa: S603 (a fixed command)
            _ASK_VIEWER, capture_output=True, timeout=_TIMEOUT, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return None
    entry = asked.stdout.decode("utf-8", "replace").lower()
    named = (name for name in _PAGE_OPTIONS if name in entry)
    return next((name for name in named if shutil.which(name)), None)


@contextmanager
def _checked(app: App[Any], hit: Hit, roots: Roots | None) -> Iterator[BinaryIO | None]:
    """Open a hit's file if it is a document of the user's own; if not, say so: None."""
    file = open_document(file_of(hit), roots)
    if file is None:
        said = "foreign index" if roots is None else "no file in its folders"
        app.notify(f"not opened: {said}", severity="warning")
        yield None
        return
    with file:
        yield file


def _may_start(app: App[Any], hit: Hit, file: BinaryIO, roots: Roots | None) -> bool:
    """Whether a hit's path still is the file that was checked; if not, say so."""
    if is_still(file, file_of(hit), roots):
        return True
    app.notify("not opened: the file was replaced just now", severity="warning")
    return False


def edit(app: App[Any], hit: Hit, plan: TerminalPlan, roots: Roots | None) -> None:
    """Open the file of a hit in the user's editor, at the line; the screen waits for its end."""
    is_attached = hit.type != "jsonl" and file_of(hit) != hit.path
    if hit.type not in EDITABLE or is_attached:
        view(app, hit, roots)
        return
    with _checked(app, hit, roots) as file:
        if file is None or (command := _editor_for(app, hit, file)) is None:
            return
        try:
            # Textual takes its signals back when the editor has ended.
            with app.suspend(), restored(plan):
                if _may_start(app, hit, file, roots):
                    subprocess.run(command, check=False)  # noqa: S603 (the user's own editor)
        except OSError as error:
            _notify_failure(app, command, error)
    app.refresh(layout=True)


def _editor_for(app: App[Any], hit: Hit, file: BinaryIO) -> list[str] | None:
    """Return the command that opens a hit in the user's editor; None, and say so, if none does."""
    try:
        command = editor_command(place_of(hit, file), os.environ)
    except ValueError as error:
        app.notify(f"VISUAL or EDITOR is no command: {error}", severity="warning", markup=False)
        return None
    if command is None:
        app.notify("no editor is known: set VISUAL or EDITOR", severity="warning")
    return command


def view(app: App[Any], hit: Hit, roots: Roots | None, page: int | None = None) -> None:
    """Open the file of a hit with the system's program, a PDF at a page; the screen goes on.

    Without a page, a PDF is opened at that of the hit's snippet.
    """
    with _checked(app, hit, roots) as file:
        if file is None:
            return
        try:
            command = viewer_command(Path(file_of(hit)), _page_of(hit, page))
        except ValueError as error:
            app.notify(f"{OPENER} is no command: {error}", severity="warning", markup=False)
            return
        if command is None:
            app.notify("no program to open files with is known (xdg-open)", severity="warning")
            return
        if not _may_start(app, hit, file, roots):
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


def _page_of(hit: Hit, page: int | None) -> int | None:
    """Return a page, or that of the snippet of a hit; None if its file is no PDF of its own."""
    if hit.type != "pdf" or file_of(hit) != hit.path:
        return None
    return page or (hit.snippets[0].page if hit.snippets else None)


def _notify_failure(app: App[Any], command: list[str], error: OSError) -> None:
    app.notify(f"{command[0]}: {error.strerror}", severity="error", markup=False)
