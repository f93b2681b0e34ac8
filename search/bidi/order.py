"""Reorder the clusters of a line by their levels: rule L2 of UAX #9, and a variant for kitty."""

from __future__ import annotations

from collections.abc import Sequence, Set
from itertools import groupby

from search.bidi.characters import has_rtl


def visual_order(line: range, levels: Sequence[int], _bases: str = "") -> list[int]:
    """Return the clusters of ``line`` from left to right.

    Rule L2: from the highest level to the lowest odd one, reverse every run at that level or above.
    """
    order = list(line)
    line_levels = {levels[k] for k in line}
    highest = max(line_levels)
    lowest_odd = min((level for level in line_levels if level & 1), default=highest + 1)
    for level in range(highest, lowest_odd - 1, -1):
        at_or_above = {k for k in line if levels[k] >= level}
        order = _reverse_runs(order, at_or_above)
    return order


def word_order(line: range, levels: Sequence[int], bases: str) -> list[int]:
    """Return the order for kitty: words in visual order, the letters of each in logical order.

    kitty (0.26) passes each run of right-to-left letters to HarfBuzz, which reverses it; full
    stops, colons and brackets stay in their cells, so they are not part of a word here.
    """
    letters = {k for k in line if levels[k] & 1 and has_rtl(bases[k])}
    return _reverse_runs(visual_order(line, levels), letters)


def _reverse_runs(order: Sequence[int], clusters: Set[int]) -> list[int]:
    """Return ``order`` with every unbroken run of members of ``clusters`` reversed."""
    result: list[int] = []
    for is_reversed, members in groupby(order, clusters.__contains__):
        run = list(members)
        result += reversed(run) if is_reversed else run
    return result
