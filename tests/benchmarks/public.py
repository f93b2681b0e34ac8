"""Measure the public search beside an earlier checkout and tantivy, snippets included.

    uv run --with tantivy python tests/benchmarks/public.py --before CHECKOUT
        [--index FOLDER] [--index-before FOLDER] [--size 60000] [--rounds 3]
        [--collections COLLECTIONS] [--json FILE]

Each engine answers in a process of its own, and they take turns query by query, so that other
load on the machine slows all alike. A time is the wall clock of one search: Dalil's
``Searcher.search(text, limit=10)``, with names, snippets and the state of the files; tantivy's
first ten with a snippet each, without stemming and names. The figure of a query is its least time
of all rounds, after one that does not count. tantivy is left out if it is not installed.

``queries.build`` makes ``--index`` where there is none; an earlier schema needs ``--index-before``.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import queries
from corpus import COLLECTIONS, Draw, lines_of, missing_collections, texts, words_of
from tables import latencies

ROOT = Path(__file__).resolve().parents[2]
KINDS = ("1 word", "2 words", "phrase of 2", "prefix")
"""Kinds of ``queries.py``; the names are :data:`NAMES`."""
NAMES = (
    *("qaddafi", "القذافي", "muhammad ali", "محمد علي", "saddam hussein", "صدام حسين", "tripoli"),
    *("طرابلس", "lavrov", "لافروف", "erdogan", "أردوغان", "ibn khaldun", "ابن خلدون"),
)
_ASKED = "for line in sys.stdin: print(milliseconds(json.loads(line)), flush=True)\n"
_TIMED = """
import json, sys, time
def milliseconds(query):
    started = time.perf_counter()
    search(query)
    return (time.perf_counter() - started) * 1000
"""
_DALIL = """
from search.searcher import Searcher
search = Searcher.open(sys.argv[1]).search
"""
_TANTIVY = """
import tantivy
schema = tantivy.SchemaBuilder().add_text_field("text", stored=True).build()
index = tantivy.Index(schema, sys.argv[1])
searcher = index.searcher()
def search(text):
    query = index.parse_query(text, ["text"])
    snippets = tantivy.SnippetGenerator.create(searcher, query, schema, "text")
    for _, address in searcher.search(query, 10).hits:
        snippets.snippet_from_doc(searcher.doc(address)).to_html()
"""
Ask = Callable[[str], float]
"""A query → milliseconds."""


def engine(stack: ExitStack, program: str, folder: Path, checkout: Path) -> Ask:
    """Start an engine over an index in a process; return what asks it."""
    command = [sys.executable, "-c", _TIMED + program + _ASKED, str(folder)]
    process = stack.enter_context(
        subprocess.Popen(
            command, cwd=checkout, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
    )
    stack.callback(process.terminate)

    def ask(query: str) -> float:
        assert process.stdin is not None and process.stdout is not None  # noqa: PT018
        print(json.dumps(query), file=process.stdin, flush=True)
        return float(process.stdout.readline())

    return ask


def tantivy_index(collections: Path, size: int, folder: Path) -> None:
    """Index the documents of ``queries.build`` with their texts stored."""
    import tantivy  # type: ignore[import-not-found, unused-ignore]  # noqa: PLC0415

    schema = tantivy.SchemaBuilder().add_text_field("text", stored=True).build()
    writer = tantivy.Index(schema, str(folder)).writer()
    for name in COLLECTIONS:
        for line in islice(lines_of(collections / name), size // len(COLLECTIONS)):
            writer.add_document(tantivy.Document(text=json.loads(line)["text"]))
    writer.commit()


def measured(
    engines: Mapping[str, Ask], asked: Mapping[str, list[str]], rounds: int
) -> dict[str, dict[str, list[float]]]:
    """Return the least milliseconds of each query: engine → kind → queries."""
    times: dict[str, dict[str, list[float]]] = {name: {} for name in engines}
    for kind, of_kind in asked.items():
        for name in engines:
            times[name][kind] = []
        for query in of_kind:
            turns = [{name: ask(query) for name, ask in engines.items()} for _ in range(rounds + 1)]
            for name in engines:
                times[name][kind].append(min(turn[name] for turn in turns[1:]))
    for name in engines.keys() & {"tantivy"}:
        times[name].pop("prefix", None)  # its query language has none
    return times


def compare(options: argparse.Namespace, folder: Path, other: Path) -> dict[str, Any]:
    """Index what is missing, start the engines, and measure."""
    if not (folder / "dalil.json").exists():
        print(f"indexed in {queries.build(folder, options.collections, options.size):.1f} s")
    draw = Draw.of(words_of(text) for text in texts(options.collections, queries.SAMPLE))
    asked = {kind: draw.queries(queries.KINDS[kind]) for kind in KINDS} | {"name": [*NAMES]}
    with ExitStack() as stack:
        engines = {"dalil": engine(stack, _DALIL, folder, ROOT)}
        if options.before:
            before = options.index_before or folder
            engines["before"] = engine(stack, _DALIL, before, options.before)
        if importlib.util.find_spec("tantivy"):
            tantivy_index(options.collections, options.size, other)
            engines["tantivy"] = engine(stack, _TANTIVY, other, ROOT)
        return measured(engines, asked, options.rounds)


def main() -> None:
    parser = argparse.ArgumentParser(description="Compare the public search with others.")
    parser.add_argument("--before", type=Path, metavar="CHECKOUT")
    parser.add_argument("--index", type=Path, metavar="FOLDER")
    parser.add_argument("--index-before", type=Path, metavar="FOLDER")
    parser.add_argument("--size", type=int, default=60_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--collections", type=Path, default=Path("../shared/collections"))
    parser.add_argument("--json", type=Path, metavar="FILE")
    options = parser.parse_args()
    if missing := missing_collections(options.collections):
        raise SystemExit(missing)
    with tempfile.TemporaryDirectory() as temporary, tempfile.TemporaryDirectory() as other:
        times = compare(options, options.index or Path(temporary) / "index", Path(other))
    print(latencies(times))
    if options.json:
        options.json.write_text(json.dumps(times, indent=1), "utf-8")


if __name__ == "__main__":
    main()
