"""Dalil's arrays against other engines: the same words, the same queries, one table each.

    uv run --with tantivy --with bm25s python tests/benchmarks/engines.py
        [--size 100000] [--collections ../shared/collections]
        [--engines dalil,whoosh,tantivy,fts5,bm25s,xapian] [--folder FOLDER]

Every engine indexes and searches in processes of its own. What is not installed is
skipped and named. Seconds depend on the machine and what else it does; ratios are to
Dalil in the same run. With ``--folder``, what was built there is kept.
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
from corpus import COLLECTIONS
from measure import ENGINES

MEASURE = Path(__file__).with_name("measure.py")
ONE_SHOTS = 5
BASELINE = "import numpy, typer, whoosh.index"


def stage(what: str, name: str, folder: Path, size: int = 0) -> Any:
    """Run a stage in a process of its own; what it printed."""
    command = [sys.executable, str(MEASURE), what, name, str(folder)]
    environment = {**os.environ, "DALIL_SIZE": str(size)}
    done = subprocess.run(
        command, env=environment, stdout=subprocess.PIPE, text=True, encoding="utf-8", check=True
    )
    return json.loads(done.stdout.splitlines()[-1])


def seconds(command: Sequence[str]) -> float:
    """How long a whole process takes."""
    started = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - started


def one_shots(names: Sequence[str], folder: Path) -> dict[str, float]:
    """Milliseconds of a fresh process with one query of three common words; turn by turn."""
    commands = {
        name: [sys.executable, str(MEASURE), "once", name, str(folder)] for name in names
    } | {f"`{BASELINE}`": [sys.executable, "-c", BASELINE]}
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


def compare(names: Sequence[str], size: int, collections: Path, folder: Path) -> None:
    """Measure, and print."""
    if not (folder / "queries.json").exists():
        stage("corpus", str(collections), folder, size)
        stage("queries", "-", folder)
    indexing = {}
    for name in names:
        kept = folder / f"{name}.json"
        if not kept.exists():
            kept.write_text(json.dumps(stage("index", name, folder)), "utf-8")
        indexing[name] = json.loads(kept.read_text("utf-8"))
    raw = (folder / "corpus.txt").stat().st_size
    print(f"\n{size:,} documents, {raw / 1e6:,.0f} MB of words\n")
    print(tables.indexing(indexing, one_shots(names, folder), size))
    found = {name: stage("search", name, folder) for name in names}
    print(tables.latencies({name: one["times"] for name, one in found.items()}))
    if {"dalil", "whoosh"} <= found.keys():
        print(tables.agreement(found["dalil"]["hits"], found["whoosh"]["hits"]))


def main() -> None:
    parser = argparse.ArgumentParser(description="Dalil against other engines.")
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--collections", type=Path, default=Path("../shared/collections"))
    parser.add_argument("--engines", default=",".join(ENGINES))
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    if not all((options.collections / name).is_dir() for name in COLLECTIONS):
        raise SystemExit(f"skipped: {options.collections} lacks {' or '.join(COLLECTIONS)}")
    names = present(options.engines.split(","))
    if options.folder:
        options.folder.mkdir(parents=True, exist_ok=True)
        compare(names, options.size, options.collections, options.folder)
        return
    with tempfile.TemporaryDirectory() as temporary:
        compare(names, options.size, options.collections, Path(temporary))


if __name__ == "__main__":
    main()
