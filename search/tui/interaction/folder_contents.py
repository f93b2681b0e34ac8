"""What is in a folder before it is indexed, counted without reading a file."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from index.document import Skipped

MAX_FILES = 200_000
MAX_SECONDS = 10.0
"""Limits of counting: the rest of a larger folder is not counted."""
_UNITS = ((1 << 30, "GB"), (1 << 20, "MB"), (1 << 10, "kB"))


@dataclass(frozen=True, slots=True)
class FolderContents:
    """The files of a folder that indexing would open."""

    files: int = 0
    size: int = 0
    """Their bytes."""
    whole: bool = True
    """False if counting stopped at a limit: there are more files."""

    def __str__(self) -> str:
        more = "" if self.whole else "more than "
        return f"{more}{self.files:,} {'file' if self.files == 1 else 'files'}, {_size(self.size)}"


def folder_contents(
    folder: Path, wanted: Callable[[], bool], on_progress: Callable[[FolderContents], None]
) -> FolderContents | None:
    """Count the files that indexing a folder would open; what is ignored is left out.

    ``on_progress`` is called about ten times a second. Returns None once ``wanted`` returns
    False. Files of types that are not read count: only their content shows them.
    """
    from index.extract.walk import walk  # noqa: PLC0415 (only the welcome needs them)
    from index.indexing.writer import MAX_SIZE  # noqa: PLC0415

    began = told = time.monotonic()
    files = size = 0
    for found in walk([folder], max_size=MAX_SIZE):
        if isinstance(found, Skipped):
            continue
        files, size = files + 1, size + found.size
        now = time.monotonic()
        if now > told + 0.1:
            told = now
            if not wanted():
                return None
            on_progress(FolderContents(files, size, whole=False))
        if files >= MAX_FILES or now > began + MAX_SECONDS:
            return FolderContents(files, size, whole=False)
    return FolderContents(files, size)


def _size(count: int) -> str:
    for unit, name in _UNITS:
        if count >= unit:
            return f"{count / unit:,.0f} {name}"
    return f"{count} bytes"
