"""Write dated passages, half Arabic and half English, for the index the screen is measured on.

    uv run python tests/benchmarks/dated.py COLLECTIONS FOLDER [--size 100000]
    uv run dalil index FOLDER --index INDEX

Each line of the files has a date of its own, as documents of a newsroom do: the screen shows it
in every row, and counts years.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from corpus import COLLECTIONS, lines_of, missing_collections

PART = 10_000
"""Passages in a file."""
FIRST_DAY = date(2005, 1, 1)
DAYS = 7_300
"""Days over which the dates are spread: twenty years."""
_STEP = 2_741
"""Days from a passage to the next, modulo :data:`DAYS`: coprime to it, so that every day occurs."""


def dated(lines: Iterator[str]) -> Iterator[str]:
    """Yield lines of JSON with a date added to each."""
    for number, line in enumerate(lines):
        day = FIRST_DAY + timedelta(days=number * _STEP % DAYS)
        document = {**json.loads(line), "date": day.isoformat()}
        yield json.dumps(document, ensure_ascii=False) + "\n"


def write(collections: Path, folder: Path, size: int) -> None:
    """Write ``size`` passages, as many of each collection, as files of :data:`PART` lines."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in COLLECTIONS:
        lines = islice(dated(lines_of(collections / name)), size // len(COLLECTIONS))
        part = 0
        while rows := list(islice(lines, PART)):
            (folder / f"{name}-{part}.jsonl").write_text("".join(rows), "utf-8")
            part += 1


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("collections", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--size", type=int, default=100_000)
    options = parser.parse_args()
    if missing := missing_collections(options.collections):
        raise SystemExit(missing)
    write(options.collections, options.folder, options.size)
