"""Levels → the order in which a line's clusters are sent: rule L2 of UAX #9, and kitty's way."""

from collections.abc import Sequence, Set
from itertools import groupby

from search.bidi.characters import has_rtl


def visual_order(line: range, levels: Sequence[int], _bases: str = "") -> list[int]:
    """The clusters of `line`, left to right.

    Rule L2: from the highest level to the lowest odd one, turn every run at that level or above.
    """
    order = list(line)
    present = {levels[k] for k in line}
    lowest_odd = min((level for level in present if level & 1), default=max(present) + 1)
    for level in range(max(present), lowest_odd - 1, -1):
        at_or_above = {k for k in line if levels[k] >= level}
        order = _turn_runs(order, at_or_above)
    return order


def word_order(line: range, levels: Sequence[int], bases: str) -> list[int]:
    """The order for kitty: words where they are seen, the letters in each as they are read.

    kitty (0.26) hands each run of right-to-left letters to HarfBuzz, which turns it; points, colons
    and brackets stay in the cells where they are put, so they are not part of a word here.
    """
    letters = {k for k in line if levels[k] & 1 and has_rtl(bases[k])}
    return _turn_runs(visual_order(line, levels), letters)


def _turn_runs(order: Sequence[int], turning: Set[int]) -> list[int]:
    """`order` with every unbroken run of the clusters in `turning` back to front."""
    turned: list[int] = []
    for turns, clusters in groupby(order, turning.__contains__):
        run = list(clusters)
        turned += reversed(run) if turns else run
    return turned
