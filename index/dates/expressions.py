"""Find where a folded line states a day: a year, a month and a day, in any usual order.

In digits ``2013-08-28``, ``28/8/2013``; with the name of a month ``28 آب/أغسطس 2013``, ``28th of
August, 2013``, ``August 28, 2013``; of the hijri calendar with the name of its month, or in digits
with its sign ``هـ`` or AH. Digits that end with the year are read day first, unless only the other
order makes a day; if both make one, the date is marked ambiguous. A year and a month are no day.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from index.dates.calendar_date import (
    PLAUSIBLE_YEARS,
    UNSIGNED_HIJRI_YEARS,
    StatedDate,
    gregorian_date,
    hijri_date,
)
from index.dates.months import GREGORIAN_MONTHS, HIJRI_MONTHS, month_key
from index.document import AMBIGUOUS, HIJRI


@dataclass(frozen=True, slots=True)
class Expression:
    """A date in a line, and its place there."""

    date: StatedDate
    start: int
    end: int


_DAY = r"(?<![0-9])(?<![0-9][.,:/-])(?P<day>[0-9]{1,2})"
_YEAR = r"(?P<year>[0-9]{4})(?![0-9])"
# The sign of the calendar behind a year: hijri, or that of Christ.
_SIGN = r"(?:\s*\(?(?:(?P<ah>ه|هجريه?|A\.?H\.?|H\.)|م|ميلاديه?|A\.?D\.?|C\.?E\.?)(?!\w)\)?)?"
_NAMED = re.compile(rf"{_DAY}(?P<middle>[^0-9\n]{{2,45}}){_YEAR}{_SIGN}", re.IGNORECASE)
_MONTH_FIRST = re.compile(rf"{_DAY}(?:st|nd|rd|th)?(?:\s*,\s*|\s+){_YEAR}", re.IGNORECASE)
_YEAR_FIRST = re.compile(
    r"(?<![0-9])(?<![0-9][.,:/-])(?P<year>[0-9]{4})(?P<sign>\s?[./-]\s?)(?P<month>[0-9]{1,2})(?P=sign)"
    rf"(?P<day>[0-9]{{1,2}})(?![0-9]){_SIGN}",
    re.IGNORECASE,
)
_YEAR_LAST = re.compile(
    rf"{_DAY}(?P<sign>\s?[./-]\s?)(?P<month>[0-9]{{1,2}})(?P=sign){_YEAR}(?![./][0-9]){_SIGN}",
    re.IGNORECASE,
)
_HAS_YEAR = re.compile(r"(?<![0-9])[0-9]{4}(?![0-9])")
_ORDINAL = re.compile(r"^(?:st|nd|rd|th|er)\b", re.IGNORECASE)
_FILLERS = re.compile(r"\b(?:of|the|de|من|ل?شهر|ل?عام|ل?سنه)\b", re.IGNORECASE)
_WORDS_BEFORE = re.compile(r"([^\W\d_]+(?:[\s'-]+[^\W\d_]+){0,2})[\s.,]*$")
_NAME_LENGTH = 40
"""Characters before a day within which the name of its month begins."""
CALENDARS_APART = 3
"""Days by which a hijri date may differ from the Gregorian date beside it."""
_TWIN_DISTANCE = 30
"""Characters behind a hijri date within which our calendar's date of the day begins."""

_Maker = Callable[..., StatedDate | None]
"""`gregorian_date` or `hijri_date`."""


def expressions(line: str) -> list[Expression]:
    """Return the dates of a folded line in order; none overlaps another."""
    if not _HAS_YEAR.search(line):
        return []
    found: list[Expression] = []
    for each in sorted(_candidates(line), key=lambda each: (each.start, -each.end)):
        if not found or each.start >= found[-1].end:
            found.append(each)
    return _without_twins(found)


def _candidates(line: str) -> Iterator[Expression]:
    for match in _NAMED.finditer(line):
        middle = _ORDINAL.sub("", match["middle"])
        yield from _named(match, middle, match.start())
    for match in _MONTH_FIRST.finditer(line):
        yield from _month_first(match)
    for match in _YEAR_FIRST.finditer(line):
        yield from _expression(match, _year_first(match), match.start())
    for match in _YEAR_LAST.finditer(line):
        yield from _expression(match, _year_last(match), match.start())


def _expression(match: re.Match[str], day: StatedDate | None, start: int) -> Iterator[Expression]:
    if day is not None and day.day.year in PLAUSIBLE_YEARS:
        yield Expression(day, start, match.end())


def _named(match: re.Match[str], name: str, start: int) -> Iterator[Expression]:
    """Yield the date of a match whose month is a name; none if the name is no month's."""
    months = _months(name)
    if months is not None:
        make, month = months
        yield from _expression(match, make(int(match["year"]), month, int(match["day"])), start)


def _month_first(match: re.Match[str]) -> Iterator[Expression]:
    """Yield the date of a day and a year behind the name of a month: of one to three words."""
    start = max(match.start() - _NAME_LENGTH, 0)
    before = _WORDS_BEFORE.search(match.string[start : match.start()])
    words = list(re.finditer(r"[^\W\d_]+", before[1])) if before else []
    for word in words:
        assert before is not None  # noqa: S101 (it has the words)
        name = before[1][word.start() :]
        for found in _named(match, name, start + before.start() + word.start()):
            yield found
            return


def _months(name: str) -> tuple[_Maker, int] | None:
    """Return the calendar and the month of a name, or of two for one month: ``آب/أغسطس``."""
    parts = [part for part in re.split(r"[/()]", _FILLERS.sub(" ", name)) if part.strip(" ,.-")]
    known = [_month(part.strip(" ,.-")) for part in parts]
    if len(known) == 1 and known[0] is None:
        known = [_month(part) for part in re.split(r"\s*-\s*", parts[0].strip(" ,.-"))]
    return known[0] if known and None not in known else None


def _month(name: str) -> tuple[_Maker, int] | None:
    key = month_key(name)
    if key in GREGORIAN_MONTHS:
        return gregorian_date, GREGORIAN_MONTHS[key]
    return (hijri_date, HIJRI_MONTHS[key]) if key in HIJRI_MONTHS else None


def _year_first(match: re.Match[str]) -> StatedDate | None:
    """Return the date of ``2013-08-28``; and of ``2013/28/08``, which has no other reading."""
    make, year, month, day = _numbers(match)
    is_iso = match["sign"] == "-"
    return make(year, month, day) or (None if is_iso else make(year, day, month))


def _year_last(match: re.Match[str]) -> StatedDate | None:
    """Return the date of ``28/8/2013`` or ``8/28/2013``; marked if both orders make a day."""
    make, year, month, day = _numbers(match)
    day_first, month_first = make(year, month, day), make(year, day, month)
    if day_first and month_first and day != month:
        return make(year, month, day, AMBIGUOUS)
    return day_first or month_first


def _numbers(match: re.Match[str]) -> tuple[_Maker, int, int, int]:
    year = int(match["year"])
    is_hijri = match["ah"] or year in UNSIGNED_HIJRI_YEARS
    make: _Maker = hijri_date if is_hijri else gregorian_date
    return make, year, int(match["month"]), int(match["day"])


def _without_twins(found: list[Expression]) -> list[Expression]:
    """Join a hijri date and our calendar's date of the same day beside it: nothing is converted."""
    kept: list[Expression] = []
    for each in found:
        last = kept[-1] if kept else None
        if last and _is_twin(last, each):
            own = last.date if HIJRI in each.date.marks else each.date
            kept[-1] = Expression(own, last.start, each.end)
        else:
            kept.append(each)
    return kept


def _is_twin(first: Expression, second: Expression) -> bool:
    near = second.start - first.end <= _TWIN_DISTANCE
    same = abs((first.date.day - second.date.day).days) <= CALENDARS_APART
    return near and same and HIJRI in first.date.marks + second.date.marks
