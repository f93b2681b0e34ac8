"""The file that a reader gets: load its bytes, decode its text, make its document."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.document import Document
from index.errors import Unreachable, Unreadable
from index.extract.encoding import Decoded, decode
from index.extract.file_signatures import describe_binary
from index.extract.metadata import replace_surrogates

if TYPE_CHECKING:
    from index.dates import StatedDate


@dataclass(frozen=True, slots=True)
class FileSource:
    """A file, the format in which it is read, and the encoding that the user set.

    ``content`` are its bytes if they are known: of one attached to another file, or read before.
    """

    path: Path
    type: str
    modified: datetime
    override: str | None = None
    content: bytes | None = None

    def load(self) -> bytes:
        """Return all bytes of the file. Raises `Unreadable`."""
        if self.content is not None:
            return self.content
        with as_unreachable(self.path):
            return load(self.path)

    def document(
        self, data: bytes, text: str, *, date: StatedDate | date | None = None, **stated: Any
    ) -> Document:
        """Return the whole file as one document; ``stated`` are further fields of its format.

        ``date`` is the one that its metadata state. Text that came from UTF-8 has no surrogates.
        """
        from index.dates import date_fields  # noqa: PLC0415 - only processes that read need it

        return Document(
            path=str(self.path),
            id=str(self.path),
            text=text if stated.get("encoding") == "utf-8" else replace_surrogates(text),
            type=self.type,
            modified=self.modified,
            sha256=hashlib.sha256(data).hexdigest(),
            **date_fields(date, text, self.path.name),
            **stated,
        )


def decode_text(source: FileSource, data: bytes, declared: str | None = None) -> Decoded:
    """Decode the bytes of a file. Raises `Unreadable` if they are not text."""
    if source.override is None and (kind := describe_binary(data)):
        raise Unreadable(
            f"{source.path} is named like a text but is {kind}",
            "Give the file the suffix of what it is, or leave it out.",
        )
    return decode(data, declared=declared, override=source.override)


def load(path: Path) -> bytes:
    """Return all bytes of a file, by as few calls of the system as it takes. Raises OSError."""
    with path.open("rb", buffering=0) as stream:
        return stream.read()


@contextmanager
def as_unreachable(path: Path) -> Iterator[None]:
    """Turn an error of the system while a file is read into `Unreachable`."""
    try:
        yield
    except FileNotFoundError as error:
        raise Unreachable(
            f"{path} disappeared while it was being read", "Run the command again."
        ) from error
    except PermissionError as error:
        raise Unreachable(
            f"{path} may not be read: permission denied", "Change its permissions, or leave it out."
        ) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise Unreachable(
            f"{path} cannot be read: {reason}", "Check the disk that it is on."
        ) from error


def modification_time(seconds: float) -> datetime:
    """Convert a time stamp, in seconds since 1970, to UTC; to 1970 if it is out of range."""
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):
        return datetime.fromtimestamp(0, UTC)
