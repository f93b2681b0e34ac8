"""A dossier as CSL-JSON, which Zotero and pandoc read: an item for each document.

https://github.com/citation-style-language/schema defines it. What no field is made for (offsets,
spans, the search itself) is in ``custom``, so that the file can be checked as well.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from index.document import AMBIGUOUS
from search.export.dossier import Dossier, Exhibit
from search.export.exhibits import shown_name
from search.export.facts import place
from search.export.records import dossier_record, exhibit_record, read_dossier, read_exhibit
from search.render.data import dumps
from search.results import shown_date

_TYPES = {"html": "webpage"}
"""Format → type of an item; any other is a ``document``."""
_CUSTOM = "dalil"


def write(dossier: Dossier) -> Iterator[str]:
    """Yield the array, item by item."""
    search = dossier_record(dossier)
    yield "[\n"
    for number, exhibit in enumerate(dossier.exhibits):
        yield (",\n" if number else "") + dumps(item(dossier, exhibit, search))
    yield "\n]\n"


def item(dossier: Dossier, exhibit: Exhibit, search: dict[str, Any]) -> dict[str, Any]:
    """Return one item; ``search`` is the record of the search."""
    fields = {
        "id": citation_key(exhibit),
        "type": _TYPES.get(exhibit.type, "document"),
        "title": exhibit.title,
        "author": [{"literal": exhibit.author}] if exhibit.author else None,
        "issued": _issued(exhibit),
        "accessed": {"date-parts": [_parts(dossier.searched)]},
        "language": exhibit.language.split("+")[0],
        "archive_location": shown_name(exhibit.path),
        "page": _pages(exhibit),
        "keyword": ", ".join(exhibit.tags),
        "abstract": "\n\n".join(quotation.text for quotation in exhibit.quotations),
        "note": remark(exhibit),
        "custom": {_CUSTOM: {"dossier": search, "hit": exhibit_record(exhibit)}},
    }
    return {name: value for name, value in fields.items() if value}


def citation_key(exhibit: Exhibit) -> str:
    """Return a key that no other exhibit of the dossier has, in ASCII."""
    digits = "".join(char for char in exhibit.sha256[:12] if char in "0123456789abcdef")
    return f"dalil-{exhibit.rank}-{digits}"


def remark(exhibit: Exhibit) -> str:
    """Return the digest, what is uncertain of the date, and where the quotations stand."""
    date = shown_date(exhibit.date, exhibit.date_marks) if exhibit.date_marks else ""
    digest = f"SHA-256 {exhibit.sha256}" if exhibit.sha256 else ""
    places = "; ".join(map(place, exhibit.quotations))
    return ". ".join(part for part in (digest, date and f"Date {date}", places) if part)


def _issued(exhibit: Exhibit) -> dict[str, Any] | None:
    """Return the date; one of which day and month could be the other way round is ``circa``."""
    parts = _parts(exhibit.date or "")
    circa = {"circa": True} if AMBIGUOUS in exhibit.date_marks else {}
    return {"date-parts": [parts], **circa} if parts else None


def _parts(day: str) -> list[int]:
    """Return year, month and day of ``2026-11-28…``; none of what is no day."""
    parts = day[:10].split("-")
    return [int(part) for part in parts] if all(part.isdecimal() for part in parts) else []


def _pages(exhibit: Exhibit) -> str:
    pages = {quotation.page for quotation in exhibit.quotations if quotation.page}
    return ", ".join(map(str, sorted(pages)))


def read(text: str) -> Dossier:
    """Return the dossier of the items. Raises ValueError."""
    items = json.loads(text)
    if not isinstance(items, list) or not items:
        raise ValueError("it is no list of references")
    kept = [_kept(each) for each in items]
    return read_dossier(kept[0].get("dossier"), [read_exhibit(one.get("hit")) for one in kept])


def _kept(item_: object) -> dict[str, Any]:
    custom = item_.get("custom") if isinstance(item_, dict) else None
    kept = custom.get(_CUSTOM) if isinstance(custom, dict) else None
    if not isinstance(kept, dict):
        raise ValueError("a reference has no `custom` field of Dalil's: nothing to check")
    return kept
