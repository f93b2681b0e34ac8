"""Run the compiled kernel over damaged arrays, and compare its answers with numpy's.

    uv run python -m tests.faults.kernel damage 100000
    uv run python -m tests.faults.kernel compare 100000

``damage`` compiles the kernel with AddressSanitizer and UBSan (gcc) and without checksums of
pages, gives each array memory of its own, damages one after the other, and runs queries: any
answer will do, a report or a crash will not. ``compare`` runs random queries on undamaged
indexes, with deletions and without; hits, scores and totals are to be the same.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import numpy as np

from index.codec.postings import FieldPostings
from index.codec.word_finder import Beginnings, NearWord
from index.kernel import library
from index.kernel.build import SOURCE
from search import Searcher
from search.dictionary.letter_tables import folding_table, letter_table
from search.execution import kernel_addresses as addresses
from search.execution.collector import Collector, MatchSet
from search.execution.compiled_search import CompiledSearch
from search.kernels.scored_postings import Array
from tests.faults.trees import FIELDS, WORDS, Trees, texts
from tests.library import build, thinned

PROJECT = Path(__file__).resolve().parents[2]

DOCUMENTS = 120
QUERIES_PER_DAMAGE = 4
PROGRAMS = 2000
"""Queries that are encoded beforehand: to draw and encode them takes longer than to run them."""
SAME = 2e-9
"""Scores that differ by less are the same: each is rounded to nine decimals."""
_LIBRARY = "DALIL_FUZZED_KERNEL"
"""Variable with the path of the sanitized library, in the process that loads it."""
_INDEX = "DALIL_FUZZED_INDEX"
"""Variable with the index for that process: to index under the sanitizers takes too much memory."""
_DAMAGES = 4


def compiled_for_damage(folder: Path) -> tuple[Path, str]:
    """Compile the kernel with sanitizers; return it, and the library to load before it."""
    made = folder / "kernel.so"
    options = ("-g", "-O1", "-std=c11", "-ffp-contract=off", "-shared", "-fPIC")
    sanitizers = ("-fsanitize=address,undefined", "-fno-sanitize-recover=all")
    command = ["gcc", *options, *sanitizers, "-DDALIL_UNVERIFIED", "-o", str(made), "kernel.c"]
    subprocess.run(command, cwd=SOURCE, check=True, stderr=subprocess.DEVNULL)
    first = ["gcc", "-print-file-name=libasan.so"]
    return made, subprocess.run(first, check=True, capture_output=True, text=True).stdout.strip()


def damage_in_process(rounds: int, seed: int) -> int:
    """Run :func:`damage` in a process with the sanitizers; return its exit code."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        made, preloaded = compiled_for_damage(folder)
        build(folder / "x", texts(DOCUMENTS, random.Random(seed)), segments=2).close()
        environment = os.environ | {
            _LIBRARY: str(made),
            _INDEX: str(folder / "x" / "index"),
            "LD_PRELOAD": preloaded,
            "ASAN_OPTIONS": "detect_leaks=0",
        }
        command = [sys.executable, "-m", "tests.faults.kernel", "damage", str(rounds)]
        command += ["--seed", str(seed)]
        return subprocess.run(command, env=environment, cwd=PROJECT, check=False).returncode


@contextmanager
def _loaded(path: str) -> Iterator[None]:
    """Load this library instead of the one of the system."""
    sanitized = ctypes.PyDLL(path)
    with patch.object(library, "_library", lambda *, holds_lock: sanitized):
        yield


class DamagedArrays:
    """The arrays that the kernel reads, each in memory of its own."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._copies: list[tuple[Array, Array]] = []
        """What is written, and what is read."""
        self._damaged: list[tuple[Array, Array]] = []

    def section(self, view: FieldPostings, name: str, *_dtypes: str) -> Array:
        """A copy of a section, in the place of ``addresses._section``."""
        original = view.section(name).unverified
        self._copies.append((original.copy(), original.copy()))
        return self._copies[-1][1]

    def damage(self) -> None:
        """Write nonsense somewhere into one of them."""
        self._damaged.append(self._chance.choice([each for each in self._copies if len(each[0])]))
        array = self._damaged[-1][1]
        at = [self._chance.randrange(len(array)) for _ in range(self._chance.choice((1, 9, 99)))]
        match self._chance.randrange(_DAMAGES):
            case 0:
                array[at] ^= array.dtype.type(1 << self._chance.randrange(8 * array.itemsize))
            case 1:
                array[at] = np.iinfo(array.dtype).max
            case 2:
                array[at] = 0
            case _:
                array[at] = self._chance.randrange(int(np.iinfo(array.dtype).max))

    def repair(self) -> None:
        """Write back what was there."""
        for original, array in self._damaged:
            array[:] = original
        self._damaged.clear()


def damage(rounds: int, seed: int) -> Counter[str]:
    """Damage the arrays in each round, and run a few queries; count the answers by kind."""
    chance = random.Random(seed)
    trees, arrays, outcomes = Trees(chance), DamagedArrays(chance), Counter[str]()
    with (
        _loaded(os.environ[_LIBRARY]),
        patch.object(addresses, "_section", arrays.section),
        Searcher.open(Path(os.environ[_INDEX])) as searcher,
    ):
        collector = Collector(searcher._reader)
        compiled = collector._compiled
        assert compiled is not None
        for field in FIELDS:
            compiled._addresses.field_number(field)
        segments, count = collector.segments, min(PROGRAMS, QUERIES_PER_DAMAGE * rounds)
        matches = [MatchSet(segments, trees.drawn(), compiled) for _ in range(count)]
        programs = [program for each in matches if (program := each._program)]
        assert len(programs) == count
        for number in range(rounds):
            arrays.damage()
            compiled._addresses.forget_checks()
            for program in chance.choices(programs, k=QUERIES_PER_DAMAGE):
                ranked = compiled.best(program, 10)
                compiled.documents(program, 0)
                _look_up(compiled, chance)
                outcomes["refused" if ranked is None else "answered"] += 1
            if number % 3 == 2:  # else the damage adds up
                arrays.repair()
    return outcomes


def _look_up(compiled: CompiledSearch, chance: random.Random) -> None:
    """Ask for the words that begin with one, and where it stands."""
    word = chance.choice(WORDS)
    start = word[: chance.randint(1, len(word))]
    fields = tuple(chance.sample(FIELDS, 2))
    folded = chance.choice(((), ((start, len(start)), (word, len(word)))))
    compiled.words_beginning(
        Beginnings(fields, (start,), folding_table(), folded), chance.choice((0, 3, 512))
    )
    compiled.words_near(NearWord(fields, (word[0],), letter_table(), word))
    numbers = sorted(chance.sample(range(DOCUMENTS), 9))
    compiled.positions([(field, word) for field in fields], numbers)


def compare(rounds: int, seed: int) -> list[str]:
    """Run random queries with the kernel and without; return those that differ."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        with (
            build(folder / "a", texts(DOCUMENTS, chance), segments=2) as whole,
            thinned(folder / "b", texts(DOCUMENTS, chance), segments=3) as thin,
        ):
            return [
                found
                for number in range(rounds)
                if (found := _difference((whole, thin)[number % 2], chance))
            ]


def _difference(searcher: Searcher, chance: random.Random) -> str:
    """What a random query finds with the kernel and without; empty if that is the same."""
    collector, query = searcher._engine.collector, Trees(chance).drawn()
    compiled, numpy = collector.collect(query), MatchSet(collector.segments, query)
    count = chance.choice((1, 10, 100))
    program = compiled._program
    assert compiled._compiled is not None
    assert program is not None
    ours = compiled._compiled.best(program, count)
    theirs = list(numpy.best(count))
    if ours is None or not is_same(ours, theirs):
        return f"{query}: {ours} and {theirs}"
    same = np.array_equal(compiled.documents, numpy.documents)
    return "" if same else f"{query}: {compiled.total} and {numpy.total} documents"


def is_same(ours: list[tuple[int, float]], theirs: list[tuple[int, float]]) -> bool:
    """Whether scores are the same, and documents but for the order of equal scores."""
    if len(ours) != len(theirs):
        return False
    for n, ((first, score), (second, other)) in enumerate(zip(ours, theirs, strict=True)):
        if abs(score - other) > SAME:
            return False
        around = [theirs[at][1] for at in (n - 1, n + 1) if 0 <= at < len(theirs)]
        if first != second and n + 1 < len(theirs) and min(abs(score - a) for a in around) > SAME:
            return False
    return True


def main() -> None:
    parser = argparse.ArgumentParser(description="Fuzz the compiled kernel.")
    parser.add_argument("what", choices=("damage", "compare"))
    parser.add_argument("rounds", type=int)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if options.what == "compare":
        different = compare(options.rounds, options.seed)
        print(f"{options.rounds:,} queries, {len(different)} differ", *different[:5], sep="\n")
        sys.exit(bool(different))
    if _LIBRARY in os.environ:
        print(f"{options.rounds:,} damages: {dict(damage(options.rounds, options.seed))}")
        return
    if shutil.which("gcc") is None:
        sys.exit("The sanitizers need gcc: install it, or run the other part.")
    sys.exit(damage_in_process(options.rounds, options.seed))


if __name__ == "__main__":
    main()
