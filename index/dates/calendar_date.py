"""StatedDate: a day as a text states it, with what is uncertain of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from index.dates.hijri import to_gregorian
from index.document import HIJRI

_YEARS = range(2, 9999)
"""Years of a date; ``0001-01-01`` and ``9999-12-31`` are what programs write for none."""
PLAUSIBLE_YEARS = range(1500, 3000)
"""Years of a date in a text; other numbers count something else."""
_HIJRI_YEARS = range(1000, 1600)
UNSIGNED_HIJRI_YEARS = range(1406, 1500)
"""Years that are hijri without a sign: too early for ours, too late for the Persian calendar."""


@dataclass(frozen=True, slots=True)
class StatedDate:
    """A day as a text states it."""

    day: date
    marks: tuple[str, ...] = ()
    """Those of :data:`index.document.DATE_MARKS` that hold."""


def gregorian_date(year: int, month: int, day: int, *marks: str) -> StatedDate | None:
    """Return the date of a year, month and day; None if there is no such day."""
    try:
        return StatedDate(date(year, month, day), marks) if year in _YEARS else None
    except ValueError:
        return None


def hijri_date(year: int, month: int, day: int, *marks: str) -> StatedDate | None:
    """Return the date of a year, month and day of the hijri calendar; None if there is none."""
    if year not in _HIJRI_YEARS or not 1 <= month <= 12 or not 1 <= day <= 30:
        return None
    return StatedDate(to_gregorian(year, month, day), (*marks, HIJRI))
