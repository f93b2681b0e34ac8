"""Let one call of the system fail below the folder of an index, or all calls from one on.

Calls that open for writing, write, sync, rename, remove or make a folder fail with the error of a
full disk (ENOSPC), a failing one (EIO) or one that is read-only (EROFS).
"""

from __future__ import annotations

import errno
import os
import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO
from unittest.mock import patch

from index import IndexWriter, private_file
from index.errors import DalilError, IndexMissing, StorageFailed
from tests.faults import corpus
from tests.faults.corpus import Contents
from tests.faults.recording import listening

ERRORS = (errno.ENOSPC, errno.EIO, errno.EROFS)
_CHANGES = ("os.rename", "os.remove", "os.mkdir", "os.truncate")


class Disk:
    """Counts the calls that change a folder, and lets some of them fail."""

    def __init__(self, folder: Path, number: int, first: int, last: int) -> None:
        self.calls: list[str] = []
        """The kind of each call."""
        self._folder, self._error = str(folder), number
        self._first, self._last = first, last

    def call(self, kind: str) -> None:
        """Count a call. Raises OSError if it is one that fails."""
        self.calls.append(kind)
        if self._first <= len(self.calls) <= self._last:
            raise OSError(self._error, os.strerror(self._error))

    def audit(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Count a call that Python reports before it is made."""
        opens = event == "open" and isinstance(arguments[2], int) and arguments[2] & 3
        if not opens and event not in _CHANGES:
            return
        if isinstance(arguments[0], str | os.PathLike):
            path = os.fspath(arguments[0])
            if isinstance(path, str) and path.startswith(self._folder):
                self.call(event)


class _File:
    """A file that counts what is written to it."""

    def __init__(self, file: BinaryIO, disk: Disk) -> None:
        self._file, self._disk = file, disk

    def __enter__(self) -> _File:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def write(self, data: bytes | memoryview) -> int:
        self._disk.call("write")
        return self._file.write(data)


@contextmanager
def failing(folder: Path, number: int, first: int, last: int) -> Iterator[Disk]:
    """Let the calls from ``first`` to ``last`` below a folder fail with an error number."""
    disk = Disk(folder, number, first, last)
    fsync, create = os.fsync, private_file.create_file

    def syncing(descriptor: int) -> None:
        if _is_of(folder, descriptor):
            disk.call("fsync")
        fsync(descriptor)

    def creating(path: Path) -> Any:
        return _File(create(path), disk)

    with (
        patch.object(os, "fsync", syncing),
        patch("index.codec.array_file.create_file", creating),
        patch("index.store.disk.create_file", creating),
        listening(disk.audit),
    ):
        yield disk


def _is_of(folder: Path, descriptor: int) -> bool:
    """Return whether an open file is a folder, its parent, or a file in it."""
    paths = [folder.parent, folder, *(folder.iterdir() if folder.exists() else ())]
    return any(os.path.samestat(os.fstat(descriptor), path.stat()) for path in paths)


# --- runs ----------------------------------------------------------------------------------------


def _index(docs: Path, index: Path) -> None:
    with IndexWriter.open(index) as writer:
        writer.add_path(docs)


def _rebuild(docs: Path, index: Path) -> None:
    with IndexWriter.open(index, rebuild=True) as writer:
        writer.add_path(docs)


def _forget(docs: Path, index: Path) -> None:
    with IndexWriter.open(index) as writer:
        writer.forget(sorted(writer.catalog.files)[:4])


RUNS: dict[str, Callable[[Path, Path], None]] = {
    "first": _index,
    "update": _index,
    "rebuild": _rebuild,
    "forget": _forget,
}


def _outcome(run: str, docs: Path, old: Path, index: Path, chance: random.Random) -> str:
    """Run with an error at a random call; return what became of the index."""
    before = corpus.contents(old) if run != "first" else {}
    _copy(run, old, index)
    with failing(index, 0, 0, -1) as disk:
        RUNS[run](docs, index)
    kind = chance.choice(sorted(set(disk.calls)))  # most calls of a run are writes
    first = chance.choice([n for n, made in enumerate(disk.calls, 1) if made == kind])
    last = chance.choice([first, 1 << 40])
    _copy(run, old, index)
    how = "refused"
    try:
        with failing(index, chance.choice(ERRORS), first, last) as disk:
            RUNS[run](docs, index)
        how = "went on"
        if needed := set(disk.calls[first - 1 : last]) - {"os.remove"}:
            return f"acknowledged after {sorted(needed)} failed ({run}, call {first})"
    except StorageFailed:
        pass
    except Exception as error:
        return f"{type(error).__name__}: {error} ({run}, call {first}: {kind})"
    fault = _fault(run, docs, index, before, acknowledged=how == "went on")
    return f"{fault} ({run}, call {first}: {kind}, {how})" if fault else how


def _copy(run: str, old: Path, index: Path) -> None:
    shutil.rmtree(index, ignore_errors=True)
    if run != "first":
        shutil.copytree(old, index)
    corpus.take_over(index, [] if run == "first" else [str(index.with_name("docs"))])


def _fault(
    run: str, docs: Path, index: Path, before: Contents, *, acknowledged: bool
) -> str | None:
    """Return what is wrong with an index after an error, or after the next run."""
    after = dict(sorted(before.items())[4:]) if run == "forget" else corpus.written(docs)
    one_commit = run in ("rebuild", "forget")
    try:
        found = corpus.contents(index)
    except IndexMissing:
        found = {}
    except (DalilError, AssertionError) as error:
        return str(error)
    broken = corpus.broken_promise(
        found, before, after, acknowledged=acknowledged, one_commit=one_commit
    )
    return broken or corpus.next_run_fault(docs, index)


def disk_errors(_: Path, room: Path, seed: int, count: int) -> Counter[str]:
    """Run ``count`` times with an error of the disk; count the outcomes."""
    shutil.rmtree(room, ignore_errors=True)
    room.mkdir(parents=True)
    chance, docs = random.Random(seed), room / "docs"
    with corpus.small_batches(), corpus.reading_here():
        corpus.write_first(docs)
        _index(docs, room / "old")
        corpus.write_second(docs, chance)
        return Counter(
            _outcome(chance.choice([*RUNS]), docs, room / "old", room / "index", chance)
            for _ in range(count)
        )
