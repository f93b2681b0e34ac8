"""A dossier: what a search found, as evidence.

::

    Dossier ── query, options, when, which index
      └─ Exhibit ── a document: path, date, SHA-256
           └─ Snippet ── a quotation: text, start, line, page, spans
"""

from __future__ import annotations

from dataclasses import dataclass

from search.results import FileState, Snippet, Span


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A document that was found, with its quotations.

    Texts are printable (:func:`search.export.exhibits.printable`); paths are as they are, names
    that are not UTF-8 with their bytes as surrogates.
    """

    rank: int
    path: str
    """Of the document: ``FILE``, ``FILE#id`` or ``FILE!/name``."""
    file: str
    """The file that holds it."""
    sha256: str
    """Of the file; of a line of a JSONL file, of that line; of an attached file, of that one."""
    file_sha256: str
    """Of the file; "" if it is not known."""
    quotations: tuple[Snippet, ...]
    title: str = ""
    title_spans: tuple[Span, ...] = ()
    language: str = ""
    type: str = ""
    date: str | None = None
    date_source: str | None = None
    date_marks: tuple[str, ...] = ()
    author: str = ""
    tags: tuple[str, ...] = ()
    modified: str = ""
    """Last change of the file when it was indexed, in UTC."""
    state: FileState = "current"
    """The file when the dossier was made, compared with what was indexed."""
    copies: tuple[str, ...] = ()
    """Readable paths of documents with the same content."""


@dataclass(frozen=True, slots=True)
class Dossier:
    """What a search found, and how it searched."""

    query: str
    exhibits: tuple[Exhibit, ...]
    total: int
    """Documents that the query finds."""
    searched: str
    """When, in UTC: ``2026-11-28T09:30:00Z``."""
    index: str = ""
    """The folder of the index."""
    version: str = ""
    """Of Dalil."""
    options: tuple[str, ...] = ()
    """How it searched besides: ``exact``, ``lang:ar``."""
    notes: tuple[str, ...] = ()
    """What the search said of the query, such as spellings."""
    count: int = -1
    """Exhibits that the dossier says it has; fewer are in one that was cut off."""

    @property
    def expected(self) -> int:
        """Exhibits that should be in it."""
        return len(self.exhibits) if self.count < 0 else self.count

    @property
    def quotations(self) -> int:
        """Quotations that are in it."""
        return sum(len(exhibit.quotations) for exhibit in self.exhibits)
