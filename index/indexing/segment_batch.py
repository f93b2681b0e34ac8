"""Batch: the documents of files as one segment, when there are enough of them for a commit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from index.codec.segment_builder import SegmentBuilder
from index.codec.whoosh_codec import ArraySegment
from index.document import Document
from index.extract.walk import Candidate
from index.indexing.file_reader import FilePart, FileReader
from index.schema import languages_of, stored_fields
from index.store.commit import unnamed
from index.store.disk import writing
from index.store.toc import NAME

MAX_BATCH_CHARACTERS = 24 << 20
MAX_BATCH_DOCUMENTS = 20_000
"""A commit is made when a batch has this much; memory grows with a batch, not with
the folder. Measured: such a batch takes up to 600 MB in the process that reads it."""

TELL_EVERY = 500
"""Documents of one file between two reports of progress."""

Tell = Callable[[int, int, str], None]
"""Is told of files read, documents met and the path of the file that is read now."""


@dataclass(frozen=True, slots=True)
class BatchSettings:
    """All that one has to know to read files into batches, in this process or another."""

    folder: Path
    """Of the index: segments are written there."""
    encodings: tuple[tuple[str, str], ...]
    documents: int
    characters: int
    """How much of either makes a batch full."""


@dataclass(frozen=True, slots=True)
class SegmentBatch:
    """A segment that lies in the folder of the index without its name, and its files."""

    segment: ArraySegment | None
    """Nothing where the files held no document."""
    parts: tuple[FilePart, ...]


class BatchReader:
    """Reads files one after the other, and gives a batch whenever one is full.

    It changes nothing that counts: what it writes waits for a commit. Raises
    StorageFailed where it cannot be written.
    """

    def __init__(self, work: BatchSettings, tell: Tell) -> None:
        self._work = work
        self._tell = tell
        self._files = self._documents = 0
        self._begin()

    def _begin(self) -> None:
        self._builder = SegmentBuilder()
        self._characters = 0
        self._numbers: dict[str, int] = {}
        self._deleted: set[int] = set()
        self._parts: list[FilePart] = []

    @property
    def _full(self) -> bool:
        work = self._work
        return self._characters >= work.characters or self._builder.count >= work.documents

    def read(self, file: Candidate) -> Iterator[SegmentBatch]:
        """Read a file; every batch that it fills."""
        reading = FileReader(file)
        self._tell(self._files, self._documents, reading.path)
        before = self._documents
        for document in reading.documents(self._work.encodings):
            self._add(document, reading)
            if (self._documents - before) % TELL_EVERY == 0:
                self._tell(self._files, self._documents, reading.path)
            if self._full:
                self._parts.append(reading.part(ends=False))
                yield self._take()
                self._tell(self._files, self._documents, reading.path)
        self._parts.append(reading.part(ends=True))
        self._files += 1

    def rest(self) -> Iterator[SegmentBatch]:
        """The last batch, if anything is left for one."""
        if self._parts:
            yield self._take()
        self._tell(self._files, self._documents, "")

    def _add(self, document: Document, reading: FileReader) -> None:
        if reading.is_again(document):
            number = self._numbers.get(document.path)
            if number is None:
                reading.replaces(document.path)
            else:
                self._deleted.add(number)
        self._numbers[document.path] = self._builder.count
        add_document(self._builder, document, reading.path)
        self._characters += len(document.text)
        self._documents += 1

    def _take(self) -> SegmentBatch:
        """Write the segment, and start anew."""
        builder, segment = self._builder, None
        if builder.count:
            segment = ArraySegment(NAME)
            segment.count, segment.tokens = builder.count, builder.tokens
            segment.deleted = self._deleted
            with writing(self._work.folder):
                builder.write(unnamed(segment, self._work.folder))
        batch = SegmentBatch(segment, tuple(self._parts))
        self._begin()
        return batch


def batches(files: Iterable[Candidate], work: BatchSettings, tell: Tell) -> Iterator[SegmentBatch]:
    """The batches of the files, in order, read in this process."""
    reader = BatchReader(work, tell)
    for file in files:
        yield from reader.read(file)
    yield from reader.rest()


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
