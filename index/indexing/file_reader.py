"""FileReading: one file on its way into the index, and what is to be said of it."""

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
    """What a batch says of a file: of all of it, or of so much as the batch holds."""

    path: str
    state: FileState | None
    """What the catalog is to say; nothing while no document was met."""
    drops: bool
    """Whether what the index held of the file goes."""
    ends: bool
    """Whether nothing more will be said of the file."""
    replaced: tuple[str, ...]
    """Documents of earlier parts whose id came again."""
    skipped: tuple[Skipped, ...]


class FileReader:
    """Reads a file once, and says in parts what came of it.

    A file that is out of reach keeps the documents it had; one that no longer holds
    any loses them.
    """

    def __init__(self, file: Candidate) -> None:
        self.path = str(file.path)
        self._file = file
        self._count = 0
        self._last: Document | None = None
        self._seen: set[int] = set()
        self._within_reach = True
        self._dropped = False
        self._replaced: list[str] = []
        self._skipped: list[Skipped] = []

    def documents(self, encodings: Sequence[tuple[str, str]]) -> Iterator[Document]:
        """The file's documents; what else is met is noted for the next part."""
        try:
            for item in self._items(encodings):
                if isinstance(item, Skipped):
                    self._skipped.append(item)
                    continue
                self._count, self._last = self._count + 1, item
                yield item
        except Unreadable as error:
            reason = error.message.removeprefix(f"{self.path} ")  # it is named beside it
            self._skipped.append(Skipped(self.path, reason, problem=True))
            self._within_reach = not isinstance(error.__cause__, OSError)

    def _items(self, encodings: Sequence[tuple[str, str]]) -> Iterator[Document | Skipped]:
        """What is in the file. Whatever a reader stumbles over is this file's matter alone."""
        try:
            yield from extract.read(self._file.path, encodings=encodings)
        except DalilError:
            raise
        except Exception as error:
            raise Unreadable(f"{self.path} cannot be read: {error!r}", "leave it out") from error

    def is_again(self, document: Document) -> bool:
        """Whether an earlier document of the file has the same id; then that is noted."""
        again = hash(document.path) in self._seen
        self._seen.add(hash(document.path))
        if again:
            note = "a later line of the file has the same id"
            self._skipped.append(Skipped(document.path, note))
        return again

    def replaces(self, path: str) -> None:
        """Note that a document of an earlier part is to go."""
        self._replaced.append(path)

    def part(self, *, ends: bool) -> FilePart:
        """What there is to say that was not said in an earlier part."""
        complete = ends and self._within_reach
        drops = not self._dropped and (self._count > 0 or complete)
        self._dropped = self._dropped or drops
        replaced, self._replaced = self._replaced, []
        skipped, self._skipped = self._skipped, []
        return FilePart(
            path=self.path,
            state=self._state(self._last, complete) if self._last else None,
            drops=drops,
            ends=ends,
            replaced=tuple(replaced),
            skipped=tuple(skipped),
        )

    def _state(self, last: Document, complete: bool) -> FileState:
        """A JSONL file is hashed whole; its lines are not what a moved file is known by."""
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
