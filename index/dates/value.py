"""Read a value that states a date: of metadata, front matter, a header or a field."""

from __future__ import annotations

import re

from index.dates.calendar_date import UNSIGNED_HIJRI_YEARS, StatedDate, gregorian_date
from index.dates.expressions import expressions
from index.dates.folding import fold
from index.document import AMBIGUOUS

_MAX_LENGTH = 200
"""Characters of a value that are read."""
_ISO = re.compile(r"\s*([0-9]{4})-([0-9]{2})-([0-9]{2})(?![0-9])")
_COMPACT = re.compile(r"\s*(?:D:)?([0-9]{4})([0-9]{2})([0-9]{2})(?:[0-9]{6})?(?![0-9])")
_TWO_DIGIT_YEAR = re.compile(r"\s*([0-9]{1,2})([./-])([0-9]{1,2})\2([0-9]{2})(?![0-9./-])")
_PIVOT = 69
"""Two digits from which on a year is one of the 1900s, as in POSIX."""


def read_date(value: object) -> StatedDate | None:
    """Return the date that a value states; None if it states none, or is no string.

    ISO 8601, with or without hyphens and a time; RFC 2822; and all that :mod:`expressions` finds,
    of which the first counts. A year of two digits is read in ``15/4/21`` alone, and marked
    ambiguous.
    """
    if not isinstance(value, str):
        return None
    text = fold(value[:_MAX_LENGTH])
    iso = _ISO.match(text)
    if iso and int(iso[1]) not in UNSIGNED_HIJRI_YEARS:
        return gregorian_date(int(iso[1]), int(iso[2]), int(iso[3]))
    found = expressions(text)
    return found[0].date if found else _compact(text) or _of_two_digit_year(text)


def _compact(text: str) -> StatedDate | None:
    match = _COMPACT.match(text)
    return gregorian_date(int(match[1]), int(match[2]), int(match[3])) if match else None


def _of_two_digit_year(text: str) -> StatedDate | None:
    match = _TWO_DIGIT_YEAR.match(text)
    if match is None:
        return None
    day, month, year = int(match[1]), int(match[3]), int(match[4])
    year += 1900 if year >= _PIVOT else 2000
    day_first = gregorian_date(year, month, day, AMBIGUOUS)
    return day_first or gregorian_date(year, day, month, AMBIGUOUS)
