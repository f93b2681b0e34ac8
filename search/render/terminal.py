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

from index.analysis.lazy_pattern import lazy_pattern
from index.schema import readable_path
from search.bidi import (
    Line,
    TerminalPlan,
    base_rtl,
    cell_width,
    isolate,
    layout,
    majority_rtl,
    quotes,
)
from search.render.lines import explanation, one_line
from search.render.passage import bracketed, passage_of
from search.render.style import Style, linked
from search.results import Hit, Span

GUTTER = 12
"""Cells before the text, for rank and language."""
_NARROW_GUTTER = 4
"""Cells before the text on a narrow terminal, for the rank alone."""
_NARROW = 60
"""A terminal of fewer columns is narrow."""
_MAX_WIDTH = 100
"""Maximum number of cells of text in a line: longer lines are hard to read."""
_MIN_WIDTH = 20
_QUOTE = "quote"
"""The style of Arabic in an English sentence."""
_PATH_PIECE = lazy_pattern(r"[^/ _.#-]*[/ _.#-]*")
"""A part of a path behind which a line may end."""


@dataclass(frozen=True, slots=True)
class Page:
    """The width of a terminal, and how to send text to it."""

    columns: int
    """Width of the terminal in cells."""
    bidi: TerminalPlan
    style: Style

    @property
    def gutter(self) -> int:
        """Return the cells before the text of a hit."""
        return GUTTER if self.columns >= _NARROW else _NARROW_GUTTER

    @property
    def width(self) -> int:
        """Return the width of the column of text in cells."""
        return max(_MIN_WIDTH, min(self.columns - self.gutter, _MAX_WIDTH))

    @property
    def title_style(self) -> str | None:
        """Return the style of a title; None for kitty, where bold letters do not join."""
        return None if self.bidi.mode == "words" else "title"


def hit_lines(hit: Hit, path: str, page: Page, *, explain: bool, uri: str = "") -> Iterator[str]:
    """Yield the lines of a hit: title, path and facts, fragments, and with ``explain`` reasons.

    Without a title, or with the name of the file as one, the path stands in its place. It links
    to ``uri``.
    """
    margin = " " * page.gutter
    titled = hit.title.strip() not in ("", _name(readable_path(hit.path)))
    facts = _path_and_facts(hit, path, page, uri)
    if titled:
        heading = _layout(hit.title, hit.title_spans, page, rtl=hit.rtl, max_lines=2)
        first = draw(heading[0], page.width, page, base=page.title_style) if heading else ""
        yield _gutter(hit, page) + first
        for line in heading[1:]:
            yield draw(line, page.width, page, page.gutter, base=page.title_style)
    else:
        yield _gutter(hit, page) + next(facts)
    yield from (margin + line for line in facts)
    for snippet in hit.snippets:
        for line in _layout(*passage_of(snippet), page, rtl=hit.rtl):
            yield draw(line, page.width, page, page.gutter)
    if explain:
        for text in explanation(hit):
            for row in sentence(text, page.width, page):
                yield margin + page.style.quiet(row)


def _name(path: str) -> str:
    return path[path.rfind("/") + 1 :]


def _gutter(hit: Hit, page: Page) -> str:
    if page.gutter == _NARROW_GUTTER:
        return f"{hit.rank:>3} "
    badge = f"{hit.language or '··':<5}"
    return f"{hit.rank:>4}  {page.style.badge(badge)} "


def _path_and_facts(hit: Hit, path: str, page: Page, uri: str) -> Iterator[str]:
    """Yield the path and other facts about the file on as many lines as they need."""
    # Folders stay in the order of the path, even if their names are Arabic.
    lines = _path_layout(hit, path, page)
    *above, line = [linked(draw(part, page.width, page, base="path"), uri) for part in lines] or [
        ""
    ]
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


def _path_layout(hit: Hit, path: str, page: Page) -> list[Line]:
    """Lay out a path, with the words of the query in it."""
    before = len(readable_path(hit.path)) - len(path)
    # Not where each Arabic name has an isolate around it, which a span could cut in two.
    spans = () if page.bidi.isolates else hit.path_spans
    lines: list[Line] = []
    for start, part in _path_parts(path, page.width):
        inside = [(a - before - start, b - before - start) for a, b in spans]
        matches = [(max(a, 0), b, "match") for a, b in inside if b > 0 and a < len(part)]
        lines += _sentence_layout(part, page.width, page, matches)
    return lines


def _path_parts(path: str, width: int) -> Iterator[tuple[int, str]]:
    """Cut a path into offsets and parts of at most ``width`` cells, behind its signs.

    A longer name is left whole.
    """
    start = end = 0
    for piece in _PATH_PIECE.finditer(path):
        if end > start and cell_width(path[start : piece.end()].rstrip(" ")) > width:
            yield start, path[start:end]
            start = end
        end = piece.end()
    yield start, path[start:]


def _facts(hit: Hit) -> list[str]:
    first = hit.snippets[0] if hit.snippets else None
    facts = [
        f"page {first.page}" if first and first.page else "",
        one_line(first.part) if first and first.part else "",
        hit.shown_date,
        one_line(" ".join(f"#{tag}" for tag in hit.own_tags)),
        f"+{len(hit.copies)} {'copy' if len(hit.copies) == 1 else 'copies'}" if hit.copies else "",
        {"missing": "file missing", "changed": "changed since it was indexed"}.get(hit.state, ""),
    ]
    return [fact for fact in facts if fact]


def _layout(
    text: str, spans: Sequence[Span], page: Page, *, rtl: bool, max_lines: int | None = None
) -> list[Line]:
    """Lay out a text with its matches in colour, or in brackets.

    Most of its letters decide its direction; without any, ``rtl`` does.
    """
    if not page.style.colour:
        text, spans = bracketed(text, spans)
    styled = [(start, end, "match") for start, end in spans]
    rtl, mode = majority_rtl(text, rtl), page.bidi.mode
    return layout(text, styled, page.width, mode=mode, rtl=rtl, max_lines=max_lines)


def sentence(text: str, width: int, page: Page) -> Iterator[str]:
    """Yield the lines of an English sentence with each quote of Arabic isolated."""
    return (draw(line, width, page) for line in _sentence_layout(text, width, page))


def _sentence_layout(
    text: str, width: int, page: Page, matches: Sequence[tuple[int, int, str]] = ()
) -> list[Line]:
    arabic = quotes(text)
    styled = [*((start, end, _QUOTE) for start, end in arabic), *matches]
    return layout(text, styled, width, mode=page.bidi.mode, rtl=False, isolates=arabic)


def draw(line: Line, width: int, page: Page, indent: int = 0, base: str | None = None) -> str:
    """Return a line with its colours, at the left or right edge of a column of ``width`` cells.

    ``indent``: the cells before the column; 0 if the row has other text there. ``base``: the
    style of all that has no other.
    """

    def painted(text: str, style: str | None) -> str:
        if style == _QUOTE:
            return page.style.paint(base, isolate(text) if page.bidi.isolates else text)
        return page.style.paint(style or base, text)

    text = "".join(painted(part.text, part.style) for part in line.segments)
    if page.bidi.isolates:
        text = isolate(text, line.rtl)
    blanks = indent + (width - line.width if line.rtl else 0)
    if indent and page.bidi.aligns and base_rtl("".join(part.text for part in line.segments)):
        blanks = page.columns - indent - width  # the row starts at the right edge of the terminal
    return " " * blanks + text
