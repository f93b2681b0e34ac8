"""Lines of text as Textual's strips of cells, Arabic at the right edge of its column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from search.bidi import Line, Mode, cell_width, layout

Styles = Mapping[str, Style]
"""The looks of spans by name."""


def strip(line: Line, width: int, base: Style, styles: Styles) -> Strip:
    """One line in a column of so many cells."""
    parts = [Segment(part.text, _style(part.style, base, styles)) for part in line.segments]
    return in_column(Strip(parts, line.width), width, base, right=line.rtl)


def in_column(found: Strip, width: int, base: Style, *, right: bool = False) -> Strip:
    """A strip with blanks around it, at the left or the right edge of a column."""
    if found.cell_length > width:
        return found.crop(0, width)
    blank = Segment(" " * (width - found.cell_length), base)
    return Strip([blank, *found] if right else [*found, blank], width)


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
    """A paragraph as strips of so many cells."""
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
    """The first line of a text; an ellipsis at its end says that there is more."""
    lines = layout(text, spans, width, mode=mode, rtl=rtl, max_lines=2, isolates=isolates)
    if len(lines) > 1:
        end = layout(text, (), width - 1, mode=mode, rtl=rtl, max_lines=1)[0].end
        kept = [(start, min(stop, end), style) for start, stop, style in spans]
        apart = [(start, min(stop, end)) for start, stop in isolates]
        whole, rtl = text[:end] + "…", lines[0].rtl
        lines = layout(whole, kept, width, mode=mode, rtl=rtl, max_lines=1, isolates=apart)
    return strip(lines[0], width, base, styles) if lines else Strip.blank(width, base)


def ink(style: Style) -> Style:
    """The colour of letters alone, for what they stand on is another's."""
    return Style(color=style.color)


def shortened(path: str, width: int) -> str:
    """The end of a path, which says more than its beginning, in so many cells."""
    if cell_width(path) <= width:
        return path
    while path and cell_width(path) >= max(width, 1):
        path = path[1:]
    return "…" + path


def _style(name: str | None, base: Style, styles: Styles) -> Style:
    return base if name is None else base + styles.get(name, Style.null())
