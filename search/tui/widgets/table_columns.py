"""The columns of a table in a text: lines below each other whose cells have a tab between them."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import zip_longest

from search.bidi import Mode, layout

_MAX_TABLE = 1 << 14
"""Characters of a table whose columns are aligned; one that is longer is drawn row by row."""
_NO_WRAP = 1 << 16
"""A width, in cells, that no cell of such a table reaches."""
_ROWS = re.compile(r"[^\n\t]*\t[^\n]*(?:\n\n?[^\n\t]*\t[^\n]*)*")
"""Rows, one of which may stand behind an empty line: below a head, that of its rule."""

Widths = tuple[int, ...]
"""The width of each column, in cells of the screen."""


def column_widths(text: str, start: int, end: int, mode: Mode) -> Widths:
    """Return the widths of the columns around the line ``text[start:end]``.

    Empty if no other line of the table is near, or if it is longer than :data:`_MAX_TABLE`.
    """
    floor, ceiling = max(start - _MAX_TABLE, 0), min(end + _MAX_TABLE, len(text))
    below = _ROWS.match(text, start, ceiling)
    above = _ROWS.match(text[floor:end][::-1])  # the pattern is the same backwards
    if below is None or above is None:
        return ()
    table = text[end - above.end() : below.end()]
    return _widths(table, mode) if len(table) <= _MAX_TABLE else ()


@lru_cache(1 << 12)
def shown_width(cell: str, mode: Mode) -> int:
    """Return how many cells of the screen a text takes: lam and alef may take one."""
    lines = layout(cell, (), _NO_WRAP, mode=mode)
    return lines[0].width if lines else 0


@lru_cache(1 << 6)
def _widths(table: str, mode: Mode) -> Widths:
    rows = [line.split("\t") for line in table.split("\n") if "\t" in line]
    if len(rows) < 2:
        return ()
    columns = zip_longest(*rows, fillvalue="")
    return tuple(max(shown_width(cell, mode) for cell in column) for column in columns)
