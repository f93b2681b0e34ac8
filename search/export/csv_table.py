"""A dossier as CSV for a spreadsheet: a row for each quotation, with all that is known of it.

A spreadsheet runs what begins with ``=``, ``+``, ``-`` or ``@``. Such a cell gets an apostrophe
in front, and so does one that begins with an apostrophe, or with white space, which some
programs pass over: to undo it, take one apostrophe from the front of each cell that has one.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from operator import itemgetter

from search.export.dossier import Dossier, Exhibit
from search.export.facts import DOSSIER, EXHIBIT, Fact, dossier_of, exhibit_of
from search.results import Snippet, Span

_RISKY = tuple("=+-@'＝＋－＠ \t\r\n")
"""The wide signs run in some locales."""
QUOTATION = (
    *("rank", "title", "quotation", "highlighted", "line", "page", "part", "start", "spans"),
)
"""The first columns; the others are those of the tables of facts."""
COLUMNS = (*QUOTATION, *(fact.name for fact in EXHIBIT), *(fact.name for fact in DOSSIER))
_MAX_CELL = 1 << 30
"""Characters of a cell that is read; Python's own limit is 131,072."""
Row = Mapping[str, str]


def write(dossier: Dossier) -> Iterator[str]:
    """Yield the lines of the table."""
    yield _line(COLUMNS)
    searched = [_joined(fact, dossier) for fact in DOSSIER]
    for exhibit in dossier.exhibits:
        known = [_joined(fact, exhibit) for fact in EXHIBIT]
        for quotation in exhibit.quotations or (None,):
            first = [str(exhibit.rank), exhibit.title, *_cells(quotation)]
            yield _line([*first, *known, *searched])


def _joined(fact: Fact[Dossier] | Fact[Exhibit], of: Dossier | Exhibit) -> str:
    """Return the values of a fact, none of which has line ends, as lines of a cell."""
    return "\n".join(value for value in fact.write(of) if value)  # type: ignore[arg-type]


def _cells(quotation: Snippet | None) -> list[str]:
    if quotation is None:
        return [""] * (len(QUOTATION) - 2)
    words = [quotation.text[start:end] for start, end in quotation.spans]
    spans = [f"{start}-{end}" for start, end in quotation.spans]
    page = str(quotation.page or "")
    place = [str(quotation.line), page, quotation.part or "", str(quotation.start)]
    return [quotation.text, " | ".join(words), *place, " ".join(spans)]


def _line(cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow(map(harmless, cells))
    return out.getvalue()


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet runs.

    >>> harmless("=1+1"), harmless("'a"), harmless("a")
    ("'=1+1", "''a", 'a')
    """
    return f"'{cell}" if cell.startswith(_RISKY) else cell


def as_written(cell: str) -> str:
    """Undo :func:`harmless`."""
    return cell[1:] if cell.startswith("'") else cell


def read(text: str) -> Dossier:
    """Return the dossier of a table. Raises ValueError."""
    csv.field_size_limit(_MAX_CELL)
    try:
        table = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    except csv.Error as error:
        raise ValueError(f"it is no table: {error}") from error
    names, *rows = table or [[]]
    if not {"rank", "quotation", "path", "query"} <= set(names):
        raise ValueError("it has no columns rank, quotation, path and query")
    found = [dict(zip(names, map(as_written, row), strict=False)) for row in rows if any(row)]
    whole = [row for row in found if len(row) == len(names)]  # the last may be cut off
    if not whole:
        raise ValueError("it has no rows")
    groups = groupby(whole, itemgetter("rank", "path"))
    exhibits = [_exhibit(list(rows)) for _, rows in groups]
    return dossier_of(_labelled(DOSSIER, whole[0]), exhibits)


def _exhibit(rows: Sequence[Row]) -> Exhibit:
    first = rows[0]
    quotations = [_quotation(row) for row in rows if row["start"]]
    exhibit = exhibit_of(_labelled(EXHIBIT, first), int(first["rank"]), quotations)
    return replace(exhibit, title=first.get("title", ""))


def _labelled(
    table: Sequence[Fact[Dossier]] | Sequence[Fact[Exhibit]], row: Row
) -> dict[str, list[str]]:
    """Return the values of a row under the labels of a table."""
    return {fact.label: row[fact.name].split("\n") for fact in table if row.get(fact.name)}


def _quotation(row: Row) -> Snippet:
    text = row["quotation"].replace("\r\n", "\n")  # some spreadsheets write it so
    return Snippet(
        text=text,
        start=int(row["start"]),
        line=int(row["line"]),
        page=int(row["page"]) if row["page"] else None,
        spans=tuple(_span(span, len(text)) for span in row["spans"].split()),
        part=row["part"] or None,
    )


def _span(text: str, length: int) -> Span:
    start, _, end = text.partition("-")
    if not 0 <= int(start) < int(end) <= length:
        raise ValueError(f"the span {text} is not in its quotation")
    return int(start), int(end)
