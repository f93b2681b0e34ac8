"""The commit: segments, catalog and table of contents, all or nothing.

They are brought to the disk in this order, and only then does the table of contents
get its name; a run that is killed before leaves the last commit as it was.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence, Set
from functools import cached_property
from pathlib import Path

from index.codec.array_file import ArrayFile, write_arrays
from index.codec.merge import MergeInput, merge_segments
from index.codec.merge_policy import SegmentSize, to_merge
from index.codec.segment_info import SegmentInfo
from index.codec.segment_reader import IndexReader, SegmentReader
from index.errors import DAMAGED_SEGMENT, IndexCorrupt
from index.mapped_file import require_intact
from index.store.catalog import Catalog, catalog_text
from index.store.disk import checksum, remove, sync_folder, write_synced
from index.store.layout import MARKER, NEW, UNNAMED, catalog_name, is_committed, toc_name
from index.store.snapshot import NO_NAMES
from index.store.toc import read as read_toc
from index.store.toc import to_bytes


def unnamed_path(segment: SegmentInfo, folder: Path) -> Path:
    """Where a segment is written. It counts for nothing until a commit names it."""
    return folder / f"{segment.id}{UNNAMED}"


class CommitWriter:
    """Deletions and new segments on top of the last commit, until one commit keeps them.

    The caller holds the write lock. Raises IndexCorrupt or OSError.
    """

    def __init__(
        self, path: Path, last: int, *, rebuild: bool = False, without: Set[str] = NO_NAMES
    ) -> None:
        self._path = path
        self.generation = last + 1
        """The generation that the commit will have."""
        segments = [] if rebuild else read_toc(path, last)
        self.segments = [segment for segment in segments if segment.name not in without]
        """Those of the last commit, but for damaged ones that the commit replaces; none in a
        rebuild. Deletions are entered here."""
        self.added: list[SegmentInfo] = []
        """New ones that lie in the folder without a name."""
        self._last_catalog = "" if rebuild else catalog_text(path, last)
        self.catalog = Catalog() if rebuild else Catalog.from_lines(self._last_catalog)
        """What the commit will say of the files."""

    @property
    def changed(self) -> bool:
        """Whether a commit would change anything."""
        return bool(self.added) or self.catalog.to_lines() != self._last_catalog

    @cached_property
    def reader(self) -> IndexReader:
        """The segments of the last commit that stay."""
        return IndexReader([SegmentReader(s.path(self._path), s) for s in self.segments])

    def delete(self, field: str, value: str) -> None:
        """Delete the documents whose field holds a term, committed or added before."""
        added = [SegmentReader(unnamed_path(s, self._path), s) for s in self.added]
        for segment in (*self.reader.segments, *added):
            segment.info.deleted.update(segment.document_numbers(field, value))

    def cancel(self) -> None:
        """Drop the added segments and their files, unless a commit has just named them."""
        if not (self._path / toc_name(self.generation)).exists():
            for segment in self.added:
                remove(segment.path(self._path))

    def commit(self) -> None:
        """Name the added segments, merge those that are due, and make it all count."""
        live = [segment for segment in self.segments if segment.live_count]
        for segment in self.added:
            unnamed_path(segment, self._path).replace(segment.path(self._path))
        segments = self._merged([*live, *self.added])
        self.catalog.checksums = self._checksums(segments)
        write_commit(self._path, self.catalog, self.generation, segments)
        clean_files(self._path, self.catalog, self.generation)

    def _merged(self, segments: list[SegmentInfo]) -> list[SegmentInfo]:
        """The segments after every merge that the policy asks for."""
        while places := to_merge([_size(segment) for segment in segments]):
            chosen = [segments[place] for place in places]
            rest = [s for place, s in enumerate(segments) if place not in places]
            segments = [*rest[: places[0]], self._merge(chosen), *rest[places[0] :]]
        return segments

    def _merge(self, segments: Sequence[SegmentInfo]) -> SegmentInfo:
        inputs = [MergeInput(self._undamaged(s), s.live()) for s in segments]
        arrays = merge_segments(inputs)
        require_intact(each.file.mapping for each in inputs)
        tokens = sum(segment.tokens for segment in segments)
        info = SegmentInfo(count=len(arrays["day"]), tokens=tokens)
        write_arrays(info.path(self._path), arrays)
        return info

    def _undamaged(self, segment: SegmentInfo) -> ArrayFile:
        """The arrays of a segment, all verified: a merge gives what it reads new checksums."""
        file = ArrayFile(segment.path(self._path))
        if damaged := file.damaged():
            path = segment.path(self._path)
            raise IndexCorrupt(f"{path} is damaged in {', '.join(damaged)}", DAMAGED_SEGMENT)
        return file

    def _checksums(self, segments: Iterable[SegmentInfo]) -> dict[str, tuple[int, int]]:
        """Sizes and checksums of the segment files, which are on the disk already."""
        sums = {}
        for segment in segments:
            file = segment.path(self._path)
            known = self.catalog.checksums.get(file.name)
            if known is None:
                known = (file.stat().st_size, checksum(file))
            sums[file.name] = known
        return sums


def _size(segment: SegmentInfo) -> SegmentSize:
    return SegmentSize(segment.live_count, segment.tokens, len(segment.deleted))


def clean_files(path: Path, catalog: Catalog, generation: int) -> None:
    """Delete the files of other commits, finished or not; unnamed segments stay."""
    named = {*catalog.checksums, catalog_name(generation)}
    remove(path / (MARKER + NEW))
    for file in path.iterdir():
        if is_committed(file.name) and file.name not in named:
            remove(file)


def clean_unnamed(path: Path) -> None:
    """Delete the segments that no commit has named. No process may be writing one."""
    for file in path.glob(f"*{UNNAMED}"):
        remove(file)


def write_commit(
    path: Path, catalog: Catalog, generation: int, segments: Sequence[SegmentInfo]
) -> None:
    """Catalog and table of contents to the disk; the last rename makes the commit."""
    name = toc_name(generation)
    data = to_bytes(generation, segments)
    catalog.checksums[name] = (len(data), zlib.crc32(data))
    write_synced(path / catalog_name(generation), catalog.to_lines().encode())
    write_synced(path / f"{name}.new", data)
    sync_folder(path)
    (path / f"{name}.new").replace(path / name)
    sync_folder(path)
