"""What stands behind a colon in a query, as people type it, to a filter.

Each function raises ValueError with a sentence for a value that makes no sense.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date

from index.analysis.normalizer import folded
from search.parsing.ast import DateFilter, Filter, LanguageFilter, PathFilter, Sort, TypeFilter

_LANGUAGES = {
    "ar": "ar", "arabic": "ar", "عربي": "ar", "العربية": "ar",
    "en": "en", "english": "en", "انجليزي": "en", "الإنجليزية": "en",
}  # fmt: skip

_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


def language(text: str) -> LanguageFilter:
    """``ar`` or ``en``, or the name of either in either."""
    if text.lower() not in _LANGUAGES:
        raise ValueError(f"the language {_shown(text)} is neither ar nor en")
    return LanguageFilter(_LANGUAGES[text.lower()])


def types(text: str) -> TypeFilter:
    """Formats with commas between them."""
    parts = [part.strip() for part in re.split("[,،]", text.lower())]
    return TypeFilter(tuple(filter(None, parts)))


def date_range(text: str) -> DateFilter:
    """``2016``, ``2016-05``, ``2016-05-01``, and ``2016..2021`` with either end open.

    >>> date_range("2016-02")
    DateFilter(first=datetime.date(2016, 2, 1), last=datetime.date(2016, 2, 29))
    """
    first, dots, last = folded(text).partition("..")
    if not dots:
        last = first
    if not first and not last:
        raise ValueError(f"{_shown(text)} is no date; write 2016, 2016-05-01 or 2016..2021")
    start = _period(first)[0] if first else date.min
    end = _period(last)[1] if last else date.max
    if start > end:
        raise ValueError(f"{_shown(text)} ends before it begins")
    return DateFilter(start, end)


def _period(text: str) -> tuple[date, date]:
    """The first and the last day of a year, a month or a day."""
    match = _DAY.fullmatch(text)
    if match is None:
        raise ValueError(f"{_shown(text)} is no date; write 2016, 2016-05 or 2016-05-01")
    year, month, day = (int(part or 1) for part in match.groups())
    try:
        first = date(year, month, day)
    except ValueError as error:
        raise ValueError(f"{_shown(text)} is no date: {error}") from error
    if match[3]:
        return first, first
    month = month if match[2] else 12
    return first, first.replace(month=month, day=monthrange(year, month)[1])


FILTERS: dict[str, Callable[[str], Filter]] = {
    "path": PathFilter,
    "type": types,
    "lang": language,
    "date": date_range,
}
"""The name before the colon → the function for what stands behind it."""

SORTS: dict[str, Sort] = {"score": "score", "date": "date", "path": "path"}
"""What stands behind ``sort:``."""


def _shown(text: str) -> str:
    """A value for a message, which should be a sentence however long the value is."""
    return repr(text if len(text) <= 40 else text[:39] + "…")
