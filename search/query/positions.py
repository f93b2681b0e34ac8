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
    labelled = [[(p, n) for p in positions] for n, positions in enumerate(slots)]
    events = list(merge(*labelled))
    shared = len({p for p, _ in events}) < len(events)
    counts, missing, low = [0] * len(slots), len(slots), 0
    found: set[int] = set()
    for high, (position, slot) in enumerate(events):
        missing -= counts[slot] == 0
        counts[slot] += 1
        while position - events[low][0] > distance:
            counts[events[low][1]] -= 1
            missing += counts[events[low][1]] == 0
            low += 1
        if not missing:
            window = events[low : high + 1]
            found |= _seated(window, len(slots)) if shared else {p for p, _ in window}
    return sorted(found)


def _seated(window: Sequence[tuple[int, int]], slots: int) -> set[int]:
    """The positions of a window that can serve when each slot needs one of its own.

    ``"Libya Libya"~5`` is two Libyas, and one that is both words of a query serves once.
    """
    seats: dict[int, set[int]] = {n: set() for n in range(slots)}
    for position, slot in window:
        seats[slot].add(position)
    return {
        position
        for position, slot in window
        if _fits([seats[n] - {position} for n in range(slots) if n != slot])
    }


def _fits(seats: Sequence[set[int]]) -> bool:
    """Whether each can have a position of its own (Kuhn's augmenting paths)."""
    taken: dict[int, int] = {}

    def place(slot: int, tried: set[int]) -> bool:
        for position in seats[slot] - tried:
            tried.add(position)
            if position not in taken or place(taken[position], tried):
                taken[position] = slot
                return True
        return False

    return all(place(slot, set()) for slot in range(len(seats)))
