"""Facets: how many of the matching documents have each language, type, year, folder and word."""

from __future__ import annotations

from dataclasses import dataclass

BOTH = "ar+en"
"""The value of documents in both languages, which are counted for each of them too."""
NO_DATE = "no date"
"""The value of documents without a date, in place of a year."""

Counts = tuple[tuple[str, int], ...]
"""A value and the documents that have it; the commonest first."""


@dataclass(frozen=True, slots=True)
class Facets:
    """Documents counted by what they are.

    Each field is counted without the query's own filters of that field, so that another of its
    values can be chosen beside one that is.
    """

    languages: Counts = ()
    types: Counts = ()
    years: Counts = ()
    """The latest first, and last :data:`NO_DATE`."""
    folders: Counts = ()
    """Folders with all that is below them, and files that hold many documents. The first holds
    all documents, and every folder between it and another one is there too."""
    words: Counts = ()
    """By the words and phrases of the query, in their order."""
