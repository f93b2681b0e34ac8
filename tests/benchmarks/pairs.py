"""Compare two searches in pairs: each query runs in both, one directly after the other.

Other load on the machine then slows both alike, and the order alternates from query to
query. Both searchers are new in every round, because a searcher caches what it has looked up
for a name: the first time of a query is reported separately.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from tables import table

Pair = tuple[float, float]
"""Milliseconds of the one search and of the other."""
Search = Callable[[str], object]
Searches = tuple[Search, Search]

REPETITIONS = 3
"""Pairs of a query in a round after the first."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """The times of one query."""

    first: tuple[Pair, ...]
    """The first time in a new searcher, one pair a round."""
    warm: tuple[Pair, ...]


def measured(
    open_both: Callable[[], Searches], queries: Mapping[str, Sequence[str]], rounds: int
) -> dict[str, list[Pairs]]:
    """Run all queries, each round in new searchers; return the times of each query by kind."""
    times = {kind: [Pairs((), ()) for _ in texts] for kind, texts in queries.items()}
    for number in range(rounds):
        both = open_both()
        for kind, texts in queries.items():
            for at, text in enumerate(texts):
                first, *warm = (
                    pair(both, text, swapped=(number + at + turn) % 2 == 1)
                    for turn in range(1 + REPETITIONS)
                )
                before = times[kind][at]
                times[kind][at] = Pairs((*before.first, first), (*before.warm, *warm))
    return times


def pair(both: Searches, text: str, *, swapped: bool) -> Pair:
    """Run a query in both, the second search first if they are swapped."""
    if swapped:
        other = _milliseconds(both[1], text)
        return _milliseconds(both[0], text), other
    return _milliseconds(both[0], text), _milliseconds(both[1], text)


def _milliseconds(search: Search, text: str) -> float:
    started = time.perf_counter()
    search(text)
    return (time.perf_counter() - started) * 1000


def p50(queries: Sequence[Sequence[Pair]]) -> tuple[float, float, float]:
    """Return the medians over queries of the one search, of the other, and of the difference.

    The difference of a query is the median over its pairs, not the difference of its medians,
    because only the two searches of a pair ran directly after each other.
    """
    one = median(median(own for own, _ in pairs) for pairs in queries)
    other = median(median(against for _, against in pairs) for pairs in queries)
    return one, other, median(median(a - b for a, b in pairs) for pairs in queries)


def shown(rows: Mapping[str, Sequence[Pairs]]) -> str:
    """Return the table: p50 in milliseconds by kind, and of all queries together."""
    names = ("ms", "against", "difference")
    head = ("p50", *(f"{when}: {name}" for when in ("first time", "warm") for name in names))
    lines = []
    together = [query for queries in rows.values() for query in queries]
    for kind, queries in {**rows, "all": together}.items():
        figures = (*p50([q.first for q in queries]), *p50([q.warm for q in queries]))
        lines.append((kind, *(f"{value:.3f}" for value in figures)))
    return table(head, lines)
