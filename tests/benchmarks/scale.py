"""How the index grows: 120,000 passages in, again unchanged, and one file out.

    uv run python tests/benchmarks/scale.py [../shared/collections]

Prints seconds, documents a second, peak memory and size of the real command. Seconds
depend on the machine; the memory is the claim: it is set by a batch, not by the folder.
"""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

COLLECTIONS = ("scale-ar", "scale-en")
PART = 10_000
"""Passages a file: one of the files is removed at the end."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the command."""

    what: str
    seconds: float
    megabytes: float
    """Peak resident memory of its process."""


def run(what: str, index: Path, *arguments: str) -> Run:
    command = [sys.executable, "-m", "search", *arguments, "--index", str(index)]
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        raise SystemExit(f"{' '.join(arguments)} failed")
    return Run(what, time.perf_counter() - started, usage.ru_maxrss / 1024)


def split(collections: Path, folder: Path) -> int:
    """Write the passages as files of :data:`PART` lines; how many passages there are."""
    count = 0
    for name in COLLECTIONS:
        with gzip.open(collections / name / "docs.jsonl.gz", "rt", encoding="utf-8") as lines:
            part = None
            for number, line in enumerate(lines):
                if number % PART == 0:
                    if part is not None:
                        part.close()
                    part = (folder / f"{name}-{number // PART}.jsonl").open("w", encoding="utf-8")
                assert part is not None
                part.write(line)
                count += 1
            if part is not None:
                part.close()
    return count


def total(index: Path, query: str) -> int:
    command = [sys.executable, "-m", "search", "search", "-c", query, "--index", str(index)]
    return int(subprocess.run(command, capture_output=True, text=True, check=False).stdout)


def main(arguments: Sequence[str]) -> None:
    collections = Path(arguments[0] if arguments else "../shared/collections")
    if not all((collections / name).is_dir() for name in COLLECTIONS):
        raise SystemExit(f"skipped: {collections} holds no {' and no '.join(COLLECTIONS)}")
    with tempfile.TemporaryDirectory() as temporary:
        folder, index = Path(temporary) / "passages", Path(temporary) / "index"
        folder.mkdir()
        count = split(collections, folder)
        runs = [run("all of it", index, "index", str(folder), "-q")]
        runs.append(run("again, unchanged", index, "index", str(folder), "-q"))
        before = total(index, "path:scale-ar-0.jsonl")
        (folder / "scale-ar-0.jsonl").unlink()
        runs.append(run("one file removed", index, "index", str(folder), "-q"))
        after = total(index, "path:scale-ar-0.jsonl")
        size = sum(file.stat().st_size for file in index.rglob("*") if file.is_file())
    print(f"{count:,} passages, index of {size / (1 << 20):,.0f} MB\n")
    print("| run | seconds | passages a second | peak memory, MB |\n| --- | ---: | ---: | ---: |")
    for row in runs:
        print(
            f"| {row.what} | {row.seconds:.1f} | {count / row.seconds:,.0f} | {row.megabytes:.0f} |"
        )
    print(f"\nDocuments of the removed file in results: {before:,} before, {after:,} after.")


if __name__ == "__main__":
    main(sys.argv[1:])
