"""Changes: what the next commit will make of the index, under the one lock."""

from __future__ import annotations

from collections.abc import Iterable

from index.codec.segment_info import SegmentInfo
from index.store.catalog import Catalog
from index.store.commit import CommitWriter, clean_files, clean_unnamed
from index.store.directory import IndexDirectory
from index.store.disk import reading, writing


class Transaction:
    """Drops and additions between two commits, and the one writer they go through."""

    def __init__(self, directory: IndexDirectory) -> None:
        self._directory = directory
        self._path = directory.path
        self._writer: CommitWriter | None = None
        self._begun = False

    def begin(self) -> None:
        """Take the lock, and clear away what a run that was killed has left.

        Raises UnusableIndex or StorageFailed.
        """
        self._directory.lock()
        try:
            with writing(self._path):
                clean_files(self._path, self.catalog, self.writer.generation - 1)
                clean_unnamed(self._path)
        except BaseException:
            self._directory.unlock()
            raise
        self._begun = True

    @property
    def writer(self) -> CommitWriter:
        """The writer of the next commit; a new one after each commit."""
        if self._writer is None:
            self._writer = self._directory.writer()
        return self._writer

    @property
    def catalog(self) -> Catalog:
        """What the next commit will say of the files."""
        catalog: Catalog = self.writer.catalog
        return catalog

    def drop(self, file: str) -> None:
        """Take a file's committed documents out."""
        if self.catalog.files.pop(file, None) is not None:
            self._delete("file", [file])

    def take_out(self, documents: Iterable[str]) -> None:
        """Take committed documents out by their paths."""
        self._delete("path", documents)

    def _delete(self, field: str, values: Iterable[str]) -> None:
        with reading(self._path), writing(self._path):
            for value in values:
                self.writer.delete(field, value)

    def add(self, segment: SegmentInfo) -> None:
        """Let the next commit name a segment."""
        self.writer.added.append(segment)

    def commit(self) -> None:
        """Make all changes since the last commit lasting."""
        if self.writer.changed:
            with reading(self._path), writing(self._path):
                self.writer.commit()
            self._writer = None

    def cancel(self) -> None:
        """Drop what is not committed and let go of the lock."""
        if self._writer is not None:
            self._writer.cancel()
            self._writer = None
        if self._begun:
            clean_unnamed(self._path)
            self._directory.unlock()
            self._begun = False

    def document_count(self) -> int:
        """Documents in the last commit."""
        return self._directory.snapshot().reader.live_count
