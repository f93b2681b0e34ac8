"""Two writers, one of which rebuilds, and four readers at once: every answer belongs to one commit.

The lines of one file change their version together, in one commit: a reader that sees two
versions, or not all lines, has seen half of a commit. Some documents never change.
"""

from __future__ import annotations

import json
import multiprocessing
import random
import shutil
import time
from collections import Counter
from multiprocessing.queues import SimpleQueue
from pathlib import Path

from index import IndexWriter
from index.errors import IndexLocked, NotFound
from search import Searcher
from tests.faults import corpus

LINES, FIXED = 20, 30
SAFE = {"right", "locked", "commits", "rebuilds", "nothing to forget"}


def _put_version(folder: Path, version: int) -> None:
    """Replace the file of lines at once."""
    line = "pair version{} line{}"
    texts = [{"id": str(n), "text": line.format(version, n)} for n in range(LINES)]
    new = folder / f"new{multiprocessing.current_process().pid}"
    new.write_text("".join(json.dumps(text) + "\n" for text in texts))
    new.replace(folder / "docs" / "pair.jsonl")


def _write(folder: Path, end: float, rebuilds: bool, found: SimpleQueue[Counter[str]]) -> None:
    outcomes: Counter[str] = Counter()
    docs, index = folder / "docs", folder / "index"
    version = 0
    with corpus.reading_here():
        while time.time() < end:
            version += 1
            rebuild = rebuilds and version % 5 == 0
            try:
                _put_version(folder, version)
                (docs / f"extra{version % 9}.txt").write_text(f"extra{version}")
                with IndexWriter.open(index, rebuild=rebuild) as writer:
                    writer.add_path(docs)
                outcomes["rebuilds" if rebuild else "commits"] += 1
                with IndexWriter.open(index) as writer:
                    writer.forget([docs / f"extra{version % 9}.txt"])
            except IndexLocked:
                outcomes["locked"] += 1
            except NotFound:
                outcomes["nothing to forget"] += 1
            except Exception as error:
                outcomes[f"writer: {type(error).__name__}: {error}"] += 1
    found.put(outcomes)


def _read(folder: Path, end: float, seed: int, found: SimpleQueue[Counter[str]]) -> None:
    outcomes: Counter[str] = Counter()
    chance, searcher = random.Random(seed), None
    while time.time() < end:
        try:
            if searcher is None or chance.random() < (0.1 if seed % 2 else 1):
                searcher = Searcher.open(folder / "index")
            outcomes[_answer(searcher)] += 1
        except Exception as error:
            outcomes[f"reader: {type(error).__name__}: {error}"] += 1
            searcher = None
    found.put(outcomes)


def _answer(searcher: Searcher) -> str:
    """Return ``right``, or what is wrong with an answer."""
    pairs = searcher.search("pair", limit=LINES)
    versions = {hit.snippets[0].text.split()[1] for hit in pairs.hits}
    if pairs.total != LINES or len(versions) != 1:
        return f"{pairs.total} lines of {len(versions)} versions"
    fixed = searcher.search("fixed", limit=1).total
    if fixed != FIXED:
        return f"{fixed} of {FIXED} fixed documents"
    return "right" if searcher.catalog.files else "an empty catalog"


def race(_: Path, room: Path, seed: int, count: int) -> Counter[str]:
    """Let writers and readers run for ``count`` seconds; count what they met."""
    shutil.rmtree(room, ignore_errors=True)
    (room / "docs").mkdir(parents=True)
    for number in range(FIXED):
        (room / "docs" / f"fixed{number}.txt").write_text(f"fixed number{number}")
    _put_version(room, 0)
    with corpus.reading_here(), IndexWriter.open(room / "index") as writer:
        writer.add_path(room / "docs")
    context = multiprocessing.get_context("fork")
    found: SimpleQueue[Counter[str]] = context.SimpleQueue()
    end = time.time() + count
    started = [
        *(context.Process(target=_write, args=(room, end, rebuilds, found)) for rebuilds in (0, 1)),
        *(context.Process(target=_read, args=(room, end, seed + n, found)) for n in range(4)),
    ]
    for process in started:
        process.start()
    outcomes: Counter[str] = Counter()
    for _process in started:
        outcomes += found.get()
    for process in started:
        process.join()
    return outcomes
