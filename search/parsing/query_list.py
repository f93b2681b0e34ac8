"""QueryList: the queries of a file, each with an id."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from search.parsing.headings import Role, role_of
from search.parsing.list_text import text_of
from search.parsing.rows import TABLE_SUFFIXES, Row, Rows, rows_of


@dataclass(frozen=True, slots=True)
class BatchQuery:
    """A query of a list. The language in its line is for other programs and never filters."""

    id: str
    """That of its row, or the number of the row."""
    text: str


@dataclass(frozen=True, slots=True)
class QueryList:
    """The queries of a file, in order."""

    queries: tuple[BatchQuery, ...]
    note: str = ""
    """Which columns were taken, if a heading said so."""


def read_queries(data: bytes, name: str) -> QueryList:
    """Return the queries of a list with this file name.

    A line is a query, or an id, a tab and a query, or an id, a language and a query with tabs
    between. In a table (``rows``) the heading decides; without one, queries are in the first
    column of words, and ids before it. Raises Unreadable if the bytes are no text.
    """
    rows = rows_of(text_of(data, name), is_table=name.lower().endswith(TABLE_SUFFIXES))
    if not rows.heading and not rows.is_table:
        return QueryList(tuple(_of_line(row) for row in rows.rows if row.cells[-1].strip()))
    query = _query_column(rows)
    ids = _id_column(rows, query)
    found = tuple(
        BatchQuery(_cell(row, ids) or str(row.number), text)
        for row in rows.rows
        if (text := _cell(row, query))
    )
    return QueryList(found, _note(rows.heading, query, ids))


def _of_line(row: Row) -> BatchQuery:
    return BatchQuery(row.cells[0] if len(row.cells) > 1 else str(row.number), row.cells[-1])


def _query_column(rows: Rows) -> int:
    roles = [role_of(cell) for cell in rows.heading]
    if Role.QUERY in roles:
        return roles.index(Role.QUERY)
    width = max((len(row.cells) for row in rows.rows), default=1)
    columns = [n for n in range(width) if n >= len(roles) or roles[n] is None]
    for has_words in (_is_of_words, _has_letters):
        for column in columns:
            if has_words([_cell(row, column) for row in rows.rows]):
                return column
    return columns[-1] if columns else 0


def _id_column(rows: Rows, query: int) -> int:
    """Return the column of ids, -1 if there is none."""
    roles = [role_of(cell) for cell in rows.heading]
    if rows.heading:
        return roles.index(Role.ID) if Role.ID in roles else -1
    for column in range(query):
        cells = Counter(_cell(row, column) for row in rows.rows)
        if "" not in cells and max(cells.values(), default=0) == 1:
            return column
    return -1


def _is_of_words(cells: Sequence[str]) -> bool:
    """Whether most cells have letters and no digit, and not all are codes of a language."""
    if max(map(len, cells), default=0) <= _MAX_CODE:
        return False
    words = sum(_has_letters([cell]) and not any(map(str.isdigit, cell)) for cell in cells)
    return 2 * words > len(cells)


_MAX_CODE = 3
"""Letters of the code of a language or a country."""


def _has_letters(cells: Sequence[str]) -> bool:
    return any(char.isalpha() for cell in cells for char in cell)


def _cell(row: Row, column: int) -> str:
    return row.cells[column].strip() if 0 <= column < len(row.cells) else ""


def _note(heading: Sequence[str], query: int, ids: int) -> str:
    if not heading:
        return ""
    names = dict(enumerate(cell.strip() for cell in heading))
    source = f"queries are from the column {names.get(query) or query + 1}"
    return source + (f", ids from the column {names[ids]}" if ids >= 0 else "")
