"""Batch: documents gathered until there are enough of them for a commit."""

from __future__ import annotations

from index.catalog import Catalog
from index.codec.segment import SegmentBuilder
from index.commit import CommitWriter
from index.directory import IndexDirectory
from index.disk import reading, writing
from index.document import Document
from index.schema import languages_of, stored_fields

BATCH_CHARACTERS = 24 << 20
BATCH_DOCUMENTS = 20_000
"""A commit is made when a batch has this much; memory grows with a batch, not with
the folder."""


class Batch:
    """The documents between two commits, and the one writer they go through."""

    def __init__(self, directory: IndexDirectory) -> None:
        self._directory = directory
        self._writer: CommitWriter | None = None
        self.documents = 0
        """Added since the batch object was made."""
        self._characters = self._count = 0
        self._numbers: dict[str, int] = {}
        self._seen: set[int] = set()
        self._file = ""

    def begin(self) -> None:
        """Take the lock. Raises UnusableIndex or StorageFailed."""
        self._directory.lock()
        try:
            self._writer = self._directory.writer()
        except BaseException:
            self._directory.unlock()
            raise

    @property
    def writer(self) -> CommitWriter:
        """Whoosh's writer, under the lock; a new one after each commit."""
        if self._writer is None:
            self._writer = self._directory.writer()
            self._characters = self._count = 0
            self._numbers = {}
        return self._writer

    @property
    def catalog(self) -> Catalog:
        """What the next commit will say of the files."""
        catalog: Catalog = self.writer.catalog
        return catalog

    @property
    def full(self) -> bool:
        """Whether it is time for a commit."""
        return self._characters >= BATCH_CHARACTERS or self._count >= BATCH_DOCUMENTS

    def drop(self, file: str) -> None:
        """Take a file's committed documents out."""
        if self.catalog.files.pop(file, None) is not None:
            with reading(self._directory.path):
                self.writer.delete_by_term("file", file)

    def add(self, document: Document, file: str) -> bool:
        """Put a document in; whether it takes the place of another one of its file."""
        if file != self._file:
            self._file, self._seen = file, set()
        again = hash(document.path) in self._seen
        if again:
            self._take_out(document.path)
        self._seen.add(hash(document.path))
        self._numbers[document.path] = self.writer.builder.count
        add_document(self.writer.builder, document, file)
        self._characters += len(document.text)
        self._count += 1
        self.documents += 1
        return again

    def _take_out(self, path: str) -> None:
        number = self._numbers.get(path)
        if number is None:
            self.writer.delete_by_term("path", path)
        else:
            self.writer.newsegment.delete_document(number)

    def commit(self) -> None:
        """Make all changes since the last commit lasting."""
        if self.writer.changed:
            with writing(self._directory.path), reading(self._directory.path):
                self.writer.commit()
            self._writer = None

    def cancel(self) -> None:
        """Drop what is not committed and let go of the lock."""
        if self._writer is not None:
            self._writer.cancel()
            self._writer = None
        self._directory.unlock()

    def document_count(self) -> int:
        """Documents in the last commit."""
        snapshot = self._directory.snapshot()
        try:
            return int(snapshot.reader.doc_count())
        finally:
            snapshot.close()


def add_document(builder: SegmentBuilder, document: Document, file: str) -> None:
    """Put a document into a segment; ``file`` is the path of the file that holds it."""
    body = builder.texts["body"].add(document.text)
    builder.texts["title"].add(document.title)
    languages = languages_of(body.words, document.language)
    builder.add_value("path", document.path)
    builder.add_value("file", file)
    builder.add_value("id", document.id)
    builder.add_value("type", document.type)
    builder.add_value("language", *languages)
    day = (document.date or document.modified.date()).toordinal()
    builder.finish_document(day, stored_fields(document, languages, body.checkpoints))
