"""The date of a document: what it states, else what its file's name states, else none."""

from __future__ import annotations

from datetime import date
from typing import Any

from index.dates.calendar_date import StatedDate
from index.dates.dateline import read_dateline
from index.dates.file_name import read_name
from index.document import DATELINE, FILE_NAME, STATED


def date_fields(stated: StatedDate | date | None, text: str, name: str = "") -> dict[str, Any]:
    """Return the fields of a Document for its date; empty if it has none.

    ``stated`` is the date of its metadata, which counts before the dateline of its ``text``, and
    that before ``name``, of the file that holds this document alone. The day on which the file
    was written is no date of the document.
    """
    known, source = StatedDate(stated) if isinstance(stated, date) else stated, STATED
    if known is None:
        known, source = read_dateline(text), DATELINE
    if known is None:
        known, source = read_name(name), FILE_NAME
    if known is None:
        return {}
    return {"date": known.day, "date_source": source, "date_marks": known.marks}
