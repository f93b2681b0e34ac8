"""What saved searches had found when they were last asked: a line of JSON for each of them.

A document is known by eight bytes of the hash of its content, wherever it lies. So a rebuilt index
and a renamed folder have nothing new, nor is a copy new; a changed document is, and ten thousand
hits take 107 kB.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

import numpy as np

from index.codec.array_file import Array
from index.private_file import read_file
from index.store.layout import SEEN
from search.desk.own_file import changing, write_lines
from search.desk.saved import SavedSearch

_MAX_BYTES = 1 << 28
_KEY_BYTES = 8
_NONE = np.zeros(0, np.uint64)


@dataclass(frozen=True, slots=True)
class Seen:
    """The documents that a search had found."""

    query: str = ""
    asked: str | None = None
    """When, in UTC as ISO 8601; None if it never was."""
    documents: Array = field(default_factory=lambda: _NONE)
    """The keys of the documents: uint64, ascending."""


def document_key(path: str, sha256: str) -> int:
    """Return the key of a document by the hash of its content, else by its path: 64 bits."""
    text = (sha256 or path).encode("utf-8", "surrogateescape")
    return int.from_bytes(blake2b(text, digest_size=_KEY_BYTES).digest(), "little")


def load(folder: Path) -> dict[str, Seen]:
    """Return what was seen, by the name of the search in lower case.

    A line that cannot be read is as if its search had never been asked.
    """
    found: dict[str, Seen] = {}
    try:
        lines = read_file(folder / SEEN, _MAX_BYTES).decode("utf-8", "replace").splitlines()
    except OSError:
        return found
    for line in lines:
        try:
            data = json.loads(line)
            keys = np.frombuffer(base64.b64decode(data["contents"]), "<u8").astype(np.uint64)
            found[str(data["name"])] = Seen(str(data["query"]), str(data["asked"]), np.sort(keys))
        except (ValueError, KeyError, TypeError, RecursionError):
            continue
    return found


def seen_by(known: Mapping[str, Seen], search: SavedSearch) -> Seen:
    """Return what a search had found; if it has another query since, nothing."""
    seen = known.get(search.name.casefold())
    return seen if seen is not None and seen.query == search.query else Seen()


def remember(folder: Path, name: str, seen: Seen) -> None:
    """Store what a search has found now. Raises StorageFailed."""
    with changing(folder):
        lines = [_line(*item) for item in {**load(folder), name.casefold(): seen}.items()]
        write_lines(folder / SEEN, lines)


def _line(name: str, seen: Seen) -> str:
    keys = base64.b64encode(seen.documents.astype("<u8").tobytes()).decode("ascii")
    data = {"name": name, "query": seen.query, "asked": seen.asked, "contents": keys}
    return json.dumps(data)
