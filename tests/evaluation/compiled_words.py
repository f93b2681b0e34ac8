"""Check that the compiled kernel analyses and names every word of collections as Python does.

    uv run python tests/evaluation/compiled_words.py [COLLECTIONS] [--collection NAME ...]

Every distinct piece of the texts is analysed, and every distinct exact form is named, in both ways.
Prints for each how many there are, how many the kernel leaves to Python, the processor time of both
ways, and each word that is not the same, which is none; 1 if there is one.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))
from index.analysis import columns as piece_columns
from index.analysis import compiled as compiled_analysis
from index.analysis.names import columns as name_columns
from index.analysis.names import compiled as compiled_naming
from index.analysis.tokenizer import blocks, piece_texts
from index.kernel import library
from tests.evaluation.judged_collections import COLLECTIONS

SCALE = ("scale-ar", "scale-en")
CHUNK = 1 << 14


class Way(NamedTuple):
    """What is done to some words, by the kernel and by Python."""

    name: str
    compiled: Callable[[Sequence[str]], object]
    interpreted: Callable[[Sequence[str]], object]
    left: Callable[[Sequence[str]], int]
    """The number of words that the kernel leaves to Python."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Check and print; 1 if a word is not the same, 2 if there is nothing to compare."""
    parser = argparse.ArgumentParser(description="Compare the compiled analysis with Python's.")
    parser.add_argument("collections", nargs="?", type=Path, default=COLLECTIONS)
    parser.add_argument("--collection", action="append", metavar="NAME")
    options = parser.parse_args(arguments)
    files = [options.collections / name / "docs.jsonl.gz" for name in options.collection or SCALE]
    missing = [str(file) for file in files if not file.is_file()]
    if missing or not library.state().startswith("compiled"):
        print(f"no {', '.join(missing)}" if missing else library.state(), file=sys.stderr)
        return 2
    raws = list(dict.fromkeys(raw for file in files for raw in raws_of(file)))
    words = list(dict.fromkeys(piece_columns.analyze_pieces(raws).exact.terms))
    print("| | words | left to Python | Python s | kernel s | |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    different = [*compared(ANALYSIS, raws), *compared(NAMING, words)]
    print("".join(f"{word}\n" for word in different), end="")
    return int(bool(different))


def raws_of(file: Path) -> Iterator[str]:
    """Yield the pieces of the texts of a collection."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            text = json.loads(line)["text"]
            for start, end in blocks(text):
                yield from piece_texts(text, start, end)


def compared(way: Way, words: Sequence[str]) -> list[str]:
    """Print a row; return the words that are not the same."""
    left, different = 0, []
    seconds = {way.compiled: 0.0, way.interpreted: 0.0}
    for at in range(0, len(words), CHUNK):
        some = words[at : at + CHUNK]
        left += way.left(some)
        results = []
        for function in seconds:
            start = time.process_time()
            results.append(function(some))
            seconds[function] += time.process_time() - start
        if not same(*results):
            different += [w for w in some if not same(way.compiled([w]), way.interpreted([w]))]
    fast, slow = seconds.values()
    row = (way.name, f"{len(words):,}", f"{left:,}", f"{slow:.2f}", f"{fast:.2f}")
    print(f"| {' | '.join(row)} | {slow / fast:.0f} × |", flush=True)
    return different


def same(one: object, other: object) -> bool:
    """Whether two values are equal: tuples, lists and arrays."""
    if isinstance(one, tuple) and isinstance(other, tuple):
        return all(map(same, one, other))
    if isinstance(one, np.ndarray):
        return bool(np.array_equal(one, other))
    return one == other


def left_of_pieces(raws: Sequence[str]) -> int:
    """Return the number of pieces that the kernel does not analyse."""
    return sum(
        int((part.kinds == compiled_analysis.RARE).sum())
        for at in range(0, len(raws), piece_columns.CHUNK)
        if (part := compiled_analysis.compiled_pieces(raws[at : at + piece_columns.CHUNK]))
    )


def left_of_words(words: Sequence[str]) -> int:
    """Return the number of words that the kernel does not name."""
    return sum(
        int((part[3] == compiled_naming.UNKNOWN).sum())
        for at in range(0, len(words), name_columns.CHUNK)
        if (part := compiled_naming.compiled_names(words[at : at + name_columns.CHUNK]))
    )


ANALYSIS = Way("analysed", piece_columns.analyze_pieces, piece_columns._interpreted, left_of_pieces)
NAMING = Way("named", name_columns.analyze_names, name_columns._interpreted, left_of_words)


if __name__ == "__main__":
    sys.exit(main())
