"""The snapshot: one commit as a reader sees it, whatever is written meanwhile."""

from __future__ import annotations

from collections.abc import Iterator, Set
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from index.codec.segment_info import SegmentInfo
from index.codec.segment_reader import IndexReader, SegmentReader
from index.errors import DAMAGED_SEGMENT, REBUILD, DalilError, IndexCorrupt, IndexMissing
from index.mapped_file import MappedFile, require_intact
from index.store.catalog import CatalogReader
from index.store.disk import checksum, reading
from index.store.layout import (
    ATTEMPTS,
    CommitStamp,
    commit_stamp,
    is_segment,
    latest_generation,
    toc_name,
)
from index.store.toc import read as read_toc

NO_NAMES: Set[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One commit as a reader sees it, whatever is written meanwhile."""

    reader: IndexReader
    catalog: CatalogReader
    stamp: CommitStamp
    left_out: tuple[SegmentInfo, ...] = ()
    """Damaged segments that the reader does without."""

    @property
    def generation(self) -> int:
        """The number of the commit."""
        return self.stamp.generation

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Turn damage that is met while an answer is made, or since then, into IndexCorrupt."""
        with reading(self.catalog.folder):
            try:
                yield
            except Exception:
                require_intact(self._mappings())
                raise
            require_intact(self._mappings())

    def _mappings(self) -> Iterator[MappedFile]:
        yield self.catalog.mapping
        for segment in self.reader.segments:
            yield segment.mapping

    @property
    def note(self) -> str | None:
        """A sentence about the documents that are left out; None if none are."""
        if not self.left_out:
            return None
        left, segments = len(self.left_out), len(self.left_out) + len(self.reader.segments)
        missing = sum(segment.live_count for segment in self.left_out)
        verb = "is" if left == 1 else "are"
        return (
            f"{left:,} of {segments:,} segments {verb} damaged: {missing:,} of "
            f"{missing + self.reader.live_count:,} documents were not searched"
        )


def open_snapshot(
    folder: Path, *, skip_damaged: bool = False, without: Set[str] = NO_NAMES
) -> Snapshot:
    """Open the last commit. Raises IndexMissing, or IndexCorrupt where a part is damaged.

    With ``skip_damaged``, segments that cannot be opened are left out; those whose files are
    named in ``without`` always are.
    """
    for _ in range(ATTEMPTS):
        try:
            return _Opening(folder, skip_damaged, without).snapshot()
        except FileNotFoundError as error:
            missing = error
        except OSError as error:
            raise IndexCorrupt(f"The index at {folder} is damaged: {error}", REBUILD) from error
    hint = DAMAGED_SEGMENT if is_segment(Path(missing.filename or "").name) else REBUILD
    raise IndexCorrupt(f"The index at {folder} lacks a file: {missing}", hint)


class _Opening:
    """One attempt to open the last commit. Raises IndexCorrupt, IndexMissing or OSError."""

    def __init__(self, folder: Path, skip_damaged: bool, without: Set[str]) -> None:
        self._folder, self._skip_damaged, self._without = folder, skip_damaged, without
        self._stamp = commit_stamp(folder)
        self._generation = self._stamp.generation

    def snapshot(self) -> Snapshot:
        """Open catalog, table of contents and segments."""
        if self._generation < 0:
            raise IndexMissing(
                f"The index at {self._folder} is empty", "add documents with `dalil index FOLDER`"
            )
        catalog = CatalogReader(self._folder, self._generation)
        self._check_toc(catalog)
        segments = read_toc(self._folder, self._generation)
        opened = [(segment, self._segment(segment, catalog)) for segment in segments]
        return Snapshot(
            IndexReader([reader for _, reader in opened if reader]),
            catalog,
            self._stamp,
            tuple(segment for segment, reader in opened if reader is None),
        )

    def _check_toc(self, catalog: CatalogReader) -> None:
        toc = toc_name(self._generation)
        for name in catalog.checksums:
            if name != toc and not is_segment(name):
                self._check_size(name, catalog, REBUILD)
        self._check_size(toc, catalog, REBUILD)
        if checksum(self._folder / toc) != catalog.checksums.get(toc, (0, None))[1]:
            raise IndexCorrupt(f"The checksum of {self._folder / toc} is wrong", REBUILD)

    def _check_size(self, name: str, catalog: CatalogReader, hint: str) -> None:
        found = (self._folder / name).lstat().st_size
        size = catalog.checksums.get(name, (found, 0))[0]
        if found != size:
            path = self._folder / name
            raise IndexCorrupt(f"{path} has {found:,} bytes where {size:,} were written", hint)

    def _segment(self, info: SegmentInfo, catalog: CatalogReader) -> SegmentReader | None:
        """Open a segment; None if it is left out."""
        if info.name in self._without:
            return None
        try:
            self._check_size(info.name, catalog, DAMAGED_SEGMENT)
            return SegmentReader(info.path(self._folder), info)
        except FileNotFoundError:
            if self._skip_damaged and latest_generation(self._folder) == self._generation:
                return None
            raise
        except DalilError:
            if self._skip_damaged:
                return None
            raise
        # A damaged file makes numpy raise many kinds of errors.
        except Exception as error:
            if self._skip_damaged:
                return None
            path = info.path(self._folder)
            raise IndexCorrupt(f"{path} is damaged: {error}", DAMAGED_SEGMENT) from error
