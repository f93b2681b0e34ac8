"""PhraseGraph: the orders in which the terms of a phrase of names may stand.

A name is written in one word or in two, with an article or without. So the terms of such a
phrase are no row, but a graph: each says which terms may stand directly before it. (It is the
position automaton of Glushkov, Russian Mathematical Surveys 16, 1961, which has a state for each
term and no empty transitions.)

The places of ``Fayez [al] Sarraj`` and the word ``Alsarraj`` for the last two of them are four
terms; ``al`` may be left out, so that ``Sarraj`` follows it or ``Fayez``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from search.query.positions import within

START = -1
"""Stands before the first term of a phrase."""

Layout = Sequence[bool]
"""A way to write a part of a phrase: for each of its places, whether it may be left out."""


@dataclass(frozen=True, slots=True)
class PhraseGraph:
    """What may stand before each term, in the order of the terms."""

    before: tuple[tuple[int, ...], ...]
    """For each term the terms that may stand directly before it, all of lower number, or
    :data:`START`."""
    last: frozenset[int]
    """The terms with which the phrase, or one of its parts, may end."""
    parts: tuple[int, ...]
    """The part that each term belongs to: all 0 for a row; else parts stand near each other."""
    optional: frozenset[int] = frozenset()
    """The terms that may be left out, so that a document need not have them."""
    slop: int = 0
    """0 for a row; else the distance within which all parts must stand."""

    @property
    def part_count(self) -> int:
        """Number of parts."""
        return self.parts[-1] + 1

    def match(self, found: Sequence[Sequence[int]]) -> list[int]:
        """The positions that match, given the ascending positions of each term."""
        if not any(found):  # as in most titles
            return []
        used = self._on_a_path(self._reached(found))
        by_part: list[set[int]] = [set() for _ in range(self.part_count)]
        for part, positions in zip(self.parts, used, strict=True):
            by_part[part] |= positions
        if not all(by_part):
            return []
        ascending = [sorted(positions) for positions in by_part]
        return within(ascending, self.slop) if len(ascending) > 1 else ascending[0]

    def _reached(self, found: Sequence[Sequence[int]]) -> list[set[int]]:
        """The positions of each term that a row of terms from the start leads to."""
        reached: list[set[int]] = []
        for positions, before in zip(found, self.before, strict=True):
            if START in before:
                reached.append(set(positions))
            else:
                follows = {at + 1 for term in before for at in reached[term]}
                reached.append(follows.intersection(positions))
        return reached

    def _on_a_path(self, reached: Sequence[set[int]]) -> list[set[int]]:
        """Those of the reached positions from which a row of terms leads to the end."""
        used = [positions if n in self.last else set() for n, positions in enumerate(reached)]
        for number in range(len(used) - 1, -1, -1):
            ahead = {at - 1 for at in used[number]}
            for term in self.before[number]:
                if term != START:
                    used[term] = used[term] | (reached[term] & ahead)
        return used


def row_graph(parts: Sequence[Sequence[Layout]]) -> PhraseGraph:
    """The graph of parts in a row, each in any of its layouts; its terms in this order.

    >>> row_graph([[[False]], [[True, False], [False]]]).before
    ((-1,), (0,), (0, 1), (0,))
    """
    before: list[tuple[int, ...]] = []
    ends = [START]
    for layouts in parts:
        ends = _add_part(before, layouts, ends)
    return PhraseGraph(tuple(before), frozenset(ends), (0,) * len(before), _optional(parts))


def near_graph(parts: Sequence[Sequence[Layout]], slop: int) -> PhraseGraph:
    """The graph of parts within a distance of each other, each in any of its layouts."""
    before: list[tuple[int, ...]] = []
    last: list[int] = []
    numbers: list[int] = []
    for number, layouts in enumerate(parts):
        last += _add_part(before, layouts, [START])
        numbers += [number] * (len(before) - len(numbers))
    return PhraseGraph(tuple(before), frozenset(last), tuple(numbers), _optional(parts), slop)


def _optional(parts: Sequence[Sequence[Layout]]) -> frozenset[int]:
    flags = chain.from_iterable(chain.from_iterable(parts))
    return frozenset(number for number, may_be_left_out in enumerate(flags) if may_be_left_out)


def _add_part(
    before: list[tuple[int, ...]], layouts: Sequence[Layout], ends: Sequence[int]
) -> list[int]:
    """Add the terms of a part behind ``ends``; return the terms with which it may end."""
    found: dict[int, None] = {}
    for layout in layouts:
        last = list(ends)
        for may_be_left_out in layout:
            before.append(tuple(last))
            last = [*(last if may_be_left_out else ()), len(before) - 1]
        found |= dict.fromkeys(last)
    return list(found)
