"""Dalil's arrays against other engines: the same words, the same queries, one table each.

    uv run --with tantivy --with bm25s python tests/benchmarks/engines.py
        [--size 100000] [--collections ../shared/collections] [--rounds 3]
        [--engines dalil,whoosh,tantivy,fts5,bm25s,xapian,lucene]
        [--kinds '1 word' '2 words, And'] [--folder FOLDER] [--json FILE]

Every engine indexes and searches in a process of its own. What is not installed is
skipped and named; for Lucene, ``peers/lucene.py`` says where its jars are looked for.
Seconds depend on the machine and what else it does; ratios are to Dalil in the same run,
in which the engines are asked turn by turn (``rounds.py``). With ``--folder``, what was
built there is kept. ``picture.py`` draws what ``--json`` wrote.
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
from corpus import KINDS, lacking, read_queries
from measure import ENGINES, ONCE
from rounds import MEASURE, search

ONE_SHOTS = 5
BASELINE = "import numpy, typer, whoosh.index"


def stage(what: str, name: str, folder: Path, size: int = 0) -> Any:
    """Run a stage in a process of its own; what it has to tell, or nothing."""
    command = [sys.executable, str(MEASURE), what, name, str(folder)]
    environment = {**os.environ, "DALIL_SIZE": str(size)}
    done = subprocess.run(
        command, env=environment, stdout=subprocess.PIPE, text=True, encoding="utf-8", check=True
    )
    return json.loads(done.stdout or "null")


def seconds(command: Sequence[str]) -> float:
    """How long a whole process takes."""
    started = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - started


def one_shots(names: Sequence[str], folder: Path) -> dict[str, float]:
    """Milliseconds of a fresh process with one query of three common words; turn by turn."""
    query = read_queries(folder / "queries.json")[ONCE][0]
    commands = {name: ENGINES[name].once(name, folder, query) for name in names} | {
        f"`{BASELINE}`": [sys.executable, "-c", BASELINE]
    }
    rounds = [
        {name: seconds(command) * 1000 for name, command in commands.items()}
        for _ in range(ONE_SHOTS)
    ]
    return {name: median(times[name] for times in rounds) for name in commands}


def present(wanted: Sequence[str]) -> list[str]:
    """The engines that can be measured here; says of each other one why not."""
    found = []
    for name in wanted:
        if name not in ENGINES:
            raise SystemExit(f"no engine {name}; there are {', '.join(ENGINES)}")
        if missing := ENGINES[name].missing:
            print(f"{name}: skipped, {missing}")
        else:
            found.append(name)
    return found


def indexed(names: Sequence[str], folder: Path) -> dict[str, dict[str, float]]:
    """Build what is not there yet; what was measured when it was built."""
    measured = {}
    for name in names:
        kept = folder / f"{name}.json"
        if not kept.exists():
            kept.write_text(json.dumps(stage("index", name, folder)), "utf-8")
        measured[name] = json.loads(kept.read_text("utf-8"))
    return measured


def compare(names: Sequence[str], options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Measure and print; all that was measured but the hits."""
    if not (folder / "queries.json").exists():
        stage("corpus", str(options.collections), folder, options.size)
        stage("queries", "-", folder)
    indexing = indexed(names, folder)
    corpus = folder / "corpus.txt"
    with corpus.open("rb") as lines:
        size = sum(1 for _ in lines)  # of a folder that was kept, whatever is asked for now
    print(f"\n{size:,} documents, {corpus.stat().st_size / 1e6:,.0f} MB of words\n")
    once = one_shots(names, folder)
    print(tables.indexing(indexing, once, size))
    found = search(names, folder, options.kinds, options.rounds)
    print(tables.latencies(found.times))
    if {"dalil", "whoosh"} <= found.hits.keys():
        print(tables.agreement(found.hits["dalil"], found.hits["whoosh"]))
    print(tables.notes({name: ENGINES[name].note for name in names}, options.rounds))
    return {"documents": size, "indexing": indexing, "one_shot": once, "times": found.times}


def parsed() -> argparse.Namespace:
    """The options, checked."""
    parser = argparse.ArgumentParser(description="Dalil against other engines.")
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--collections", type=Path, default=Path("../shared/collections"))
    parser.add_argument("--engines", default=",".join(ENGINES))
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=list(KINDS), metavar="KIND")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--json", type=Path, metavar="FILE")
    options = parser.parse_args()
    if missing := lacking(options.collections):
        raise SystemExit(missing)
    return options


def main() -> None:
    options = parsed()
    names = present(options.engines.split(","))
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        measured = compare(names, options, folder)
    if options.json:
        options.json.write_text(json.dumps(measured, indent=1), "utf-8")


if __name__ == "__main__":
    main()
