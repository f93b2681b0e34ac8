"""The result of a search, as plain frozen data.

::

    SearchResults ── total, seconds, notes
      └─ Hit ── rank, score, path, title, …
           ├─ Snippet ── text, start, spans
           └─ Match ── a word of the query, a word of the text, and the kind of match

Nothing here depends on how it is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from index.document import AMBIGUOUS, HIJRI
from index.schema import readable_path

Kind = Literal["exact", "folded", "stem", "number", "name", "prefix", "fuzzy", "gram", "root"]
"""How a word of the text matches a word of the query, from strict to lenient:

``exact``   equal, except for marks
``folded``  equal after folding: hamza, ة, ى, Persian letters, accents
``stem``    equal without conjunction, article, prepositions and endings
``number``  the same digits with other spaces, hyphens, dots or brackets
``name``    another spelling of the same name, in either script
``prefix``  starts with the prefix (``word*``), or fits the pattern (``w?rd``, ``*ord``)
``fuzzy``   within an edit distance of one or two (``word~``)
``gram``    shares most n-grams
``root``    an Arabic word with the same consonants
"""

KINDS: tuple[Kind, ...] = (
    *("exact", "folded", "stem", "number", "name", "prefix", "fuzzy", "gram", "root"),
)

Span = tuple[int, int]
"""Start and end, in characters; the end is not included."""

FileState = Literal["current", "changed", "missing"]
"""Whether a file is still what was indexed."""


_SHOWN_MARKS = {AMBIGUOUS: "ambiguous", HIJRI: "hijri date converted"}


def shown_date(date: str | None, marks: Sequence[str]) -> str:
    """Return a date with what is uncertain of it; "" for none.

    >>> shown_date("2021-04-27", ["hijri"])
    '2021-04-27 (hijri date converted)'
    """
    known = [phrase for mark, phrase in _SHOWN_MARKS.items() if mark in marks]
    return f"{date} ({', '.join(known)})" if date and known else date or ""


@dataclass(frozen=True, slots=True)
class Snippet:
    """A fragment of a document with its highlights.

    ``text`` is ``document.text[start : start + len(text)]``; each span ``(a, b)``
    counts characters of ``text`` and encloses complete words with their marks::

        text   …بحث وَزِير الخارجية…
        span       └────┘
    """

    text: str
    start: int
    line: int
    """The line of the first span, or without spans of the start, from 1."""
    page: int | None
    """Its page, from 1, or None for a document without pages."""
    spans: tuple[Span, ...]
    part: str | None = None
    """The part of the document in which the first span is, such as ``footnote``, ``comment by
    Hana`` or ``form field``; None for the main text."""
    cut: tuple[bool, bool] = (False, False)
    """Whether it begins, and whether it ends, in the middle of a sentence."""

    def overlaps(self, other: Snippet) -> bool:
        """Whether two fragments of one document have characters in common."""
        ends = self.start + len(self.text), other.start + len(other.text)
        return max(self.start, other.start) < min(ends)


@dataclass(frozen=True, slots=True)
class Match:
    """A word of the query, and a word of the document that matches it."""

    query: str
    text: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that matches the query."""

    rank: int
    path: str
    path_spans: tuple[Span, ...]
    """Words of the query in the names of the file and its folders, of the readable path."""
    id: str
    title: str
    title_spans: tuple[Span, ...]
    language: str
    """``ar``, ``en``, ``ar+en``, or ``""`` for neither."""
    type: str
    date: str | None
    """The date that the document or its file's name states, as YYYY-MM-DD, or None."""
    modified: str
    """Last change of the file when it was indexed, in UTC."""
    sha256: str
    score: float
    snippets: tuple[Snippet, ...]
    matched: tuple[Match, ...]
    copies: tuple[str, ...] = ()
    """Paths of other documents with identical content."""
    state: FileState = "current"
    """The file now, compared with what was indexed."""
    date_source: str | None = None
    """How the date is known, one of DATE_SOURCES; None without a date."""
    date_marks: tuple[str, ...] = ()
    """What is uncertain of the date, some of DATE_MARKS."""
    author: str = ""
    tags: tuple[str, ...] = ()
    """Author and key words that the document states."""
    own_tags: tuple[str, ...] = ()
    own_note: str = ""
    """The user's own tags of the document, and the user's note on it."""

    @property
    def shown_date(self) -> str:
        """The date with what is uncertain of it, or "" if there is none."""
        return shown_date(self.date, self.date_marks)

    @property
    def rtl(self) -> bool:
        """Whether its main language is written from right to left."""
        return self.language.startswith("ar")

    @property
    def heading(self) -> tuple[str, tuple[Span, ...]]:
        """The title, or without one the name of the file, and the words of the query in it."""
        if self.title:
            return self.title, self.title_spans
        path = readable_path(self.path)
        start = path.rfind("/") + 1
        spans = ((max(a, start) - start, b - start) for a, b in self.path_spans if b > start)
        return path[start:], tuple(spans)


@dataclass(frozen=True, slots=True)
class SearchResults:
    """The result of one query."""

    query: str
    total: int
    """Exact number of matching documents, of which ``hits`` are the first."""
    seconds: float
    hits: tuple[Hit, ...]
    suggestion: str | None = None
    """A query to try, if nothing or not every word was found."""
    notes: tuple[str, ...] = ()
    """Messages for the user: parts of the query ignored, words not scored."""
