"""The transaction: changes of the index up to the next commit, under the write lock."""

from __future__ import annotations

from collections.abc import Iterable

from index.codec.segment_info import SegmentInfo
from index.store.catalog import Catalog
from index.store.commit import CommitWriter, clean_files, clean_unnamed
from index.store.directory import IndexDirectory
from index.store.disk import reading, writing
from index.store.verification import DamagedFile, damaged_segments


class Transaction:
    """Collects deletions and new segments for the next commit, through one writer at a time."""

    def __init__(
        self, directory: IndexDirectory, *, rebuild: bool = False, repair: bool = False
    ) -> None:
        self._directory = directory
        self._rebuild = rebuild
        """Whether the index is built anew: the one commit is then the last."""
        self._repair = repair
        self.damaged: dict[str, DamagedFile] = {}
        """In a repair, the damaged segments by name; the one commit is without them."""
        self._path = directory.path
        self._writer: CommitWriter | None = None
        self._begun = False

    def begin(self) -> None:
        """Take the lock, and delete the files that a killed run has left.

        Raises UnusableIndex or StorageFailed.
        """
        self._directory.lock()
        try:
            with writing(self._path):
                clean_unnamed(self._path)
                self.damaged = damaged_segments(self._path) if self._repair else {}
                if self._rebuild:
                    self._directory.check_room()
                else:
                    clean_files(self._path, self.catalog, self.writer.generation - 1)
        except BaseException:
            self._directory.unlock()
            raise
        self._begun = True

    @property
    def writer(self) -> CommitWriter:
        """The writer of the next commit; a new one after each commit."""
        if self._writer is None:
            self._writer = self._directory.writer(
                rebuild=self._rebuild, without=self.damaged.keys()
            )
        return self._writer

    @property
    def catalog(self) -> Catalog:
        """The catalog that the next commit writes."""
        return self.writer.catalog

    def delete_file(self, path: str) -> None:
        """Delete a file from the catalog, and its committed documents."""
        if self.catalog.files.pop(path, None) is not None:
            self._delete("file", [path])

    def delete_documents(self, paths: Iterable[str]) -> None:
        """Delete committed documents by their paths."""
        self._delete("path", paths)

    def _delete(self, field: str, values: Iterable[str]) -> None:
        with reading(self._path), writing(self._path):
            for value in values:
                self.writer.delete(field, value)

    def add_segment(self, segment: SegmentInfo) -> None:
        """Add a segment that was written to the folder already."""
        self.writer.added.append(segment)

    def commit(self) -> None:
        """Commit all changes since the last commit, if there are any.

        A rebuild and a repair wait for :meth:`finish`: until then the old index answers.
        """
        if not self._rebuild and not self.damaged and self.writer.changed:
            self._commit()

    def finish(self) -> None:
        """Commit all changes, of a rebuild and a repair too. What follows is an ordinary run."""
        if self._rebuild or self.damaged or self.writer.changed:
            self._commit()
        if self._rebuild:
            with writing(self._path):
                self._directory.write_marker()
            self._rebuild = False

    def _commit(self) -> None:
        with reading(self._path), writing(self._path):
            self.writer.commit()
        self._writer, self.damaged = None, {}

    def cancel(self) -> None:
        """Drop the changes since the last commit, and release the lock."""
        if self._writer is not None:
            self._writer.cancel()
            self._writer = None
        if self._begun:
            clean_unnamed(self._path)
            self._directory.unlock()
            self._begun = False

    def document_count(self) -> int:
        """Return the number of documents in the last commit."""
        return self._directory.snapshot().reader.live_count
