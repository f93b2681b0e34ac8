"""What was measured, as Markdown. Every ratio is to Dalil, where it was measured."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

BoostQuery = Mapping[str, Mapping[str, Sequence[float]]]
"""Engine → kind of query → milliseconds of each query."""
Hits = Mapping[str, Sequence[Sequence[tuple[int, float]]]]

FIRST = "dalil"
_SHOWN = 10
_DECIMALS = 9
_TOLERANCE = 1.001e-9


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table with a blank line after it."""
    rules = ["---"] + ["---:"] * (len(head) - 1)
    return "".join(f"| {' | '.join(row)} |\n" for row in (head, rules, *rows))


def indexing(
    measured: Mapping[str, Mapping[str, float]], once: Mapping[str, float], size: int
) -> str:
    """Speed, size, memory and whole processes; in brackets the ratio to Dalil's."""
    head = ("engine", "documents a second", "CPU s", "MB", "peak memory, MB", "one-shot, ms")
    own_once = once.get(FIRST)
    own = measured.get(FIRST, {})
    own_speed = size / own["seconds"] if own else None
    own_bytes, own_memory = _megabytes(own, "bytes"), _megabytes(own, "memory")
    rows = []
    for name, one in measured.items():
        speed = size / one["seconds"]
        rows.append(
            (
                name,
                beside(speed, own_speed, ",.0f"),
                beside(one["processor"], own.get("processor"), ".1f"),
                beside(one["bytes"] / 1e6, own_bytes, ",.1f"),
                beside(one["memory"] / 1e6, own_memory, ",.0f"),
                beside(once[name], own_once, ",.0f"),
            )
        )
    bare = [name for name in once if name not in measured]
    rows += [(name, "", "", "", "", beside(once[name], own_once, ",.0f")) for name in bare]
    return table(head, rows)


def _megabytes(measured: Mapping[str, float], name: str) -> float | None:
    return measured[name] / 1e6 if measured else None


def beside(value: float, own: float | None, form: str) -> str:
    """A figure, and in brackets how many times Dalil's it is."""
    return f"{value:{form}} ({value / own:.2f}×)" if own else f"{value:{form}}"


def latencies(times: BoostQuery) -> str:
    """p50 / p95 of each kind in milliseconds, then both as multiples of Dalil's."""
    kinds = list(dict.fromkeys(kind for one in times.values() for kind in one))
    head = ["p50 / p95, ms", *times]
    plain = [[kind, *(_pair(quantiles(times[name].get(kind)), "") for name in times)]
             for kind in kinds]  # fmt: skip
    peers = [name for name in times if name != FIRST]
    if FIRST not in times or not peers:
        return table(head, plain)
    ratios = [
        [kind, *(_pair(over(times[name].get(kind), times[FIRST][kind]), "×") for name in peers)]
        for kind in kinds
    ]
    return table(head, plain) + "\n" + table(["times Dalil's p50 / p95", *peers], ratios)


def quantiles(values: Sequence[float] | None) -> tuple[float, float] | None:
    """The median and the 95th of a hundred."""
    if not values:
        return None
    ordered = sorted(values)
    last = len(ordered) - 1
    return (ordered[last // 2] + ordered[(last + 1) // 2]) / 2, ordered[round(0.95 * last)]


def over(values: Sequence[float] | None, own: Sequence[float]) -> tuple[float, float] | None:
    """The median and the 95th of a hundred as multiples of Dalil's."""
    theirs, ours = quantiles(values), quantiles(own)
    return (theirs[0] / ours[0], theirs[1] / ours[1]) if theirs and ours else None


def _pair(both: tuple[float, float] | None, unit: str) -> str:
    return f"{both[0]:.3g}{unit} / {both[1]:.3g}{unit}" if both else "–"


def agreement(ours: Hits, theirs: Hits) -> str:
    """For each kind, how many queries have the same first ten: documents, order and scores."""
    rows = []
    for kind, lists in ours.items():
        pairs = list(zip(lists, theirs[kind], strict=True))
        equal = sum(same(first(one), first(other)) for one, other in pairs)
        found = sum(bool(one) for one, _ in pairs)
        rows.append((kind, str(equal), str(len(pairs)), str(found)))
    totals = [str(sum(int(row[column]) for row in rows)) for column in (1, 2, 3)]
    return table(
        ("first ten as stock Whoosh's", "equal", "of", "with hits"), [*rows, ("all", *totals)]
    )


def notes(of_engines: Mapping[str, str], rounds: int) -> str:
    """How it was measured, and what is to know of each engine."""
    lines = (
        f"A query's time is the median of {rounds} rounds in which the engines take turns; "
        "it includes building the query object and finding the first ten, not their texts.",
        *(f"{name}: {note}." for name, note in of_engines.items()),
    )
    return "".join(f"- {line}\n" for line in lines)


def first(hits: Sequence[tuple[int, float]]) -> list[tuple[int, float]]:
    """The first ten. Scores that differ by their rounding alone decide no rank."""
    rounded = [(number, round(score, _DECIMALS)) for number, score in hits]
    return sorted(rounded, key=lambda hit: (-hit[1], hit[0]))[:_SHOWN]


def same(ours: Sequence[tuple[int, float]], theirs: Sequence[tuple[int, float]]) -> bool:
    """Whether documents and order are equal, and scores to nine decimals."""
    return [number for number, _ in ours] == [number for number, _ in theirs] and all(
        abs(one - other) < _TOLERANCE for (_, one), (_, other) in zip(ours, theirs, strict=True)
    )
