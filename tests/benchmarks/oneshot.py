"""How long one search takes from a cold start, beside importing what it stands on.

    uv run python tests/benchmarks/oneshot.py [INDEX | COLLECTIONS] [RUNS]

Runs ``dalil search`` to a pipe in a process of its own, and ``python -c 'import numpy,
typer, whoosh.index'``, turn by turn, and prints the median of the ratios of the pairs;
seconds depend on the machine, the ratio hardly does. INDEX is a folder of an index;
where none is given, one of 100,000 passages is made of ``scale-ar`` and ``scale-en`` in
COLLECTIONS (../shared/collections) and thrown away. Each command runs once before, so
that Python has its bytecode and the system the files.
"""

from __future__ import annotations

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
    if ran.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(arguments)} failed: {ran.stderr.decode()}")
    return time.perf_counter() - started


def pairs(arguments: Sequence[str], runs: int) -> list[tuple[float, float]]:
    """The command and the base, turn by turn, after one of each that does not count."""
    seconds(*BASE), seconds(*arguments)
    return [(seconds(*arguments), seconds(*BASE)) for _ in range(runs)]


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


def main(arguments: Sequence[str]) -> None:
    given = Path(arguments[0] if arguments else "../shared/collections")
    runs = int(arguments[1]) if len(arguments) > 1 else RUNS
    with tempfile.TemporaryDirectory() as temporary:
        index = given if (given / "dalil.json").exists() else make(given, Path(temporary))
        print("| query | search, ms | base, ms | median ratio |\n| --- | ---: | ---: | ---: |")
        for query in QUERIES:
            rows = pairs(("-m", "search", "search", query, "--index", str(index)), runs)
            search, base = (statistics.median(row[n] for row in rows) for n in (0, 1))
            ratio = statistics.median(search / base for search, base in rows)
            print(f"| {query} | {search * 1000:.0f} | {base * 1000:.0f} | {ratio:.2f} |")


if __name__ == "__main__":
    main(sys.argv[1:])
