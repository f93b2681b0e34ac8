"""Where an index lives: create, open, lock, version, and the one commit.

A folder of an index holds::

    dalil.json         what this is, and the version of its schema
    _MAIN_7.toc        generation 7: which segments count. Renamed into place last
    catalog-7.json     what generation 7 was made of
    MAIN_x1y2.seg      segments
    MAIN_WRITELOCK     locked while someone writes

A commit writes segments and catalog, brings them to the disk, and only then
renames the table of contents; a run that is killed before leaves the last commit.
The folder is private to its owner (0700), for it holds the text of documents.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, FileIndex, LockError
from whoosh.reading import IndexReader
from whoosh.writing import SegmentWriter

from index.catalog import Catalog
from index.errors import (
    IndexCorrupt,
    IndexForeign,
    IndexLocked,
    IndexMissing,
    IndexOutdated,
    StorageFailed,
)
from index.schema import SCHEMA_VERSION, schema

MARKER = "dalil.json"
REBUILD = "build it again with `dalil index --rebuild FOLDER`"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One commit as a reader sees it, whatever is written meanwhile."""

    reader: IndexReader
    catalog: Catalog
    generation: int


class IndexDirectory:
    """An index on disk. Make one with :meth:`open` or :meth:`create`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._storage = FileStorage(str(path))
        self._index: FileIndex | None = None

    @classmethod
    def open(cls, path: Path) -> IndexDirectory:
        """The index in a folder.

        Raises IndexMissing, IndexForeign, IndexOutdated or IndexCorrupt.
        """
        if not path.exists() or (path.is_dir() and not any(path.iterdir())):
            raise IndexMissing(f"There is no index at {path}", "make one with `dalil index FOLDER`")
        if not path.is_dir() or not (path / MARKER).exists():
            raise IndexForeign(
                f"{path} is not an index of Dalil", "give another folder with `--index DIR`"
            )
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
        with writing(path):
            path.mkdir(parents=True, exist_ok=True)
            path.chmod(0o700)
            marker = {"format": "dalil", "schema": SCHEMA_VERSION}
            (path / MARKER).write_text(json.dumps(marker) + "\n", "utf-8")
        return cls(path)

    def clear(self) -> None:
        """Make the index empty, of this version, whatever it held; keep the user's settings."""
        writer = self._lock_alone()
        try:
            for name in self._storage.list():
                if name.startswith(("_MAIN_", "MAIN_", "catalog-")) and "LOCK" not in name:
                    self._storage.delete_file(name)
            (self.path / MARKER).unlink()
            self.create(self.path)
        finally:
            writer.release()
            self._index = None

    def _lock_alone(self) -> Any:
        lock = self._storage.lock("MAIN_WRITELOCK")
        if not lock.acquire(blocking=False):
            raise _locked(self.path)
        return lock

    def _check_version(self) -> None:
        try:
            marker = json.loads((self.path / MARKER).read_text("utf-8"))
            version = marker["schema"] if marker["format"] == "dalil" else None
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise IndexCorrupt(f"{self.path / MARKER} cannot be read: {error}", REBUILD) from error
        if version != SCHEMA_VERSION:
            raise IndexOutdated(
                f"The index at {self.path} has schema version {version}; "
                f"this Dalil reads version {SCHEMA_VERSION}",
                REBUILD,
            )

    def snapshot(self) -> Snapshot:
        """The last commit. Raises IndexCorrupt where a part of it is damaged."""
        for _ in range(10):  # a commit may remove what was just about to be read
            try:
                return self._snapshot()
            except FileNotFoundError as error:
                missing = error
        raise IndexCorrupt(f"The index at {self.path} lacks a file: {missing}", REBUILD)

    def _snapshot(self) -> Snapshot:
        generation = TOC._latest_generation(self._storage, "MAIN")
        if generation < 0:
            raise IndexMissing(
                f"The index at {self.path} is empty", "add documents with `dalil index FOLDER`"
            )
        catalog = self._catalog(generation)
        self._check_sizes(catalog)
        try:
            toc = TOC.read(self._storage, "MAIN", generation, schema())
            reader = FileIndex._reader(self._storage, toc.schema, toc.segments, generation)
        except FileNotFoundError:
            raise
        # A damaged file makes Whoosh raise whatever it stumbles over.
        except Exception as error:
            raise IndexCorrupt(f"The index at {self.path} is damaged: {error}", REBUILD) from error
        return Snapshot(reader, catalog, generation)

    def _catalog(self, generation: int) -> Catalog:
        text = (self.path / f"catalog-{generation}.json").read_text("utf-8")
        return Catalog.from_json(text)

    def _check_sizes(self, catalog: Catalog) -> None:
        for name, (size, _) in catalog.segments.items():
            found = (self.path / name).stat().st_size
            if found != size:
                raise IndexCorrupt(
                    f"{self.path / name} has {found:,} bytes where {size:,} were written", REBUILD
                )

    def damaged_files(self) -> list[str]:
        """The segment files whose checksum no longer fits. Reads all of them."""
        snapshot = self.snapshot()
        return [
            name
            for name, (_, crc) in snapshot.catalog.segments.items()
            if _checksum(self.path / name) != crc
        ]

    def writer(self) -> CommitWriter:
        """The one writer. Raises IndexLocked while there is another."""
        if self._index is None:
            if TOC._latest_generation(self._storage, "MAIN") < 0:
                self._first_commit()
            self._index = FileIndex(self._storage, schema())
        try:
            return CommitWriter(self._index, self.path)
        except LockError as error:
            raise _locked(self.path) from error

    def _first_commit(self) -> None:
        with writing(self.path):
            _write_synced(self.path / "catalog-0.json", Catalog().to_json())
            TOC(schema(), [], 0).write(self._storage, "MAIN")


class CommitWriter(SegmentWriter):  # type: ignore[misc] # Whoosh has no types
    """A Whoosh writer whose commit holds a catalog, is on the disk, and is private."""

    def __init__(self, index: FileIndex, path: Path) -> None:
        super().__init__(index, limitmb=64)
        self._path = path
        generation = self.generation - 1
        self.catalog = Catalog.from_json((path / f"catalog-{generation}.json").read_text("utf-8"))

    def _commit_toc(self, segments: Sequence[Any]) -> None:
        self.catalog.segments = self._sync(segment.segment_id() for segment in segments)
        name = f"catalog-{self.generation}.json"
        _write_synced(self._path / name, self.catalog.to_json())
        super()._commit_toc(segments)
        toc = self._path / TOC._filename("MAIN", self.generation)
        _sync_file(toc)
        _sync_folder(self._path)
        for stale in self._path.glob("catalog-*.json"):
            if stale.name != name:
                stale.unlink(missing_ok=True)

    def _sync(self, segment_ids: Iterable[str]) -> dict[str, tuple[int, int]]:
        """Bring new segment files to the disk; sizes and checksums of all."""
        sums = {}
        for segment in segment_ids:
            for file in sorted(self._path.glob(f"{segment}.*")):
                known = self.catalog.segments.get(file.name)
                if known is None:
                    _sync_file(file)
                    known = (file.stat().st_size, _checksum(file))
                sums[file.name] = known
        return sums


class writing:  # noqa: N801 (reads as a statement: with writing(path))
    """What the system refuses while writing becomes a sentence (StorageFailed)."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, OSError):
            raise StorageFailed(
                f"The index at {self._path} cannot be written: {error.strerror or error}",
                "what was committed before is safe; make room or choose another `--index DIR`",
            ) from error


def _locked(path: Path) -> IndexLocked:
    return IndexLocked(
        f"Another process is writing to the index at {path}", "wait until it is done"
    )


def _checksum(path: Path) -> int:
    crc = 0
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            crc = zlib.crc32(block, crc)
    return crc


def _write_synced(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")
    _sync_file(path)


def _sync_file(path: Path) -> None:
    path.chmod(0o600)
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _sync_folder(path: Path) -> None:
    if not hasattr(os, "O_DIRECTORY"):  # Windows opens no folders
        return
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
