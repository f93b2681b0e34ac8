"""Switch the filters of a query on and off, as text that stays the user's own.

The values of one field are a list, any of which a document may have: ``type:text,pdf``.
"""

from __future__ import annotations

from search.parsing.filter_clauses import FilterClause, FilterValue, filter_clauses, is_value
from search.parsing.value_lists import unquoted, value_spans

Found = tuple[FilterClause, FilterValue]
"""A filter, and the one of its values that was looked for."""


def has(query: str, field: str, value: str, *, excluded: bool = False) -> bool:
    """Whether a query asks for a value, or leaves it out.

    >>> has("libya type:text,pdf", "type", "pdf"), has("libya -type:pdf", "type", "pdf")
    (True, False)
    """
    return _find(query, field, value, excluded=excluded) is not None


def switched(query: str, field: str, value: str, *, exclude: bool = False) -> str:
    """Ask for a value, or leave it out with ``exclude``; if the query does, no longer.

    >>> switched("libya", "lang", "ar"), switched("libya lang:ar", "lang", "en")
    ('libya lang:ar', 'libya lang:ar,en')
    >>> switched("libya type:pdf", "type", "pdf", exclude=True)
    'libya -type:pdf'
    """
    if has(query, field, value, excluded=exclude):
        return without(query, field, value, excluded=exclude)
    return _with(without(query, field, value, excluded=not exclude), field, value, exclude)


def without(query: str, field: str, value: str, *, excluded: bool = False) -> str:
    """Take a value out of a query, and its filter with the last one.

    >>> without("type:text,pdf libya", "type", "text"), without("lang:ar libya", "lang", "ar")
    ('type:pdf libya', 'libya')
    """
    found = _find(query, field, value, excluded=excluded)
    return query if found is None else _cut(query, *found)


def removed(query: str, field: str, value: str) -> str:
    """Take a value out of a query that asks for it or leaves it out.

    >>> removed("libya -type:pdf", "type", "pdf"), removed("libya lang:ar", "lang", "ar")
    ('libya', 'libya')
    """
    return without(without(query, field, value), field, value, excluded=True)


def only(query: str, field: str, value: str) -> str:
    """Ask for one value of a field instead of those asked for before; for any with ``""``.

    >>> only("libya lang:ar,en", "lang", "ar"), only("libya lang:ar", "lang", "")
    ('libya lang:ar', 'libya')
    """
    for clause in reversed(filter_clauses(query)):
        if clause.field == field and not clause.excluded:
            query = _cut_clause(query, clause)
    return _with(query, field, value, excluded=False) if value else query


def next_language(query: str) -> str:
    """Ask for the next of Arabic, English and both.

    >>> next_language("libya"), next_language("libya lang:ar"), next_language("libya lang:en")
    ('libya lang:ar', 'libya lang:en', 'libya')
    """
    asked = [language for language in ("ar", "en") if has(query, "lang", language)]
    return only(query, "lang", {(): "ar", ("ar",): "en"}.get(tuple(asked), ""))


def ranged(query: str, *, first: str = "", last: str = "") -> str:
    """Ask for the years from ``first`` or to ``last``; the other end of a range stays.

    >>> ranged("libya", first="2016"), ranged("libya date:2016..", last="2021")
    ('libya date:2016..', 'libya date:2016..2021')
    """
    clauses = [c for c in filter_clauses(query) if c.field == "date" and not c.excluded]
    values = [unquoted(value.text) for clause in clauses for value in clause.values]
    whole = values[0] if len(values) == 1 and values[0].lower() != "none" else ".."
    start, dots, end = whole.partition("..")
    start, end = first or start, last or (end if dots else start)
    if first and end and first[:4] > end[:4]:
        end = ""
    if last and start and start[:4] > last[:4]:
        start = ""
    return only(query, "date", start if start == end else f"{start}..{end}")


def _find(query: str, field: str, value: str, *, excluded: bool) -> Found | None:
    for clause in filter_clauses(query):
        if (clause.field, clause.excluded) == (field, excluded):
            for each in clause.values:
                if is_value(field, each.text, value):
                    return clause, each
    return None


def _with(query: str, field: str, value: str, excluded: bool) -> str:
    """Add a value to the filter of a field, or a filter to the query."""
    for clause in filter_clauses(query):
        if (clause.field, clause.excluded) == (field, excluded):
            last = clause.values[-1]
            # A comma is text in a path that stands alone, and not in a list.
            written = query[last.start : last.end]
            text = f'"{written}"' if len(value_spans("", last.text)) > 1 else written
            return f"{query[: last.start]}{text},{value}{query[last.end :]}"
    return f"{query.rstrip()} {'-' * excluded}{field}:{value}".lstrip()


def _cut(query: str, clause: FilterClause, value: FilterValue) -> str:
    """Take a value out of its list, with one comma, or a clause with one value."""
    if len(clause.values) == 1:
        return _cut_clause(query, clause)
    at = clause.values.index(value)
    if at:
        return query[: clause.values[at - 1].end] + query[value.end :]
    return query[: value.start] + query[clause.values[1].start :]


def _cut_clause(query: str, clause: FilterClause) -> str:
    before, after = query[: clause.start], query[clause.end :]
    return before.rstrip() + after if before.strip() else after.lstrip()
