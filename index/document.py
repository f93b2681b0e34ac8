"""What a reader makes of a file: documents, and notes on what was skipped."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

STATED, DATELINE, FILE_NAME = "stated", "dateline", "file name"
DATE_SOURCES = (STATED, DATELINE, FILE_NAME)
"""The document states its date as metadata; or at the beginning of its text; or its file's name
states it."""
AMBIGUOUS, HIJRI = "ambiguous", "hijri"
DATE_MARKS = (AMBIGUOUS, HIJRI)
"""The day and the month could be the other way round; the date was converted from the hijri
calendar, and may be a day off."""
MAX_LABEL_LENGTH = 80
"""Characters of the label of a part."""
PROPERTIES = "properties"
"""The label of what a document states of itself, such as its author: it is on no page."""
MEMBER = "!/"
"""Between the path of a PDF and the name of a file that is attached to it."""


@dataclass(frozen=True, slots=True)
class Part:
    """Where a part of a document begins that is not its main text, or where that goes on."""

    start: int
    """Offset into the text; the part ends where the next one begins."""
    label: str
    """``footnote``, ``comment by Hana``, ``header``, ``form field``…; "" for the main text."""


@dataclass(frozen=True, slots=True)
class Document:
    r"""A file, or one line of a JSONL file, as it is indexed.

    All offsets in Dalil count characters into ``text``, which is the text of the author:
    decoded, repaired if all of it was misread before, with ``\n`` as line ends, without long runs
    of encoded data but for their line ends, and otherwise unchanged.
    """

    path: str
    """The absolute resolved path; ``FILE#id`` for a line of a JSONL file, ``FILE!/name`` for
    a file attached to a PDF."""
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
    """The encoding of the bytes, or how they were misread before (``utf-8 twice``); None for
    formats that define their own."""
    pages: tuple[int, ...] = ()
    """The offset of each page, ascending from 0; empty for formats without pages."""
    parts: tuple[Part, ...] = ()
    """Parts in ascending order; the text before the first is main text."""
    first_line: int = 1
    """The line of the file, from 1, on which the text begins: behind its front matter."""
    repaired: tuple[int, ...] = ()
    """The numbers, from 1, of pages whose text was put in order by the places of its letters."""
    doubtful: tuple[int, ...] = ()
    """The numbers of pages whose words are implausible."""
    end: int = field(default=0, compare=False)
    """The bytes of the file up to the end of the document; 0 for one that is a whole file."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that is not in the index, or only in part, with the reason as a clause."""

    path: str
    reason: str
    problem: bool = False
    """True if the file could not be read; False if it was left out on purpose."""


def containing_file(path: str, identifier: str, type_: str) -> str:
    """Return the path of the file that holds a document.

    A folder whose name ends with ``.pdf!`` is taken for a PDF.
    """
    if type_ == "jsonl":
        return path.removesuffix(f"#{identifier}")
    file, _, name = path.rpartition(MEMBER)
    return file if "/" not in name and file.lower().endswith(".pdf") else path
