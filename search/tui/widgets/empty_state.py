"""The text of a list without hits: how to start, and what to try if nothing was found."""

from __future__ import annotations

from textual.strip import Strip

from search.bidi import Mode
from search.hits.lazy_results import LazyResults
from search.tui.widgets.card import CardStyle
from search.tui.widgets.strips import in_column, strips

_INDENT = 4
"""Cells left of the text."""

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
"""Lines shown before anything is typed."""


def empty_state(
    listing: LazyResults | None, y: int, width: int, mode: Mode, style: CardStyle
) -> Strip:
    """Render row ``y`` of the list, ``width`` cells wide, while it has no hits."""
    lines = _lines(listing)
    if not 0 < y <= len(lines):
        return Strip.blank(width, style.base)
    room = max(width - _INDENT, 1)
    line = strips(lines[y - 1], (), room, mode, style.of("path"), {}, max_lines=1)
    return in_column(Strip.join([Strip.blank(_INDENT, style.base), *line]), width, style.base)


def _lines(listing: LazyResults | None) -> tuple[str, ...]:
    if listing is None:
        return BEGINNING
    attempts = [listing.suggestion, *listing.notes] if listing.suggestion else listing.notes
    return (
        "Nothing found.",
        "",
        *(line for line in attempts if line),
        "Try fewer or other words, or take a filter out of the query.",
        "F1 shows what can be typed.",
    )
