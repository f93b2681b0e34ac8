"""JSONL: a document a line, streamed, so that a file may be larger than memory.

A line is ``{"id", "title", "text", "lang"?, "date"?, "url"?}``. What a line cannot
do without is its ``id`` (a string, or a whole number, kept as one) and its ``text``;
an optional field of a wrong type counts as absent. A bad line is skipped with its
number and the reason, and the rest is read.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from index.document import Document, Skipped
from index.errors import Unreadable
from index.extract.encoding import decode, marked, wide
from index.extract.file_signatures import HEAD, binary
from index.extract.file_source import FileSource, failures, one_line, stated_date, whole

LONGEST = 64 * 1024 * 1024
"""Bytes of the longest line that is read."""
GZIP = b"\x1f\x8b"


class _BadLine(ValueError):
    """Why a line is no document, as a clause."""


def read(source: FileSource) -> Iterator[Document | Skipped]:
    """Every line's document, or why it has none. Raises `Unreadable` when no line can be read."""
    with failures(source.path), _opened(source) as stream:
        number = 0
        try:
            for number, line in enumerate(_lines(stream), 1):
                yield from _line(source, number, line)
        except (EOFError, zlib.error, gzip.BadGzipFile):
            reason = "the compressed file ends early or is damaged: nothing from here on was read"
            yield Skipped(f"{source.path}:{number + 1}", reason, problem=True)


def _opened(source: FileSource) -> BinaryIO:
    """The file's bytes, unpacked."""
    packed = source.path.name.lower().endswith(".gz")
    with source.path.open("rb") as stream:
        head = stream.read(HEAD)
    if packed and head.startswith(GZIP):
        return cast(BinaryIO, gzip.open(source.path))
    if packed:
        raise Unreadable(
            f"{source.path} is not compressed with gzip", "Name it .jsonl if it is plain."
        )
    what = "text in UTF-16" if _is_wide(head) else binary(head)
    if what:
        raise Unreadable(
            f"{source.path} is not JSON lines but {what}",
            "Name it after what it is, or convert it to UTF-8.",
        )
    return source.path.open("rb")


def _is_wide(head: bytes) -> bool:
    """Whether the bytes are UTF-16 or UTF-32, whose lines cannot be told by their last byte."""
    return (marked(head) or wide(head) or "utf-8") != "utf-8"


def _lines(stream: BinaryIO) -> Iterator[bytes | None]:
    """The lines without their ends; ``None`` for one that is too long to be read."""
    while line := stream.readline(LONGEST + 1):
        if len(line) <= LONGEST or line.endswith(b"\n"):
            yield line.rstrip(b"\r\n")
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(1 << 20)
        yield None


def _line(source: FileSource, number: int, line: bytes | None) -> Iterator[Document | Skipped]:
    """What one line gives; nothing for a blank one."""
    try:
        if line is None:
            raise _BadLine(f"the line is longer than {LONGEST >> 20} MB")
        if line.strip():
            yield _document(source, line, first=number == 1)
    except _BadLine as error:
        yield Skipped(f"{source.path}:{number}", str(error), problem=True)


def _document(source: FileSource, line: bytes, *, first: bool) -> Document:
    """The document that a line states. Raises `_BadLine`."""
    decoded = decode(line, override=source.override)
    value = _parsed(decoded.text.removeprefix("\ufeff") if first else decoded.text)
    key = _key(value)
    return Document(
        path=f"{source.path}#{key}",
        id=key,
        text=_text(value),
        type=source.type,
        modified=source.modified,
        sha256=hashlib.sha256(line).hexdigest(),
        title=one_line(_optional(value, "title") or ""),
        language=_optional(value, "lang"),
        date=stated_date(value.get("date")),
        url=_optional(value, "url"),
        encoding=decoded.encoding,
    )


def _parsed(line: str) -> dict[str, Any]:
    """The line's object."""
    try:
        value = json.loads(line)
    except json.JSONDecodeError as error:
        raise _BadLine(f"not valid JSON: {error.msg} at column {error.colno}") from error
    except (ValueError, RecursionError) as error:
        raise _BadLine("not JSON that can be read: a number too long or lists too deep") from error
    if not isinstance(value, dict):
        raise _BadLine(f"not a JSON object but {_kind(value)}")
    return value


def _key(value: dict[str, Any]) -> str:
    """The document's id."""
    key = value.get("id")
    if isinstance(key, int) and not isinstance(key, bool):
        return str(key)
    if isinstance(key, str) and key.strip():
        return whole(key)
    if "id" not in value or key == "":
        raise _BadLine('no "id"')
    raise _BadLine(f'its "id" is {_kind(key)}, not a string')


def _text(value: dict[str, Any]) -> str:
    """The document's text, which may be empty but must be there."""
    text = value.get("text")
    if isinstance(text, str):
        return whole(text.replace("\r\n", "\n").replace("\r", "\n"))
    raise _BadLine(
        'no "text"' if "text" not in value else f'its "text" is {_kind(text)}, not a string'
    )


def _optional(value: dict[str, Any], name: str) -> str | None:
    """A field that may be missing."""
    found = value.get(name)
    return whole(found) if isinstance(found, str) and found.strip() else None


def _kind(value: object) -> str:
    """What a JSON value is called."""
    names = {dict: "an object", list: "a list", str: "a blank string", bool: "true or false"}
    return "null" if value is None else names.get(type(value), "a number")
