"""Add filters to a query and remove them, as text, for a key or a click."""

from __future__ import annotations

from collections.abc import Sequence

SORTS = ("", "sort:date", "sort:path")
LANGUAGES = ("", "lang:ar", "lang:en")


def contains(query: str, clause: str) -> bool:
    """Whether a query contains a clause, between spaces."""
    return f" {clause} " in f" {query} "


def toggled(query: str, clause: str) -> str:
    """Add a clause to a query, or remove it; a required word replaces the optional one.

    >>> toggled("libya", "lang:ar"), toggled("libya lang:ar", "lang:ar")
    ('libya lang:ar', 'libya')
    >>> toggled("libya oil", "+oil")
    'libya +oil'
    """
    padded = f" {query} "
    if f" {clause} " in padded:
        bare = clause.removeprefix("+") if clause.startswith("+") else ""
        return " ".join(padded.replace(f" {clause} ", f" {bare} ", 1).split())
    if clause.startswith("+") and f" {clause[1:]} " in padded:
        return padded.replace(f" {clause[1:]} ", f" {clause} ", 1).strip()
    return f"{query.strip()} {clause}".strip()


def cycled(query: str, clauses: Sequence[str]) -> str:
    """Replace the clause that a query has with the next of ``clauses``; the first is empty.

    >>> cycled("libya", LANGUAGES), cycled("libya lang:en", LANGUAGES)
    ('libya lang:ar', 'libya')
    """
    current = next((clause for clause in clauses[1:] if contains(query, clause)), "")
    following = clauses[(clauses.index(current) + 1) % len(clauses)]
    for clause in filter(None, (current, following)):
        query = toggled(query, clause)
    return query
