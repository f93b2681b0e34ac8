"""The table of formats: choose the reader of a file by its suffix, and read the file.

A page is known by its content, whatever its suffix: browsers and crawlers save pages as
``article.aspx`` or ``index.php?id=77``, or without one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import cast

from index.document import Document, Skipped
from index.extract.file_signatures import HEAD_SIZE, describe_binary
from index.extract.file_source import FileSource, as_unreachable, load, modification_time
from index.extract.html_signature import is_page
from index.extract.omission import without_encoded_data
from index.extract.repaired import repaired

ReadFunction = Callable[[FileSource], Iterator[Document | Skipped]]


@dataclass(frozen=True, slots=True)
class Format:
    """A row of the table: the type of its documents, its suffixes, and the module that reads it."""

    name: str
    suffixes: tuple[str, ...]
    module: str
    streams: bool = False
    """Whether the reader needs only a part of the file in memory, so that any size is accepted."""

    def reader(self) -> ReadFunction:
        """Import the module and return its ``read``."""
        return _read_function(self.module)


@cache
def _read_function(module: str) -> ReadFunction:
    return cast(ReadFunction, import_module(f"index.extract.{module}").read)


TEXT = Format("text", (".txt", ".text", ".log"), "plain")
"""Also the format of a file with a suffix that is not listed, if its content is text."""
HTML = Format("html", (".html", ".htm", ".xhtml"), "html")
FORMATS = (
    TEXT,
    Format("markdown", (".md", ".markdown", ".mdown", ".mkd"), "markdown"),
    HTML,
    Format("jsonl", (".jsonl", ".jsonl.gz"), "jsonl", streams=True),
    Format("pdf", (".pdf",), "pdf"),
    Format("docx", (".docx",), "docx"),
)


def format_of(path: Path) -> Format | None:
    """Return the format for the suffix of a file, in any case; None if it is not listed."""
    name = path.name.lower()
    for row in FORMATS:
        if name.endswith(row.suffixes):
            return row
    return None


def format_by_content(path: Path, head: bytes) -> Format | None:
    """Return the format of a file by its suffix and its first bytes; None if it is not read."""
    row = format_of(path)
    if row in (None, TEXT) and is_page(head):
        return HTML
    if row is None and not describe_binary(head):
        return TEXT
    return row


def read(path: Path, *, encodings: Sequence[tuple[str, str]] = ()) -> Iterator[Document | Skipped]:
    """Yield the documents of a file, and a `Skipped` for each part that was left out.

    ``path`` is absolute and resolved. ``encodings`` are pairs of a glob and the encoding
    of the files that it matches, by name or by path; the first match counts. Raises
    `Unreadable` if the whole file cannot be read or is not what its suffix says, and
    `BadOption` for an unknown encoding.
    """
    row = format_of(path)
    with as_unreachable(path):
        modified = modification_time(path.stat().st_mtime)
        content = load(path) if row is TEXT else None
        head = (content or b"")[:HEAD_SIZE] if row else _head(path)
    row = format_by_content(path, head)
    if row is None:
        yield Skipped(str(path), f"not a type that is read: {describe_binary(head)}")
        return
    source = FileSource(path, row.name, modified, _override(path, encodings), content)
    items = row.reader()(source)
    yield from without_encoded_data(items if source.override else repaired(items))


def _head(path: Path) -> bytes:
    """Return the bytes by which the type of a file is known. Raises OSError."""
    with path.open("rb") as stream:
        return stream.read(HEAD_SIZE)


def _override(path: Path, encodings: Sequence[tuple[str, str]]) -> str | None:
    """Return the encoding that the user set for this file, or None."""
    for glob, name in encodings:
        if fnmatchcase(path.name, glob) or fnmatchcase(str(path), glob):
            return name
        if fnmatchcase(str(path), f"*/{glob}"):
            return name
    return None
