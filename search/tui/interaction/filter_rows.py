"""The rows of the filters: facets with their counts, and which of them the query asks for."""

from __future__ import annotations

import glob
import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from index.schema import readable_path
from search.bidi import clean
from search.hits.facets import NO_DATE, Counts, Facets
from search.parsing.ast import DateFilter
from search.parsing.field_values import FILTERS
from search.parsing.filter_clauses import filter_clauses, is_value
from search.parsing.value_lists import unquoted
from search.render.lines import shown_path
from search.tui.interaction.folder_tree import Folder, folder_rows
from search.tui.interaction.query_edit import contains

ON, OUT, WITHIN = "✓", "−", "·"
"""Marks of a value that the query asks for, that it leaves out, and of a year in a range."""
UNFOLDED, FOLDED = "▾", "▹"
"""Marks of a folder whose subfolders are seen, and of one whose subfolders are not."""
_BARE = re.compile(r'[^\s"()“”«»„‟,،]+')
"""A path that needs no quotation marks."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row: a heading, or a value with its document count."""

    label: str
    count: int | None = None
    field: str = ""
    """``""`` for a heading, ``+`` for a word of the query."""
    value: str = ""
    """As it is written in the query."""
    mark: str = ""
    """One of the marks, or ``""``."""
    folder: Folder | None = None

    @property
    def clause(self) -> str:
        """The filter as it is written in a query; ``""`` for a heading."""
        return f"{self.field}{':' * (self.field != '+')}{self.value}" if self.field else ""


def entries(facets: Facets, query: str = "", turned: Collection[str] = ()) -> list[Entry]:
    """Return the rows of facets; ``turned`` as in :func:`folder_rows`."""
    found: list[Entry] = []
    for heading, rows in (
        ("Language", _values("lang", facets.languages)),
        ("Type", _values("type", facets.types)),
        ("Year", _values("date", facets.years)),
        ("Folder", _folders(facets.folders, turned)),
        ("Word", [Entry(clean(word), n, "+", _word(word)) for word, n in facets.words]),
    ):
        if rows := _marked(query, rows):
            found += [Entry(""), Entry(heading)] if found else [Entry(heading)]
            found += rows
    return found


def _values(field: str, counts: Counts) -> list[Entry]:
    return [
        Entry(clean(value), count, field, "none" if value == NO_DATE else value)
        for value, count in counts
    ]


def _folders(counts: Counts, turned: Collection[str]) -> list[Entry]:
    return [
        Entry(clean(_label(folder)), folder.count, "path", path_value(folder.path), folder=folder)
        for folder in folder_rows(counts, turned)
    ]


def _label(folder: Folder) -> str:
    """The path of a folder in the one above it; of the first, its last two parts."""
    if folder.above:
        return readable_path(folder.path[len(folder.above) :].lstrip("/"))
    return "/".join(shown_path(folder.path).rstrip("/").split("/")[-2:]) or "/"


def _word(word: str) -> str:
    return word if re.fullmatch(r"[^\s\"()]+", word) else f'"{word.replace(chr(34), " ")}"'


def path_value(path: str) -> str:
    """Return the value of ``path:`` for a folder, with ``~`` for the user's own.

    A character that no query can contain is one of any kind, ``?``.

    >>> path_value("/my files/a[1]")
    '"/my files/a[[]1]"'
    """
    readable, home = readable_path(path), str(Path("~").expanduser())
    if readable.startswith(home + "/") and glob.escape(home) == home:
        readable = "~" + readable[len(home) :]
    escaped = "".join(
        sign if sign.isprintable() and sign != '"' else "?" for sign in glob.escape(readable)
    )
    return escaped if _BARE.fullmatch(escaped) else f'"{escaped}"'


# -- what the query asks for ---------------------------------------------------------


def _marked(query: str, rows: list[Entry]) -> list[Entry]:
    """Rows of one field with their marks, and a row for each further value of the query."""
    if not rows:
        return rows
    field = rows[0].field
    if field == "+":
        return [replace(row, mark=ON if contains(query, row.clause) else "") for row in rows]
    asked = [
        (value.text, OUT if clause.excluded else ON)
        for clause in filter_clauses(query)
        if clause.field == field
        for value in clause.values
    ]
    further = [
        Entry(clean(unquoted(text)), _count(field, text, rows), field, text, mark)
        for text, mark in asked
        if not any(is_value(field, text, row.value) for row in rows)
    ]
    return [*(replace(row, mark=_mark(row, asked)) for row in rows), *further]


def _mark(row: Entry, asked: list[tuple[str, str]]) -> str:
    marks = [mark for text, mark in asked if is_value(row.field, text, row.value)]
    if not marks and row.field == "date" and row.value != "none":
        marks = [WITHIN for text, _ in asked if _is_year_in(row.value, text)]
    return marks[0] if marks else ""


def _count(field: str, text: str, rows: list[Entry]) -> int | None:
    """The documents with a value that has no row; None if unknown."""
    if field == "date":
        return sum(row.count or 0 for row in rows if _is_year_in(row.value, text))
    return None if field == "path" else 0


def _is_year_in(year: str, text: str) -> bool:
    """Whether all days of a year are in a period, as written."""
    period = FILTERS["date"](unquoted(text))
    if year == "none" or not isinstance(period, DateFilter):
        return False
    return period.first <= date(int(year), 1, 1) and date(int(year), 12, 31) <= period.last
