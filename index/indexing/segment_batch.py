"""Read files into batches: each is one segment, large enough for a commit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from index.codec.segment_builder import SegmentBuilder
from index.codec.segment_info import SegmentInfo
from index.codec.text_inverter import new_table
from index.document import Document
from index.extract.walk import Candidate
from index.indexing.document_fields import FileDocument, add_documents
from index.indexing.file_reader import FilePart, FileReader
from index.sandbox.limits import Limits
from index.sandbox.reader import SandboxedReader
from index.store.commit import unnamed_path
from index.store.disk import writing

MAX_BATCH_CHARACTERS = 24 << 20
MAX_BATCH_DOCUMENTS = 20_000
MAX_WORD_BYTES = 16 << 20
"""A batch that has as much of any is full and is committed, and so it is if its words, with those
that are kept of the batches before, are as many as their table should hold, or have as many bytes.
Memory grows with a batch, not with the folder. Measured: such a batch takes up to 600 MB in the
process that reads it."""

KEPT_WORDS = 0.8
"""The next batch begins with the words of those before if they take at most this part of what their
table should hold; else with none. 60,000 passages of both languages have 462,000."""

LARGE_DOCUMENT = 8 << 20
"""A document of more characters begins a batch: the most that a batch takes, and the most that one
document takes, never come together. Measured: 1.25 GB in one process when they do, 0.9 GB else."""

GROUP_DOCUMENTS, GROUP_CHARACTERS = 256, 1 << 20
"""Documents are added to a segment together, until they are as many or have as many characters: the
words that are new in them are analysed by a few calls."""

PROGRESS_DOCUMENTS = 500
"""Documents of one file between two reports of progress."""

OnProgress = Callable[[int, int, str, int], None]
"""Receives the numbers of files and documents that were read, the path of the file that is being
read, "" after the last, and the bytes that were read."""


@dataclass(frozen=True, slots=True)
class BatchSettings:
    """Picklable settings for reading files into batches, in this process or another."""

    folder: Path
    """Folder of the index, in which segments are written."""
    encodings: tuple[tuple[str, str], ...]
    """Pairs of a glob and the encoding of the files it matches."""
    formats: tuple[str, ...]
    """Names of the formats of these files."""
    limits: Limits
    """For reading one file."""
    max_documents: int
    max_characters: int
    """A batch that has as much of either is full."""

    def reader(self) -> SandboxedReader:
        """Return a reader of files with these settings."""
        return SandboxedReader(self.limits, formats=self.formats, encodings=self.encodings)


@dataclass(frozen=True, slots=True)
class SegmentBatch:
    """A segment that lies in the folder of the index without its name, and its files."""

    segment: SegmentInfo | None
    """None if the files held no document."""
    parts: tuple[FilePart, ...]


class BatchReader:
    """Inverts files one after the other, and yields a batch whenever one is full.

    The segments that it writes do not belong to the index before a commit. Raises
    StorageFailed if one cannot be written.
    """

    def __init__(
        self, settings: BatchSettings, reader: SandboxedReader, on_progress: OnProgress
    ) -> None:
        self._settings = settings
        self._reader = reader
        self._on_progress = on_progress
        self._files = self._documents = 0
        self._bytes = 0
        """Bytes of the files that were read, and of the file that is being read up to here."""
        self._pieces = new_table()
        """The words of these batches, each analysed once."""
        self._begin_batch()

    def _begin_batch(self) -> None:
        if self._words > KEPT_WORDS:
            self._pieces = new_table()
        self._builder = SegmentBuilder(self._pieces)
        self._waiting: list[FileDocument] = []
        """Documents that are not in the segment yet."""
        self._waiting_characters = self._characters = 0
        self._numbers: dict[str, int] = {}
        """Path of a document → its number in the segment."""
        self._deleted: set[int] = set()
        self._parts: list[FilePart] = []

    @property
    def _count(self) -> int:
        return self._builder.count + len(self._waiting)

    @property
    def _words(self) -> float:
        """How full the table of words is: 1 if it has as much as it should hold."""
        return max(len(self._pieces) / self._pieces.most, self._pieces.size / MAX_WORD_BYTES)

    @property
    def _is_full(self) -> bool:
        settings = self._settings
        return (
            self._characters >= settings.max_characters
            or self._count >= settings.max_documents
            or self._words >= 1
        )

    def read_all(self, files: Iterable[Candidate]) -> Iterator[SegmentBatch]:
        """Read files, and yield every batch that they fill, and the last."""
        for file in self._reader.ahead(files):
            yield from self._read(file)
        if self._parts:
            yield self._write_batch()
        self._report("")

    def _read(self, file: Candidate) -> Iterator[SegmentBatch]:
        reader = FileReader(file, self._reader)
        self._report(reader.path)
        before, start = self._documents, self._bytes
        for document in reader.documents():
            if self._count and len(document.text) > LARGE_DOCUMENT:
                yield self._write_part(reader)
            self._add(document, reader)
            self._bytes = start + min(document.end, file.size)
            if (self._documents - before) % PROGRESS_DOCUMENTS == 0:
                self._report(reader.path)
            if self._is_full:
                yield self._write_part(reader)
                self._report(reader.path)
        self._parts.append(reader.take_part(is_last=True))
        self._files += 1
        self._bytes = start + file.size

    def _report(self, path: str) -> None:
        self._on_progress(self._files, self._documents, path, self._bytes)

    def _add(self, document: Document, reader: FileReader) -> None:
        if reader.count(document):
            number = self._numbers.get(document.path)
            if number is None:
                reader.replace_document(document.path)
            else:
                self._deleted.add(number)
        self._numbers[document.path] = self._count
        self._waiting.append(FileDocument(document, reader.path, reader.root))
        self._waiting_characters += len(document.text)
        self._characters += len(document.text)
        self._documents += 1
        if len(self._waiting) >= GROUP_DOCUMENTS or self._waiting_characters >= GROUP_CHARACTERS:
            self._add_waiting()

    def _add_waiting(self) -> None:
        add_documents(self._builder, self._waiting)
        self._waiting, self._waiting_characters = [], 0

    def _write_part(self, reader: FileReader) -> SegmentBatch:
        """Write the segment while a file is read, with what was read of the file."""
        self._parts.append(reader.take_part(is_last=False))
        return self._write_batch()

    def _write_batch(self) -> SegmentBatch:
        """Write the segment, and begin the next batch."""
        self._add_waiting()
        builder, segment = self._builder, None
        if builder.count:
            segment = SegmentInfo(count=builder.count, tokens=builder.tokens, deleted=self._deleted)
            with writing(self._settings.folder):
                builder.write(unnamed_path(segment, self._settings.folder))
        batch = SegmentBatch(segment, tuple(self._parts))
        self._begin_batch()
        return batch


def read_batches(
    files: Iterable[Candidate], settings: BatchSettings, on_progress: OnProgress
) -> Iterator[SegmentBatch]:
    """Invert files in this process, and yield their batches in order."""
    with closing(settings.reader()) as reader:
        yield from BatchReader(settings, reader, on_progress).read_all(files)
