"""Time one search from a cold start, relative to importing a few libraries.

    uv run python tests/benchmarks/oneshot.py [--typer | --pass] [INDEX | COLLECTIONS] [RUNS]

Runs ``dalil search`` to a pipe in a process of its own, and ``python -c 'import numpy,
typer, whoosh.index'``, alternately, and prints the median of the ratios of the pairs;
seconds depend on the machine, the ratio hardly does. INDEX is a folder of an index;
without one, an index of 100,000 passages is made of ``scale-ar`` and ``scale-en`` in
COLLECTIONS (../shared/collections) and deleted afterwards. Each command runs once before,
so that Python has its bytecode and the system the files.

With ``--pass`` the base is ``python -c pass``: how many times the start of Python a search takes.
With ``--typer`` the base is the same search with ``-n10`` instead of ``-n 10``, a spelling
that only typer parses: what the fast parser of ``search/cli/fast_parse.py`` saves.
"""

from __future__ import annotations

import argparse
import gzip
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

COLLECTIONS = ("scale-ar", "scale-en")
PASSAGES = 100_000
RUNS = 31
BASE = ("-c", "import numpy, typer, whoosh.index")
START = ("-c", "pass")
QUERIES = ("libya", "ليبيا روسيا", "history of the railway", '+city -river "united states"')
ENVIRONMENT = {
    name: value
    for name, value in os.environ.items()
    if name not in ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "PYTHONPROFILEIMPORTTIME")
}
"""Python as people run it: it keeps its bytecode."""


def seconds(*arguments: str) -> float:
    """The time of a process of Python whose output goes to a pipe."""
    started = time.perf_counter()
    ran = subprocess.run(
        [sys.executable, *arguments], capture_output=True, env=ENVIRONMENT, check=False
    )
    if ran.returncode not in (0, 1) or b"Traceback" in ran.stderr:
        raise SystemExit(f"{' '.join(arguments)} failed: {ran.stderr.decode()}")
    return time.perf_counter() - started


def pairs(first: Sequence[str], second: Sequence[str], runs: int) -> list[tuple[float, float]]:
    """The times of two commands, run alternately, after one run of each that does not count."""
    seconds(*first), seconds(*second)
    return [(seconds(*first), seconds(*second)) for _ in range(runs)]


def make(collections: Path, folder: Path) -> Path:
    """An index of :data:`PASSAGES` passages, in equal parts from the collections."""
    if not all((collections / name).is_dir() for name in COLLECTIONS):
        raise SystemExit(f"skipped: {collections} holds no {' and no '.join(COLLECTIONS)}")
    passages, index = folder / "passages", folder / "index"
    passages.mkdir()
    for name in COLLECTIONS:
        with (
            gzip.open(collections / name / "docs.jsonl.gz", "rt", encoding="utf-8") as lines,
            (passages / f"{name}.jsonl").open("w", encoding="utf-8") as part,
        ):
            part.writelines(islice(lines, PASSAGES // len(COLLECTIONS)))
    seconds("-m", "search", "index", str(passages), "--index", str(index), "-q")
    return index


def commands(query: str, index: Path, base: str) -> tuple[Sequence[str], Sequence[str]]:
    """A search and its base, as arguments of Python."""
    search = ("-m", "search", "search", query, "--index", str(index), "-n", "10")
    return search, {"imports": BASE, "pass": START, "typer": (*search[:-2], "-n10")}[base]


def options(arguments: Sequence[str]) -> argparse.Namespace:
    """The options of the command line."""
    parser = argparse.ArgumentParser()
    for base in ("typer", "pass"):
        parser.add_argument(f"--{base}", action="store_const", dest="base", const=base)
    parser.set_defaults(base="imports")
    parser.add_argument("folder", nargs="?", type=Path, default=Path("../shared/collections"))
    parser.add_argument("runs", nargs="?", type=int, default=RUNS)
    return parser.parse_args(arguments)


def main(arguments: Sequence[str]) -> None:
    given = options(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        is_index = (given.folder / "dalil.json").exists()
        index = given.folder if is_index else make(given.folder, Path(temporary))
        print("| query | search, ms | base, ms | median difference, ms | median ratio |")
        print("| --- | ---: | ---: | ---: | ---: |")
        for query in QUERIES:
            rows = pairs(*commands(query, index, given.base), given.runs)
            search, base = (statistics.median(row[n] for row in rows) for n in (0, 1))
            more = statistics.median(base - search for search, base in rows)
            ratio = statistics.median(search / base for search, base in rows)
            cells = f"{search * 1000:.0f} | {base * 1000:.0f} | {more * 1000:.0f} | {ratio:.2f}"
            print(f"| {query} | {cells} |")


if __name__ == "__main__":
    main(sys.argv[1:])
