"""Measure how fast files are read, here and in another checkout of Dalil, in turns.

    uv run python tests/benchmarks/reading.py [--against CHECKOUT] [--rounds N] [--files N]

For files of every kind (`pages`), twice, in milliseconds of the processor: from the file to its
documents in one process (extraction); and until they have arrived in the process that indexes, from
the one that reads, as the sum of both (Linux). Each checkout has a process of its own, by the
interpreter of its ``.venv``, which reads all files of a kind once a round; the order alternates.
Printed are the least milliseconds a file of all rounds, and the ratio of the two checkouts in a
round: its geometric mean with a 95 % interval.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path
from typing import Self

HERE = Path(__file__).resolve().parents[2]
ROUNDS, FILES = 30, 40
EXTRACTED, ARRIVED = "extraction", "until they arrive"
HEAD = ("files", "measured", "ms a file", "against", "ratio")


def extract_all(paths: Sequence[Path]) -> float:
    """Extract files in this process; return the seconds of its processor."""
    from index.extract import read  # noqa: PLC0415 (of the checkout that is measured)

    started = time.process_time()
    for path in paths:
        for _ in read(path):
            pass
    return time.process_time() - started


def receiving(paths: Sequence[Path]) -> Iterator[float]:
    """Read files in a process apart, again and again; yield the seconds of both processors."""
    from index.extract.formats import format_of  # noqa: PLC0415
    from index.extract.walk import Candidate  # noqa: PLC0415
    from index.sandbox.limits import Limits  # noqa: PLC0415
    from index.sandbox.reader import SandboxedReader  # noqa: PLC0415

    files = [Candidate(path, path.parent, path.stat().st_size, 0) for path in paths]
    formats = {row.name for path in paths if (row := format_of(path))}
    limits = Limits.for_files(max(file.size for file in files))
    with closing(SandboxedReader(limits, formats=formats)) as reader:
        for _ in reader.read(files[0]):  # the process has started then
            pass
        assert reader._process is not None
        child = Path(f"/proc/{reader._process._process.pid}/schedstat")
        while True:
            started = processor(child)
            for file in reader.ahead(files):
                for _ in reader.read(file):
                    pass
            yield processor(child) - started


def processor(child: Path) -> float:
    """Return the seconds of the processor that this process took, and another one by its file."""
    return time.process_time() + int(child.read_text().split()[0]) / 1e9


def serve(kinds: dict[str, list[str]]) -> None:
    """Answer requests for a kind and a measure with seconds, until standard input ends."""
    measures: dict[tuple[str, str], Callable[[], float]] = {}
    for kind, names in kinds.items():
        paths = [Path(name) for name in names]
        measures[kind, EXTRACTED] = partial(extract_all, paths)
        measures[kind, ARRIVED] = receiving(paths).__next__
    for line in sys.stdin:
        kind, measure = json.loads(line)
        print(measures[kind, measure](), flush=True)


class Checkout:
    """A process that reads with the code and the interpreter of a checkout."""

    def __init__(self, root: Path, kinds: dict[str, list[str]]) -> None:
        own = root / ".venv" / "bin" / "python"
        python = str(own) if own.exists() else sys.executable
        self._process = subprocess.Popen(
            [python, __file__, "--serve", json.dumps(kinds)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(root)},
            cwd=root,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()

    def seconds(self, kind: str, measure: str) -> float:
        """Ask for a figure. Raises SystemExit if the process has ended."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps((kind, measure)) + "\n")
        self._process.stdin.flush()
        if answer := self._process.stdout.readline():
            return float(answer)
        raise SystemExit(f"the process that reads {kind} has ended")


def rounds_of(
    checkouts: Sequence[Checkout], asked: tuple[str, str], rounds: int
) -> list[list[float]]:
    """Return the seconds of each checkout, in its order, for each round; the first is not kept."""
    found = []
    for number in range(rounds + 1):
        order = checkouts if number % 2 else checkouts[::-1]
        times = [checkout.seconds(*asked) for checkout in order]
        found.append(times if number % 2 else times[::-1])
    return found[1:]


def row(asked: tuple[str, str], times: Sequence[Sequence[float]], files: int) -> tuple[str, ...]:
    """Return a row of the table: milliseconds a file here and there, and their ratio."""
    from verification import interval  # noqa: PLC0415 (not on the path of the measured process)

    least = [f"{1000 * min(column) / files:.3f}" for column in zip(*times, strict=True)]
    if len(least) == 1:
        return (*asked, *least, "–", "–")
    mean, low, high = interval([here / there for here, there in times])
    return (*asked, *least, f"{mean:.3f} ({low:.3f} to {high:.3f})")


def compare(roots: Sequence[Path], rounds: int, files: int) -> str:
    """Return the table of all kinds of files."""
    from pages import write_files  # noqa: PLC0415
    from tables import table  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        kinds = write_files(Path(folder).resolve(), files)
        names = {kind: list(map(str, paths)) for kind, paths in kinds.items()}
        checkouts = [stack.enter_context(Checkout(root, names)) for root in roots]
        asked = [(kind, measure) for kind in kinds for measure in (EXTRACTED, ARRIVED)]
        return table(HEAD, [row(each, rounds_of(checkouts, each, rounds), files) for each in asked])


def main(arguments: Sequence[str]) -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--against", type=Path, help="another checkout of Dalil, with its .venv")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--files", type=int, default=FILES, help="files of each kind")
    parser.add_argument("--serve", type=json.loads, help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.serve:
        serve(given.serve)
        return
    roots = [HERE, *([given.against.resolve()] if given.against else [])]
    print(compare(roots, given.rounds, given.files), end="")


if __name__ == "__main__":
    main(sys.argv[1:])
