"""Figures as Markdown tables. Every ratio is relative to Dalil, if Dalil was measured."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

Times = Mapping[str, Mapping[str, Sequence[float]]]
"""Engine → kind of query → milliseconds of each query."""
Hits = Mapping[str, Sequence[Sequence[tuple[int, float]]]]
"""Kind of query → document numbers and scores of each query."""

BASELINE = "dalil"
_TOP = 10
_DECIMALS = 9
_TOLERANCE = 1.001e-9


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table."""
    rules = ["---"] + ["---:"] * (len(head) - 1)
    return "".join(f"| {' | '.join(row)} |\n" for row in (head, rules, *rows))


def indexing(
    measured: Mapping[str, Mapping[str, float]], once: Mapping[str, float], size: int
) -> str:
    """Return speed, size, memory and one-shot time; in brackets the ratio to Dalil's."""
    head = ("engine", "documents a second", "CPU s", "MB", "peak memory, MB", "one-shot, ms")
    own_once = once.get(BASELINE)
    own = measured.get(BASELINE, {})
    own_speed = size / own["seconds"] if own else None
    own_bytes, own_memory = _megabytes(own, "bytes"), _megabytes(own, "memory")
    rows = []
    for name, figures in measured.items():
        speed = size / figures["seconds"]
        rows.append(
            (
                name,
                with_ratio(speed, own_speed, ",.0f"),
                with_ratio(figures["processor"], own.get("processor"), ".1f"),
                with_ratio(figures["bytes"] / 1e6, own_bytes, ",.1f"),
                with_ratio(figures["memory"] / 1e6, own_memory, ",.0f"),
                with_ratio(once[name], own_once, ",.0f"),
            )
        )
    others = [name for name in once if name not in measured]
    rows += [(name, "", "", "", "", with_ratio(once[name], own_once, ",.0f")) for name in others]
    return table(head, rows)


def _megabytes(measured: Mapping[str, float], name: str) -> float | None:
    return measured[name] / 1e6 if measured else None


def with_ratio(value: float, own: float | None, form: str) -> str:
    """Format a figure, with its ratio to Dalil's in brackets if that is known."""
    return f"{value:{form}} ({value / own:.2f}×)" if own else f"{value:{form}}"


def latencies(times: Times) -> str:
    """Return p50 / p95 of each kind in milliseconds, then both as multiples of Dalil's."""
    kinds = list(dict.fromkeys(kind for by_kind in times.values() for kind in by_kind))
    head = ["p50 / p95, ms", *times]
    plain = [[kind, *(_pair(quantiles(times[name].get(kind)), "") for name in times)]
             for kind in kinds]  # fmt: skip
    peers = [name for name in times if name != BASELINE]
    if BASELINE not in times or not peers:
        return table(head, plain)
    rows = [
        [
            kind,
            *(_pair(ratios(times[name].get(kind), times[BASELINE][kind]), "×") for name in peers),
        ]
        for kind in kinds
    ]
    return table(head, plain) + "\n" + table(["times Dalil's p50 / p95", *peers], rows)


def quantiles(values: Sequence[float] | None) -> tuple[float, float] | None:
    """Return the median and the 95th percentile, or None without values."""
    if not values:
        return None
    ordered = sorted(values)
    last = len(ordered) - 1
    return (ordered[last // 2] + ordered[(last + 1) // 2]) / 2, ordered[round(0.95 * last)]


def ratios(values: Sequence[float] | None, own: Sequence[float]) -> tuple[float, float] | None:
    """Return the median and the 95th percentile as multiples of Dalil's, or None."""
    theirs, ours = quantiles(values), quantiles(own)
    return (theirs[0] / ours[0], theirs[1] / ours[1]) if theirs and ours else None


def _pair(pair: tuple[float, float] | None, unit: str) -> str:
    return f"{pair[0]:.3g}{unit} / {pair[1]:.3g}{unit}" if pair else "–"


def agreement(ours: Hits, theirs: Hits) -> str:
    """Count the queries of each kind with equal first ten: documents, order and scores."""
    rows = []
    for kind, lists in ours.items():
        pairs = list(zip(lists, theirs[kind], strict=True))
        equal = sum(equal_hits(top_ten(own), top_ten(other)) for own, other in pairs)
        with_hits = sum(bool(own) for own, _ in pairs)
        rows.append((kind, str(equal), str(len(pairs)), str(with_hits)))
    totals = [str(sum(int(row[column]) for row in rows)) for column in (1, 2, 3)]
    return table(
        ("first ten equal to stock Whoosh's", "equal", "of", "with hits"),
        [*rows, ("all", *totals)],
    )


def notes(of_engines: Mapping[str, str], rounds: int) -> str:
    """Return notes on the measurement and on each engine."""
    lines = (
        f"A query's time is the median of {rounds} rounds in which the engines take turns; "
        "it includes building the query object and finding the first ten, but not their texts.",
        *(f"{name}: {note}." for name, note in of_engines.items()),
    )
    return "".join(f"- {line}\n" for line in lines)


def top_ten(hits: Sequence[tuple[int, float]]) -> list[tuple[int, float]]:
    """Return the first ten; scores that differ by rounding alone count as equal."""
    rounded = [(number, round(score, _DECIMALS)) for number, score in hits]
    return sorted(rounded, key=lambda hit: (-hit[1], hit[0]))[:_TOP]


def equal_hits(ours: Sequence[tuple[int, float]], theirs: Sequence[tuple[int, float]]) -> bool:
    """Whether documents and their order are equal, and scores to nine decimals."""
    return [number for number, _ in ours] == [number for number, _ in theirs] and all(
        abs(own - other) < _TOLERANCE for (_, own), (_, other) in zip(ours, theirs, strict=True)
    )
