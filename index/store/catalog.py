"""What was indexed from where, in which state, and what was left out and why.

A catalog belongs to one commit: it is written beside the segments under the number
of their generation, before the table of contents makes both valid together. It knows
the checksums of both, and starts with its own.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass, field, fields
from functools import cached_property
from operator import attrgetter
from pathlib import Path
from typing import Any

import numpy as np

from index.codec.page_checksums import Pages, page_checksums
from index.document import Skipped
from index.errors import REBUILD, IndexCorrupt
from index.mapped_file import MappedFile
from index.private_file import read_file
from index.store.layout import catalog_name, is_committed

_DAMAGE = (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError)
"""What reading a damaged catalog raises."""
MAX_BYTES = 1 << 31
"""Bytes of a catalog: ten million files take less."""


@dataclass(frozen=True, slots=True)
class FileState:
    """A file as it was when it was read."""

    root: str
    """The folder (or file) the user named, under which it was found."""
    size: int
    """Bytes."""
    mtime_ns: int
    sha256: str
    documents: int
    encoding: str | None = None
    complete: bool = True
    """False while a commit holds only the first part of a JSONL file."""
    ctime_ns: int = 0
    inode: int = 0
    examined_ns: int = field(default=0, compare=False)
    """When size and times were asked for, before the file was read; these three are 0 if unknown,
    as in catalogs that older versions wrote."""
    repaired: str = ""
    """Pages whose text was put in order by the places of its letters: ``pages 3, 7–9``."""
    doubtful: str = ""
    """Pages whose words are implausible, in the same notation."""


_values: Callable[[FileState], tuple[Any, ...]] = attrgetter(*(f.name for f in fields(FileState)))
"""The fields of a state in order, without the copies that ``astuple`` makes of each."""


@dataclass(slots=True)
class Catalog:
    """Everything the index knows about the files it was made of."""

    roots: list[str] = field(default_factory=list)
    files: dict[str, FileState] = field(default_factory=dict)
    skipped: list[Skipped] = field(default_factory=list)
    checksums: dict[str, tuple[int, int]] = field(default_factory=dict)
    """The commit's other files, segments and table of contents: name → (bytes, CRC-32)."""

    def under(self, path: str) -> list[str]:
        """The indexed files at or below a path."""
        below = path.rstrip("/") + "/"
        return [file for file in self.files if file == path or file.startswith(below)]

    def to_lines(self) -> str:
        """The catalog as text; :meth:`from_lines` reads it back.

        The first line is JSON of all but the files, which follow in the order of their
        paths, a line of JSON each: so one of them can be found without reading all.
        """
        files = sorted(self.files.items())
        lines = "".join(f"{json.dumps([path, *_values(state)])}\n" for path, state in files)
        head = json.dumps(
            {
                "roots": self.roots,
                "skipped": [astuple(skipped) for skipped in self.skipped],
                "checksums": self.checksums,
                "copies": _copies(files),
                "pages": _page_checksums(lines),
            }
        )  # in ASCII, for a file name need not be valid Unicode
        return f"{_sum(head)}\n{head}\n{_sum(lines)}\n{lines}"

    @classmethod
    def read(cls, folder: Path, generation: int) -> Catalog:
        """The catalog of a commit. Raises IndexCorrupt or OSError."""
        return cls.from_lines(catalog_text(folder, generation))

    @classmethod
    def from_lines(cls, text: str) -> Catalog:
        """Raises IndexCorrupt where the text is no catalog, or not as it was written."""
        with understanding():
            head, rest = _head(text)
            sum_of_files, lines = rest.split("\n", 1)
            if sum_of_files != _sum(lines):
                raise ValueError("the checksum of its files is wrong")
            rows = map(json.loads, lines.splitlines())
            return cls(
                roots=[_text(root) for root in head["roots"]],
                files={_text(path): FileState(*state) for path, *state in rows},
                skipped=[Skipped(*skipped) for skipped in head["skipped"]],
                checksums=_checksums(head),
            )


class CatalogReader:
    """The catalog as a searcher reads it: its head, and the state of a file now and then.

    Raises IndexCorrupt where the head is not as it was written.
    """

    def __init__(self, folder: Path, generation: int) -> None:
        self.folder = folder
        """Where the index lies."""
        with understanding():  # ValueError if it is empty
            self.mapping = MappedFile(_path(folder, generation))
            self._map = self.mapping.data
            self._start = self._end_of_line(self._end_of_line(self._end_of_line(0)))
            head, sum_of_files = _head(self._text(0, self._start))
            if int(sum_of_files.split()[1]) != len(self._map) - self._start:
                raise ValueError("it is cut short")
            self.checksums = _checksums(head)
            self.copies: dict[str, list[str]] = dict(head["copies"])
            """SHA-256 → the files that have it, where those are several."""
            self._pages = self._read_pages(head.get("pages"))

    def _read_pages(self, checksums: str | None) -> Pages | None:
        """The pages of the lines of files, each verified when it is first read.

        None for an older catalog, which has no checksums of pages.
        """
        if checksums is None:
            return None
        numbers = np.frombuffer(bytes.fromhex(checksums), ">u4")
        lines = memoryview(self._map)[self._start :]
        return Pages(lines, numbers, len(lines))

    def _end_of_line(self, start: int) -> int:
        end = self._map.find(b"\n", start)
        return len(self._map) if end < 0 else end + 1

    def _text(self, start: int, end: int) -> str:
        return self._map[start:end].decode("ascii", "replace")

    def lines(self) -> list[bytes]:
        """The line of each file, and an empty one. Raises IndexCorrupt."""
        with understanding():
            self._verify(0, len(self._map) - self._start)
        return self._map[self._start :].split(b"\n")

    def state(self, path: str) -> FileState | None:
        """A file as it was when it was read, found by halving the lines."""
        low, high = self._start, len(self._map)
        with understanding():
            while low < high:
                start = self._map.rfind(b"\n", low, (low + high) // 2) + 1 or low
                end = self._end_of_line(start)
                self._verify(start - self._start, end - self._start)
                found, *state = json.loads(self._text(start, end))
                if found == path:
                    return FileState(*state)
                low, high = (end, high) if found < path else (low, start)
        return None

    def _verify(self, start: int, end: int) -> None:
        """Verify bytes of the lines of files. Raises ValueError."""
        if self._pages is not None and not self._pages.verify(start, end):
            raise ValueError("the checksum of a page of its files is wrong")

    @cached_property
    def whole(self) -> Catalog:
        """All of it, and checked. Raises IndexCorrupt."""
        return Catalog.from_lines(self._text(0, len(self._map)))


def _path(folder: Path, generation: int) -> Path:
    return folder / catalog_name(generation)


def catalog_text(folder: Path, generation: int) -> str:
    """The catalog of a commit as it is written; what is damaged in it fails as JSON."""
    data = read_file(_path(folder, generation), MAX_BYTES)
    return data.decode("ascii", "replace")


def _head(text: str) -> tuple[dict[str, Any], str]:
    """The head of a catalog and what follows it. Raises ValueError where it is damaged."""
    its_sum, head, rest = text.split("\n", 2)
    if its_sum != _sum(head):
        raise ValueError("its checksum is wrong")
    data: dict[str, Any] = json.loads(head)
    return data, rest


def _text(value: object) -> str:
    """A value that is text. Raises TypeError."""
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def _checksums(head: dict[str, Any]) -> dict[str, tuple[int, int]]:
    """The checksums of a head. Raises ValueError where it names a file outside the folder."""
    if not all(is_committed(name) and Path(name).name == name for name in head["checksums"]):
        raise ValueError("it names a file that no commit has")
    return {name: (size, crc) for name, (size, crc) in head["checksums"].items()}


def _page_checksums(lines: str) -> str:
    """The CRC-32 of each page of 4,096 bytes of the lines, in hexadecimal, eight digits each."""
    return page_checksums(lines.encode("ascii")).astype(">u4").tobytes().hex()


def _copies(files: Sequence[tuple[str, FileState]]) -> dict[str, list[str]]:
    paths: dict[str, list[str]] = {}
    for path, state in files:
        if state.sha256:
            paths.setdefault(state.sha256, []).append(path)
    return {sha256: same for sha256, same in paths.items() if len(same) > 1}


@contextmanager
def understanding() -> Iterator[None]:
    """What is wrong with a catalog as a sentence."""
    try:
        yield
    except _DAMAGE as error:
        raise IndexCorrupt(f"The index's catalog cannot be read ({error})", REBUILD) from error


def _sum(text: str) -> str:
    """Checksum and length of a part of a catalog."""
    return f"{zlib.crc32(text.encode('ascii', 'replace')):08x} {len(text)}"
