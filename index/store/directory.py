"""The folder of an index: create, open, lock, check the version, read the last commit.

A commit brings segments, catalog and table of contents to the disk, and only then
gives the last its name; a run that is killed before leaves the last commit. The
folder is private to its owner (0700), for it holds the text of documents. A folder
in which any other file lies (``layout``) is never written to.
"""

from __future__ import annotations

import json
from collections.abc import Set
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import (
    REBUILD,
    IndexCorrupt,
    IndexForeign,
    IndexLocked,
    IndexMissing,
    IndexOutdated,
    StorageFailed,
)
from index.private_file import read_file
from index.schema import SCHEMA_VERSION
from index.store.catalog import Catalog
from index.store.disk import sync_folder, write_synced, writing
from index.store.layout import (
    LOCK,
    MARKER,
    NEW,
    is_committed,
    is_ours,
    latest_generation,
)
from index.store.lock import WriteLock
from index.store.snapshot import NO_NAMES, Snapshot, open_snapshot
from index.store.toc import read as read_toc
from index.store.toc import schema_of

if TYPE_CHECKING:
    from index.codec.whoosh_index import ArrayIndex
    from index.store.commit import CommitWriter

_MAX_MARKER = 1 << 16
"""Bytes of the marker."""


class IndexDirectory:
    """An index on disk. Make one with :meth:`open` or :meth:`create`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock: WriteLock | None = None

    @classmethod
    def open(cls, path: Path) -> IndexDirectory:
        """The index in a folder.

        Raises IndexMissing, IndexForeign, IndexOutdated or IndexCorrupt.
        """
        if not path.exists() or (path.is_dir() and _is_unmarked(path)):
            raise IndexMissing(f"There is no index at {path}", "make one with `dalil index FOLDER`")
        if not path.is_dir() or not (path / MARKER).exists():
            raise _foreign(path)
        directory = cls(path)
        directory._check_version()
        return directory

    @classmethod
    def create(cls, path: Path) -> IndexDirectory:
        """The index in a folder, made there if there is none yet."""
        try:
            return cls.open(path)
        except IndexMissing:
            pass
        directory = cls(path)
        with writing(path):
            path.mkdir(parents=True, exist_ok=True)
            path.chmod(0o700)
            directory.write_marker()
            sync_folder(path.parent)
        return directory

    @classmethod
    def existing(cls, path: Path) -> IndexDirectory:
        """The index in a folder, of any version, damaged or not, to be built anew.

        Raises IndexForeign if not all that lies there is ours.
        """
        directory = cls(path)
        with suppress(IndexCorrupt):
            directory._version()
        return directory

    def write_marker(self) -> None:
        """Write the file that makes the folder an index, of this version of the schema."""
        marker = {"format": "dalil", "schema": SCHEMA_VERSION}
        write_synced(self.path / (MARKER + NEW), (json.dumps(marker) + "\n").encode())
        (self.path / (MARKER + NEW)).replace(self.path / MARKER)
        sync_folder(self.path)

    def check_room(self) -> None:
        """Raise StorageFailed if the disk has no room for the index once more."""
        files = (entry for entry in self.path.iterdir() if is_committed(entry.name))
        size = sum(file.lstat().st_size for file in files)
        import shutil  # noqa: PLC0415 (only for building anew)

        free = shutil.disk_usage(self.path).free
        if free < size:
            raise StorageFailed(
                f"The disk of {self.path} has {free:,} bytes free; the index has {size:,}, "
                "and building it anew needs as many beside the old one",
                "make room, or build a new index in another folder with `--index DIR`",
            )

    def lock(self) -> None:
        """Take the write lock; :meth:`unlock` releases it. Raises IndexLocked, StorageFailed."""
        lock = WriteLock(self.path / LOCK)
        with writing(self.path):
            if not lock.acquire():
                raise _locked(self.path)
        self._lock = lock

    def unlock(self) -> None:
        """Release the write lock."""
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def _version(self) -> object:
        """The version of the schema. Raises IndexForeign or IndexCorrupt.

        The table of contents states it: a rebuild replaces it by the rename that makes the
        commit, and the marker afterwards.
        """
        try:
            marker = json.loads(read_file(self.path / MARKER, _MAX_MARKER))
        except (OSError, ValueError, RecursionError) as error:
            if not all(map(is_ours, _names(self.path))):
                raise _foreign(self.path) from error
            raise IndexCorrupt(f"{self.path / MARKER} cannot be read: {error}", REBUILD) from error
        if not isinstance(marker, dict) or marker.get("format") != "dalil":
            raise _foreign(self.path)
        stated = schema_of(self.path, latest_generation(self.path))
        return marker.get("schema") if stated is None else stated

    def _check_version(self) -> None:
        version = self._version()
        if version != SCHEMA_VERSION:
            raise IndexOutdated(
                f"The index at {self.path} has schema version {version}; "
                f"this Dalil reads version {SCHEMA_VERSION}",
                REBUILD,
            )

    def last_catalog(self) -> Catalog:
        """The catalog of the last commit, whatever the version of the schema."""
        generation = latest_generation(self.path)
        try:
            return Catalog.read(self.path, generation) if generation >= 0 else Catalog()
        except OSError as error:
            raise IndexCorrupt(f"The catalog of {self.path} cannot be read", REBUILD) from error

    def snapshot(self, *, skip_damaged: bool = False, without: Set[str] = NO_NAMES) -> Snapshot:
        """The last commit. Raises IndexMissing, or IndexCorrupt where a part is damaged.

        With ``skip_damaged``, segments that cannot be opened are left out; those whose files
        are named in ``without`` always are.
        """
        return open_snapshot(self.path, skip_damaged=skip_damaged, without=without)

    def writer(self, *, rebuild: bool = False, without: Set[str] = NO_NAMES) -> CommitWriter:
        """A writer on top of the last commit, or in its place. The caller holds the lock.

        The commit will not have the segments whose files are named in ``without``.
        Raises IndexCorrupt or StorageFailed.
        """
        from index.store.commit import CommitWriter, write_commit  # noqa: PLC0415 (readers need it not)

        if rebuild:
            return CommitWriter(self.path, latest_generation(self.path), rebuild=True)
        with writing(self.path):
            if latest_generation(self.path) < 0:
                write_commit(self.path, Catalog(), 0, [])
        generation = self.snapshot(without=without).generation  # damage is not written to
        with writing(self.path):
            return CommitWriter(self.path, generation, without=without)

    def whoosh_index(self) -> ArrayIndex:
        """The last commit as an index of Whoosh. Raises IndexCorrupt or IndexMissing."""
        from index.codec.whoosh_index import ArrayIndex  # noqa: PLC0415 (Whoosh is only for this)

        generation = self.snapshot().generation
        return ArrayIndex(self.path, read_toc(self.path, generation), generation)


def _names(path: Path) -> set[str]:
    return {entry.name for entry in path.iterdir()}


def _is_unmarked(path: Path) -> bool:
    """Whether a folder is empty, or was left by a run that was cut before it named the marker."""
    return _names(path) <= {MARKER + NEW}


def _foreign(path: Path) -> IndexForeign:
    return IndexForeign(
        f"{path} is not an index of Dalil", "give another folder with `--index DIR`"
    )


def _locked(path: Path) -> IndexLocked:
    return IndexLocked(
        f"Another process is writing to the index at {path}", "wait until it is done"
    )
