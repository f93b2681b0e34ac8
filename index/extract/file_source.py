"""Source: one file on its way to becoming documents, and what all readers share."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from index.document import Document
from index.errors import Unreadable
from index.extract.encoding import Decoded, decode
from index.extract.file_signatures import binary

SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class FileSource:
    """A file, the format it is read as, and the encoding that the user ordered."""

    path: Path
    type: str
    modified: datetime
    override: str | None = None

    def load(self) -> bytes:
        """All bytes of the file. Raises `Unreadable`."""
        with failures(self.path):
            return self.path.read_bytes()

    def document(self, data: bytes, text: str, **stated: Any) -> Document:
        """A document that is the whole file; ``stated`` is whatever else its format knows."""
        return Document(
            path=str(self.path),
            id=str(self.path),
            text=whole(text),
            type=self.type,
            modified=self.modified,
            sha256=hashlib.sha256(data).hexdigest(),
            **stated,
        )


def text_of(source: FileSource, data: bytes, declared: str | None = None) -> Decoded:
    """The file's bytes as text. Raises `Unreadable` when they are something else."""
    if source.override is None and (what := binary(data)):
        raise Unreadable(
            f"{source.path} is named like a text but is {what}",
            "Give the file the suffix of what it is, or leave it out.",
        )
    return decode(data, declared=declared, override=source.override)


@contextmanager
def failures(path: Path) -> Iterator[None]:
    """Turn what the system says when a file cannot be read into `Unreadable`."""
    try:
        yield
    except FileNotFoundError as error:
        raise Unreadable(
            f"{path} disappeared while it was being read", "Run the command again."
        ) from error
    except PermissionError as error:
        raise Unreadable(
            f"{path} may not be read: permission denied", "Change its permissions, or leave it out."
        ) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise Unreadable(
            f"{path} cannot be read: {reason}", "Check the disk that it is on."
        ) from error


def moment(seconds: float) -> datetime:
    """A file's time stamp, in seconds since 1970, in UTC; 1970 where no calendar holds it."""
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):
        return datetime.fromtimestamp(0, UTC)


def stated_date(value: object) -> date | None:
    """The day of an ISO-like date such as ``2016-05-04`` or ``2016-05-04T10:00Z``, if it is one."""
    found = re.match(r"\s*(\d{4})-?(\d\d)-?(\d\d)(?!\d)", value) if isinstance(value, str) else None
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def whole(text: str) -> str:
    """``text`` with U+FFFD for halves of surrogate pairs, which no encoding can write."""
    try:
        text.encode()  # ten times as fast as looking for them
    except UnicodeEncodeError:
        return SURROGATES.sub("\ufffd", text)
    return text


def one_line(text: str) -> str:
    """A title without line ends and runs of spaces."""
    return " ".join(whole(text).split())
