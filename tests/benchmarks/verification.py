"""Time what the checksums of an index cost a search: with and without verification, in pairs.

    uv run python tests/benchmarks/verification.py [INDEX] [--passages N] [--runs N]

Each pair is two new processes, one directly after the other, in alternating order: a search that
imports, opens the index and answers once (cold), or one that answers its queries again and
again (warm). The second process of a pair, or the first, takes every checksum for right. Printed
are the ratios of wall time and of processor time (user and system) with 95 % confidence intervals
of their geometric means; processor time says more on a machine with other load. Without INDEX, an
index of N generated passages is made, half Arabic and half English, and deleted afterwards. The
system has the files in memory, so that nothing hides the cost of the checksums.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from statistics import fmean, median, stdev

from tables import table

PASSAGES = 20_000
RUNS = 25
REPETITIONS = 40
"""Answers to each query in a warm process; the first one is not counted."""
WORDS_PER_PASSAGE = 80
VOCABULARY = 30_000
"""Words of each language."""
LETTERS = ("abcdefghilmnoprstu", "ابتجدرسعفقكلمنهوي")
_NORMAL = 1.96
"""Standard errors on either side of a mean that make a 95 % interval."""
Times = tuple[float, float]
"""Seconds on the wall, and of the processor."""


def interval(ratios: Sequence[float]) -> tuple[float, float, float]:
    """Return the geometric mean of at least two ratios, and the ends of its 95 % interval."""
    logs = [math.log(ratio) for ratio in ratios]
    half = _NORMAL * stdev(logs) / math.sqrt(len(logs))
    mean = fmean(logs)
    return math.exp(mean), math.exp(mean - half), math.exp(mean + half)


def words(chance: random.Random, letters: str) -> list[str]:
    """Return the words of one language, the commonest first."""
    return ["".join(chance.choices(letters, k=chance.randint(2, 9))) for _ in range(VOCABULARY)]


def passages(count: int, chance: random.Random) -> Iterator[str]:
    """Yield passages whose words are as unevenly frequent as those of texts, as JSONL."""
    languages = [words(chance, letters) for letters in LETTERS]
    weights = [1 / (rank + 2) for rank in range(VOCABULARY)]
    for number in range(count):
        text = chance.choices(languages[number % 2], weights, k=WORDS_PER_PASSAGE)
        yield json.dumps({"id": f"p{number}", "text": " ".join(text)}) + "\n"


def queries(chance: random.Random) -> list[str]:
    """Return queries with words of the passages: rare, common, two, a phrase, a prefix."""
    languages = [words(chance, letters) for letters in LETTERS]
    return [
        query
        for own in languages
        for query in (own[3000], own[5], f"{own[40]} {own[700]}", f'"{own[2]} {own[3]}"')
    ] + [f"{languages[0][60][:3]}*"]


def make(folder: Path, count: int) -> Path:
    """Make an index of generated passages; return its folder."""
    (folder / "passages").mkdir()
    with (folder / "passages" / "p.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(passages(count, random.Random(1)))
    run = ("-m", "search", "index", str(folder / "passages"), "--index", str(folder / "index"))
    subprocess.run([sys.executable, *run, "-q"], check=True)
    return folder / "index"


def skip_verification() -> None:
    """Take every checksum of an index for right, in this process."""
    from index.codec.array_file import ArrayFile  # noqa: PLC0415 (part of the measured start)
    from index.store.catalog import CatalogReader  # noqa: PLC0415

    ArrayFile._verify = lambda *_: True  # type: ignore[method-assign]
    ArrayFile._is_intact = lambda *_: True  # type: ignore[method-assign]
    CatalogReader._verify = lambda *_: None  # type: ignore[method-assign]


def answer(index: str, texts: Sequence[str], *, warm: bool) -> None:
    """Answer queries in this process; if warm, print the times of a query as JSON."""
    from search.cli.dispatch import import_commands, run_command  # noqa: PLC0415 (measured)
    from search.searcher import Searcher  # noqa: PLC0415

    if not warm:
        import_commands(["search"])
        with (
            open(os.devnull, "w", encoding="utf-8") as nothing,  # noqa: PTH123
            redirect_stdout(nothing),
            redirect_stderr(nothing),
        ):
            run_command(["search", *texts, "--index", index])
        return
    with Searcher.open(index) as searcher:
        for text in texts:
            searcher.search(text)
        wall, processor = time.perf_counter(), time.process_time()
        for _ in range(REPETITIONS):
            for text in texts:
                searcher.search(text)
        wall, processor = time.perf_counter() - wall, time.process_time() - processor
    print(json.dumps([wall / REPETITIONS, processor / REPETITIONS]))


def measured(index: Path, texts: Sequence[str], *, warm: bool, verified: bool) -> Times:
    """Return the times of a new process that answers queries."""
    mode = ["--warm"] * warm + ["--unverified"] * (not verified)
    command = [sys.executable, __file__, str(index), *mode, "--answer", *texts]
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert process.stdout is not None
    with process.stdout as stream:
        printed = stream.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(command)} failed")
    if warm:
        own_wall, own_processor = json.loads(printed)
        return own_wall, own_processor
    return wall, usage.ru_utime + usage.ru_stime


def pair(index: Path, texts: Sequence[str], *, warm: bool, swapped: bool) -> tuple[Times, Times]:
    """Return the times with and without verification, measured directly after each other."""
    both = {
        verified: measured(index, texts, warm=warm, verified=verified)
        for verified in ((False, True) if swapped else (True, False))
    }
    return both[True], both[False]


def row(name: str, pairs: Sequence[tuple[Times, Times]]) -> tuple[str, ...]:
    """Return a row of the table: medians with and without, and the ratios."""
    cells = [name]
    for kind in (0, 1):
        given = [(with_[kind], without[kind]) for with_, without in pairs]
        mean, low, high = interval([a / b for a, b in given])
        ms = " / ".join(f"{median(column) * 1000:.1f}" for column in zip(*given, strict=True))
        cells += [ms, f"{mean:.3f} ({low:.3f} to {high:.3f})"]
    return tuple(cells)


def report(index: Path, runs: int) -> str:
    """Return the table of the cold and of the warm pairs."""
    texts = queries(random.Random(1))
    rows = []
    for warm in (False, True):
        asked = [texts] * runs if warm else [[texts[n % len(texts)]] for n in range(runs)]
        pair(index, asked[0], warm=warm, swapped=False)  # bytecode and files are in memory then
        pairs = [pair(index, each, warm=warm, swapped=n % 2 == 1) for n, each in enumerate(asked)]
        rows.append(row("warm, all queries" if warm else "cold, one query", pairs))
    head = ("search", "wall, ms", "ratio of wall", "processor, ms", "ratio of processor")
    return table(head, rows)


def options(arguments: Sequence[str]) -> argparse.Namespace:
    """Return the options of the command line; those of the measured process are hidden."""
    parser = argparse.ArgumentParser()
    parser.add_argument("index", nargs="?", type=Path)
    parser.add_argument("--passages", type=int, default=PASSAGES)
    parser.add_argument("--runs", type=int, default=RUNS)
    for name in ("--warm", "--unverified"):
        parser.add_argument(name, action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--answer", nargs="+", help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


def main(arguments: Sequence[str]) -> None:
    given = options(arguments)
    if given.answer:
        if given.unverified:
            skip_verification()
        answer(str(given.index), given.answer, warm=given.warm)
        return
    with tempfile.TemporaryDirectory() as folder:
        index = given.index or make(Path(folder), given.passages)
        print(report(index, given.runs), end="")


if __name__ == "__main__":
    main(sys.argv[1:])
