"""The public search, snippets and all, asked what a person would type.

    uv run python tests/benchmarks/queries.py [--size 10000] [--index FOLDER] [--rounds 3]
        [--collections ../shared/collections] [--limit 10] [--options '{"exact": true}']
        [--kinds '1 word' prefix] [--json FILE] [--against '{"names": false}']

``IndexWriter`` indexes the passages of two collections as JSONL, in the folder of
``--index`` where there is no index yet, else in one that is removed again. Then
``Searcher.search(text, limit=10)`` answers forty queries of each kind. ``--options`` are
those of ``search.searcher.Options``. Times are of this process, once it is warm.

With other options ``--against`` which it is measured, each query is asked of both in turn
(``pairs.py``), and the table says what the first cost more, the first time a query is
asked and once it was.
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
from corpus import COLLECTIONS, Draw, WordQueryBuilder, lacking, lines_of, texts, words_of
from tables import quantiles, table

from index import IndexWriter
from search.options import Options
from search.searcher import Searcher

BUDGET = 0.2
"""Seconds a query may take in the repetitions of a round, once it had one."""
REPETITIONS = 5
SAMPLE = 10_000
"""Passages that words are drawn from, whatever is indexed: an index that was kept is
asked the same."""

KINDS: dict[str, Callable[[Draw], str]] = {
    "1 word": lambda draw: _typed(draw.mixed(1)),
    "2 words": lambda draw: _typed(draw.mixed(2)),
    "3 words": lambda draw: _typed(draw.mixed(3)),
    "5 words": lambda draw: _typed(draw.mixed(5)),
    "3 common words": lambda draw: _typed(draw.common(3)),
    "And": lambda draw: _typed(draw.mixed(2), "+{}"),
    "Not": lambda draw: "{} -{}".format(*draw.mixed(2)),
    "phrase of 2": lambda draw: f'"{_typed(draw.row(2))}"',
    "phrase of 3": lambda draw: f'"{_typed(draw.row(3))}"',
    "within 5 words": lambda draw: f'"{_typed(draw.row(2))}"~5',
    "prefix": lambda draw: _typed(draw.beginning(), "{}*"),
    "a letter off": lambda draw: _typed(draw.mixed(1), "{}~1"),
    "exact": lambda draw: _typed(draw.mixed(1), '="{}"'),
    "2 words, language": lambda draw: f"{_typed(draw.mixed(2))} lang:ar",
    "2 words, path": lambda draw: f"{_typed(draw.mixed(2))} path:*scale-en*",
    "2 words, date": lambda draw: f"{_typed(draw.mixed(2))} date:2000..",
}
"""Kind of query → how one is drawn and written."""


def _typed(words: WordQueryBuilder, form: str = "{}") -> str:
    return " ".join(form.format(word) for word in words)


def build(folder: Path, collections: Path, size: int) -> float:
    """Index so many passages, half of each collection; the seconds of the writer."""
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
    """What was measured of one kind."""

    milliseconds: list[float]
    """A query."""
    totals: list[int]
    """Documents that each query matches."""


def measured(searcher: Searcher, asked: Mapping[str, Sequence[str]], options: Options,
             rounds: int) -> dict[str, Row]:  # fmt: skip
    """Ask all kinds, round after round; each query's figure is the median of its rounds."""
    totals = {
        kind: [searcher.search(text, options=options).total for text in queries]
        for kind, queries in asked.items()
    }
    taken: dict[str, list[list[float]]] = {kind: [] for kind in asked}
    for _ in range(rounds):
        for kind, queries in asked.items():
            taken[kind].append([_milliseconds(searcher, text, options) for text in queries])
    return {
        kind: Row([median(times) for times in zip(*rows, strict=True)], totals[kind])
        for kind, rows in taken.items()
    }


def _milliseconds(searcher: Searcher, text: str, options: Options) -> float:
    taken: list[float] = []
    while len(taken) < REPETITIONS and (not taken or sum(taken) < BUDGET):
        started = time.perf_counter()
        searcher.search(text, options=options)
        taken.append(time.perf_counter() - started)
    return median(taken) * 1000


def shown(rows: Mapping[str, Row]) -> str:
    """The table."""
    head = ("query", "p50, ms", "p95, ms", "documents matched, median", "without any")
    lines = []
    for kind, row in rows.items():
        p50, p95 = quantiles(row.milliseconds) or (0.0, 0.0)
        nothing = sum(not total for total in row.totals)
        matched = f"{median(row.totals):,.0f}"
        lines.append((kind, f"{p50:.2f}", f"{p95:.2f}", matched, f"{nothing} of {len(row.totals)}"))
    return table(head, lines)


def in_pairs(folder: Path, asked: Mapping[str, Sequence[str]], both: Sequence[Options],
             rounds: int) -> dict[str, list[pairs.Pairs]]:  # fmt: skip
    """Ask all kinds with two options in turn."""
    with ExitStack() as stack:

        def ways() -> pairs.Ways:
            one, other = (
                partial(stack.enter_context(Searcher.open(folder)).search, options=how)
                for how in both
            )
            return one, other

        return pairs.measured(ways, asked, rounds)


def compare(options: argparse.Namespace, folder: Path) -> dict[str, list[float]]:
    """Index where there is no index yet, then ask and print; milliseconds by kind."""
    if not (folder / "dalil.json").exists():
        seconds = build(folder, options.collections, options.size)
        print(f"indexed in {seconds:.1f} s")
    draw = Draw.of(words_of(text) for text in texts(options.collections, SAMPLE))
    asked = {kind: draw.all(KINDS[kind]) for kind in KINDS}  # the same, whichever are wanted
    wanted = {kind: asked[kind] for kind in options.kinds}
    how = Options(limit=options.limit, **json.loads(options.options))
    with Searcher.open(folder) as searcher:
        print(f"{searcher.document_count:,} documents, {how}\n")
        if options.against is None:
            rows = measured(searcher, wanted, how, options.rounds)
            print(shown(rows))
            return {kind: row.milliseconds for kind, row in rows.items()}
    other = Options(limit=options.limit, **json.loads(options.against))
    print(f"against {other}\n")
    found = in_pairs(folder, wanted, (how, other), options.rounds)
    print(pairs.shown(found))
    return {kind: [median(own for own, _ in q.warm) for q in found[kind]] for kind in found}


def main() -> None:
    parser = argparse.ArgumentParser(description="The public search, by kind of query.")
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--index", type=Path, metavar="FOLDER")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--collections", type=Path, default=Path("../shared/collections"))
    parser.add_argument("--limit", type=int, default=10)
    parser.add_argument("--options", default="{}", metavar="JSON")
    parser.add_argument("--against", metavar="JSON", help="other options, asked in turn")
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=list(KINDS), metavar="KIND")
    parser.add_argument("--json", type=Path, metavar="FILE")
    options = parser.parse_args()
    if missing := lacking(options.collections):
        raise SystemExit(missing)
    with tempfile.TemporaryDirectory() as temporary:
        times = compare(options, options.index or Path(temporary) / "index")
    if options.json:
        options.json.write_text(json.dumps(times, indent=1), "utf-8")


if __name__ == "__main__":
    main()
