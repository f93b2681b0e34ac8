"""Read JSONL: one document for each line, streamed, so that a file may exceed the memory.

A line is ``{"id", "title", "text", "lang"?, "date"?, "url"?}``. Required are ``id`` (a
string, or an integer, which becomes a string) and ``text``; an optional field of a wrong
type counts as absent. An invalid line is skipped with its number and the reason, and the
rest is read.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from index.dates import date_fields, read_date
from index.document import Document, Skipped
from index.errors import Unreadable
from index.extract.encoding import decode
from index.extract.file_signatures import HEAD_SIZE, describe_binary
from index.extract.file_source import FileSource, as_unreachable
from index.extract.metadata import collapse_spaces, replace_surrogates
from index.extract.unicode_marks import detect_mark, detect_utf16

MAX_LINE_SIZE = 64 * 1024 * 1024
"""Bytes of a line; a longer one is skipped."""
GZIP = b"\x1f\x8b"
MAX_RATIO = 100
MIN_UNPACKED_SIZE = 64 * 1024 * 1024
"""A compressed file may unpack to 64 MB, or to 100 times what was read of it: JSON of ordinary text
has a ratio of 3 to 20, gzip of one repeated byte 1,000."""
MAX_ID_LENGTH = 1000
MAX_FIELD_LENGTH = 10_000
"""Characters of an id, which is a part of the path of its document, and of an optional field."""


class _BadLine(ValueError):
    """The reason why a line is not a document, as a clause."""


class _UnpacksTooMuch(Exception):
    """A compressed file unpacks to too much."""


def read(source: FileSource) -> Iterator[Document | Skipped]:
    """Yield a document or a `Skipped` for each line. Raises `Unreadable` if none can be read."""
    with as_unreachable(source.path), _opened(source) as stream:
        number = 0
        try:
            for number, line in enumerate(_lines(stream), 1):
                yield from _line(source, number, line, _position(stream))
        except (EOFError, zlib.error, gzip.BadGzipFile):
            reason = "the compressed file ends early or is damaged: nothing from here on was read"
            yield Skipped(f"{source.path}:{number + 1}", reason, problem=True)
        except _UnpacksTooMuch:
            reason = f"it unpacks to over {MAX_RATIO} times its size: nothing from here on was read"
            yield Skipped(f"{source.path}:{number + 1}", reason, problem=True)


def _opened(source: FileSource) -> BinaryIO:
    """Open the file, decompressed if it is gzip. Raises `Unreadable` if it is not JSONL."""
    packed = source.path.name.lower().endswith(".gz")
    with source.path.open("rb") as stream:
        head = stream.read(HEAD_SIZE)
    if packed and head.startswith(GZIP):
        return cast(BinaryIO, gzip.open(source.path))
    if packed:
        raise Unreadable(
            f"{source.path} is not compressed with gzip", "Name it .jsonl if it is plain."
        )
    kind = "text in UTF-16" if _is_utf16(head) else describe_binary(head)
    if kind:
        raise Unreadable(
            f"{source.path} is not JSON lines but {kind}",
            "Name it after what it is, or convert it to UTF-8.",
        )
    return source.path.open("rb")


def _is_utf16(head: bytes) -> bool:
    """Whether the bytes are UTF-16 or UTF-32, whose lines do not end with a line feed byte."""
    return (detect_mark(head) or detect_utf16(head) or "utf-8") != "utf-8"


def _lines(stream: BinaryIO) -> Iterator[bytes | None]:
    """Yield the lines without their line ends; None for a line that is too long."""
    while line := _read_line(stream, MAX_LINE_SIZE + 1):
        if len(line) <= MAX_LINE_SIZE or line.endswith(b"\n"):
            yield line.rstrip(b"\r\n")
            continue
        while line and not line.endswith(b"\n"):
            line = _read_line(stream, 1 << 20)
        yield None


def _read_line(stream: BinaryIO, size: int) -> bytes:
    """Read a line, up to ``size`` bytes of it. Raises `_UnpacksTooMuch`."""
    line = stream.readline(size)
    packed = isinstance(stream, gzip.GzipFile) and stream.tell() > MIN_UNPACKED_SIZE
    if packed and stream.tell() > MAX_RATIO * _position(stream):
        raise _UnpacksTooMuch
    return line


def _position(stream: BinaryIO) -> int:
    """Return how many bytes of the file were read, compressed ones if it is compressed."""
    if isinstance(stream, gzip.GzipFile):
        return stream.fileobj.tell() if stream.fileobj else 0
    return stream.tell()


def _line(
    source: FileSource, number: int, line: bytes | None, end: int
) -> Iterator[Document | Skipped]:
    """Yield the document of a line, or a `Skipped`; nothing for a blank line."""
    try:
        if line is None:
            raise _BadLine(f"the line is longer than {MAX_LINE_SIZE >> 20} MB")
        if line.strip():
            yield _document(source, line, end, first=number == 1)
    except _BadLine as error:
        yield Skipped(f"{source.path}:{number}", str(error), problem=True)


def _document(source: FileSource, line: bytes, end: int, *, first: bool) -> Document:
    """Return the document of a line. Raises `_BadLine`."""
    decoded = decode(line, override=source.override)
    value = _parsed(decoded.text.removeprefix("\ufeff") if first else decoded.text)
    identifier = _id(value)
    text = _text(value)
    return Document(
        path=f"{source.path}#{identifier}",
        id=identifier,
        text=text,
        type=source.type,
        modified=source.modified,
        sha256=hashlib.sha256(line).hexdigest(),
        title=collapse_spaces(_optional(value, "title") or ""),
        language=_optional(value, "lang"),
        **date_fields(read_date(value.get("date")), text),
        url=_optional(value, "url"),
        encoding=decoded.encoding,
        end=end,
    )


def _parsed(line: str) -> dict[str, Any]:
    """The line's object."""
    try:
        value = json.loads(line)
    except json.JSONDecodeError as error:
        raise _BadLine(f"not valid JSON: {error.msg} at column {error.colno}") from error
    except (ValueError, RecursionError) as error:
        raise _BadLine("not readable JSON: a number too long or lists too deep") from error
    if not isinstance(value, dict):
        raise _BadLine(f"not a JSON object but {_type_name(value)}")
    return value


def _id(value: dict[str, Any]) -> str:
    """Return the id of the document. Raises `_BadLine` if it is missing or of a wrong type."""
    identifier = value.get("id")
    if isinstance(identifier, int) and not isinstance(identifier, bool):
        return str(identifier)
    if isinstance(identifier, str) and len(identifier) > MAX_ID_LENGTH:
        raise _BadLine(f'its "id" is longer than {MAX_ID_LENGTH:,} characters')
    if isinstance(identifier, str) and identifier.strip():
        return replace_surrogates(identifier)
    if "id" not in value or identifier == "":
        raise _BadLine('no "id"')
    raise _BadLine(f'its "id" is {_type_name(identifier)}, not a string')


def _text(value: dict[str, Any]) -> str:
    """Return the text, which may be empty. Raises `_BadLine` if it is missing."""
    text = value.get("text")
    if isinstance(text, str):
        return replace_surrogates(text.replace("\r\n", "\n").replace("\r", "\n"))
    raise _BadLine(
        'no "text"' if "text" not in value else f'its "text" is {_type_name(text)}, not a string'
    )


def _optional(value: dict[str, Any], name: str) -> str | None:
    """Return an optional field; None if it is missing, blank, too long or not a string."""
    field = value.get(name)
    if not isinstance(field, str) or len(field) > MAX_FIELD_LENGTH or not field.strip():
        return None
    return replace_surrogates(field)


def _type_name(value: object) -> str:
    """Return the name of the type of a JSON value, for messages."""
    names = {dict: "an object", list: "a list", str: "a blank string", bool: "true or false"}
    return "null" if value is None else names.get(type(value), "a number")
