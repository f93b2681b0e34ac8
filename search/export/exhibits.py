"""Hits as exhibits: printable, each span within a line, with the digest of the file."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence

from index.document import containing_file
from index.schema import readable_path
from search.export.dossier import Exhibit
from search.render.lines import one_line
from search.results import Hit, Snippet, Span

BATCH = 100
"""Hits that are read at once: a screen stays responsive, and memory small."""
Window = Callable[[int, int], Sequence[Hit]]
"""First row and number of rows → the hits of these rows, fewer at the end."""
Digest = Callable[[str], str]
"""Path of a file → SHA-256 of it when it was indexed, "" if unknown."""
_LINE = re.compile("[^\n]+")


def printable(text: str) -> str:
    r"""Return a text with a space for each control character but line ends; offsets stay.

    >>> printable("a\tb\x1b[31m\nc")
    'a b [31m\nc'
    """
    return "\n".join(map(one_line, text.split("\n")))


def shown_name(path: str) -> str:
    """Return a path for people to read, without control characters."""
    return one_line(readable_path(path))


def all_hits(window: Window, limit: int, progress: Callable[[int], None]) -> Iterator[Hit]:
    """Yield the first ``limit`` hits, batch by batch; ``progress`` gets the number so far."""
    count = 0
    while count < limit and (hits := window(count, min(BATCH, limit - count))):
        yield from hits
        count += len(hits)
        progress(count)


def exhibit(hit: Hit, digest: Digest) -> Exhibit:
    """Return a hit as an exhibit."""
    file = containing_file(hit.path, hit.id, hit.type)
    return Exhibit(
        rank=hit.rank,
        path=hit.path,
        file=file,
        sha256=one_line(hit.sha256),
        file_sha256=one_line(hit.sha256 if file == hit.path else digest(file)),
        quotations=tuple(map(_quotation, hit.snippets)),
        title=one_line(hit.heading[0]),
        title_spans=hit.heading[1],
        language=one_line(hit.language),
        type=one_line(hit.type),
        date=hit.date,
        date_source=hit.date_source,
        date_marks=hit.date_marks,
        author=one_line(hit.author),
        tags=tuple(map(one_line, hit.tags)),
        modified=one_line(hit.modified),
        state=hit.state,
        copies=tuple(map(shown_name, hit.copies)),
    )


def _quotation(snippet: Snippet) -> Snippet:
    return Snippet(
        text=printable(snippet.text),
        start=snippet.start,
        line=snippet.line,
        page=snippet.page,
        spans=tuple(_within_lines(snippet.text, snippet.spans)),
        part=one_line(snippet.part) if snippet.part else None,
    )


def _within_lines(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    """Yield the spans, those that go over a line end in pieces: a paragraph is an element."""
    for start, end in spans:
        yield from (line.span() for line in _LINE.finditer(text, start, end))


def path_bytes(path: str) -> str:
    """Return the bytes of a path in hexadecimal, or "" if its readable form is the path."""
    return "" if shown_name(path) == path else os.fsencode(path).hex()


def path_of_bytes(digits: str) -> str:
    """Return the path that :func:`path_bytes` has written. Raises ValueError."""
    return os.fsdecode(bytes.fromhex(digits))
