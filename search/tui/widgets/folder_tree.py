"""A tree of folders, their names as in the rest of the screen."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from rich.text import Text, TextType
from textual.widgets import DirectoryTree

from index.schema import readable_path
from search.bidi import Mode, clean, layout

_MAX_NAME = 60
"""Cells of a name."""


class FolderTree(DirectoryTree):
    """The folders below one, without hidden ones and without files."""

    def __init__(self, root: Path, mode: Mode) -> None:
        self._mode: Mode = mode  # Tree draws its root while it is built
        super().__init__(root, id="tree")

    def filter_paths(self, paths: Iterable[Path]) -> Iterable[Path]:
        """Return the folders among some paths; a link is not followed by the indexer either."""
        return [
            path
            for path in paths
            if not path.name.startswith(".") and not path.is_symlink() and path.is_dir()
        ]

    def process_label(self, label: TextType) -> Text:
        """Return a name laid out, without markup and without control characters."""
        if isinstance(label, Text):  # laid out before
            return label
        name = clean(readable_path(label)) or " "
        lines = layout(name, (), _MAX_NAME, mode=self._mode, rtl=False, max_lines=1)
        return Text("".join(part.text for line in lines for part in line.segments) or " ")
