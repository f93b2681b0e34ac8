"""Measure the public search, snippets included, with queries as a person would type them.

    uv run python tests/benchmarks/queries.py [--size 10000] [--index FOLDER] [--rounds 3]
        [--collections COLLECTIONS] [--limit 10] [--options '{"exact": true}']
        [--kinds '1 word' prefix] [--json FILE] [--against '{"names": false}']

``IndexWriter`` indexes passages of two collections as JSONL, in the folder given by
``--index`` if it has no index yet, or else in a temporary one. Then
``Searcher.search(text, limit=10)`` answers forty queries of each kind. ``--options`` sets
fields of ``Options``. Times are measured in this process, after a warm-up.

With ``--against``, the search is compared with one that has these other options: each query
runs in both in turn (``pairs.py``), and the table shows how much more time the first search
takes, separately for the first run of a query and for later runs.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import pairs
from corpus import COLLECTIONS, Draw, Words, lines_of, missing_collections, texts, words_of
from tables import quantiles, table

from index import IndexWriter
from search.options import Options
from search.searcher import Searcher

BUDGET = 0.2
"""Seconds for the repetitions of a query in a round, of which there is at least one."""
MAX_REPETITIONS = 5
SAMPLE = 10_000
"""Passages from which words are drawn, independent of ``--size``: an index that was kept gets
the same queries."""

KINDS: dict[str, Callable[[Draw], str]] = {
    "1 word": lambda draw: _typed(draw.mixed(1)),
    "2 words": lambda draw: _typed(draw.mixed(2)),
    "3 words": lambda draw: _typed(draw.mixed(3)),
    "5 words": lambda draw: _typed(draw.mixed(5)),
    "3 common words": lambda draw: _typed(draw.common(3)),
    "And": lambda draw: _typed(draw.mixed(2), "+{}"),
    "Not": lambda draw: "{} -{}".format(*draw.mixed(2)),
    "phrase of 2": lambda draw: f'"{_typed(draw.consecutive(2))}"',
    "phrase of 3": lambda draw: f'"{_typed(draw.consecutive(3))}"',
    "within 5 words": lambda draw: f'"{_typed(draw.consecutive(2))}"~5',
    "prefix": lambda draw: _typed(draw.prefix(), "{}*"),
    "a letter off": lambda draw: _typed(draw.mixed(1), "{}~1"),
    "exact": lambda draw: _typed(draw.mixed(1), '="{}"'),
    "2 words, language": lambda draw: f"{_typed(draw.mixed(2))} lang:ar",
    "2 words, path": lambda draw: f"{_typed(draw.mixed(2))} path:*scale-en*",
    "2 words, date": lambda draw: f"{_typed(draw.mixed(2))} date:2000..",
}
"""Kind of query → a function that draws one and writes it in the query language."""


def _typed(words: Words, form: str = "{}") -> str:
    return " ".join(form.format(word) for word in words)


def build(folder: Path, collections: Path, size: int) -> float:
    """Index ``size`` passages, half from each collection; return the seconds of the writer."""
    with tempfile.TemporaryDirectory() as temporary:
        for name in COLLECTIONS:
            lines = islice(lines_of(collections / name), size // len(COLLECTIONS))
            with (Path(temporary) / f"{name}.jsonl").open("w", encoding="utf-8") as file:
                file.writelines(lines)
        started = time.perf_counter()
        with IndexWriter.open(folder) as writer:
            writer.add_path(temporary)
        return time.perf_counter() - started


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of one kind of query."""

    milliseconds: list[float]
    """Of each query."""
    totals: list[int]
    """Number of matching documents of each query."""


def measured(searcher: Searcher, queries: Mapping[str, Sequence[str]], options: Options,
             rounds: int) -> dict[str, Row]:  # fmt: skip
    """Run all queries in each round; the figure of a query is the median of its rounds."""
    totals = {
        kind: [searcher.search(text, options=options).total for text in of_kind]
        for kind, of_kind in queries.items()
    }
    times: dict[str, list[list[float]]] = {kind: [] for kind in queries}
    for _ in range(rounds):
        for kind, of_kind in queries.items():
            times[kind].append([_milliseconds(searcher, text, options) for text in of_kind])
    return {
        kind: Row([median(of_query) for of_query in zip(*rows, strict=True)], totals[kind])
        for kind, rows in times.items()
    }


def _milliseconds(searcher: Searcher, text: str, options: Options) -> float:
    times: list[float] = []
    while len(times) < MAX_REPETITIONS and (not times or sum(times) < BUDGET):
        started = time.perf_counter()
        searcher.search(text, options=options)
        times.append(time.perf_counter() - started)
    return median(times) * 1000


def shown(rows: Mapping[str, Row]) -> str:
    """Return the table."""
    head = ("query", "p50, ms", "p95, ms", "matching documents, median", "without any")
    lines = []
    for kind, row in rows.items():
        p50, p95 = quantiles(row.milliseconds) or (0.0, 0.0)
        without = f"{row.totals.count(0)} of {len(row.totals)}"
        lines.append((kind, f"{p50:.2f}", f"{p95:.2f}", f"{median(row.totals):,.0f}", without))
    return table(head, lines)


def in_pairs(folder: Path, queries: Mapping[str, Sequence[str]], both: Sequence[Options],
             rounds: int) -> dict[str, list[pairs.Pairs]]:  # fmt: skip
    """Run all queries with two sets of options in turn."""
    with ExitStack() as stack:

        def open_both() -> pairs.Searches:
            one, other = (
                partial(stack.enter_context(Searcher.open(folder)).search, options=options)
                for options in both
            )
            return one, other

        return pairs.measured(open_both, queries, rounds)


def compare(options: argparse.Namespace, folder: Path) -> dict[str, list[float]]:
    """Index if there is no index yet, then measure and print; return milliseconds by kind."""
    if not (folder / "dalil.json").exists():
        seconds = build(folder, options.collections, options.size)
        print(f"indexed in {seconds:.1f} s")
    draw = Draw.of(words_of(text) for text in texts(options.collections, SAMPLE))
    drawn = {kind: draw.queries(KINDS[kind]) for kind in KINDS}  # independent of --kinds
    chosen = {kind: drawn[kind] for kind in options.kinds}
    own = Options(limit=options.limit, **json.loads(options.options))
    with Searcher.open(folder) as searcher:
        print(f"{searcher.document_count:,} documents, {own}\n")
        if options.against is None:
            rows = measured(searcher, chosen, own, options.rounds)
            print(shown(rows))
            return {kind: row.milliseconds for kind, row in rows.items()}
    other = Options(limit=options.limit, **json.loads(options.against))
    print(f"against {other}\n")
    compared = in_pairs(folder, chosen, (own, other), options.rounds)
    print(pairs.shown(compared))
    return {kind: [median(ms for ms, _ in q.warm) for q in row] for kind, row in compared.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the public search by kind of query.")
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--index", type=Path, metavar="FOLDER")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--collections", type=Path, default=Path("../shared/collections"))
    parser.add_argument("--limit", type=int, default=10)
    parser.add_argument("--options", default="{}", metavar="JSON")
    parser.add_argument("--against", metavar="JSON", help="other options to compare with")
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=list(KINDS), metavar="KIND")
    parser.add_argument("--json", type=Path, metavar="FILE")
    options = parser.parse_args()
    if missing := missing_collections(options.collections):
        raise SystemExit(missing)
    with tempfile.TemporaryDirectory() as temporary:
        times = compare(options, options.index or Path(temporary) / "index")
    if options.json:
        options.json.write_text(json.dumps(times, indent=1), "utf-8")


if __name__ == "__main__":
    main()
