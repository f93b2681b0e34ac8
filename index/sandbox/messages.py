"""Frames between the process that reads files and the one that asks for them.

A request is a line of JSON, ``{"path", "characters"}``. An answer is a frame: the
size of its head and of its text (:data:`SIZES`), the head as a JSON list of items, and the texts
of its documents as UTF-8, one after the other. The sender of an answer is not trusted: a frame is
decoded to values of the types below, or it is refused.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any

from index.document import (
    DATE_MARKS,
    DATE_SOURCES,
    MAX_LABEL_LENGTH,
    Document,
    Part,
    Skipped,
)

SIZES = struct.Struct("<II")
"""Bytes of the head and of the text of a frame."""
MAX_HEAD = 64 << 20
MAX_TEXT = 1 << 31
"""Bytes; a frame with more of either is refused before it is read."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that cannot be read any further."""

    message: str
    hint: str
    kind: str
    """A name in :data:`FAILURES`."""


UNREADABLE, UNREACHABLE, OVER_LIMIT, BAD_OPTION = "unreadable", "unreachable", "limit", "option"
FAILURES = (UNREADABLE, UNREACHABLE, OVER_LIMIT, BAD_OPTION)
"""The content cannot be read; the system does not give it; it takes more memory or text than the
limit; an option of the user is invalid."""


@dataclass(frozen=True, slots=True)
class FileEnd:
    """The end of a file."""


Item = Document | Skipped | Failure | FileEnd


class BadFrame(ValueError):
    """The bytes are not a frame, or an item is not what it has to be."""


def encode(items: Iterable[Item]) -> bytes:
    """Return a frame of items."""
    head: list[Any] = []
    texts: list[str] = []
    for item in items:
        match item:
            case Document():
                head.append(["document", _fields(item), len(item.text)])
                texts.append(item.text)
            case Skipped():
                head.append(["skipped", item.path, item.reason, item.problem])
            case Failure():
                head.append(["failure", item.message, item.hint, item.kind])
            case FileEnd():
                head.append(["end"])
    packed = json.dumps(head).encode()  # ASCII, for a reason may contain half a character
    text = "".join(texts).encode(errors="replace")
    return SIZES.pack(len(packed), len(text)) + packed + text


def sizes(prefix: bytes) -> tuple[int, int]:
    """Return the bytes of the head and of the text that follow. Raises BadFrame."""
    head, text = SIZES.unpack(prefix)
    if head > MAX_HEAD or text > MAX_TEXT:
        raise BadFrame(f"a frame of {head + text} bytes")
    return head, text


def decode(head: bytes, text: bytes) -> list[Item]:
    """Return the items of a frame. Raises BadFrame."""
    try:
        return list(_items(json.loads(head), text.decode()))
    except (
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        OverflowError,
        RecursionError,
    ) as error:
        raise BadFrame(f"a frame that cannot be decoded: {error!r}") from error


def _items(head: Iterable[list[Any]], text: str) -> Iterator[Item]:
    start = 0
    for kind, *values in head:
        match kind, values:
            case "document", [fields, int(length)] if 0 <= length <= len(text) - start:
                yield _document(fields, text[start : start + length])
                start += length
            case "skipped", [str(path), str(reason), bool(problem)]:
                yield Skipped(path, reason, problem)
            case "failure", [str(message), str(hint), str(kind_of)] if kind_of in FAILURES:
                yield Failure(message, hint, kind_of)
            case "end", []:
                yield FileEnd()
            case _:
                raise BadFrame(f"an item {kind!r} that is not known")


_TEXTS = ("path", "id", "type", "sha256", "title", "author")
_OPTIONAL_TEXTS = ("language", "url", "encoding")
_PAGES = ("pages", "repaired", "doubtful")


def _fields(document: Document) -> dict[str, Any]:
    """Return all fields of a document but its text, as JSON can represent them."""
    return {
        **{name: getattr(document, name) for name in _TEXTS + _OPTIONAL_TEXTS},
        "modified": document.modified.timestamp(),
        "date": document.date.toordinal() if document.date else None,
        "date_source": document.date_source,
        "date_marks": document.date_marks,
        "tags": document.tags,
        "parts": [(part.start, part.label) for part in document.parts],
        "first_line": document.first_line,
        "end": document.end,
        **{name: getattr(document, name) for name in _PAGES},
    }


def _document(fields: dict[str, Any], text: str) -> Document:
    """Return the document of these fields. Raises BadFrame or what :func:`decode` expects."""
    names = {name: fields[name] for name in _TEXTS}
    optional = {name: fields[name] for name in _OPTIONAL_TEXTS}
    pages = {name: tuple(fields[name]) for name in _PAGES}
    tags, first_line = fields["tags"], fields["first_line"]
    given = [value for value in optional.values() if value is not None]
    strings = [*names.values(), *given, *tags]
    if not all(isinstance(value, str) for value in strings):
        raise BadFrame("a field that is not a string")
    if not all(isinstance(page, int) for numbers in pages.values() for page in numbers):
        raise BadFrame("a page that is not a number")
    if not all(0 <= page <= len(text) for page in pages["pages"]):
        raise BadFrame("a page outside the text")
    parts = tuple(_part(value, len(text)) for value in fields["parts"])
    if any(part.start > following.start for part, following in pairwise(parts)):
        raise BadFrame("parts out of order")
    if not isinstance(first_line, int) or first_line < 1:
        raise BadFrame("a line that is none")
    if not isinstance(end := fields["end"], int) or end < 0:
        raise BadFrame("an end that is none")
    return Document(
        **names,
        **optional,
        text=text,
        modified=datetime.fromtimestamp(fields["modified"], UTC),
        **_date(fields["date"], fields["date_source"], fields["date_marks"]),
        pages=pages["pages"],
        repaired=pages["repaired"],
        doubtful=pages["doubtful"],
        tags=tuple(tags),
        first_line=first_line,
        end=end,
        parts=parts,
    )


def _date(day: Any, source: Any, marks: Any) -> dict[str, Any]:
    """Return the fields of a document for its date. Raises as :func:`_document` does."""
    if day is None:
        return {}
    if source not in DATE_SOURCES or not all(mark in DATE_MARKS for mark in marks):
        raise BadFrame("a date that is not known as dates are")
    return {"date": date.fromordinal(day), "date_source": source, "date_marks": tuple(marks)}


def _part(value: Any, length: int) -> Part:
    """Return a part of a text of this length. Raises BadFrame."""
    match value:
        case [int(start), str(label)] if 0 <= start <= length and len(label) <= MAX_LABEL_LENGTH:
            return Part(start, label)
    raise BadFrame("a part that is none")
