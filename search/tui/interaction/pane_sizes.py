"""How the user divided the screen, stored beside the history, which only its owner can read."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

from index.private_file import read_file, replace_file
from index.store.layout import SIZES

SHARE = 44
"""Percent of the document, of the room that it shares with the list, before a user changes it."""
MIN_SHARE, MAX_SHARE = 20, 80
_MAX_BYTES = 1 << 10
_DOCUMENT = "document"


def read_share(folder: Path) -> int | None:
    """Return the share of the document in percent; None if none is stored in the folder."""
    with suppress(OSError, ValueError, RecursionError):
        stored = json.loads(read_file(folder / SIZES, _MAX_BYTES))
        share = stored.get(_DOCUMENT) if isinstance(stored, dict) else None
        return limited(share) if isinstance(share, int) else None
    return None


def write_share(folder: Path, share: int) -> None:
    """Store the share of the document; where nothing can be written it is forgotten."""
    with suppress(OSError):
        replace_file(folder / SIZES, json.dumps({_DOCUMENT: share}).encode())


def limited(share: int) -> int:
    """Return the nearest share that leaves room for both panes."""
    return min(max(share, MIN_SHARE), MAX_SHARE)
