"""SandboxedReader: read files one after the other, each in a process that may fail."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from index.document import MEMBER, Document, Skipped
from index.errors import BadOption, ReaderFailed, Unreachable, Unreadable
from index.extract.formats import FORMATS
from index.extract.walk import Candidate
from index.sandbox import messages
from index.sandbox.limits import MAX_CHARACTERS, Limits
from index.sandbox.messages import BadFrame, Failure, FileEnd
from index.sandbox.process import ProcessEnded, ReaderProcess, ReaderSettings

FILES_AHEAD = 3
"""Files that are requested before they are needed, so that the process never waits."""


class SandboxedReader:
    """Reads files in a process, and starts another when a file has ended it.

    ``formats`` are the names of the formats that will be read, ``encodings`` pairs of a glob
    and the encoding of the files that it matches.
    """

    def __init__(
        self,
        limits: Limits,
        *,
        formats: Iterable[str] = (),
        encodings: Sequence[tuple[str, str]] = (),
    ) -> None:
        self._limits = limits
        modules = {f"index.extract.{row.module}" for row in FORMATS if row.name in set(formats)}
        self._settings = ReaderSettings(limits.memory, tuple(encodings), tuple(sorted(modules)))
        self._process: ReaderProcess | None = None
        self._requested: deque[Candidate] = deque()
        """Files that the process was asked for and that were not read to their end."""

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process = None

    def ahead(self, files: Iterable[Candidate]) -> Iterator[Candidate]:
        """Yield the files, each after the next few were requested."""
        waiting: deque[Candidate] = deque()
        for file in files:
            self._request(file)
            waiting.append(file)
            if len(waiting) > FILES_AHEAD:
                yield waiting.popleft()
        yield from waiting

    def read(self, file: Candidate) -> Iterator[Document | Skipped]:
        """Yield the documents of a file, and a Skipped for each part that was left out.

        Raises Unreadable, of which Unreachable is one kind and ReaderFailed another, if the
        process crashed or passed a limit; BadOption for an unknown encoding. Files are read in
        the order in which they were requested.
        """
        if file not in self._requested:
            self._request(file)
        received = 0
        for may_retry in (True, False):
            try:
                for item in islice(self._items(file), received, None):
                    received += 1
                    yield item
                return
            except (ProcessEnded, TimeoutError, BadFrame) as error:
                was_killed = isinstance(error, ProcessEnded) and error.was_killed
                if not (was_killed and may_retry):
                    raise self._failed(file, error) from error
            self._start_again(self._requested)  # killed from outside: a second chance

    def _items(self, file: Candidate) -> Iterator[Document | Skipped]:
        assert self._process is not None  # noqa: S101 (the file was requested from it)
        while True:
            for item in self._process.receive(self._limits.seconds(file.size)):
                match item:
                    case FileEnd():
                        self._requested.popleft()
                        return
                    case Failure():
                        self._fail(item)
                    case _:
                        yield _checked(item, str(file.path))

    def _fail(self, failure: Failure) -> None:
        """Raise the failure of the file in hand as an error."""
        match failure.kind:
            case messages.OVER_LIMIT:
                self._start_again(list(self._requested)[1:])  # the memory may be in pieces
                raise ReaderFailed(failure.message, failure.hint or _HINT)
            case messages.BAD_OPTION:
                raise BadOption(failure.message, failure.hint)
        self._requested.popleft()
        kind = Unreachable if failure.kind == messages.UNREACHABLE else Unreadable
        raise kind(failure.message, failure.hint)

    def _failed(self, file: Candidate, error: Exception) -> ReaderFailed:
        """Give up a file, go on with the next one, and return the error for it."""
        self._start_again(list(self._requested)[1:])
        reason = f"cannot be read: {error}"
        if isinstance(error, TimeoutError):
            reason = f"takes more than {self._limits.seconds(file.size):.0f} s to read"
        return ReaderFailed(f"{file.path} {reason}", _HINT)

    def _request(self, file: Candidate) -> None:
        if self._process is None:
            self._process = ReaderProcess(self._settings)
        self._requested.append(file)
        self._process.request(file.path, max(MAX_CHARACTERS, file.size))

    def _start_again(self, files: Iterable[Candidate]) -> None:
        """End the process, and request files from another."""
        self.close()
        self._requested = deque()
        for file in files:
            self._request(file)


_HINT = "it is tried again when it changes, or when it is named alone"


def _checked(item: Document | Skipped, path: str) -> Document | Skipped:
    """Return an item if it is about the file at ``path``. Raises BadFrame."""
    if item.path != path and not item.path.startswith((f"{path}#", f"{path}:", path + MEMBER)):
        raise BadFrame("a document of another file")
    return item
