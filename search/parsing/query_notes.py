"""Notes on a query: fields that do not exist, types that no document has, undated documents."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from index.analysis.lazy_pattern import lazy_pattern
from search.parsing.ast import ParsedQuery, TypeFilter
from search.parsing.field_values import FIELD, FILTERS
from search.parsing.undated import undated_notes

FIELDS = ("title", "name", *FILTERS, "sort")
"""The fields of the query language."""
_MAX_WORDS = 5
"""Words that a note names; the words of a longer text need not be named one by one."""
_QUOTED = lazy_pattern(r'"[^"]*"|“[^”]*”|«[^»]*»')
_LIKE_FIELD = lazy_pattern(r"(?<![^\s(+-])([A-Za-z]{2,12}):(?=[^\s:/\\])")
"""A word before a colon and a value; not ``https://`` nor ``C:\\``."""


def query_notes(
    query: ParsedQuery,
    typed: str,
    count: Callable[[ParsedQuery], int],
    values: Callable[[str], Collection[str]],
) -> list[str]:
    """Return what a user should know of a query that was understood.

    ``typed`` is its text, "" if it has no fields. ``count`` returns the number of documents that
    match a query, ``values`` the values of a field in the index.
    """
    filters = [clause for clause in query.root.must if isinstance(clause, TypeFilter)]
    asked = [name for clause in filters for name in clause.types]
    return [
        *undated_notes(query, count),
        *(unknown_type_notes(asked, values("type")) if asked else ()),
        *unknown_field_notes(typed),
    ]


def unknown_field_notes(text: str) -> tuple[str, ...]:
    """Return the note on words of a query that look like fields; empty if there are none."""
    words = [match[1] for match in _LIKE_FIELD.finditer(_QUOTED.sub(" ", text))]
    unknown = list(dict.fromkeys(word for word in words if not FIELD.match(f"{word}:")))
    if not unknown:
        return ()
    named = ", ".join(f"{word}:" for word in unknown[:3])
    verb = "is no field" if len(unknown) == 1 else "are no fields"
    return (f"{named} {verb}; fields are {', '.join(FIELDS)}",)


def unknown_type_notes(asked: Collection[str], known: Collection[str]) -> list[str]:
    """Return a note on types that no document has; ``known`` are those of the index."""
    unknown = [name for name in asked if name not in known]
    if not unknown:
        return []
    return [
        f"no document has the type {', '.join(unknown)}; types are {', '.join(known) or 'none'}"
    ]


def missing_word_notes(missing: Mapping[str, Sequence[str]]) -> list[str]:
    """Return a note on the words that no document has; ``missing`` has the nearest of each.

    A word with a near one is not named: the documents of that one are found.
    """
    words = [word for word, near in missing.items() if not near]
    more = f" and {len(words) - _MAX_WORDS:,} more" if len(words) > _MAX_WORDS else ""
    return [f"no document has {', '.join(words[:_MAX_WORDS])}{more}"] if words else []
