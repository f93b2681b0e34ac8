"""The values behind the colon of a filter: ``ar,en``, ``"my folder","old news"``."""

from __future__ import annotations

from index.analysis.lazy_pattern import lazy_pattern
from search.parsing.text_signs import QUOTES

_QUOTATION = "|".join(f'{opening}[^{end}"]*[{end}"]' for opening, end in QUOTES.items())
_VALUE = lazy_pattern(f"{_QUOTATION}|[^,،]+")
_COMMAS_ARE_TEXT = ("path",)
"""Fields of which a value without quotation marks may contain commas."""


def value_spans(field: str, text: str) -> list[tuple[int, int]]:
    """Return the start and the end of each value of a filter, quotation marks included."""
    if field in _COMMAS_ARE_TEXT and QUOTES.keys().isdisjoint(text):
        return [(0, len(text))]
    return [match.span() for match in _VALUE.finditer(text) if match[0].strip()]


def split_values(field: str, text: str) -> list[str]:
    """Return the values of a filter without their quotation marks.

    >>> split_values("lang", "ar,en"), split_values("path", "a,b"), split_values("path", '"a","b"')
    (['ar', 'en'], ['a,b'], ['a', 'b'])
    """
    return [unquoted(text[start:end]) for start, end in value_spans(field, text)]


def unquoted(value: str) -> str:
    """Return a value without the quotation marks around it.

    >>> unquoted('"my folder"'), unquoted("notes")
    ('my folder', 'notes')
    """
    return value[1:-1] if value[:1] in QUOTES and len(value) > 1 else value
