"""Read one file into documents, and report on it part by part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index import extract
from index.document import Document, Skipped
from index.errors import DalilError, Unreadable
from index.extract.walk import Candidate
from index.indexing.sync_plan import digest
from index.store.catalog import FileState


@dataclass(frozen=True, slots=True)
class FilePart:
    """The part of a file that lies in one batch: all of it, unless a batch was full before."""

    path: str
    state: FileState | None
    """The new entry of the catalog; None if no document was read."""
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

    def __init__(self, file: Candidate) -> None:
        self.path = str(file.path)
        self._file = file
        self._count = 0
        self._last: Document | None = None
        self._seen: set[int] = set()
        """Hashes of the paths of the documents."""
        self._within_reach = True
        self._deleted = False
        self._replaced: list[str] = []
        self._skipped: list[Skipped] = []

    def documents(self, encodings: Sequence[tuple[str, str]]) -> Iterator[Document]:
        """Yield the documents of the file; what is skipped goes to the next part."""
        try:
            for item in self._items(encodings):
                if isinstance(item, Skipped):
                    self._skipped.append(item)
                    continue
                self._count, self._last = self._count + 1, item
                yield item
        except Unreadable as error:
            reason = error.message.removeprefix(f"{self.path} ")  # the path stands before it
            self._skipped.append(Skipped(self.path, reason, problem=True))
            self._within_reach = not isinstance(error.__cause__, OSError)

    def _items(self, encodings: Sequence[tuple[str, str]]) -> Iterator[Document | Skipped]:
        """Extract the file; any error of a reader concerns this file alone. Raises Unreadable."""
        try:
            yield from extract.read(self._file.path, encodings=encodings)
        except DalilError:
            raise
        except Exception as error:
            raise Unreadable(f"{self.path} cannot be read: {error!r}", "leave it out") from error

    def repeats_id(self, document: Document) -> bool:
        """Whether an earlier document of the file has the same id; if so it counts as skipped."""
        repeated = hash(document.path) in self._seen
        self._seen.add(hash(document.path))
        if repeated:
            reason = "a later line of the file has the same id"
            self._skipped.append(Skipped(document.path, reason))
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
        return FilePart(
            path=self.path,
            state=self._state(self._last, complete) if self._last else None,
            deletes_committed=deletes_committed,
            is_last=is_last,
            replaced=tuple(replaced),
            skipped=tuple(skipped),
        )

    def _state(self, last: Document, complete: bool) -> FileState:
        """The state of the file after its document ``last``.

        A JSONL file gets a digest of the whole file, for the digests of its lines do not
        identify it after a move.
        """
        sha256 = last.sha256
        if last.type == "jsonl":
            sha256 = digest(self._file.path) if complete else ""
        return FileState(
            root=str(self._file.root),
            size=self._file.size,
            mtime_ns=self._file.mtime_ns,
            sha256=sha256,
            documents=self._count,
            encoding=last.encoding,
            complete=complete,
        )
