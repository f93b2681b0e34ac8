"""What stands where hits would: how to begin, and what to do where nothing is found."""

from __future__ import annotations

from search.hits.lazy_results import LazyResults

BEGINNING = (
    "Type: hits appear as you go.",
    "",
    "libya russia           with any of the words",
    '"oil ministry"         these words in a row',
    "+oil -gas              with oil, without gas",
    "lang:ar  date:2021     in Arabic; of that year",
    "sort:date              the newest first",
    "",
    "↓ ↑       choose a hit      Enter   read it",
    "Tab       list, filters     Esc     back",
    "F1        help              Ctrl+C  quit",
)
"""Before anything is typed."""


def guide(listing: LazyResults | None) -> tuple[str, ...]:
    """What to say where a list has no rows."""
    if listing is None:
        return BEGINNING
    tries = [listing.suggestion, *listing.notes] if listing.suggestion else listing.notes
    return (
        "Nothing found.",
        "",
        *(line for line in tries if line),
        "Try fewer or other words, or take a filter out of the query.",
        "F1 shows what can be typed.",
    )
