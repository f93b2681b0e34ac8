"""The files of a dossier, read again: only those that lie where the user's own files are.

A dossier may come from a stranger. Its paths are names until they are found below a folder that
the user indexed here, or named for this check; no link is followed. Files are read as the indexer
reads them, in a process of its own.
"""

from __future__ import annotations

import codecs
import glob
import stat
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from index.document import Document
from index.errors import Unreachable, Unreadable
from index.extract.walk import Candidate
from index.sandbox.limits import MEGABYTE, Limits
from index.sandbox.reader import SandboxedReader
from index.store.catalog import FileState
from index.store.trust import holds_file, is_within

_MEMORY_FOR = 64 * MEGABYTE
"""Bytes of a file for which the process gets memory; for a larger one it is started again."""
Documents = Mapping[str, Document]
"""Path → document."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading a file again."""

    documents: Documents = field(default_factory=dict)
    problem: str = ""
    """Why its documents are not known, as a clause; "" if they are."""
    is_missing: bool = False
    """Whether there is no such file."""


class Sources:
    """Reads files below ``roots`` again; ``files`` is what the index knows of them."""

    def __init__(self, roots: tuple[str, ...], files: Mapping[str, FileState]) -> None:
        self._roots, self._files = roots, files
        self._readers: dict[tuple[int, str], SandboxedReader] = {}
        self._by_digest: dict[str, list[str]] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for reader in self._readers.values():
            reader.close()

    def elsewhere(self, sha256: str, path: str) -> list[str]:
        """Return other files that had a digest when they were indexed."""
        if self._by_digest is None:
            self._by_digest = {}
            for file, state in self._files.items():
                self._by_digest.setdefault(state.sha256, []).append(file)
        return [file for file in self._by_digest.get(sha256, []) if sha256 and file != path]

    def read(self, file: str, wanted: Collection[str]) -> Reading:
        """Read a file, and keep the documents with the wanted paths."""
        if not is_within(file, self._roots):
            return Reading(problem="it is outside the folders that may be read")
        if not holds_file(file, self._roots):
            if _is_missing(file, self._root(file)):
                return Reading(is_missing=True)
            return Reading(problem="a link leads to it, or it is no regular file")
        try:
            return Reading(self._documents(file, wanted))
        except Unreachable as error:
            is_missing = _is_missing(file, self._root(file))
            return Reading(problem=error.message, is_missing=is_missing)
        except (Unreadable, OSError, ValueError) as error:
            return Reading(problem=str(error))

    def _documents(self, file: str, wanted: Collection[str]) -> Documents:
        """Return the wanted documents, in the encoding that the user set when it was indexed.

        Raises Unreadable or OSError.
        """
        found = self._read(file, wanted, "")
        known = self._files.get(file)
        for document in found.values():
            if known and document.encoding != known.encoding and _is_encoding(known.encoding):
                if document.sha256 == known.sha256:
                    return self._read(file, wanted, known.encoding or "")
                break
        return found

    def _read(self, file: str, wanted: Collection[str], encoding: str) -> Documents:
        path = Path(file)
        status = path.lstat()
        candidate = Candidate(path, Path(self._root(file)), status.st_size, status.st_mtime_ns)
        memory = _MEMORY_FOR if status.st_size <= _MEMORY_FOR else status.st_size
        found: dict[str, Document] = {}
        for item in self._reader(memory, file if encoding else "", encoding).read(candidate):
            if isinstance(item, Document) and item.path in wanted:
                found[item.path] = item  # of several lines with one id, the last
        return found

    def _root(self, file: str) -> str:
        """Return the deepest root that a file is below."""
        return max((root for root in self._roots if is_within(file, [root])), key=len)

    def _reader(self, memory: int, file: str, encoding: str) -> SandboxedReader:
        """Return the reader for files of a size; that of one file in an encoding is its own."""
        key = (memory, file)
        if key not in self._readers:
            pairs = [(glob.escape(file), encoding)] if encoding else []
            self._readers[key] = SandboxedReader(Limits.for_files(memory), encodings=pairs)
        return self._readers[key]


def _is_missing(file: str, root: str) -> bool:
    """Whether a file or a folder on the way to it is not there. Follows no link."""
    at = Path(root)
    for part in ("", *Path(file).relative_to(root).parts):
        at /= part
        try:
            if stat.S_ISLNK(at.lstat().st_mode):
                return False
        except (FileNotFoundError, NotADirectoryError):
            return True
        except (OSError, ValueError):
            return False
    return False


def _is_encoding(name: str | None) -> bool:
    """Whether a file may be read in what the index calls its encoding."""
    try:
        return bool(name and codecs.lookup(name))
    except LookupError:
        return False
