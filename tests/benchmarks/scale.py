"""Measure growth: index 120,000 passages, index them again unchanged, and remove a file.

    uv run python tests/benchmarks/scale.py [COLLECTIONS] [--jobs N]

Prints seconds, documents a second, peak memory and size of the index for the real command.
Seconds depend on the machine. The claim is about memory: it is limited by the size of a batch,
not by that of the folder, in each process that reads. With ``--jobs``, the process that
commits and the largest of those that read are measured separately.
"""

from __future__ import annotations

import argparse
import gzip
import json
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

COLLECTIONS = ("scale-ar", "scale-en")
PART = 10_000
"""Passages in a file: one of the files is removed at the end."""

MAX_MEMORY = 640
"""Megabytes that a process may take: a batch of 24 million characters in a process that
reads, a merge of 16 million tokens in the one that commits."""

MEASURED = """
import json, resource, sys
from search.__main__ import main
if __name__ == "__main__":
    try:
        main()
    finally:
        kinds = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN
        peaks = [resource.getrusage(kind).ru_maxrss for kind in kinds]
        print(json.dumps(peaks), file=sys.stderr)
"""
"""Program that runs the command, then prints the peak memory of itself and its largest child."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the command."""

    label: str
    seconds: float
    megabytes: float
    """Peak resident memory of its process."""
    reading: float
    """Peak resident memory of the largest process that reads for it; 0 without any."""


def run(label: str, index: Path, *arguments: str) -> Run:
    command = [sys.executable, "-c", MEASURED, *arguments, "--index", str(index)]
    started = time.perf_counter()
    ran = subprocess.run(command, check=False, capture_output=True, text=True)
    seconds = time.perf_counter() - started
    if ran.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(arguments)} failed: {ran.stderr}")
    own, children = json.loads(ran.stderr.splitlines()[-1])
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return Run(label, seconds, own / unit, children / unit)


def split(collections: Path, folder: Path) -> int:
    """Write the passages as files of :data:`PART` lines; return their number."""
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


def main(collections: Path, jobs: str) -> None:
    if not all((collections / name).is_dir() for name in COLLECTIONS):
        raise SystemExit(f"skipped: {collections} holds no {' and no '.join(COLLECTIONS)}")
    with tempfile.TemporaryDirectory() as temporary:
        folder, index = Path(temporary) / "passages", Path(temporary) / "index"
        folder.mkdir()
        count = split(collections, folder)
        indexing = ("index", str(folder), "-q", "--jobs", jobs)
        runs = [run("everything", index, *indexing)]
        runs.append(run("again, unchanged", index, *indexing))
        before = total(index, "path:scale-ar-0.jsonl")
        (folder / "scale-ar-0.jsonl").unlink()
        runs.append(run("one file removed", index, *indexing))
        after = total(index, "path:scale-ar-0.jsonl")
        size = sum(file.stat().st_size for file in index.rglob("*") if file.is_file())
    print(f"{count:,} passages, index of {size / (1 << 20):,.0f} MB, jobs {jobs}\n")
    print("| run | seconds | passages a second | peak memory, MB | of a reader | limit |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for row in runs:
        print(
            f"| {row.label} | {row.seconds:.1f} | {count / row.seconds:,.0f} "
            f"| {row.megabytes:.0f} | {row.reading:.0f} | {MAX_MEMORY} |"
        )
    print(f"\nHits in the removed file: {before:,} before, {after:,} after.")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("collections", nargs="?", default="../shared/collections", type=Path)
    parser.add_argument("--jobs", default="1", help="processes that read")
    options = parser.parse_args()
    main(options.collections, options.jobs)
