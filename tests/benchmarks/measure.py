"""Run one stage for one engine in a process of its own; started by ``engines.py``.

Usage: measure.py STAGE ENGINE FOLDER, where a stage is ``corpus``, ``queries``, ``index``,
``once`` or ``serve``. Results are printed as one line of JSON; ``serve`` answers each line of
input, ``["hits", KIND]`` or ``["times", KIND, SECONDS]``, with one line.
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
COMPARED_HITS = 60
"""Hits compared with those of another engine: more than the first ten, because of ties."""
ONE_SHOT_KIND = "3 common words"
"""The kind of query of which the first is run in a fresh process."""
MAX_REPETITIONS = 7
"""Repetitions of a query in one round."""


class Session(Protocol):
    """An open index that measures its own times, which include building the query object."""

    def hits(self, queries: Sequence[Query], count: int) -> list[list[tuple[int, float]]]:
        """Return documents and scores of each query, best first; this warms the engine up.

        Raises NotImplementedError for a kind of query that the engine does not support.
        """

    def milliseconds(
        self, queries: Sequence[Query], count: int, repetitions: int, seconds: float
    ) -> list[float]:
        """Return the median of each query: of ``repetitions``, or fewer after ``seconds``."""


@dataclass(frozen=True, slots=True)
class InProcessSession:
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
    """The module of an engine, imported only in the process that runs it.

    ``build(folder, documents)`` indexes; ``searcher(folder)`` returns a :data:`Search`. The
    module of an engine outside Python measures itself and has ``missing()``,
    ``index(folder, corpus)``, ``Session(folder)`` and ``once(folder, query)`` instead.
    """

    module: str
    needs: str = ""
    """The Python module that it requires, if any."""
    note: str = ""
    """Remark for readers of its figures."""
    outside: bool = False
    """Whether it runs outside Python."""

    @property
    def missing(self) -> str:
        """Reason why it cannot be measured here, or ""."""
        if self.outside:
            return str(self.load().missing())
        absent = self.needs and find_spec(self.needs) is None
        return f"there is no Python module {self.needs}" if absent else ""

    def load(self) -> ModuleType:
        """Import the module; only one-shot times include this."""
        return import_module(self.module)

    def index(self, folder: Path, corpus: Path) -> dict[str, float]:
        """Index the corpus; return seconds, processor seconds, bytes and peak memory."""
        module = self.load()
        folder.mkdir()
        if self.outside:
            return dict(module.index(folder, corpus))
        started, processor = time.perf_counter(), time.process_time()
        module.build(folder, documents(corpus))
        return {
            "seconds": time.perf_counter() - started,
            "processor": time.process_time() - processor,
            "bytes": sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()),
            "memory": memory.peak(),
        }

    def session(self, folder: Path) -> Session:
        """Open an index."""
        module = self.load()
        if self.outside:
            session: Session = module.Session(folder)
            return session
        return InProcessSession(self.searcher(folder))

    def searcher(self, folder: Path) -> Search:
        """Open an index of an engine that runs in this process."""
        search: Search = self.load().searcher(folder)
        return search

    def once(self, name: str, folder: Path, query: Query) -> list[str]:
        """Return the command of a process that answers one query."""
        if self.outside:
            return list(self.load().once(folder / name, query))
        return [sys.executable, __file__, "once", name, str(folder)]


ENGINES = {
    "dalil": Engine("arrays", note="segments of 65,536 documents; counts all hits"),
    "whoosh": Engine("peers.stock", note="one segment; without `optimize`, which loses hits"),
    "tantivy": Engine(
        "peers.tantivy_py",
        "tantivy",
        "by its Python binding; one thread and its merges; a prefix is a regular "
        "expression with a constant score; hits are not counted",
    ),
    "fts5": Engine("peers.fts5", note="the time includes optimizing to one segment; rank is BM25"),
    "bm25s": Engine("peers.bm25s_py", "bm25s", "only bags of words, no positions"),
    "xapian": Engine("peers.xapian_py", "xapian", "by its Python binding; not compacted"),
    "lucene": Engine(
        "peers.lucene",
        note="one thread; the time includes merging to one segment; timed inside its JVM after "
        "up to 30 warm-up passes a query, in its favour; a prefix has a constant score; hits "
        "are counted up to 1,000",
        outside=True,
    ),
}
"""Dalil first: all ratios are relative to it."""


def serve(session: Session, queries: Mapping[str, Sequence[Query]]) -> Iterator[Any]:
    """Answer the requests on standard input; None for a kind that is not supported."""
    for line in sys.stdin:
        request, kind, *rest = json.loads(line)
        if request == "times":
            yield session.milliseconds(queries[kind], HITS, MAX_REPETITIONS, *rest)
            continue
        try:
            yield session.hits(queries[kind], COMPARED_HITS)
        except NotImplementedError:
            yield None


def main(stage: str, name: str, folder: Path) -> Iterator[Any]:
    """Run one stage and yield its results, if it has any."""
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
            query = read_queries(queries)[ONE_SHOT_KIND][0]
            yield ENGINES[name].searcher(folder / name)(query, HITS)


if __name__ == "__main__":
    with redirect_stdout(sys.stderr) as _:  # messages of an engine are not results
        for answer in main(sys.argv[1], sys.argv[2], Path(sys.argv[3])):
            print(json.dumps(answer), file=sys.__stdout__, flush=True)
