"""The text of a list without hits: what to try if nothing was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.strip import Strip

from search.bidi import Mode
from search.tui.widgets.card import CardStyle
from search.tui.widgets.strips import in_column, strips

if TYPE_CHECKING:  # they need numpy, and the first frame is drawn before
    from search.hits.lazy_results import LazyResults

_INDENT = 4
"""Cells left of the text."""


def empty_state(
    listing: LazyResults, chosen: int, y: int, width: int, mode: Mode, style: CardStyle
) -> Strip:
    """Render row ``y`` of the list, ``width`` cells wide, while it has no hits.

    ``chosen`` is the query to try that Enter takes, from 0.
    """
    room = max(width - _INDENT, 1)
    rows = [Strip.blank(room, style.base)]
    for line in _lines(listing, chosen):
        rows += strips(line, (), room, mode, style.of("path"), {}) or rows[:1]
    if not y < len(rows):
        return Strip.blank(width, style.base)
    return in_column(Strip.join([Strip.blank(_INDENT, style.base), rows[y]]), width, style.base)


def _lines(listing: LazyResults, chosen: int) -> tuple[str, ...]:
    said = [text for text, _ in listing.alternatives]
    return (
        "Nothing found.",
        "",
        *(f"{'▸' if at == chosen else ' '} {text}" for at, text in enumerate(said)),
        *(("Enter searches what ▸ is at, ↓ ↑ choose.", "") if said else ()),
        *listing.notes,
        "Try fewer or other words, or take a filter out of the query.",
        "F1 shows what can be typed.",
    )
