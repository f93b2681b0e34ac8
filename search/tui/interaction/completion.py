"""Complete what is typed: names of fields, their values, and words of the index."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from search.hits.facets import NO_DATE, Facets
from search.parsing.field_values import FILTERS, SORTS

if TYPE_CHECKING:  # they need numpy, and the first frame is drawn before
    from search.engine import Engine

FIELDS = (*FILTERS, "name", "sort", "title")
"""The fields of the query language."""
_LAST = chr(0x10FFFF)
"""No term has it: the terms that start with a word are between it and it with this."""
_MIN_LETTERS = 2
"""Letters of a word from which it is completed."""
_CLAUSE = re.compile(r"[+\-(]*(?:(?P<field>[a-z]+):)?(?P<rest>[^\s\"()]*)$")
"""The clause at the end of a query."""

Values = Mapping[str, Sequence[str]]
"""Field → its values in the index, the commonest first."""


def field_values(facets: Facets) -> Values:
    """Return the values of each field that an index has."""
    folders = (path.rstrip("/").rpartition("/")[2] for path, _ in facets.folders)
    return {
        "lang": ("ar", "en"),
        "type": [value for value, _ in facets.types],
        "date": [*(year for year, _ in facets.years if year != NO_DATE), "none"],
        "path": [name for name in folders if name and not re.search(r"[\s\"()\[*?]", name)],
        "sort": tuple(SORTS),
    }


def field_completion(query: str, values: Values) -> str | None:
    """Return what completes a field or its value at the end of a query.

    "" if there is nothing to complete; None if a word is typed, which the index may complete.

    >>> field_completion("oil la", {}), field_completion("type:p", {"type": ["pdf"]})
    ('ng:', 'df')
    """
    clause = _last_clause(query)
    if clause is None:
        return ""
    field, rest = clause["field"], clause["rest"]
    if field:
        return _rest_of(rest, values.get(field, ())) if field in FIELDS else ""
    if len(rest) >= _MIN_LETTERS and (found := _rest_of(rest, FIELDS)):
        return f"{found}:"
    return None


def last_word(query: str) -> str:
    """Return the word at the end of a query that the index may complete; "" if there is none."""
    clause = _last_clause(query)
    word = clause["rest"] if clause and not clause["field"] else ""
    return word if len(word) >= _MIN_LETTERS and word.isalpha() else ""


def word_completion(word: str, engine: Engine) -> str:
    """Return what completes a word to the commonest of the index that starts with it, or ""."""
    start = word.casefold()
    if len(start) != len(word):
        return ""
    words = engine.dictionary.common(start, start + _LAST)
    longer = (term for term in words if len(term) > len(start) and term.isalpha())
    return next(longer, start)[len(start) :]


def _last_clause(query: str) -> re.Match[str] | None:
    """Return the clause at the end of a query; None within quotation marks."""
    tail = query.rsplit(" ", maxsplit=1)[-1]
    return None if query.count('"') % 2 else _CLAUSE.match(tail)


def _rest_of(start: str, values: Iterable[str]) -> str:
    """Return the rest of the first value that is longer than its start."""
    found = (value for value in values if value.startswith(start) and value != start)
    return next(found, start)[len(start) :]
