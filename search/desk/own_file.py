"""The text files that a user keeps beside an index: one process changes them at a time."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from index.errors import StorageFailed
from index.private_file import replace_file
from index.store.disk import writing
from index.store.layout import DESK_LOCK
from index.store.lock import WriteLock

PATIENCE = 10.0
"""Seconds to wait for another process: a change takes milliseconds."""
_PAUSE = 0.01


@contextmanager
def changing(folder: Path) -> Iterator[None]:
    """Let no other process change the user's files of an index meanwhile.

    What a change begins with has to be read inside. Raises StorageFailed if the folder cannot be
    written, or if another process does not end its change.
    """
    lock = WriteLock(folder / DESK_LOCK)
    with writing(folder):
        _acquire(lock, folder)
    try:
        yield
    finally:
        lock.release()


def _acquire(lock: WriteLock, folder: Path) -> None:
    end = time.monotonic() + PATIENCE
    while not lock.acquire():
        if time.monotonic() > end:
            raise StorageFailed(
                f"Another process has been changing searches or tags of {folder} for long",
                "end it, or try again later",
            )
        time.sleep(_PAUSE)


def write_lines(path: Path, lines: Sequence[str]) -> None:
    """Write a file of the user that is there as a whole or not at all. Raises StorageFailed."""
    data = "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogateescape")
    with writing(path.parent):
        replace_file(path, data)
