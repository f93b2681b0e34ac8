"""Where an index lives: create, open, lock, version, and the one commit.

A folder of an index holds::

    dalil.json         what this is, and the version of its schema
    _MAIN_7.toc        generation 7: which segments count. Renamed into place last
    catalog-7.json     what generation 7 was made of, and the checksums of its files
    MAIN_x1y2.seg      segments
    MAIN_WRITELOCK     locked while someone writes

A commit brings segments, catalog and table of contents to the disk, and only then
gives the last its name; a run that is killed before leaves the last commit. The
folder is private to its owner (0700), for it holds the text of documents. A folder
in which anything else lies is never written to.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import zlib
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, FileIndex, clean_files
from whoosh.reading import IndexReader
from whoosh.writing import SegmentWriter

from index.catalog import Catalog
from index.codec.arrays import ArrayFile, write_arrays
from index.codec.codec import ArrayCodec, ArraySegment
from index.codec.merging import Part, merged, to_merge
from index.codec.segment import SegmentBuilder
from index.errors import (
    DalilError,
    IndexCorrupt,
    IndexForeign,
    IndexLocked,
    IndexMissing,
    IndexOutdated,
    StorageFailed,
)
from index.schema import SCHEMA_VERSION
from index.toc import JsonIndex
from index.toc import read as read_toc
from index.toc import to_bytes as toc_bytes

MARKER = "dalil.json"
LOCK = "MAIN_WRITELOCK"
KEPT = (MARKER, LOCK, "aliases.txt")
"""What emptying an index leaves where it is."""
REBUILD = "build it again with `dalil index --rebuild FOLDER`"

_NEW_MARKER = MARKER + ".new"
_MADE_HERE = re.compile(
    r"_MAIN_\d+\.toc(\.new)?|MAIN_[0-9a-z]+\..+|MAIN\.tmp|catalog-\d+\.json|"
    + "|".join(map(re.escape, (*KEPT, _NEW_MARKER)))
)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One commit as a reader sees it, whatever is written meanwhile."""

    reader: IndexReader
    catalog: Catalog
    generation: int

    def close(self) -> None:
        """Let go of the files."""
        self.reader.close()


class IndexDirectory:
    """An index on disk. Make one with :meth:`open` or :meth:`create`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._storage = FileStorage(str(path))
        self._lock: Any = None

    @classmethod
    def open(cls, path: Path) -> IndexDirectory:
        """The index in a folder.

        Raises IndexMissing, IndexForeign, IndexOutdated or IndexCorrupt.
        """
        if not path.exists() or (path.is_dir() and _names(path) <= {_NEW_MARKER}):
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
        with writing(path):
            path.mkdir(parents=True, exist_ok=True)
            path.chmod(0o700)
            _write_marker(path)
        return cls(path)

    def clear(self) -> None:
        """Make the index empty, of this version, whatever it held; keep the user's settings.

        Raises IndexForeign where not all that lies there is ours, and IndexLocked.
        """
        with suppress(IndexCorrupt):
            self._version()
        self.lock()
        try:
            with writing(self.path):
                # The table of contents goes first: without it the rest is nothing.
                for name in sorted(_names(self.path) - set(KEPT), key=lambda n: n[0] != "_"):
                    if _MADE_HERE.fullmatch(name):
                        _remove(self.path / name)
                _write_marker(self.path)
        finally:
            self.unlock()

    def lock(self) -> None:
        """Be the one who writes, until :meth:`unlock`. Raises IndexLocked, StorageFailed."""
        with writing(self.path):
            lock = self._storage.lock(LOCK)
            if not lock.acquire(blocking=False):
                raise _locked(self.path)
            (self.path / LOCK).chmod(0o600)
        self._lock = lock

    def unlock(self) -> None:
        """Let others write."""
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def _version(self) -> object:
        """The version of the schema. Raises IndexForeign or IndexCorrupt."""
        try:
            marker = json.loads((self.path / MARKER).read_text("utf-8"))
        except (OSError, ValueError) as error:
            if any(not _MADE_HERE.fullmatch(name) for name in _names(self.path)):
                raise _foreign(self.path) from error
            raise IndexCorrupt(f"{self.path / MARKER} cannot be read: {error}", REBUILD) from error
        if not isinstance(marker, dict) or marker.get("format") != "dalil":
            raise _foreign(self.path)
        return marker.get("schema")

    def _check_version(self) -> None:
        version = self._version()
        if version != SCHEMA_VERSION:
            raise IndexOutdated(
                f"The index at {self.path} has schema version {version}; "
                f"this Dalil reads version {SCHEMA_VERSION}",
                REBUILD,
            )

    def last_catalog(self) -> Catalog:
        """What the last commit was made of, whatever the version of its terms."""
        generation = TOC._latest_generation(self._storage, "MAIN")
        try:
            return self._catalog(generation) if generation >= 0 else Catalog()
        except OSError as error:
            raise IndexCorrupt(f"The catalog of {self.path} cannot be read", REBUILD) from error

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
        toc_name = TOC._filename("MAIN", generation)
        if _checksum(self.path / toc_name) != catalog.checksums.get(toc_name, (0, None))[1]:
            raise IndexCorrupt(f"The checksum of {self.path / toc_name} is wrong", REBUILD)
        try:
            toc = read_toc(self.path, generation)
            reader = FileIndex._reader(self._storage, toc.schema, toc.segments, generation)
        except (FileNotFoundError, DalilError):
            raise
        # A damaged file makes Whoosh raise whatever it stumbles over.
        except Exception as error:
            raise IndexCorrupt(f"The index at {self.path} is damaged: {error}", REBUILD) from error
        return Snapshot(reader, catalog, generation)

    def _catalog(self, generation: int) -> Catalog:
        return Catalog.from_json(_catalog_text(self.path, generation))

    def _check_sizes(self, catalog: Catalog) -> None:
        for name, (size, _) in catalog.checksums.items():
            found = (self.path / name).stat().st_size
            if found != size:
                raise IndexCorrupt(
                    f"{self.path / name} has {found:,} bytes where {size:,} were written", REBUILD
                )

    def damaged_files(self) -> list[str]:
        """The segment files whose checksum no longer fits. Reads all of them."""
        snapshot = self.snapshot()
        snapshot.close()
        return [
            name
            for name, (_, crc) in snapshot.catalog.checksums.items()
            if _checksum(self.path / name) != crc
        ]

    def writer(self) -> CommitWriter:
        """A writer upon the last commit, for whoever holds the lock.

        Raises IndexCorrupt or StorageFailed.
        """
        with writing(self.path):
            if TOC._latest_generation(self._storage, "MAIN") < 0:
                _write_commit(self.path, Catalog(), 0, [])
        self.snapshot().close()  # what is damaged is not written to
        with writing(self.path):
            return CommitWriter(JsonIndex(self._storage), self.path)


class CommitWriter(SegmentWriter):  # type: ignore[misc] # Whoosh has no types
    """A Whoosh writer of array segments, whose commit holds a catalog and is on the disk."""

    def __init__(self, index: FileIndex, path: Path) -> None:
        super().__init__(index, codec=ArrayCodec(), compound=False, _lk=False)
        self._path = path
        self._text = _catalog_text(path, self.generation - 1)
        self.catalog = Catalog.from_json(self._text)
        self.builder = SegmentBuilder()
        """The documents of the next segment."""

    @property
    def changed(self) -> bool:
        """Whether a commit would change anything."""
        return bool(self.builder.count) or self.catalog.to_json() != self._text

    def cancel(self) -> None:
        """Drop what was added, and its files with it, unless a commit has just named them."""
        with suppress(Exception):  # a commit may have failed half-way: nothing of it is kept
            super().cancel()
        if not (self._path / TOC._filename("MAIN", self.generation)).exists():
            for file in self._path.glob(f"{self.newsegment.segment_id()}.*"):
                _remove(file)

    def commit(self) -> None:
        """Write what was added as a segment, merge what is due, and make it all count."""
        segments = [segment for segment in self.segments if segment.doc_count()]
        if self.builder.count > self.newsegment.deleted_count():
            segments.append(self._finalize_segment())
        else:
            self._close_segment()
        self._commit_toc(self._merged(segments))
        self._finish()

    def _flush_segment(self) -> None:
        self.newsegment.count = self.docnum = self.builder.count
        self.newsegment.tokens = self.builder.tokens
        self.builder.write(self.newsegment.path(self._path))

    def _merged(self, segments: list[ArraySegment]) -> list[ArraySegment]:
        """The segments after every merge that the policy asks for."""
        while places := to_merge([segment.size() for segment in segments]):
            parts = [segments[place] for place in places]
            one = ArraySegment(self.indexname)
            files = [ArrayFile(part.path(self._path)) for part in parts]
            arrays = merged([Part(f, p.kept()) for f, p in zip(files, parts, strict=True)])
            write_arrays(one.path(self._path), arrays)
            one.count, one.tokens = len(arrays["day"]), sum(part.tokens for part in parts)
            rest = [s for place, s in enumerate(segments) if place not in places]
            segments = [*rest[: places[0]], one, *rest[places[0] :]]
        return segments

    def _commit_toc(self, segments: Sequence[ArraySegment]) -> None:
        self.catalog.checksums = self._sync(segment.segment_id() for segment in segments)
        _write_commit(self._path, self.catalog, self.generation, segments)
        clean_files(self.storage, self.indexname, self.generation, segments)
        for stale in self._path.glob("catalog-*.json"):
            if stale.name != f"catalog-{self.generation}.json":
                _remove(stale)

    def _sync(self, segment_ids: Iterable[str]) -> dict[str, tuple[int, int]]:
        """Sizes and checksums of the segment files, which are on the disk already."""
        sums = {}
        for segment in segment_ids:
            for file in sorted(self._path.glob(f"{segment}.*")):
                known = self.catalog.checksums.get(file.name)
                if known is None:
                    file.chmod(0o600)
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


class reading:  # noqa: N801 (like ``writing``)
    """What Whoosh stumbles over in a damaged segment becomes a sentence (IndexCorrupt)."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, Exception) and not isinstance(
            error, DalilError | OSError | MemoryError
        ):
            raise IndexCorrupt(
                f"The index at {self._path} is damaged: {error!r}", REBUILD
            ) from error


def _names(path: Path) -> set[str]:
    return {entry.name for entry in path.iterdir()}


def _foreign(path: Path) -> IndexForeign:
    return IndexForeign(
        f"{path} is not an index of Dalil", "give another folder with `--index DIR`"
    )


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


def _remove(path: Path) -> None:
    """Delete what no commit needs; what cannot be deleted now is met again later."""
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink()


def _catalog_text(path: Path, generation: int) -> str:
    """What is damaged stays in, and fails as a catalog."""
    return (path / f"catalog-{generation}.json").read_text("utf-8", "replace")


def _write_marker(path: Path) -> None:
    marker = {"format": "dalil", "schema": SCHEMA_VERSION}
    _write_synced(path / _NEW_MARKER, (json.dumps(marker) + "\n").encode())
    (path / _NEW_MARKER).replace(path / MARKER)


def _write_commit(
    path: Path, catalog: Catalog, generation: int, segments: Sequence[ArraySegment]
) -> None:
    """Catalog and table of contents to the disk; the last rename makes the commit."""
    name = TOC._filename("MAIN", generation)
    data = toc_bytes(generation, segments)
    catalog.checksums[name] = (len(data), zlib.crc32(data))
    _write_synced(path / f"catalog-{generation}.json", catalog.to_json().encode())
    _write_synced(path / f"{name}.new", data)
    _sync_folder(path)
    (path / f"{name}.new").replace(path / name)
    _sync_folder(path)


def _write_synced(path: Path, data: bytes) -> None:
    path.write_bytes(data)
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
