"""One engine, one stage, one process: what ``engines.py`` starts and waits for.

Usage: measure.py STAGE ENGINE FOLDER, where a stage is ``corpus``, ``queries``, ``index``,
``once`` or ``serve``. What it has to tell is a line of JSON; ``serve`` answers every line of
input, ``["hits", KIND]`` or ``["times", KIND, SECONDS]``, with one.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from types import ModuleType
from typing import Any, Protocol

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import memory
from corpus import (
    Query,
    Search,
    documents,
    read_queries,
    write_corpus,
    write_queries,
)

HITS = 10
DEEP = 60
"""Hits compared with those of another engine: more than are shown, for ties."""
ONCE = "3 common words"
"""The kind of query whose first one is asked of a fresh process."""
REPETITIONS = 7
"""Of a query in one round, at most."""


class Session(Protocol):
    """An open index that measures itself. The query object is built within the time."""

    def hits(self, queries: Sequence[Query], count: int) -> list[list[tuple[int, float]]]:
        """Documents and scores of each query, best first; this warms it up.

        Raises NotImplementedError for a kind of query that the engine has no answer to.
        """

    def milliseconds(
        self, queries: Sequence[Query], count: int, repetitions: int, seconds: float
    ) -> list[float]:
        """The median of some repetitions of each query, of fewer where they take so long."""


@dataclass(frozen=True, slots=True)
class Inside:
    """The session of an engine that runs in this process."""

    run: Search

    def hits(self, queries: Sequence[Query], count: int) -> list[list[tuple[int, float]]]:
        return [self.run(query, count) for query in queries]

    def milliseconds(
        self, queries: Sequence[Query], count: int, repetitions: int, seconds: float
    ) -> list[float]:
        return [self._median(query, count, repetitions, seconds) for query in queries]

    def _median(self, query: Query, count: int, repetitions: int, seconds: float) -> float:
        taken: list[float] = []
        while len(taken) < repetitions and (not taken or sum(taken) < seconds):
            started = time.perf_counter()
            self.run(query, count)
            taken.append(time.perf_counter() - started)
        return median(taken) * 1000


@dataclass(frozen=True, slots=True)
class Engine:
    """The module of an engine, imported only where it runs.

    ``build(folder, documents)`` indexes; ``searcher(folder)`` gives a :data:`Search`. The
    module of one that runs outside Python measures itself: ``missing()``,
    ``index(folder, corpus)``, ``Session(folder)`` and ``once(folder, query)``.
    """

    module: str
    needs: str = ""
    """The Python module without which it is not measured."""
    note: str = ""
    """What a reader of its figures has to know."""
    outside: bool = False

    @property
    def missing(self) -> str:
        """Why it cannot be measured here, or nothing."""
        if self.outside:
            return str(self.load().missing())
        absent = self.needs and find_spec(self.needs) is None
        return f"there is no Python module {self.needs}" if absent else ""

    def load(self) -> ModuleType:
        """Import it, which is no part of what is measured but in a whole process."""
        return import_module(self.module)

    def index(self, folder: Path, corpus: Path) -> dict[str, float]:
        """Index the corpus: seconds, processor seconds, bytes and peak memory."""
        module = self.load()
        folder.mkdir()
        if self.outside:
            return dict(module.index(folder, corpus))
        started, worked = time.perf_counter(), time.process_time()
        module.build(folder, documents(corpus))
        return {
            "seconds": time.perf_counter() - started,
            "processor": time.process_time() - worked,
            "bytes": sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()),
            "memory": memory.peak(),
        }

    def session(self, folder: Path) -> Session:
        """Open an index."""
        module = self.load()
        session: Session = module.Session(folder) if self.outside else Inside(self.searcher(folder))
        return session

    def searcher(self, folder: Path) -> Search:
        """Open an index of an engine that runs in this process."""
        found: Search = self.load().searcher(folder)
        return found

    def once(self, name: str, folder: Path, query: Query) -> list[str]:
        """The command of a whole process that answers one query."""
        if self.outside:
            return list(self.load().once(folder / name, query))
        return [sys.executable, __file__, "once", name, str(folder)]


ENGINES = {
    "dalil": Engine("arrays", note="segments of 65,536 documents; every hit is counted"),
    "whoosh": Engine("peers.stock", note="one segment; without `optimize`, which loses hits"),
    "tantivy": Engine(
        "peers.tantivy_py",
        "tantivy",
        "through its Python binding; one thread and its merges; a prefix is a regular "
        "expression of constant score; hits are not counted",
    ),
    "fts5": Engine("peers.fts5", note="optimized to one segment within the time; rank is BM25"),
    "bm25s": Engine("peers.bm25s_py", "bm25s", "bags of words alone, no positions"),
    "xapian": Engine("peers.xapian_py", "xapian", "its Python binding; not compacted"),
    "lucene": Engine(
        "peers.lucene",
        note="one thread, forced to one segment within the time; timed inside its JVM after "
        "up to 30 passes a query, in its favour; a prefix has a constant score; hits are "
        "counted to 1,000",
        outside=True,
    ),
}
"""Dalil first: all ratios are to it."""


def serve(session: Session, queries: Mapping[str, Sequence[Query]]) -> Iterator[Any]:
    """Answer what is asked on standard input; nothing for a kind that is not known."""
    for line in sys.stdin:
        what, kind, *rest = json.loads(line)
        if what == "times":
            yield session.milliseconds(queries[kind], HITS, REPETITIONS, *rest)
            continue
        try:
            yield session.hits(queries[kind], DEEP)
        except NotImplementedError:
            yield None


def main(stage: str, name: str, folder: Path) -> Iterator[Any]:
    """Run one stage; its answers, if it has any."""
    corpus, queries = folder / "corpus.txt", folder / "queries.json"
    match stage:
        case "corpus":
            write_corpus(Path(name), int(os.environ["DALIL_SIZE"]), corpus)
        case "queries":
            write_queries(corpus, queries)
        case "index":
            yield ENGINES[name].index(folder / name, corpus)
        case "serve":
            yield from serve(ENGINES[name].session(folder / name), read_queries(queries))
        case _:
            asked = read_queries(queries)[ONCE][0]
            yield ENGINES[name].searcher(folder / name)(asked, HITS)


if __name__ == "__main__":
    with redirect_stdout(sys.stderr) as _:  # what an engine has to say is no answer
        for answer in main(sys.argv[1], sys.argv[2], Path(sys.argv[3])):
            print(json.dumps(answer), file=sys.__stdout__, flush=True)
