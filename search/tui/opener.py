"""Leaving for an editor or the system's program, as commands to run."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from search.results import Hit

_EDITORS = ("nano", "vim", "vi", "notepad")
"""What is tried where neither VISUAL nor EDITOR says."""
_OPENERS = {"darwin": "open", "win32": "explorer"}
_BY_COLON = ("code", "codium", "subl", "zed")
"""Editors that take the line as FILE:LINE."""
EDITABLE = ("text", "markdown", "html", "jsonl")
"""Formats that an editor shows as they are."""


@dataclass(frozen=True, slots=True)
class Place:
    """A file and a line of it, from 1."""

    file: Path
    line: int


def place_of(hit: Hit) -> Place:
    """Where a hit is: of a JSONL file, the line that holds the document."""
    if hit.type == "jsonl":
        file = Path(hit.path.removesuffix(f"#{hit.id}"))
        return Place(file, _line_with(file, hit.id))
    shown = hit.snippets[0].line if hit.snippets and hit.type in ("text", "markdown") else 1
    return Place(Path(hit.path), shown)


def _line_with(file: Path, identifier: str) -> int:
    """The line of a JSONL file in which an id stands; the first where it is not found."""
    if file.suffix == ".gz":
        return 1
    wanted = f'"{identifier}"'
    try:
        with file.open(encoding="utf-8", errors="replace") as lines:
            return next((n for n, line in enumerate(lines, 1) if wanted in line), 1)
    except OSError:
        return 1


def editor_command(place: Place, environ: Mapping[str, str]) -> list[str] | None:
    """How to open a place in the user's editor; nothing where there is none."""
    named = environ.get("VISUAL") or environ.get("EDITOR") or ""
    words = shlex.split(named) if named else [e for e in _EDITORS if shutil.which(e)][:1]
    if not words:
        return None
    if Path(words[0]).name in _BY_COLON:
        return [*words, "--goto" if "code" in words[0] or "codium" in words[0] else "--wait",
                f"{place.file}:{place.line}"]  # fmt: skip
    return [*words, f"+{place.line}", str(place.file)]


def opener_command(file: Path) -> list[str] | None:
    """How to open a file with the system's program; nothing where there is none."""
    program = _OPENERS.get(sys.platform, "xdg-open")
    return [program, os.fspath(file)] if shutil.which(program) else None
