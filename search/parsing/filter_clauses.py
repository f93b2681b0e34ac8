"""The filters of a query and where they stand in its text, for a screen that edits them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.analysis.lazy_pattern import lazy_pattern
from index.errors import BadQuery
from search.parsing.ast import (
    Clause,
    DateFilter,
    LanguageFilter,
    ModifiedFilter,
    ParsedGroup,
    ParsedQuery,
    PathFilter,
    TypeFilter,
    UndatedFilter,
    is_filter,
)
from search.parsing.field_values import FILTERS
from search.parsing.grammar import Part, QueryGrammar
from search.parsing.parser import INVISIBLE_CHARACTER
from search.parsing.value_lists import unquoted, value_spans

_FIELDS: dict[type[Clause], str] = {
    LanguageFilter: "lang", TypeFilter: "type", PathFilter: "path", DateFilter: "date",
    UndatedFilter: "date", ModifiedFilter: "modified",
}  # fmt: skip
"""Kind of a filter → its field."""
_LIST = lazy_pattern(rf"(?:NOT\s+|[+-])?({'|'.join(FILTERS)}):", re.IGNORECASE)
_MAX_LENGTH = 10_000
"""Characters of a query whose filters are looked for; nobody edits a longer one by key."""


@dataclass(frozen=True, slots=True)
class FilterValue:
    """A value of a filter, as written."""

    text: str
    start: int
    """Offsets in the query."""
    end: int


@dataclass(frozen=True, slots=True)
class FilterClause:
    """A filter that every document must pass."""

    field: str
    """``""`` for filters in brackets."""
    values: tuple[FilterValue, ...]
    """Those of which a document has any; the whole text for filters in brackets."""
    excluded: bool
    """Whether documents with a value are left out."""
    start: int
    """Offsets in the query, from the sign to the last value."""
    end: int


def filter_clauses(query: str) -> list[FilterClause]:
    """Return the filters of a query in their order; none if it is searched as plain words."""
    if ":" not in query[:_MAX_LENGTH] or len(query) > _MAX_LENGTH:
        return []
    offsets = [at for at, sign in enumerate(query) if not INVISIBLE_CHARACTER.match(sign)]
    grammar = QueryGrammar("".join(query[at] for at in offsets))
    try:
        grammar.query()
    except BadQuery:
        return []
    return [
        _moved(_filter_clause(grammar.text[part.start : part.end], part), offsets)
        for part in grammar.parts
        if part.clause is not None and is_filter(part.clause)
    ]


def _filter_clause(text: str, part: Part) -> FilterClause:
    """The filter of a part of a query, and that part's text."""
    excluded, listed = part.sign == "-", _LIST.match(text)
    if listed is None or len(text) == listed.end():
        whole = FilterValue(text, part.start, part.end)
        return FilterClause("", (whole,), excluded, part.start, part.end)
    field, behind = listed[1].lower(), text[listed.end() :]
    first = part.start + listed.end()
    values = tuple(
        FilterValue(behind[start:end], first + start, first + end)
        for start, end in value_spans(field, behind)
    )
    return FilterClause(field, values, excluded, part.start, part.end)


def _moved(clause: FilterClause, offsets: Sequence[int]) -> FilterClause:
    """A clause of the visible text, at its place in the text with invisible characters."""
    values = tuple(
        replace(value, start=offsets[value.start], end=offsets[value.end - 1] + 1)
        for value in clause.values
    )
    start, end = offsets[clause.start], offsets[clause.end - 1] + 1
    return replace(clause, values=values, start=start, end=end)


def is_value(field: str, written: str, value: str) -> bool:
    """Whether a value of a filter, as written, means another one, as ``arabic`` means ``ar``."""
    try:
        return written == value or _meaning(field, written) == _meaning(field, value)
    except ValueError:
        return False


def _meaning(field: str, value: str) -> Clause:
    return FILTERS[field](unquoted(value))


def without_field(query: ParsedQuery, field: str) -> ParsedQuery | None:
    """Return the query without its filters of one field alone; None if it has none."""
    root = query.root
    must = tuple(clause for clause in root.must if _fields(clause) != {field})
    must_not = tuple(clause for clause in root.must_not if _fields(clause) != {field})
    if len(must) + len(must_not) == len(root.must) + len(root.must_not):
        return None
    return replace(query, root=replace(root, must=must, must_not=must_not))


def _fields(clause: Clause) -> set[str]:
    """The fields of a filter; one of ``""`` for each clause that is none."""
    if isinstance(clause, ParsedGroup):
        parts = (*clause.should, *clause.must, *clause.must_not)
        return set().union(*map(_fields, parts))
    return {_FIELDS.get(type(clause), "")}
