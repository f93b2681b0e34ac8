"""Format results as a list on a terminal: a gutter at the left, the text at its right.

English starts at the left edge of the column of text, Arabic at its right edge. ::

      1  en     Libya and Russia: a timeline
                notes/timeline.md · 2024-03-02
                Sarraj met the ambassador of Russia in Tripoli and …
      2  ar                                     مباحثات بين ليبيا وروسيا
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from search.bidi import Line, TerminalPlan, base_rtl, isolate, layout, majority_rtl, quotes
from search.render.lines import explanation, one_line
from search.render.style import Style
from search.results import Hit, Span

GUTTER = 12
"""Cells before the text, for rank and language."""
_MAX_WIDTH = 100
"""Maximum number of cells of text in a line: longer lines are hard to read."""
_MIN_WIDTH = 20
_QUOTE = "quote"
"""The style of Arabic in an English sentence."""


@dataclass(frozen=True, slots=True)
class Page:
    """The width of a terminal, and how to send text to it."""

    columns: int
    """Width of the terminal in cells."""
    bidi: TerminalPlan
    style: Style

    @property
    def width(self) -> int:
        """Return the width of the column of text in cells."""
        return max(_MIN_WIDTH, min(self.columns - GUTTER, _MAX_WIDTH))


def hit_lines(hit: Hit, path: str, page: Page, *, explain: bool) -> Iterator[str]:
    """Yield the lines of a hit: title, path and facts, fragments, and with ``explain`` reasons."""
    heading = _layout(*hit.heading, page, rtl=bool(hit.title) and hit.rtl, max_lines=2)
    yield _gutter(hit, page.style) + (draw(heading[0], page.width, page) if heading else "")
    yield from (draw(line, page.width, page, GUTTER) for line in heading[1:])
    yield from (" " * GUTTER + line for line in _path_and_facts(hit, path, page))
    for snippet in hit.snippets:
        for line in _layout(snippet.text, snippet.spans, page, rtl=hit.rtl):
            yield draw(line, page.width, page, GUTTER)
    if explain:
        for text in explanation(hit):
            for row in sentence(text, page.width, page):
                yield " " * GUTTER + page.style.quiet(row)


def _gutter(hit: Hit, style: Style) -> str:
    badge = f"{hit.language or '··':<5}"
    return f"{hit.rank:>4}  {style.badge(badge)} "


def _path_and_facts(hit: Hit, path: str, page: Page) -> Iterator[str]:
    """Yield the path and other facts about the file on as many lines as they need."""
    # Folders stay in the order of the path, even if their names are Arabic.
    lines = _sentence_layout(path, page.width, page)
    *above, line = [page.style.path(draw(part, page.width, page)) for part in lines] or [""]
    yield from above
    width = lines[-1].width if lines else 0
    for stated in _facts(hit):
        first = _sentence_layout(stated, page.width, page)[0]  # it may have a name in Arabic
        fact = draw(first, page.width, page)
        appended = f" · {fact}"
        if width + first.width + len(" · ") > page.width:
            yield line
            line, width, appended = "", -len(" · "), fact
        line += page.style.quiet(appended)
        width += first.width + len(" · ")
    yield line


def _facts(hit: Hit) -> list[str]:
    first = hit.snippets[0] if hit.snippets else None
    facts = [
        f"page {first.page}" if first and first.page else "",
        one_line(first.part) if first and first.part else "",
        hit.shown_date,
        f"+{len(hit.copies)} {'copy' if len(hit.copies) == 1 else 'copies'}" if hit.copies else "",
        {"missing": "file missing", "changed": "changed since it was indexed"}.get(hit.state, ""),
    ]
    return [fact for fact in facts if fact]


def _layout(
    text: str, spans: Sequence[Span], page: Page, *, rtl: bool, max_lines: int | None = None
) -> list[Line]:
    """Lay out a paragraph in the direction of most of its letters; without any, as ``rtl``."""
    styled = [(start, end, "match") for start, end in spans]
    rtl, mode = majority_rtl(text, rtl), page.bidi.mode
    return layout(text, styled, page.width, mode=mode, rtl=rtl, max_lines=max_lines)


def sentence(text: str, width: int, page: Page) -> Iterator[str]:
    """Yield the lines of an English sentence with each quote of Arabic isolated."""
    return (draw(line, width, page) for line in _sentence_layout(text, width, page))


def _sentence_layout(text: str, width: int, page: Page) -> list[Line]:
    arabic = quotes(text)
    styled = [(start, end, _QUOTE) for start, end in arabic]
    return layout(text, styled, width, mode=page.bidi.mode, rtl=False, isolates=arabic)


def draw(line: Line, width: int, page: Page, indent: int = 0) -> str:
    """Return a line with its colours, at the left or right edge of a column of ``width`` cells.

    ``indent``: the cells before the column; 0 if the row has other text there.
    """
    parts = (
        isolate(part.text) if part.style == _QUOTE and page.bidi.isolates
        else page.style.paint(part.style, part.text)
        for part in line.segments
    )  # fmt: skip
    text = "".join(parts)
    if page.bidi.isolates:
        text = isolate(text, line.rtl)
    blanks = indent + (width - line.width if line.rtl else 0)
    if indent and page.bidi.aligns and base_rtl("".join(part.text for part in line.segments)):
        blanks = page.columns - indent - width  # the row starts at the right edge of the terminal
    return " " * blanks + text
