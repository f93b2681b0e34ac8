"""The files of a dossier, read again: only those that lie where the user's own files are.

A dossier may come from a stranger. Its paths are names until they are found below a folder that
the user indexed here, or named for this check; no link is followed. Files are read as the indexer
reads them, in a process of its own.
"""

from __future__ import annotations

import codecs
import glob
import hashlib
import os
import stat
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from index.document import Document
from index.errors import Unreachable, Unreadable
from index.extract.walk import Candidate
from index.private_file import open_file
from index.sandbox.limits import MEGABYTE, Limits
from index.sandbox.reader import SandboxedReader
from index.store.catalog import FileState
from index.store.trust import Roots, holds_file, is_within

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
    """Reads files below ``roots`` again; ``files`` is what the index knows of them.

    ``under`` are more folders, those that the user named for this check.
    """

    def __init__(self, roots: Roots, files: Mapping[str, FileState], under: Roots = ()) -> None:
        self._roots, self._files, self._under = (*roots, *under), files, under
        self._readers: dict[tuple[int, str], SandboxedReader] = {}
        self._by_digest: dict[str, list[str]] | None = None
        self._by_name: dict[str, list[str]] | None = None

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
        """Return other files that had a digest when they were indexed.

        After them, those in the folders that the user named that have it now and the same name:
        a dossier is handed on with its files, and lies elsewhere then.
        """
        if self._by_digest is None:
            digests = ((state.sha256, file) for file, state in self._files.items())
            self._by_digest = _grouped(digests)
        if self._by_name is None:
            self._by_name = _grouped((Path(file).name, file) for file in _files_in(self._under))
        same = self._by_name.get(Path(path).name, [])
        found = (*self._by_digest.get(sha256, []), *(f for f in same if self._digest(f) == sha256))
        return [file for file in dict.fromkeys(found) if sha256 and file != path]

    def _digest(self, file: str) -> str:
        """Return the SHA-256 of a file now, or "" if it may not be read."""
        if not holds_file(file, self._roots):
            return ""
        with suppress(OSError), open_file(Path(file)) as stream:
            digest = hashlib.sha256()
            while block := stream.read(MEGABYTE):
                digest.update(block)
            return digest.hexdigest()
        return ""

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


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Return the second parts of pairs by the first."""
    groups: dict[str, list[str]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return groups


def _files_in(folders: Iterable[str]) -> Iterator[str]:
    """Yield the files below folders. Follows no link."""
    for folder in folders:
        for parent, _, names in os.walk(folder):
            yield from (os.path.join(parent, name) for name in names)  # noqa: PTH118


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
