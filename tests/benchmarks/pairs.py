"""Two ways to search, each query asked of both in turn: what one costs more than the other.

What else the machine does meets both alike, and who is asked first changes from query to
query. Each way has a searcher of its own, new in every round, for what a searcher has
looked up for a name once it remembers: the first time a query is asked is told apart.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from tables import table

Pair = tuple[float, float]
"""Milliseconds of one way and of the other."""
Ask = Callable[[str], object]
Ways = tuple[Ask, Ask]

REPETITIONS = 3
"""Pairs of a query in a round, once it was asked for the first time."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """What was measured of one query."""

    first: tuple[Pair, ...]
    """The first time that a searcher is asked, in each round."""
    warm: tuple[Pair, ...]


def measured(
    ways: Callable[[], Ways], asked: Mapping[str, Sequence[str]], rounds: int
) -> dict[str, list[Pairs]]:
    """Ask all kinds, each round of new searchers; of every kind, what each query took."""
    found = {kind: [Pairs((), ()) for _ in queries] for kind, queries in asked.items()}
    for number in range(rounds):
        both = ways()
        for kind, queries in asked.items():
            for at, text in enumerate(queries):
                first, *warm = (
                    pair(both, text, swapped=(number + at + turn) % 2 == 1)
                    for turn in range(1 + REPETITIONS)
                )
                known = found[kind][at]
                found[kind][at] = Pairs((*known.first, first), (*known.warm, *warm))
    return found


def pair(ways: Ways, text: str, *, swapped: bool) -> Pair:
    """Ask both, the second before the first if they are swapped."""
    if swapped:
        other = _milliseconds(ways[1], text)
        return _milliseconds(ways[0], text), other
    return _milliseconds(ways[0], text), _milliseconds(ways[1], text)


def _milliseconds(ask: Ask, text: str) -> float:
    started = time.perf_counter()
    ask(text)
    return (time.perf_counter() - started) * 1000


def p50(queries: Sequence[Sequence[Pair]]) -> tuple[float, float, float]:
    """One way, the other, and how much more the one takes: each the median of the queries'.

    A query's difference is the median of its pairs', not the difference of its medians:
    the two of a pair were asked one after the other.
    """
    one = median(median(own for own, _ in pairs) for pairs in queries)
    other = median(median(against for _, against in pairs) for pairs in queries)
    return one, other, median(median(a - b for a, b in pairs) for pairs in queries)


def shown(rows: Mapping[str, Sequence[Pairs]]) -> str:
    """The table: p50 in milliseconds by kind, and of all queries together."""
    names = ("ms", "against", "difference")
    head = ("p50", *(f"{when}: {name}" for when in ("first time", "warm") for name in names))
    lines = []
    together = [query for queries in rows.values() for query in queries]
    for kind, queries in {**rows, "all": together}.items():
        figures = (*p50([q.first for q in queries]), *p50([q.warm for q in queries]))
        lines.append((kind, *(f"{value:.3f}" for value in figures)))
    return table(head, lines)
