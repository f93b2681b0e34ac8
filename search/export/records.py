"""A dossier and its exhibits as JSON, under the names of ``search --jsonl``, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any

from search.export.dossier import Dossier, Exhibit
from search.export.exhibits import path_bytes, path_of_bytes, shown_name
from search.results import Snippet, Span

Record = dict[str, Any]
_PATHS = ("path", "file")
_SEVERAL = ("date_marks", "tags", "copies", "options", "notes")
"""Fields that are lists of texts."""


def dossier_record(dossier: Dossier) -> Record:
    """Return what is known of the search."""
    names = ("query", "options", "searched", "index", "version", "total", "notes")
    record = {name: getattr(dossier, name) for name in names}
    return {**_listed(record), "documents": dossier.expected}


def exhibit_record(exhibit: Exhibit) -> Record:
    """Return an exhibit with its quotations; a path that is not all readable has its bytes too."""
    record = asdict(exhibit)
    record["snippets"] = record.pop("quotations")
    for name in _PATHS:
        path = record[name]
        record[name] = shown_name(path)
        if digits := path_bytes(path):
            record[f"{name}_bytes"] = digits
    return _listed(record)


def _listed(record: Record) -> Record:
    return {name: list(v) if isinstance(v, tuple) else v for name, v in record.items()}


def read_dossier(record: object, exhibits: Sequence[Exhibit]) -> Dossier:
    """Return the dossier of a record. Raises ValueError."""
    data = _object(record)
    known = _typed(data, Dossier)
    return Dossier(**known, exhibits=tuple(exhibits), count=_number(data, "documents"))


def read_exhibit(record: object) -> Exhibit:
    """Return the exhibit of a record. Raises ValueError."""
    data = _object(record)
    known = _typed(data, Exhibit)
    for name in _PATHS:
        if digits := data.get(f"{name}_bytes"):
            known[name] = path_of_bytes(str(digits))
    snippets = data.get("snippets")
    if not isinstance(snippets, list) or not known.get("path"):
        raise ValueError("a document has no path or no snippets")
    title = len(known.get("title", ""))
    known["title_spans"] = _spans(data.get("title_spans", []), title)
    return Exhibit(**known, quotations=tuple(map(_quotation, snippets)))


def _typed(data: Mapping[str, Any], kind: type[Dossier] | type[Exhibit]) -> Record:
    """Return the fields that are text, numbers or lists of texts. Raises ValueError."""
    known: Record = {}
    for field in fields(kind):
        name = field.name
        if name in _SEVERAL:
            known[name] = _texts(data.get(name, []))
        elif name in ("rank", "total"):
            known[name] = _number(data, name)
        elif name not in ("quotations", "title_spans", "exhibits", "count") and name in data:
            known[name] = data[name] if data[name] is None else _text(data[name])
    return known


def _quotation(record: object) -> Snippet:
    data = _object(record)
    text = _text(data.get("text"))
    return Snippet(
        text=text,
        start=_number(data, "start"),
        line=_number(data, "line"),
        page=None if data.get("page") is None else _number(data, "page"),
        spans=_spans(data.get("spans"), len(text)),
        part=None if data.get("part") is None else _text(data["part"]),
    )


def _spans(value: object, length: int) -> tuple[Span, ...]:
    """Return spans in a text of this length. Raises ValueError."""
    spans = [] if value is None else value
    if not isinstance(spans, list):
        raise ValueError("spans are no list")
    for span in spans:
        is_pair = isinstance(span, list) and list(map(type, span)) == [int, int]
        if not is_pair or not 0 <= span[0] < span[1] <= length:
            raise ValueError(f"the span {span} is not in its text")
    return tuple((start, end) for start, end in spans)


def _object(value: object) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise ValueError("it is no JSON object")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is no text")
    return value


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ValueError(f"{value!r} is no list")
    return tuple(map(_text, value))


def _number(data: Mapping[str, Any], name: str) -> int:
    value = data.get(name)
    if type(value) is not int or value < 0:
        raise ValueError(f"{name} is no number")
    return value
