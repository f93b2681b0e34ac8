"""The list a person reads: a gutter at the left for both languages, the text beside it.

English starts at the left edge of its column, Arabic at the right one. ::

      1  en     Libya and Russia: a timeline
                notes/timeline.md · 2024-03-02
                Sarraj met the ambassador of Russia in Tripoli and …
      2  ar                                     مباحثات بين ليبيا وروسيا
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from search.bidi import Line, TerminalPlan, base_rtl, cell_width, isolate, layout, quotes
from search.render.lines import explanation
from search.render.style import Style
from search.results import Hit, Span

GUTTER = 12
"""Cells before the text: rank and language."""
_WIDEST = 100
"""Cells of text in a line at most: longer lines are hard to read."""
_NARROWEST = 20
_QUOTE = "quote"
"""The name of the spans of Arabic in a sentence in English."""


@dataclass(frozen=True, slots=True)
class Page:
    """Where and how hits are drawn."""

    columns: int
    """Cells of the terminal."""
    bidi: TerminalPlan
    style: Style

    @property
    def width(self) -> int:
        """Cells of the column of text."""
        return max(_NARROWEST, min(self.columns - GUTTER, _WIDEST))


def hit_lines(hit: Hit, path: str, page: Page, *, explain: bool) -> Iterator[str]:
    """A hit as lines of the terminal."""
    title, spans = (hit.title, hit.title_spans) if hit.title else (PurePath(path).name, ())
    headed = _laid_out(title, spans, page, max_lines=2)
    yield _gutter(hit, page.style) + (draw(headed[0], page.width, page) if headed else "")
    yield from (draw(line, page.width, page, GUTTER) for line in headed[1:])
    yield from (" " * GUTTER + line for line in _where(hit, path, page))
    for snippet in hit.snippets:
        for line in _laid_out(snippet.text, snippet.spans, page):
            yield draw(line, page.width, page, GUTTER)
    if explain:
        for text in explanation(hit):
            for told in sentence(text, page.width, page):
                yield " " * GUTTER + page.style.quiet(told)


def _gutter(hit: Hit, style: Style) -> str:
    badge = f"{hit.language or '··':<5}"
    return f"{hit.rank:>4}  {style.badge(badge)} "


def _where(hit: Hit, path: str, page: Page) -> Iterator[str]:
    """The path, and what else is known of the file, on as many lines as they need."""
    # In the order of its folders, even where their names are Arabic.
    lines = _quoting(path, page.width, page)
    *above, line = [page.style.path(draw(part, page.width, page)) for part in lines] or [""]
    yield from above
    width = lines[-1].width if lines else 0
    for fact in _facts(hit):
        told = f" · {fact}"
        if width + cell_width(told) > page.width:
            yield line
            line, width, told = "", 0, fact
        line += page.style.quiet(told)
        width += cell_width(told)
    yield line


def _facts(hit: Hit) -> list[str]:
    first = hit.snippets[0] if hit.snippets else None
    told = [
        f"page {first.page}" if first and first.page else "",
        hit.date or "",
        f"+{len(hit.copies)} {'copy' if len(hit.copies) == 1 else 'copies'}" if hit.copies else "",
        {"missing": "file missing", "changed": "changed since it was indexed"}.get(hit.state, ""),
    ]
    return [fact for fact in told if fact]


def _laid_out(
    text: str, spans: Sequence[Span], page: Page, *, max_lines: int | None = None
) -> list[Line]:
    styled = [(start, end, "match") for start, end in spans]
    return layout(text, styled, page.width, mode=page.bidi.mode, max_lines=max_lines)


def sentence(text: str, width: int, page: Page) -> Iterator[str]:
    """Lines of a sentence in English, each quote of Arabic in its place."""
    return (draw(line, width, page) for line in _quoting(text, width, page))


def _quoting(text: str, width: int, page: Page) -> list[Line]:
    apart = quotes(text)
    marked = [(start, end, _QUOTE) for start, end in apart]
    return layout(text, marked, width, mode=page.bidi.mode, rtl=False, isolates=apart)


def draw(line: Line, width: int, page: Page, indent: int = 0) -> str:
    """A laid-out line with its colours, at its edge of the column; of a whole row, the indent."""
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
        blanks = page.columns - indent - width  # the row begins at the right edge of the terminal
    return " " * blanks + text
