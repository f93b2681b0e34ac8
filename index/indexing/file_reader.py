"""Read one file into documents, and report on it part by part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from index.document import Document, Skipped
from index.errors import ReaderFailed, Unreachable, Unreadable
from index.extract.page_ranges import name_pages
from index.extract.walk import Candidate
from index.indexing.sync_plan import digest
from index.sandbox.reader import SandboxedReader
from index.store.catalog import FileState

MAX_SKIPPED = 1000
"""Parts of one file that are reported one by one."""


@dataclass(frozen=True, slots=True)
class FilePart:
    """The part of a file that lies in one batch: all of it, unless a batch was full before."""

    path: str
    state: FileState | None
    """The new entry of the catalog; None for a file that is read again in the next run."""
    deletes_committed: bool
    """Whether the documents that the index held of the file are deleted."""
    is_last: bool
    """Whether this is the last part of the file."""
    replaced: tuple[str, ...]
    """Documents of earlier parts whose id is repeated in this one."""
    skipped: tuple[Skipped, ...]


class FileReader:
    """Reads a file once; :meth:`take_part` sums up what was read since the last part.

    A file that cannot be reached keeps the documents it had; one that no longer holds
    any loses them.
    """

    def __init__(self, file: Candidate, reader: SandboxedReader) -> None:
        self.path, self.root = str(file.path), str(file.root)
        self._reader = reader
        self._file = file
        self._count = 0
        self._last: Document | None = None
        self._whole: Document | None = None
        """The document that is the file, rather than a line of it or a file attached to it."""
        self._paged: Document | None = None
        """The last document with pages that were put right or are doubtful."""
        self._seen: set[int] = set()
        """Hashes of the paths of the documents."""
        self._within_reach = True
        self._failed = False
        """Whether the reader failed, so that the file is not read again until it changes."""
        self._deleted = False
        self._replaced: list[str] = []
        self._skipped: list[Skipped] = []
        self._skipped_count = 0

    def documents(self) -> Iterator[Document]:
        """Yield the documents of the file; what is skipped goes to the next part."""
        try:
            for item in self._reader.read(self._file):
                if isinstance(item, Skipped):
                    self._skip(item)
                    continue
                yield item
        except Unreadable as error:
            self._failed = isinstance(error, ReaderFailed)
            reason = error.message.removeprefix(f"{self.path} ")  # the path stands before it
            self._skipped.append(Skipped(self.path, reason, problem=True))
            self._within_reach = not isinstance(error, Unreachable)

    def _skip(self, skipped: Skipped) -> None:
        """Report a part of the file, unless too many were reported already."""
        self._skipped_count += 1
        if self._skipped_count <= MAX_SKIPPED:
            self._skipped.append(skipped)

    def count(self, document: Document) -> bool:
        """Count a document to the next part; return whether an earlier one has the same id.

        The earlier one then counts as skipped.
        """
        self._count, self._last = self._count + 1, document
        self._whole = document if document.path == self.path else self._whole
        self._paged = document if document.repaired or document.doubtful else self._paged
        repeated = hash(document.path) in self._seen
        self._seen.add(hash(document.path))
        if repeated:
            reason = "a later line of the file has the same id"
            self._skip(Skipped(document.path, reason))
        return repeated

    def replace_document(self, path: str) -> None:
        """Let the next part delete a document of an earlier part."""
        self._replaced.append(path)

    def take_part(self, *, is_last: bool) -> FilePart:
        """Return what was read since the last part."""
        complete = is_last and self._within_reach
        deletes_committed = not self._deleted and (self._count > 0 or complete)
        self._deleted = self._deleted or deletes_committed
        replaced, self._replaced = self._replaced, []
        skipped, self._skipped = self._skipped, []
        if is_last and self._skipped_count > MAX_SKIPPED:
            reason = f"{self._skipped_count - MAX_SKIPPED:,} more parts were left out"
            skipped.append(Skipped(self.path, reason, problem=True))
        return FilePart(
            path=self.path,
            state=self._state(complete) if self._last or self._failed else None,
            deletes_committed=deletes_committed,
            is_last=is_last,
            replaced=tuple(replaced),
            skipped=tuple(skipped),
        )

    def _state(self, complete: bool) -> FileState:
        """The state of the file after its last document.

        A file that is no document, such as JSONL, gets a digest of the whole file, for the
        digests of its documents do not identify it after a move.
        """
        last, sha256 = self._whole or self._last, ""
        if self._whole is not None:
            sha256 = self._whole.sha256
        elif complete:
            sha256 = digest(self._file.path)
        return FileState(
            root=str(self._file.root),
            size=self._file.size,
            mtime_ns=self._file.mtime_ns,
            sha256=sha256,
            documents=self._count,
            encoding=last.encoding if last else None,
            complete=complete,
            repaired=name_pages(self._paged.repaired) if self._paged else "",
            doubtful=name_pages(self._paged.doubtful) if self._paged else "",
        )
