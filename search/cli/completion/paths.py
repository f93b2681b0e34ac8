"""The documents of an index as candidates: the next part of a path, as a shell completes files."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from index.errors import DalilError
from index.store.directory import IndexDirectory
from search.cli.options import index_folder
from search.render.lines import relative_path

MAX_CANDIDATES = 1000
"""More are of no use to anybody."""


def document_paths(index: str, typed: str) -> list[str]:
    """Return the files and folders of an index that begin with ``typed``; none if it is unusable.

    Relative to the current folder, or absolute if that is what was typed. A name from an index
    is no more than a name: one that has a control character is left out.
    """
    given = index or os.environ.get("DALIL_INDEX", "")
    try:
        files = IndexDirectory.open(index_folder(Path(given) if given else None)).last_catalog()
    except (DalilError, OSError):
        return []
    shown = files.files if typed.startswith("/") else map(relative_path, files.files)
    return next_parts(shown, typed)


def next_parts(paths: Iterable[str], typed: str) -> list[str]:
    """Return the paths up to the next slash behind what was typed.

    >>> next_parts(["a/b/c", "a/b/d", "a/e"], "a/")
    ['a/b/', 'a/e']
    """
    parts: dict[str, None] = {}
    for path in paths:
        if path.startswith(typed) and path.isprintable():
            slash = path.find("/", len(typed))
            parts[path if slash < 0 else path[: slash + 1]] = None
            if len(parts) == MAX_CANDIDATES:
                break
    return sorted(parts)
