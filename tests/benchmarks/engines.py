"""Compare Dalil's arrays with other engines: the same words, the same queries.

    uv run --with tantivy --with bm25s python tests/benchmarks/engines.py
        [--size 100000] [--collections COLLECTIONS] [--rounds 3]
        [--engines dalil,whoosh,tantivy,fts5,bm25s,xapian,lucene]
        [--kinds '1 word' '2 words, And'] [--folder FOLDER] [--json FILE]

Every engine indexes and searches in a process of its own. Engines that are not installed
are skipped and named; ``peers/lucene.py`` says where the jars of Lucene are searched for.
Seconds depend on the machine and its other load; ratios are relative to Dalil in the same
run, in which the engines take turns (``rounds.py``). With ``--folder``, indexes are kept
there and used again. ``picture.py`` draws the results of ``--json``.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

import tables
from corpus import KINDS, missing_collections, read_queries
from measure import ENGINES, ONE_SHOT_KIND
from rounds import MEASURE, search

ONE_SHOT_ROUNDS = 5
IMPORTS = "import numpy, typer, whoosh.index"


def run_stage(stage: str, name: str, folder: Path, size: int = 0) -> Any:
    """Run a stage in a process of its own; return its result or None."""
    command = [sys.executable, str(MEASURE), stage, name, str(folder)]
    environment = {**os.environ, "DALIL_SIZE": str(size)}
    done = subprocess.run(
        command, env=environment, stdout=subprocess.PIPE, text=True, encoding="utf-8", check=True
    )
    return json.loads(done.stdout or "null")


def seconds(command: Sequence[str]) -> float:
    """Return the time of a whole process."""
    started = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - started


def one_shots(names: Sequence[str], folder: Path) -> dict[str, float]:
    """Return milliseconds of a fresh process with one query; engines take turns."""
    query = read_queries(folder / "queries.json")[ONE_SHOT_KIND][0]
    commands = {name: ENGINES[name].once(name, folder, query) for name in names} | {
        f"`{IMPORTS}`": [sys.executable, "-c", IMPORTS]
    }
    rounds = [
        {name: seconds(command) * 1000 for name, command in commands.items()}
        for _ in range(ONE_SHOT_ROUNDS)
    ]
    return {name: median(times[name] for times in rounds) for name in commands}


def available(names: Sequence[str]) -> list[str]:
    """Return the engines that can be measured here; print the reason for each other one."""
    present = []
    for name in names:
        if name not in ENGINES:
            raise SystemExit(f"There is no engine {name}; choose from {', '.join(ENGINES)}")
        if missing := ENGINES[name].missing:
            print(f"{name}: skipped, {missing}")
        else:
            present.append(name)
    return present


def indexed(names: Sequence[str], folder: Path) -> dict[str, dict[str, float]]:
    """Build the missing indexes; return the figures that were measured at the build."""
    measured = {}
    for name in names:
        figures = folder / f"{name}.json"
        if not figures.exists():
            figures.write_text(json.dumps(run_stage("index", name, folder)), "utf-8")
        measured[name] = json.loads(figures.read_text("utf-8"))
    return measured


def compare(names: Sequence[str], options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Measure and print; return all figures, without the hits."""
    if not (folder / "queries.json").exists():
        run_stage("corpus", str(options.collections), folder, options.size)
        run_stage("queries", "-", folder)
    indexing = indexed(names, folder)
    corpus = folder / "corpus.txt"
    with corpus.open("rb") as lines:
        size = sum(1 for _ in lines)  # a folder that was kept may have another size
    print(f"\n{size:,} documents, {corpus.stat().st_size / 1e6:,.0f} MB of words\n")
    once = one_shots(names, folder)
    print(tables.indexing(indexing, once, size))
    results = search(names, folder, options.kinds, options.rounds)
    print(tables.latencies(results.times))
    if {"dalil", "whoosh"} <= results.hits.keys():
        print(tables.agreement(results.hits["dalil"], results.hits["whoosh"]))
    print(tables.notes({name: ENGINES[name].note for name in names}, options.rounds))
    return {"documents": size, "indexing": indexing, "one_shot": once, "times": results.times}


def parsed() -> argparse.Namespace:
    """Parse and check the options."""
    parser = argparse.ArgumentParser(description="Compare Dalil with other engines.")
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--collections", type=Path, default=Path("../shared/collections"))
    parser.add_argument("--engines", default=",".join(ENGINES))
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=list(KINDS), metavar="KIND")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--json", type=Path, metavar="FILE")
    options = parser.parse_args()
    if missing := missing_collections(options.collections):
        raise SystemExit(missing)
    return options


def main() -> None:
    options = parsed()
    names = available(options.engines.split(","))
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        measured = compare(names, options, folder)
    if options.json:
        options.json.write_text(json.dumps(measured, indent=1), "utf-8")


if __name__ == "__main__":
    main()
