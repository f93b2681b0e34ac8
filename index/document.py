"""What a reader makes of a file: documents, and notes on what was skipped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

STATED, DATELINE, FILE_NAME = "stated", "dateline", "file name"
DATE_SOURCES = (STATED, DATELINE, FILE_NAME)
"""The document states its date as metadata; or at the beginning of its text; or its file's name
states it."""
AMBIGUOUS, HIJRI = "ambiguous", "hijri"
DATE_MARKS = (AMBIGUOUS, HIJRI)
"""The day and the month could be the other way round; the date was converted from the hijri
calendar, and may be a day off."""


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
    """The date that the document states, else that of its file's name, or None."""
    date_source: str | None = None
    """How the date is known, one of :data:`DATE_SOURCES`; None without a date."""
    date_marks: tuple[str, ...] = ()
    """What is uncertain of the date: some of :data:`DATE_MARKS`."""
    author: str = ""
    tags: tuple[str, ...] = ()
    """Author and key words that the document states."""
    url: str | None = None
    encoding: str | None = None
    """The encoding of the bytes; None for formats that define their own."""
    pages: tuple[int, ...] = ()
    """The offset of each page, ascending from 0; empty for formats without pages."""
    first_line: int = 1
    """The line of the file, from 1, on which the text begins: behind its front matter."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that is not in the index, or only in part, with the reason as a clause."""

    path: str
    reason: str
    problem: bool = False
    """True if the file could not be read; False if it was left out on purpose."""
