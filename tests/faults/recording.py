"""Record what a run does to the folder of an index: every change of a name, every sync."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

from index.indexing.transaction import Transaction
from tests.faults.corpus import Contents, contents

Files = dict[str, tuple[int, bytes]]
"""Name → the number of its inode, and its bytes."""
_NAMES = ("os.rename", "os.remove", "os.mkdir")


@dataclass(frozen=True, slots=True)
class Event:
    """The folder at one moment."""

    files: Files
    synced: int | None = None
    """The inode that was synced, if a file was."""
    folder_synced: bool = False


@dataclass(slots=True)
class Recording:
    """The events of a run, and the commits that it acknowledged."""

    events: list[Event] = field(default_factory=list)
    commits: list[tuple[int, Contents]] = field(default_factory=list)
    """Number of events before a commit was acknowledged, and what it holds."""


@contextmanager
def recorded(index: Path) -> Iterator[Recording]:
    """Record all that this process does to a folder."""
    recording = Recording()
    pause = _Pause()

    def note(synced: int | None = None, *, folder_synced: bool = False) -> None:
        if not pause.on:
            recording.events.append(Event(_files(index), synced, folder_synced))

    def changed(event: str, arguments: tuple[Any, ...]) -> None:
        if event in _NAMES or (event == "open" and _writes(arguments)):
            name = arguments[0]
            if isinstance(name, str | os.PathLike) and Path(name).is_relative_to(index):
                with pause:
                    files = _files(index)
                recording.events.append(Event(files))

    def commit(transaction: Transaction) -> None:
        original_commit(transaction)
        with pause:
            recording.commits.append((len(recording.events), contents(index)))

    def fsync(descriptor: int) -> None:
        note()
        original_fsync(descriptor)
        status = os.fstat(descriptor)
        is_folder = index.exists() and os.path.samestat(status, index.stat())
        note(None if is_folder else status.st_ino, folder_synced=is_folder)

    original_commit, original_fsync = Transaction._commit, os.fsync
    with (
        patch.object(os, "fsync", fsync),
        patch.object(Transaction, "_commit", commit),
        listening(lambda event, arguments: pause.on or changed(event, arguments)),
    ):
        yield recording
        note()


class _Pause:
    """While it is entered, nothing is recorded."""

    on = False

    def __enter__(self) -> None:
        self.on = True

    def __exit__(self, *_: object) -> None:
        self.on = False


def _writes(arguments: tuple[Any, ...]) -> bool:
    return isinstance(arguments[2], int) and bool(arguments[2] & (os.O_WRONLY | os.O_RDWR))


def _files(index: Path) -> Files:
    files: Files = {}
    for entry in os.scandir(index) if index.exists() else ():
        if entry.is_file(follow_symlinks=False):
            files[entry.name] = (entry.inode(), Path(entry.path).read_bytes())
    return files


Listener = Callable[[str, tuple[Any, ...]], object]
_listeners: list[Listener] = []
_hooked: list[bool] = []


def _notify(event: str, arguments: tuple[Any, ...]) -> None:
    for listener in _listeners:
        listener(event, arguments)


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Call a function at every audited event. The hook itself stays for the life of the process."""
    if not _hooked:
        _hooked.append(True)
        sys.addaudithook(_notify)
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.remove(listener)
