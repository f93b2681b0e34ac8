"""A dossier as JSON, a line each: first the search, then its documents."""

from __future__ import annotations

import json
from collections.abc import Iterator

from search.export.dossier import Dossier
from search.export.records import dossier_record, exhibit_record, read_dossier, read_exhibit
from search.render.data import dumps


def write(dossier: Dossier) -> Iterator[str]:
    """Yield the lines."""
    yield dumps({"dossier": dossier_record(dossier)}) + "\n"
    for exhibit in dossier.exhibits:
        yield dumps(exhibit_record(exhibit)) + "\n"


def read(text: str) -> Dossier:
    """Return the dossier of the lines, without a last one that is cut off. Raises ValueError."""
    first, *lines = text.split("\n")
    head = json.loads(first)
    if not isinstance(head, dict) or "dossier" not in head:
        raise ValueError("its first line is no search")
    whole = lines if text.endswith("\n") or _is_json(lines[-1:]) else lines[:-1]
    exhibits = [read_exhibit(json.loads(line)) for line in whole if line.strip()]
    return read_dossier(head["dossier"], exhibits)


def _is_json(lines: list[str]) -> bool:
    try:
        return all(json.loads(line) is not None for line in lines)
    except ValueError:
        return False
