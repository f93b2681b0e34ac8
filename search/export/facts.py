"""What is known of a dossier and of an exhibit, as labelled lines of text, and back.

One table for each: the formats for people print its rows under their labels, CSV under their
names, and the readers of these formats turn them into fields again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Generic, TypeVar

from index.document import DATE_MARKS
from search.export.dossier import Dossier, Exhibit
from search.export.exhibits import path_bytes, path_of_bytes, shown_name
from search.results import Snippet, shown_date

T = TypeVar("T")
Values = Sequence[str]
Fields = dict[str, Any]
PLACE = "Place"
"""The label of where a quotation stands."""


@dataclass(frozen=True, slots=True)
class Fact(Generic[T]):
    """A row of a table: a label, and how it is written and read."""

    label: str
    name: str
    """Of its column in CSV."""
    write: Callable[[T], Iterable[str]]
    """Its values; empty ones are left out."""
    read: Callable[[Values], Fields]
    """At least one value → fields. Raises ValueError."""


def _text(label: str, name: str, field: str = "") -> Fact[Any]:
    """Return the row of a field that is text."""
    field = field or name
    return Fact(
        label, name, lambda of: [getattr(of, field) or ""], lambda values: {field: values[0]}
    )


def _texts(label: str, name: str, field: str) -> Fact[Any]:
    """Return the row of a field that is several texts, a line each."""
    return Fact(label, name, lambda of: getattr(of, field), lambda values: {field: tuple(values)})


def _path(label: str, name: str) -> tuple[Fact[Exhibit], Fact[Exhibit]]:
    """Return the rows of a path, readable, and where that is not all of it, its bytes."""
    return (
        Fact(label, name, lambda of: [shown_name(getattr(of, name))],
             lambda values: {name: values[0]}),
        Fact(f"{label} in bytes", f"{name}_bytes", lambda of: [path_bytes(getattr(of, name))],
             lambda values: {name: path_of_bytes(values[0])}),
    )  # fmt: skip


_MARKS = [marks for n in range(len(DATE_MARKS) + 1) for marks in combinations(DATE_MARKS, n)]


def _read_date(values: Values) -> Fields:
    day = values[0][:10]
    marks = next((marks for marks in _MARKS if shown_date(day, marks) == values[0]), ())
    return {"date": day, "date_marks": marks}


def _read_count(values: Values) -> Fields:
    count, _, total = values[0].partition(" of ")
    return {"count": int(count), "total": int(total)}


EXHIBIT: tuple[Fact[Exhibit], ...] = (
    *_path("Path", "path"),
    *_path("File", "file"),
    Fact("Date", "date", lambda e: [shown_date(e.date, e.date_marks)], _read_date),
    _text("Date from", "date_source"),
    _text("Author", "author"),
    _texts("Tag", "tags", "tags"),
    _text("Language", "language"),
    _text("Format", "type"),
    _text("SHA-256", "sha256"),
    _text("SHA-256 of the file", "file_sha256"),
    _text("Changed last", "modified"),
    Fact(
        "File at the time",
        "state",
        lambda e: [e.state if e.state != "current" else ""],
        lambda values: {"state": values[0]},
    ),
    _texts("Copy", "copies", "copies"),
)
"""What is known of a document besides its rank, title and quotations."""
DOSSIER: tuple[Fact[Dossier], ...] = (
    _text("Query", "query"),
    _texts("Option", "options", "options"),
    _text("Searched", "searched"),
    _text("Index", "index"),
    _text("Dalil", "dalil", "version"),
    Fact("Documents", "documents", lambda d: [f"{d.expected} of {d.total}"], _read_count),
    _texts("Note", "notes", "notes"),
)
"""What is known of a search."""
_REDUNDANT = {"file": "path", "file_sha256": "sha256"}
"""Row that is left out for people if it says the same as another."""


def rows(table: Sequence[Fact[T]], of: T) -> Iterator[tuple[str, str]]:
    """Yield label and value of what is known, a row each, without what is said twice."""
    for fact in table:
        same = _REDUNDANT.get(fact.name)
        if same and getattr(of, fact.name) == getattr(of, same):
            continue
        yield from ((fact.label, value) for value in fact.write(of) if value)


def fields(table: Sequence[Fact[T]], found: Mapping[str, Values]) -> Fields:
    """Return the fields of labelled values. Raises ValueError."""
    read: Fields = {}
    for fact in table:
        if values := found.get(fact.label):
            read |= fact.read(values)
    return read


def exhibit_of(
    found: Mapping[str, Values], rank: int, quotations: Sequence[Snippet], **more: Any
) -> Exhibit:
    """Return the exhibit of labelled values. Raises ValueError if it has no path."""
    read = {"file_sha256": "", "sha256": "", **fields(EXHIBIT, found), **more}
    if not read.get("path"):
        raise ValueError("a document has no path")
    if "File" not in found:
        read |= {"file": read["path"], "file_sha256": read["sha256"]}
    return Exhibit(rank=rank, quotations=tuple(quotations), **read)


def dossier_of(found: Mapping[str, Values], exhibits: Sequence[Exhibit]) -> Dossier:
    """Return the dossier of labelled values. Raises ValueError if it is none."""
    read = fields(DOSSIER, found)
    if not {"query", "searched", "count"} <= read.keys():
        raise ValueError("it does not say what was searched, and when")
    return Dossier(exhibits=tuple(exhibits), **read)


_PLACE = re.compile(r"characters (\d+)–(\d+), line (\d+)(?:, page (\d+))?(?:, in (.+))?")


def place(quotation: Snippet) -> str:
    """Return where a quotation stands: in the text of its document, from 0, and for people.

    >>> place(Snippet("oil", 7, 2, 1, (), "footnote"))
    'characters 7–10, line 2, page 1, in footnote'
    """
    end = quotation.start + len(quotation.text)
    page = f", page {quotation.page}" if quotation.page else ""
    part = f", in {quotation.part}" if quotation.part else ""
    return f"characters {quotation.start}–{end}, line {quotation.line}{page}{part}"


def read_place(text: str) -> Fields:
    """Return start, line, page and part of a quotation. Raises ValueError."""
    match = _PLACE.fullmatch(text)
    if match is None:
        raise ValueError(f"“{text[:60]}” is no place of a quotation")
    start, _, line, page, part = match.groups()
    return {"start": int(start), "line": int(line), "page": int(page) if page else None,
            "part": part}  # fmt: skip
