"""Documents of two versions, the documents of an index, and whether an index keeps a promise."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import pytest

from index import IndexWriter
from index.indexing import segment_batch
from index.store import trust
from index.store.directory import IndexDirectory
from index.store.layout import LOCK, MARKER, catalog_name
from search import Searcher
from tests.extracted import in_this_process

Contents = dict[str, str]
"""Path of a document → its text."""
COUNT = 40
"""Documents of the first version."""


def text(number: int, version: int) -> str:
    """Return the text of a document; every one has the word ``wire``."""
    return f"wire doc{number} version{version} " + "libya russia " * (5 + number % 20)


def write_first(docs: Path) -> None:
    """Write the first version of the documents."""
    docs.mkdir(parents=True)
    for number in range(COUNT):
        (docs / f"{number:03}.txt").write_text(text(number, 0))


def write_second(docs: Path, chance: random.Random) -> None:
    """Change some documents, delete some, add some; which ones is random."""
    for number in range(COUNT):
        change = chance.random()
        path = docs / f"{number:03}.txt"
        if change < 0.2:
            path.unlink(missing_ok=True)
        elif change < 0.5:
            path.write_text(text(number, 1) + "and more")
    for number in range(COUNT, COUNT + chance.randrange(5, 20)):
        (docs / f"{number:03}.txt").write_text(text(number, 1))


def written(docs: Path) -> Contents:
    """Return the documents of a folder as an index of it holds them."""
    return {str(path): path.read_text() for path in sorted(docs.glob("*.txt"))}


def contents(index: Path) -> Contents:
    """Return all live documents of the last commit, checked against its catalog.

    Raises DalilError, and AssertionError if two parts of the index disagree.
    """
    snapshot = IndexDirectory.open(index).snapshot()
    found = {
        document["path"]: document["text"]
        for segment, _ in snapshot.reader
        for number in range(segment.count)
        if number not in segment.info.deleted
        for document in [segment.stored(number)]
    }
    assert set(found) == set(snapshot.catalog.whole.files), "catalog and documents differ"
    with Searcher.open(index) as searcher:
        total = searcher.search("wire", limit=0).total
    assert total == len(found), f"{total} answers from {len(found)} documents"
    return found


def broken_promise(
    found: Contents, before: Contents, after: Contents, *, acknowledged: bool, one_commit: bool
) -> str | None:
    """Return which promise an index breaks after a run from ``before`` to ``after``, or None."""
    faults = {
        "acknowledged and incomplete": acknowledged and found != after,
        "lost documents": any(after.get(p) == text != found.get(p) for p, text in before.items()),
        "documents of no version": any(
            text not in (before.get(p), after.get(p)) for p, text in found.items()
        ),
        "half a commit": one_commit and found not in (before, after),
    }
    return next((fault for fault, is_so in faults.items() if is_so), None)


def take_over(index: Path, roots: list[str]) -> None:
    """Record a copy of an index as the user's own; without roots, drop its record."""
    trust._file(index).unlink(missing_ok=True)
    if roots:
        trust.record(index, roots)


def next_run_fault(docs: Path, index: Path) -> str | None:
    """Run the indexer; return what is wrong with it or with the index afterwards, or None."""
    try:
        with small_batches(), IndexWriter.open(index) as writer:
            writer.add_path(docs)
        if contents(index) != written(docs):
            return "incomplete after the next run"
        return f"leftovers {leftovers(index)}" if leftovers(index) else None
    except Exception as error:
        return f"needs a hand: {type(error).__name__}: {error}"


def leftovers(index: Path) -> set[str]:
    """Return the names of files that belong to no part of the last commit, or are missing."""
    snapshot = IndexDirectory.open(index).snapshot()
    wanted = {*snapshot.catalog.checksums, catalog_name(snapshot.generation), MARKER, LOCK}
    return {path.name for path in index.iterdir()} ^ wanted


@contextmanager
def small_batches(documents: int = 12) -> Iterator[None]:
    """Let a batch, and so a commit, have a few documents."""
    with patch.object(segment_batch, "MAX_BATCH_DOCUMENTS", documents):
        yield


@contextmanager
def reading_here() -> Iterator[None]:
    """Read files in this process: quicker for many small runs, and nothing else runs beside it."""
    with pytest.MonkeyPatch.context() as patched:
        in_this_process(patched)
        yield
