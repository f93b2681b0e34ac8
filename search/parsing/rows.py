"""The rows of a list: a line each, or the records of CSV if the list is a table.

A line of a list may be a query with commas and quotes, so a list is a table only if something
proves it: the suffix ``.csv`` or ``.tsv``, a heading that is known (``headings``), a line
``sep=;`` as Excel has it, or numbers in the first column of every line. Tabs always separate.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.analysis.lazy_pattern import lazy_pattern
from search.parsing.headings import is_heading

DELIMITERS = ("\t", ";", ",", "|")
TABLE_SUFFIXES = (".csv", ".tsv", ".tab")
_SEPARATOR_LINE = lazy_pattern(r"sep=(.)\n", re.IGNORECASE)
_SAMPLED_LINES = 100
"""Lines from which the delimiter is found."""
_QUOTED = lazy_pattern(r'"((?:[^"]|"")*+)"')


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its number in the file, from 1; empty rows count and are left out."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a list."""

    rows: tuple[Row, ...]
    """Those below the heading."""
    heading: tuple[str, ...] = ()
    """Empty if there is none."""
    is_table: bool = False
    """Whether the rows are records of CSV; otherwise they are lines, split at tabs."""


def rows_of(text: str, *, is_table: bool = False) -> Rows:
    """Return the rows of a list; ``is_table`` says that its name or its use proves it a table."""
    stated = _SEPARATOR_LINE.match(text)
    lines = [line for line in text[stated.end() if stated else 0 :].split("\n") if line.strip()]
    sample = lines[:_SAMPLED_LINES]
    delimiter = stated[1] if stated else _delimiter(sample, is_table=is_table)
    if delimiter is None:
        return _with_heading(_lines(text), is_table=False)
    rows = list(_records(text, delimiter))
    return _with_heading(rows[1:] if stated else rows, is_table=True)


def _with_heading(rows: Sequence[Row], *, is_table: bool) -> Rows:
    first = rows[0].cells if rows else ()
    if is_table and len(rows) + len(first) > 2 and is_heading(first, in_table=True):
        return Rows(tuple(rows[1:]), first, is_table)
    return Rows(tuple(rows), (), is_table)


def _delimiter(sample: Sequence[str], *, is_table: bool) -> str | None:
    """Return the delimiter of a table, or None for lines."""
    split = {each: [_cells(line, each) for line in sample] for each in DELIMITERS}
    for delimiter, rows in split.items():
        is_split = rows and len(rows[0]) > 1 and (is_table or _is_even(rows))
        if is_split and is_heading(rows[0], in_table=is_table):
            return delimiter
    if is_table:
        best = max(",;|\t", key=lambda each: sum(len(row) > 1 for row in split[each]))
        return None if best == "\t" else best  # as in a list: the last column is the query
    numbered = (each for each in DELIMITERS[1:] if _is_numbered(split[each]))
    return None if any("\t" in line for line in sample) else next(numbered, None)


def _is_even(rows: Sequence[Sequence[str]]) -> bool:
    """Whether there are several rows, of as many cells as the first, but for one in ten."""
    even = sum(len(row) == len(rows[0]) for row in rows)
    return len(rows) > 1 and 10 * even >= 9 * len(rows)


def _is_numbered(rows: Sequence[Sequence[str]]) -> bool:
    """Whether several rows have different numbers, and no space as in a sentence after them."""
    numbers = {row[0] for row in rows if len(row) > 1 and row[0].isdigit() and row[1][:1] != " "}
    return len(rows) == len(numbers) > 1


def _lines(text: str) -> list[Row]:
    return [
        Row(number, tuple(_unquoted(cell) for cell in line.split("\t")))
        for number, line in enumerate(text.split("\n"), 1)
        if line.strip()
    ]


def _unquoted(cell: str) -> str:
    """Return a cell that a spreadsheet has quoted for its quotes; other quotes are a phrase."""
    quoted = _QUOTED.fullmatch(cell)
    return quoted[1].replace('""', '"') if quoted and '""' in quoted[1] else cell


def _records(text: str, delimiter: str) -> Iterator[Row]:
    """Yield the records of CSV, and if they are not well formed, of each line."""
    try:
        found = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        found = [_cells(line, delimiter) for line in text.split("\n")]
    for number, cells in enumerate(found, 1):
        if any(cell.strip() for cell in cells):
            yield Row(number, tuple(" ".join(cell.split()) for cell in cells))


def _cells(line: str, delimiter: str) -> list[str]:
    """Return the cells of one line; a line that is not CSV is one cell."""
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return [line]
