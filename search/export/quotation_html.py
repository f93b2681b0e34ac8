"""A quotation as HTML, and back: a ``div`` for each paragraph, ``mark`` for what was found.

Markdown takes it too: a block of HTML ends at an empty line, and there is none in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from search.bidi import base_rtl
from search.results import Snippet, Span


def direction(text: str) -> str:
    """Return the attributes of a paragraph: Arabic runs from right to left."""
    return 'dir="rtl" lang="ar"' if base_rtl(text) else 'dir="ltr"'


def marked(text: str, spans: Sequence[Span]) -> str:
    """Return a text as HTML with its spans marked.

    >>> marked("a<b c", [(0, 3)])
    '<mark>a&lt;b</mark> c'
    """
    parts, at = [], 0
    for start, end in spans:
        parts += [_escaped(text[at:start]), "<mark>", _escaped(text[start:end]), "</mark>"]
        at = end
    return "".join([*parts, _escaped(text[at:])])


def _escaped(text: str) -> str:
    return escape(text, quote=False)  # quotes mean nothing outside of attributes


def quotation_html(quotation: Snippet) -> str:
    """Return a quotation as a ``blockquote``, without an empty line."""
    paragraphs = (
        f"<div {direction(line)}>{marked(line, spans)}</div>\n"
        for line, spans in _paragraphs(quotation)
    )
    return f"<blockquote>\n{''.join(paragraphs)}</blockquote>\n"


def _paragraphs(quotation: Snippet) -> Iterator[tuple[str, list[Span]]]:
    """Yield each line with its spans, in offsets of the line; no span goes over a line end."""
    at = 0
    spans = iter([*quotation.spans, None])
    span = next(spans)
    for line in quotation.text.split("\n"):
        end, inside = at + len(line), []
        while span is not None and span[1] <= end:
            inside.append((span[0] - at, span[1] - at))
            span = next(spans)
        yield line, inside
        at = end + 1


class MarkedText:
    """Collects a text, piece by piece, and where it is marked."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._opened: int | None = None
        self._paragraphs = 0
        self.spans: list[Span] = []

    def paragraph(self) -> None:
        """Begin a paragraph."""
        if self._paragraphs:
            self.add("\n")
        self._paragraphs += 1

    def add(self, piece: str) -> None:
        """Append text."""
        self._pieces.append(piece)
        self._length += len(piece)

    def open_mark(self) -> None:
        """Begin to mark."""
        self._opened = self._length

    def close_mark(self) -> None:
        """End to mark."""
        if self._opened is not None and self._opened < self._length:
            self.spans.append((self._opened, self._length))
        self._opened = None

    @property
    def text(self) -> str:
        """What was collected."""
        return "".join(self._pieces)
