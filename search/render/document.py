"""A whole document as lines for a pipe or rows of a terminal, or what is around its matches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from search.bidi import layout
from search.render.lines import one_line, paint
from search.render.passage import bracketed
from search.render.style import Style
from search.render.terminal import Page, draw
from search.results import Span

GAP = "--"
"""Stands for lines that are left out."""


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of a text."""

    text: str
    spans: tuple[Span, ...]
    """The parts of the matches that are in it, in offsets of the line."""


def text_lines(text: str, spans: Sequence[Span]) -> list[TextLine]:
    """Split a text into its lines, each with its part of the matches, which are in order."""
    lines, start, first = [], 0, 0
    for line in text.split("\n"):
        end = start + len(line)
        while first < len(spans) and spans[first][1] <= start:
            first += 1
        inside, at = [], first
        while at < len(spans) and spans[at][0] < end:
            inside.append((max(spans[at][0], start) - start, min(spans[at][1], end) - start))
            at += 1
        lines.append(TextLine(line, tuple(inside)))
        start = end + 1
    return lines


def with_context(lines: Sequence[TextLine], count: int) -> Iterator[TextLine | None]:
    """Yield the lines with matches and ``count`` lines around each; None for lines left out."""
    shown_to, behind = 0, len(lines)
    for number, line in enumerate(lines):
        if not line.spans:
            continue
        start = max(number - count, shown_to)
        if start > shown_to:
            yield None
        yield from lines[start : number + count + 1]
        shown_to = min(number + count + 1, behind)
    if 0 < shown_to < behind:
        yield None


def piped(line: TextLine | None, style: Style) -> str:
    """Return a line for a pipe."""
    return GAP if line is None else paint(one_line(line.text), line.spans, style)


def rows(line: TextLine | None, page: Page) -> Iterator[str]:
    """Yield the rows of a line on a terminal; its matches are in colour, or in brackets."""
    if line is None:
        yield page.style.quiet(GAP)
        return
    text: str = line.text
    spans: Sequence[Span] = line.spans
    if not page.style.colour:
        text, spans = bracketed(text, spans)
    styled = [(start, end, "match") for start, end in spans]
    wrapped = layout(text, styled, page.width, mode=page.bidi.mode)
    # One cell first: some terminals lose an isolate at the edge.
    yield from (draw(row, page.width, page, indent=1) for row in wrapped)
    if not wrapped:
        yield ""
