"""The value of a field in a query, as people type it, to a filter.

Each function raises ValueError with a sentence for a value that is not valid.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from index.analysis.lazy_pattern import lazy_pattern
from index.analysis.normalizer import folded
from search.parsing.ast import (
    Clause,
    DateFilter,
    LanguageFilter,
    ModifiedFilter,
    ParsedGroup,
    PathFilter,
    Sort,
    TagFilter,
    TypeFilter,
    UndatedFilter,
)

_LANGUAGES = {
    "ar": "ar", "arabic": "ar", "عربي": "ar", "العربية": "ar",
    "en": "en", "english": "en", "انجليزي": "en", "الإنجليزية": "en",
}  # fmt: skip

_DAY = lazy_pattern(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_MAX_QUOTED = 40
"""Characters of a value in a message."""


def language_filter(text: str) -> LanguageFilter | ParsedGroup:
    """Parse ``ar``, ``en``, or the name of either language in either language.

    ``ar+en`` are the documents in both.
    """
    languages = text.lower().split("+")
    if unknown := [language for language in languages if language not in _LANGUAGES]:
        raise ValueError(f"the language {_quoted(unknown[0])} is neither ar nor en")
    filters = tuple(LanguageFilter(_LANGUAGES[language]) for language in languages)
    return filters[0] if len(filters) == 1 else ParsedGroup(must=filters)


def type_filter(text: str) -> TypeFilter:
    """Parse formats separated by commas."""
    parts = [part.strip() for part in re.split("[,،]", text.lower())]
    return TypeFilter(tuple(filter(None, parts)))


def tag_filter(text: str) -> TagFilter:
    """Parse tags separated by commas; a document has any of them."""
    tags = [part.strip().lstrip("#") for part in re.split("[,،]", text)]
    if not any(tags):
        raise ValueError(f"{_quoted(text)} is no tag; write tag:lead")
    return TagFilter(tuple(filter(None, tags)))


def date_filter(text: str) -> DateFilter | UndatedFilter:
    """Parse a period, as :func:`period` does, or ``none``: documents without a date.

    >>> date_filter("2016-02")
    DateFilter(first=datetime.date(2016, 2, 1), last=datetime.date(2016, 2, 29))
    """
    return UndatedFilter() if text.lower() == "none" else DateFilter(*period(text))


def modified_filter(text: str) -> ModifiedFilter:
    """Parse a period, as :func:`period` does."""
    return ModifiedFilter(*period(text))


def period(text: str) -> tuple[date, date]:
    """Parse ``2016``, ``2016-05``, ``2016-05-01``, or ``2016..2021``, open at either end.

    Returns the first and the last day.
    """
    first, dots, last = folded(text).partition("..")
    if not dots:
        last = first
    if not first and not last:
        raise ValueError(f"{_quoted(text)} is no date; write 2016, 2016-05-01 or 2016..2021")
    start = _days(first)[0] if first else date.min
    end = _days(last)[1] if last else date.max
    if start > end:
        raise ValueError(f"{_quoted(text)} ends before it begins")
    return start, end


def _days(text: str) -> tuple[date, date]:
    """Return the first and the last day of a year, a month or a day."""
    match = _DAY.fullmatch(text)
    if match is None:
        raise ValueError(f"{_quoted(text)} is no date; write 2016, 2016-05 or 2016-05-01")
    year, month, day = (int(part or 1) for part in match.groups())
    try:
        first = date(year, month, day)
    except ValueError as error:
        raise ValueError(f"{_quoted(text)} is no date: {error}") from error
    if match[3]:
        return first, first
    from calendar import monthrange  # noqa: PLC0415 (few queries have a date)

    month = month if match[2] else 12
    return first, first.replace(month=month, day=monthrange(year, month)[1])


FILTERS: dict[str, Callable[[str], Clause]] = {
    "path": PathFilter,
    "type": type_filter,
    "lang": language_filter,
    "date": date_filter,
    "modified": modified_filter,
    "tag": tag_filter,
}
"""Name of a filter field → the function that parses its value."""

SORTS: dict[str, Sort] = {"score": "score", "date": "date", "path": "path"}
"""Values of ``sort:``."""

FIELD = lazy_pattern(f"({'|'.join(['title', 'name', 'sort', *FILTERS])}):", re.IGNORECASE)
"""A field and its colon."""


def _quoted(text: str) -> str:
    """Quote a value for a message, shortened so that the message stays a sentence."""
    return repr(text if len(text) <= _MAX_QUOTED else text[: _MAX_QUOTED - 1] + "…")
