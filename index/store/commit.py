"""The commit: segments, catalog and table of contents, all or nothing.

They are brought to the disk in this order, and only then does the table of contents
get its name; a run that is killed before leaves the last commit as it was.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from whoosh.index import TOC, FileIndex
from whoosh.writing import SegmentWriter

from index.codec.array_file import ArrayFile, write_arrays
from index.codec.merge import MergeInput, merge_segments
from index.codec.merge_policy import to_merge
from index.codec.whoosh_codec import ArrayCodec, ArraySegment
from index.store.catalog import Catalog, catalog_text
from index.store.disk import checksum, remove, sync_folder, write_synced
from index.store.toc import NAME, to_bytes

_UNNAMED = ".arr.new"
"""How the file of a segment ends that no commit has named yet."""
_OF_A_COMMIT = re.compile(r"_MAIN_\d+\.toc(\.new)?|MAIN_[0-9a-z]+\..+|catalog-\d+\.json")


def unnamed(segment: ArraySegment, folder: Path) -> Path:
    """Where a segment is written; a commit names it, until then it counts for nothing."""
    return folder / f"{segment.segid}{_UNNAMED}"


class CommitWriter(SegmentWriter):  # type: ignore[misc] # Whoosh has no types
    """A Whoosh writer of array segments, whose commit holds a catalog and is on the disk."""

    def __init__(self, index: FileIndex, path: Path) -> None:
        super().__init__(index, codec=ArrayCodec(), compound=False, _lk=False)
        self._path = path
        self._text = catalog_text(path, self.generation - 1)
        self.catalog = Catalog.from_lines(self._text)
        self.added: list[ArraySegment] = []
        """Segments that lie in the folder, to be named by the commit."""

    @property
    def changed(self) -> bool:
        """Whether a commit would change anything."""
        return bool(self.added) or self.catalog.to_lines() != self._text

    def cancel(self) -> None:
        """Drop what was added, and its files with it, unless a commit has just named them."""
        with suppress(Exception):  # a commit may have failed half-way: nothing of it is kept
            super().cancel()
        if not (self._path / TOC._filename(NAME, self.generation)).exists():
            for segment in self.added:
                remove(segment.path(self._path))

    def commit(self) -> None:
        """Name the segments that were added, merge what is due, and make it all count."""
        segments = [segment for segment in self.segments if segment.doc_count()]
        for segment in self.added:
            unnamed(segment, self._path).replace(segment.path(self._path))
        self._close_segment()
        self._commit_toc(self._merged([*segments, *self.added]))
        self._finish()

    def _merged(self, segments: list[ArraySegment]) -> list[ArraySegment]:
        """The segments after every merge that the policy asks for."""
        while places := to_merge([segment.size() for segment in segments]):
            parts = [segments[place] for place in places]
            one = ArraySegment(self.indexname)
            files = [ArrayFile(part.path(self._path)) for part in parts]
            arrays = merge_segments(
                [MergeInput(f, p.kept()) for f, p in zip(files, parts, strict=True)]
            )
            write_arrays(one.path(self._path), arrays)
            one.count, one.tokens = len(arrays["day"]), sum(part.tokens for part in parts)
            rest = [s for place, s in enumerate(segments) if place not in places]
            segments = [*rest[: places[0]], one, *rest[places[0] :]]
        return segments

    def _commit_toc(self, segments: Sequence[ArraySegment]) -> None:
        self.catalog.checksums = self._sync(segment.segment_id() for segment in segments)
        write_commit(self._path, self.catalog, self.generation, segments)
        clean_files(self._path, self.catalog, self.generation)

    def _sync(self, segment_ids: Iterable[str]) -> dict[str, tuple[int, int]]:
        """Sizes and checksums of the segment files, which are on the disk already."""
        sums = {}
        for segment in segment_ids:
            for file in sorted(self._path.glob(f"{segment}.*")):
                known = self.catalog.checksums.get(file.name)
                if known is None:
                    file.chmod(0o600)
                    known = (file.stat().st_size, checksum(file))
                sums[file.name] = known
        return sums


def clean_files(path: Path, catalog: Catalog, generation: int) -> None:
    """Delete what other commits were made of, finished or not; no segment without a name."""
    named = {*catalog.checksums, f"catalog-{generation}.json"}
    for file in path.iterdir():
        if _OF_A_COMMIT.fullmatch(file.name) and file.name not in named:
            remove(file)


def clean_unnamed(path: Path) -> None:
    """Delete the segments that no commit has named. Nobody may be writing one."""
    for file in path.glob(f"*{_UNNAMED}"):
        remove(file)


def write_commit(
    path: Path, catalog: Catalog, generation: int, segments: Sequence[ArraySegment]
) -> None:
    """Catalog and table of contents to the disk; the last rename makes the commit."""
    name = TOC._filename(NAME, generation)
    data = to_bytes(generation, segments)
    catalog.checksums[name] = (len(data), zlib.crc32(data))
    write_synced(path / f"catalog-{generation}.json", catalog.to_lines().encode())
    write_synced(path / f"{name}.new", data)
    sync_folder(path)
    (path / f"{name}.new").replace(path / name)
    sync_folder(path)
