"""Leave runs without language out of a document, and say how much was left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from index.document import Document, Skipped
from index.extract.encoded_data import Span, encoded_spans


def without_encoded_data(items: Iterable[Document | Skipped]) -> Iterator[Document | Skipped]:
    """Yield what a reader made of a file, each document without its encoded data.

    A note follows a document of which something was left out. The line ends stay, so that lines
    count as in the file.
    """
    for item in items:
        spans = encoded_spans(item.text) if isinstance(item, Document) else []
        if isinstance(item, Document) and spans:
            yield _shortened(item, spans)
            yield Skipped(item.path, _reason(item.text, spans))
        else:
            yield item


def _reason(text: str, spans: list[Span]) -> str:
    size = sum(end - start for start, end in spans)
    line = text.count("\n", 0, spans[0][0]) + 1
    return f"{size:,} characters from line {line:,} on are encoded data or code: not searched"


def _shortened(document: Document, spans: list[Span]) -> Document:
    text = document.text
    kept, at = [], 0
    for start, end in spans:
        kept += [text[at:start], "\n" * text.count("\n", start, end)]
        at = end
    return replace(
        document,
        text="".join([*kept, text[at:]]),
        pages=tuple(page - _omitted_before(text, spans, page) for page in document.pages),
        parts=tuple(
            replace(part, start=part.start - _omitted_before(text, spans, part.start))
            for part in document.parts
        ),
    )


def _omitted_before(text: str, spans: Iterable[Span], offset: int) -> int:
    """Return how many of the characters before an offset are left out."""
    return sum(
        min(end, offset) - start - text.count("\n", start, min(end, offset))
        for start, end in spans
        if start < offset
    )
