"""Read the date that the name of a file states."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.dates.calendar_date import StatedDate, gregorian_date
from index.dates.expressions import expressions
from index.dates.folding import fold

_MAX_LENGTH = 255
_UNDERSCORED = re.compile(
    r"(?<![0-9])(?:[0-9]{4}_[0-9]{1,2}_[0-9]{1,2}|[0-9]{1,2}_[0-9]{1,2}_[0-9]{4})(?![0-9])"
)
_YEARS = range(1900, 2100)
"""Years that eight digits in a row can begin with; others are the number of something."""
# 20210415, and with a time, as cameras and web archives write it: 20210415101500.
_COMPACT = re.compile(
    r"(?<![0-9])([0-9]{4})([0-9]{2})([0-9]{2})(?:[0-9]{4}(?:[0-9]{2})?)?(?![0-9])"
)


def read_name(name: str) -> StatedDate | None:
    """Return the date that a file's name states: ``2021-04-15-name.txt``, ``15 April 2021.docx``.

    ``name`` is without folders. None if it states none, or more than one day: those are a period.
    """
    text = _UNDERSCORED.sub(lambda match: match[0].replace("_", "-"), fold(name[:_MAX_LENGTH]))
    text = text.replace("_", " ")
    found = [*(each.date for each in expressions(text)), *_compact(text)]
    return found[0] if len({each.day for each in found}) == 1 else None


def _compact(text: str) -> Iterator[StatedDate]:
    for match in _COMPACT.finditer(text):
        year, month, day = map(int, match.groups())
        if year in _YEARS and (found := gregorian_date(year, month, day)):
            yield found
