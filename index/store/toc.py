"""The table of contents: which segments count, as JSON.

Whoosh keeps it as a pickle, which runs whatever a stranger put into it. It is read
and written at the seams that Whoosh has for it, ``_read_toc`` and ``_commit_toc``.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from whoosh.index import TOC, FileIndex

from index.codec.whoosh_codec import ArraySegment
from index.errors import REBUILD, IndexCorrupt
from index.schema import schema

NAME = "MAIN"
"""Whoosh's name of the index within its folder."""


def to_bytes(generation: int, segments: Sequence[ArraySegment]) -> bytes:
    """A table of contents as it is written."""
    data = {"generation": generation, "segments": [segment.to_json() for segment in segments]}
    return (json.dumps(data) + "\n").encode()


def read(folder: Path, generation: int) -> TOC:
    """The table of contents of a generation. Raises IndexCorrupt or FileNotFoundError."""
    path = folder / TOC._filename(NAME, generation)
    try:
        data = json.loads(path.read_text("utf-8"))
        segments = [ArraySegment.from_json(NAME, segment) for segment in data["segments"]]
        if data["generation"] != generation:
            raise ValueError("it is of another generation")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise IndexCorrupt(
            f"{path} cannot be read: {error}",
            REBUILD,
        ) from error
    return TOC(schema(), segments, generation)


class JsonIndex(FileIndex):  # type: ignore[misc] # Whoosh has no types
    """A Whoosh index whose table of contents is read as JSON."""

    def __init__(self, storage: Any) -> None:
        # Whoosh's own would read the table of contents, to no other end.
        self.storage, self._schema, self.indexname = storage, schema(), NAME

    def _read_toc(self) -> Any:
        generation = TOC._latest_generation(self.storage, NAME)
        return read(Path(self.storage.folder), generation)
