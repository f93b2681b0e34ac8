"""Document: one indexed thing, whatever file it came from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Document:
    r"""What a reader makes of a file, or of one line of a JSONL file.

    Offsets anywhere in Dalil count characters into ``text``, which is what the
    author wrote: decoded, with line ends as ``\n``, and otherwise untouched.
    """

    path: str
    """The absolute resolved path; ``FILE#id`` for a line of a JSONL file."""
    id: str
    """The path again, or the ``id`` that a JSONL line states."""
    text: str
    type: str
    """A name of the format table: ``text``, ``markdown``, ``html``, ``jsonl``, ``pdf``…"""
    modified: datetime
    """The file's last change, in UTC."""
    sha256: str
    """Hexadecimal digest of the file's bytes, or of the JSONL line's."""
    title: str = ""
    language: str | None = None
    """What the document declares (``ar``, ``en``, …), or nothing."""
    date: date | None = None
    """What the document states, or nothing."""
    url: str | None = None
    encoding: str | None = None
    """The encoding the bytes were read in; ``None`` where the format has its own."""
    pages: tuple[int, ...] = ()
    """Offsets where pages start, ascending from 0; empty where there are no pages."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that is not in the index, or only in part, and the reason as a clause."""

    path: str
    reason: str
    problem: bool = False
    """Whether it should have been read, and could not; not whether it was left out on purpose."""
