"""Flip one bit of an index file, and see whether an answer is wrong without an error."""

from __future__ import annotations

import os
import random
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np

from index import IndexWriter
from index.codec.array_file import ArrayFile
from index.codec.postings import FieldPostings
from index.errors import DalilError
from index.store.verification import damaged_files
from search import Searcher

QUERIES = ("libya", "ليبيا", '"libya russia"', "lib*")
AIMED = ("documents", "codes", "positions", "posting_starts", "terms", "term_starts")
"""Arrays of a field that the first query reads."""
Answers = list[tuple[int, list[tuple[str, float]]]]


def documents(folder: Path, seed: int = 1) -> Path:
    """Write 120 short documents in both languages; return the folder."""
    chance = random.Random(seed)
    words = ["libya", "russia", "oil", "ليبيا", "روسيا", "والنفط", "minister", "railway"]
    folder.mkdir(parents=True)
    for number in range(120):
        text = " ".join(chance.choices(words, k=40)) + f" doc{number}"
        (folder / f"{number:03}.txt").write_text(text, "utf-8")
    return folder


def answers(index: Path) -> Answers:
    """Return totals, paths and scores for :data:`QUERIES`. Raises DalilError."""
    with Searcher.open(index) as searcher:
        results = [searcher.search(query, limit=20) for query in QUERIES]
        return [(r.total, [(h.path, round(h.score, 6)) for h in r.hits]) for r in results]


def segment(index: Path) -> Path:
    """Return the largest segment file of an index."""
    return max(index.glob("*.arr"), key=lambda path: path.stat().st_size)


def aimed_bytes(path: Path, field: str, array: str, term: bytes) -> tuple[int, int]:
    """Return start and end, in the file, of what a query for ``term`` reads of an array."""
    file = ArrayFile(path)
    view = FieldPostings(file, field)
    rank = view.rank(term)
    start, end = view.span(rank)
    dtype, offset, _, _ = file._table[f"{field}/{array}"]
    if array == "positions":
        begins, counts = view.position_spans(rank, np.arange(end - start))
        start, end = int(begins[0]), int(begins[-1] + counts[-1])
    elif array == "terms":
        start, end = view._term_starts.item(rank), view._term_starts.item(rank + 1)
    elif array in ("posting_starts", "term_starts"):
        start, end = rank, rank + 2
    width = np.dtype(dtype).itemsize
    return offset + start * width, offset + end * width


def damaged_copy(index: Path, to: Path, file: Path, damage: Callable[[bytearray], None]) -> Path:
    """Copy an index, with one file damaged; the others are hard links."""
    shutil.rmtree(to, ignore_errors=True)
    to.mkdir()
    for path in index.iterdir():
        if path.name != file.name:
            os.link(path, to / path.name)
    data = bytearray(file.read_bytes())
    damage(data)
    (to / file.name).write_bytes(data)
    return to


def outcome(index: Path, right: Answers) -> str:
    """Return ``right``, ``error`` (a sentence), ``wrong`` or ``raw`` with the exception's name."""
    try:
        return "right" if answers(index) == right else "wrong"
    except DalilError:
        return "error"
    except Exception as error:
        return f"raw {type(error).__name__}: {error}"


def flip(data: bytearray, chance: random.Random, start: int, end: int) -> None:
    """Flip one bit between two bytes."""
    data[chance.randrange(start, end)] ^= 1 << chance.randrange(8)


def aimed_flips(index: Path, room: Path, seed: int, count: int) -> Counter[str]:
    """Flip ``count`` bits in each array that a query reads; count the outcomes."""
    chance, right, path = random.Random(seed), answers(index), segment(index)
    found: Counter[str] = Counter()
    for array in AIMED:
        for _ in range(count):
            place = aimed_bytes(path, chance.choice(["stem", "exact"]), array, b"libya")
            copy = damaged_copy(index, room, path, lambda d, p=place: flip(d, chance, *p))  # type: ignore[misc]
            found[outcome(copy, right)] += 1
    return found


def mutate(data: bytearray, chance: random.Random) -> None:
    """Flip a bit, cut the end, or overwrite a block with zeros or with another block."""
    kind, size = chance.randrange(4), len(data)
    at = chance.randrange(size)
    length = min(chance.choice([1, 8, 512, 4096]), size)
    if kind == 0:
        flip(data, chance, 0, size)
    elif kind == 1:
        del data[at:]
    elif kind == 2:
        data[at : at + length] = bytes(len(data[at : at + length]))
    else:
        other = chance.randrange(size)
        data[at : at + length] = data[other : other + len(data[at : at + length])]


def mutations(index: Path, room: Path, seed: int, count: int) -> Counter[str]:
    """Damage any file of an index ``count`` times; count the outcomes."""
    chance, right = random.Random(seed), answers(index)
    files = sorted(path for path in index.iterdir() if path.stat().st_size)
    found: Counter[str] = Counter()
    for _ in range(count):
        copy = damaged_copy(index, room, chance.choice(files), lambda data: mutate(data, chance))
        found[outcome(copy, right)] += 1
    return found


def damaged_merges(index: Path, room: Path, seed: int, count: int) -> Counter[str]:
    """Flip a bit of a segment, then index until it is merged; count the outcomes.

    ``laundered`` means that the damage got new checksums.
    """
    chance, path = random.Random(seed), segment(index)
    found: Counter[str] = Counter()
    for _ in range(count):
        work = damaged_copy(index, room / "index", path, lambda d: flip(d, chance, 16, len(d) - 16))
        found[_merged(work, room / "more", path.name)] += 1
    return found


def _merged(index: Path, more: Path, name: str) -> str:
    shutil.rmtree(more, ignore_errors=True)
    more.mkdir()
    try:
        for number in range(12):
            (more / f"m{number}.txt").write_text(f"wire more{number} libya")
            with IndexWriter.open(index) as writer:
                writer.add_path(more)
            if not (index / name).exists():
                break
        damaged = damaged_files(index)
    except DalilError:
        return "error"
    except Exception as error:
        return f"raw {type(error).__name__}: {error}"
    return "detected" if damaged else "laundered"
