"""How a file becomes documents.

`walk` finds the files under the folders that were asked for, and says what it left
out. `read` looks its suffix up in ``FORMATS`` and hands it to one module a format,
which yields documents and, where a part of a file could not be read, a `Skipped`::

    walk    folders   → files       ignore rules, hidden files, links, sizes
    read    a file    → documents   by the table below
      sniff      what bytes are, whatever the name says
      encoding   bytes → text; plausible weighs what is not certain
      source     what the readers share: loading, dates, sentences for failures
      plain markdown html jsonl pdf docx

A new format is a row here and a module with a ``read(source)`` of its own. Modules
are imported when the first file of their kind is met: a search never pays for them,
and a folder of text never pays for PDF.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from importlib import import_module
from pathlib import Path
from typing import cast

from index.document import Document, Skipped
from index.extract.file_signatures import HEAD, binary
from index.extract.file_source import FileSource, failures, moment

Reader = Callable[[FileSource], Iterator[Document | Skipped]]


@dataclass(frozen=True, slots=True)
class Format:
    """A row of the table: the type of its documents, its suffixes, and the module that reads it."""

    name: str
    suffixes: tuple[str, ...]
    module: str
    streams: bool = False
    """Whether a file is read a piece at a time, so that its size does not matter."""

    def reader(self) -> Reader:
        """The module's ``read``, imported now."""
        return cast(Reader, import_module(f"index.extract.{self.module}").read)


FORMATS = (
    Format("text", (".txt", ".text", ".log"), "plain"),
    Format("markdown", (".md", ".markdown", ".mdown", ".mkd"), "markdown"),
    Format("html", (".html", ".htm", ".xhtml"), "html"),
    Format("jsonl", (".jsonl", ".jsonl.gz"), "jsonl", streams=True),
    Format("pdf", (".pdf",), "pdf"),
    Format("docx", (".docx",), "docx"),
)
UNKNOWN = Format("text", (), "plain")
"""How a file of no listed suffix is read, if its content is text."""


def format_of(path: Path) -> Format | None:
    """The row for a file's suffix in any case, or ``None``."""
    name = path.name.lower()
    return next((row for row in FORMATS if name.endswith(row.suffixes)), None)


def read(path: Path, *, encodings: Sequence[tuple[str, str]] = ()) -> Iterator[Document | Skipped]:
    """The documents in a file, and what of it was left out.

    ``path`` is absolute and resolved. ``encodings`` are pairs of a glob and the
    encoding of the files it matches, by name or by path; the first match counts.
    Raises `Unreadable` when the whole file cannot be read, or is not what its
    suffix says, and `BadOption` for the name of an encoding that does not exist.
    """
    row = format_of(path)
    with failures(path):
        modified = moment(path.stat().st_mtime)
        what = None if row else _unknown(path)
    if what:
        yield Skipped(str(path), what)
        return
    row = row or UNKNOWN
    source = FileSource(path, row.name, modified, _override(path, encodings))
    yield from row.reader()(source)


def _unknown(path: Path) -> str | None:
    """Why a file of no listed suffix is not read, or ``None`` when it is text."""
    with path.open("rb") as stream:
        what = binary(stream.read(HEAD))
    return f"not a type that is read: {what}" if what else None


def _override(path: Path, encodings: Sequence[tuple[str, str]]) -> str | None:
    """The encoding that the user ordered for this file."""
    for glob, name in encodings:
        if fnmatchcase(path.name, glob) or fnmatchcase(str(path), glob):
            return name
        if fnmatchcase(str(path), f"*/{glob}"):
            return name
    return None


__all__ = ["FORMATS", "Format", "format_of", "read"]
