"""What a reader makes of a file: documents, and notes on what was skipped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Document:
    r"""A file, or one line of a JSONL file, as it is indexed.

    All offsets in Dalil count characters into ``text``, which is the text of the author:
    decoded, with ``\n`` as line ends, and otherwise unchanged.
    """

    path: str
    """The absolute resolved path; ``FILE#id`` for a line of a JSONL file."""
    id: str
    """The ``id`` of a JSONL line, else the path."""
    text: str
    type: str
    """A name in ``index.extract.FORMATS``: ``text``, ``markdown``, ``html``, ``jsonl``, ``pdf``…"""
    modified: datetime
    """The last change of the file, in UTC."""
    sha256: str
    """Hexadecimal digest of the bytes of the file, or of the JSONL line."""
    title: str = ""
    language: str | None = None
    """The language that the document declares (``ar``, ``en``, …), or None."""
    date: date | None = None
    """The date that the document states, or None."""
    url: str | None = None
    encoding: str | None = None
    """The encoding of the bytes; None for formats that define their own."""
    pages: tuple[int, ...] = ()
    """The offset of each page, ascending from 0; empty for formats without pages."""
    repaired: tuple[int, ...] = ()
    """The numbers, from 1, of pages whose text was put in order by the places of its letters."""
    doubtful: tuple[int, ...] = ()
    """The numbers of pages whose words are implausible."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that is not in the index, or only in part, with the reason as a clause."""

    path: str
    reason: str
    problem: bool = False
    """True if the file could not be read; False if it was left out on purpose."""
