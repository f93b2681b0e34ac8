"""Clauses of a query that a key or a click puts in and takes out."""

from __future__ import annotations

from collections.abc import Sequence

SORTS = ("", "sort:date", "sort:path")
LANGUAGES = ("", "lang:ar", "lang:en")


def holds(query: str, clause: str) -> bool:
    """Whether a query has a clause, as a word of its own."""
    return f" {clause} " in f" {query} "


def toggled(query: str, clause: str) -> str:
    """A query with a clause, or without it where it had it; a required word takes its place.

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
    """A query with the next of some clauses in place of the one that it has; the first is none.

    >>> cycled("libya", LANGUAGES), cycled("libya lang:en", LANGUAGES)
    ('libya lang:ar', 'libya')
    """
    now = next((clause for clause in clauses[1:] if holds(query, clause)), "")
    then = clauses[(clauses.index(now) + 1) % len(clauses)]
    for clause in filter(None, (now, then)):
        query = toggled(query, clause)
    return query
