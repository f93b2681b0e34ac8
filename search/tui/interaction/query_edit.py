"""Add words and orders to a query and remove them, as text, for a key or a click."""

from __future__ import annotations

from collections.abc import Sequence

SORTS = ("", "sort:date", "sort:path")


def contains(query: str, clause: str) -> bool:
    """Whether a query contains a clause, between spaces."""
    return f" {clause} " in f" {query} "


def toggled(query: str, clause: str) -> str:
    """Add a clause to a query, or remove it; a word with a sign replaces the one without.

    >>> toggled("libya", "sort:date"), toggled("libya sort:date", "sort:date")
    ('libya sort:date', 'libya')
    >>> toggled("libya oil", "+oil"), toggled("libya +oil", "-oil")
    ('libya +oil', 'libya -oil')
    """
    padded, sign, bare = f" {query} ", clause[:1], clause[1:]
    if sign not in ("+", "-"):
        sign, bare = "", ""
    if f" {clause} " in padded:
        return " ".join(padded.replace(f" {clause} ", f" {bare} ", 1).split())
    for other in (bare, f"+{bare}", f"-{bare}") if sign else ():
        if f" {other} " in padded:
            return padded.replace(f" {other} ", f" {clause} ", 1).strip()
    return f"{query.strip()} {clause}".strip()


def cycled(query: str, clauses: Sequence[str]) -> str:
    """Replace the clause that a query has with the next of ``clauses``; the first is empty.

    >>> cycled("libya", SORTS), cycled("libya sort:path", SORTS)
    ('libya sort:date', 'libya')
    """
    current = next((clause for clause in clauses[1:] if contains(query, clause)), "")
    following = clauses[(clauses.index(current) + 1) % len(clauses)]
    for clause in filter(None, (current, following)):
        query = toggled(query, clause)
    return query
