"""Where the words of a phrase stand, as pure functions over ascending positions."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import merge


def in_a_row(slots: Sequence[Sequence[int]], offsets: Sequence[int]) -> list[int]:
    """Positions of words that stand at the offsets from each other, one a slot.

    >>> in_a_row([[3, 9], [4, 7]], [0, 1])
    [3, 4]
    """
    starts = set(slots[0])
    for positions, offset in zip(slots[1:], offsets[1:], strict=True):
        starts &= {position - offset + offsets[0] for position in positions}
    return sorted({start + offset - offsets[0] for start in starts for offset in offsets})


def within(slots: Sequence[Sequence[int]], distance: int) -> list[int]:
    """Positions of words, one a slot in any order, no further than ``distance`` apart.

    >>> within([[3, 40], [7]], 5)
    [3, 7]
    """
    distance = max(distance, len(slots) - 1)
    labelled = (((p, n) for p in positions) for n, positions in enumerate(slots))
    events = list(merge(*labelled))
    missing, counts, low = len(slots), [0] * len(slots), 0
    found: set[int] = set()
    for high, (position, slot) in enumerate(events):
        missing -= counts[slot] == 0
        counts[slot] += 1
        while position - events[low][0] > distance:
            counts[events[low][1]] -= 1
            missing += counts[events[low][1]] == 0
            low += 1
        window = {p for p, _ in events[low : high + 1]}
        if not missing and len(window) >= len(slots):
            found |= window
    return sorted(found)
