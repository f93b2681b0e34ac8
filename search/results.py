"""What a search found, as plain frozen data.

::

    SearchResults ── total, seconds, notes
      └─ Hit ── rank, score, path, title, …
           ├─ Snippet ── text, start, spans
           └─ Match ── which word of the query met which word of the text, and how

Nothing here knows how it will be shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["exact", "folded", "stem", "name", "prefix", "fuzzy", "gram"]
"""How a word of the text met a word of the query, from strict to lenient:

``exact``   spelled alike, but for marks
``folded``  alike once hamza, ة, ى, Persian letters and accents are made equal
``stem``    alike without conjunction, article, prepositions and endings
``name``    another spelling of the same name, in either script
``prefix``  begins alike (``word*``)
``fuzzy``   a letter or two apart (``word~``)
``gram``    shares most of its letters in a row
"""

KINDS: tuple[Kind, ...] = ("exact", "folded", "stem", "name", "prefix", "fuzzy", "gram")

Span = tuple[int, int]

FileState = Literal["current", "changed", "missing"]
"""Whether a file is still what was indexed."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of a document with what matched in it.

    ``text`` is ``document.text[start : start + len(text)]``; each span ``(a, b)``
    counts characters of ``text`` and encloses whole words with their marks::

        text   …بحث وَزِير الخارجية…
        span       └────┘
    """

    text: str
    start: int
    line: int
    """The line of the first span (of the start, where there is none), from 1."""
    page: int | None
    """Its page, from 1, where the document has pages."""
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A word of the query, and a word of the document that answers it."""

    query: str
    text: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Hit:
    """One document found."""

    rank: int
    path: str
    id: str
    title: str
    title_spans: tuple[Span, ...]
    language: str
    """``ar``, ``en``, ``ar+en``, or ``""`` where it is neither."""
    type: str
    date: str | None
    """The date the document states, as YYYY-MM-DD."""
    modified: str
    """The file's last change when it was indexed, in UTC."""
    sha256: str
    score: float
    snippets: tuple[Snippet, ...]
    matched: tuple[Match, ...]
    copies: tuple[str, ...] = ()
    """Paths of other documents with the very same content."""
    state: FileState = "current"
    """Whether the file is still what was indexed."""


@dataclass(frozen=True, slots=True)
class SearchResults:
    """The answer to one query."""

    query: str
    total: int
    """Documents that match, exactly, however many are listed."""
    seconds: float
    hits: tuple[Hit, ...]
    suggestion: str | None = None
    notes: tuple[str, ...] = ()
    """What the searcher should know: parts of the query ignored, words not scored."""
