"""`search.query.positions`: positions that match a phrase, against brute force."""

from __future__ import annotations

import doctest
from collections.abc import Sequence
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from search.query import positions
from search.query.positions import in_a_row, within

ascending = st.lists(st.integers(0, 12), max_size=5, unique=True).map(sorted)
slots = st.lists(ascending, min_size=1, max_size=4)


def test_the_examples_in_the_docstrings_hold() -> None:
    assert doctest.testmod(positions).failed == 0


def in_a_row_by_force(slots: Sequence[Sequence[int]], offsets: Sequence[int]) -> list[int]:
    positions: set[int] = set()
    for choice in product(*slots):
        starts = {position - offset for position, offset in zip(choice, offsets, strict=True)}
        if len(starts) == 1:
            positions.update(choice)
    return sorted(positions)


def within_by_force(slots: Sequence[Sequence[int]], distance: int) -> list[int]:
    positions: set[int] = set()
    for choice in product(*slots):
        distinct = len(set(choice)) == len(choice)
        if distinct and max(choice) - min(choice) <= max(distance, len(slots) - 1):
            positions.update(choice)
    return sorted(positions)


@given(slots, st.data())
def test_words_in_a_row_are_those_that_brute_force_finds(
    slots: list[list[int]], data: st.DataObject
) -> None:
    steps = data.draw(st.lists(st.integers(1, 3), min_size=len(slots), max_size=len(slots)))
    offsets = [sum(steps[: n + 1]) for n in range(len(slots))]
    assert in_a_row(slots, offsets) == in_a_row_by_force(slots, offsets)


@given(slots, st.integers(1, 6))
def test_words_near_each_other_are_those_that_brute_force_finds(
    slots: list[list[int]], distance: int
) -> None:
    assert within(slots, distance) == within_by_force(slots, distance)


def test_one_position_never_matches_two_words() -> None:
    assert within([[3], [3]], 5) == []
    assert within([[3, 9], [3, 9]], 6) == [3, 9]
    assert within([[3], [3], [4, 5]], 5) == []


def test_ten_thousand_positions_are_quick() -> None:
    many = list(range(0, 30_000, 3))
    assert len(within([many, [p + 1 for p in many]], 5)) == 20_000
