"""Render lines of text as Textual strips, right-to-left lines at the right edge of the column."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, takewhile

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from search.bidi import Line, Mode, cell_width, layout

_INNER = re.compile(r"#|!/")
"""Between the name of a file and that of a document in it."""
Styles = Mapping[str, Style]
"""Name of a span → its style."""


def strip(line: Line, width: int, base: Style, styles: Styles) -> Strip:
    """Render one line in a column of ``width`` cells."""
    parts = [Segment(part.text, _style(part.style, base, styles)) for part in line.segments]
    return in_column(Strip(parts, line.width), width, base, right=line.rtl)


def in_column(content: Strip, width: int, base: Style, *, right: bool = False) -> Strip:
    """Pad or crop a strip to ``width`` cells, its text at the left or the right edge."""
    if content.cell_length > width:
        return content.crop(0, width)
    blank = Segment(" " * (width - content.cell_length), base)
    return Strip([blank, *content] if right else [*content, blank], width)


def strips(
    text: str,
    spans: Sequence[tuple[int, int, str]],
    width: int,
    mode: Mode,
    base: Style,
    styles: Styles,
    *,
    rtl: bool | None = None,
    max_lines: int | None = None,
) -> list[Strip]:
    """Render a paragraph as strips of ``width`` cells."""
    lines = layout(text, spans, width, mode=mode, rtl=rtl, max_lines=max_lines)
    return [strip(line, width, base, styles) for line in lines]


def first_line(
    text: str,
    spans: Sequence[tuple[int, int, str]],
    width: int,
    mode: Mode,
    base: Style,
    styles: Styles,
    *,
    rtl: bool | None = None,
    isolates: Sequence[tuple[int, int]] = (),
) -> Strip:
    """Render the first line of a text, with an ellipsis at its end if the text is longer."""
    lines = layout(text, spans, width, mode=mode, rtl=rtl, max_lines=2, isolates=isolates)
    if len(lines) < 2:  # most lines fit, and are laid out once
        return strip(lines[0], width, base, styles) if lines else Strip.blank(width, base)
    line = fitted(text, width, mode, rtl=rtl, isolates=isolates)
    kept = [(start, min(stop, line.end), style) for start, stop, style in spans]
    apart = [(start, min(stop, line.end)) for start, stop in isolates]
    lines = layout(line.text, kept, width, mode=mode, rtl=line.rtl, max_lines=1, isolates=apart)
    return strip(lines[0], width, base, styles)


@dataclass(frozen=True, slots=True)
class Fitted:
    """A text cut to one line, with an ellipsis if it is longer."""

    text: str
    end: int
    """How many characters of the text are shown."""
    rtl: bool


def fitted(
    text: str,
    width: int,
    mode: Mode,
    *,
    rtl: bool | None = None,
    isolates: Sequence[tuple[int, int]] = (),
) -> Fitted:
    """Return as much of a text as fits a line of ``width`` cells."""
    lines = layout(text, (), width, mode=mode, rtl=rtl, max_lines=2, isolates=isolates)
    if len(lines) < 2:
        return Fitted(text, len(text), lines[0].rtl if lines else False)
    end = layout(text, (), width - 1, mode=mode, rtl=rtl, max_lines=1)[0].end
    return Fitted(text[:end] + "…", end, lines[0].rtl)


def ink(style: Style) -> Style:
    """Return a style with the foreground colour only; the background is the line's."""
    return Style(color=style.color)


def shortened(path: str, width: int) -> str:
    """Shorten a path to ``width`` cells in its middle: the file's name and its #id or !/name stay.

    Where those alone are too wide, both ends of them stay.
    """
    if cell_width(path) <= width:
        return path
    room = max(width - 1, 0)
    inner = _INNER.search(path)
    name_at = path.rfind("/", 0, inner.start() if inner else len(path))
    name = path[max(name_at, 0) :]
    whole = cell_width(name) <= room
    path = path if whole else name.removeprefix("/")
    end = _fitting(path[::-1], cell_width(name) if whole else room * 2 // 3)[::-1]
    return _fitting(path, room - cell_width(end)) + "…" + end


def _fitting(text: str, width: int) -> str:
    """Return as many characters from the beginning of a text as fit ``width`` cells."""
    if text.isascii() and text.isprintable():
        return text[: max(width, 0)]
    ends = accumulate(map(cell_width, text))
    return text[: sum(1 for _ in takewhile(lambda end: end <= width, ends))]


def _style(name: str | None, base: Style, styles: Styles) -> Style:
    return base if name is None else base + styles.get(name, Style.null())
