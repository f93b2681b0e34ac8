"""One engine, one stage, one process: what ``engines.py`` starts and waits for.

Usage: measure.py STAGE ENGINE FOLDER, where a stage is ``corpus``, ``queries``, ``index``,
``search`` or ``once``. The last line of output is JSON.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from types import ModuleType
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

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
REPETITIONS = 9
BUDGET = 0.4
"""Seconds a query may take in all its repetitions, once it had two."""


@dataclass(frozen=True, slots=True)
class Engine:
    """The module of an engine, imported only where it runs.

    ``build(folder, documents)`` indexes; ``searcher(folder)`` gives a :data:`Search`,
    which raises NotImplementedError for a kind of query that the engine has no answer to.
    """

    module: str
    needs: str = ""
    """The Python module without which it is not measured."""

    @property
    def missing(self) -> str:
        """Why it cannot be measured here, or nothing."""
        absent = self.needs and find_spec(self.needs) is None
        return f"there is no Python module {self.needs}" if absent else ""

    def load(self) -> ModuleType:
        """Import it, which is no part of what is measured but in a whole process."""
        return import_module(self.module)

    def build(self, folder: Path, corpus: Iterable[str]) -> None:
        """Index documents in a folder."""
        self.load().build(folder, corpus)

    def searcher(self, folder: Path) -> Search:
        """Open an index."""
        found: Search = self.load().searcher(folder)
        return found


ENGINES = {
    "dalil": Engine("arrays"),
    "whoosh": Engine("peers.stock"),
    "tantivy": Engine("peers.tantivy_py", "tantivy"),
    "fts5": Engine("peers.fts5"),
    "bm25s": Engine("peers.bm25s_py", "bm25s"),
    "xapian": Engine("peers.xapian_py", "xapian"),
}
"""Dalil first: all ratios are to it."""


def index(engine: Engine, folder: Path, corpus: Iterable[str]) -> dict[str, float]:
    """Index the corpus: seconds, processor seconds, bytes and peak memory."""
    engine.load()
    folder.mkdir()
    started, worked = time.perf_counter(), time.process_time()
    engine.build(folder, corpus)
    return {
        "seconds": time.perf_counter() - started,
        "processor": time.process_time() - worked,
        "bytes": sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()),
        "memory": peak_memory(),
    }


def peak_memory() -> int:
    """Bytes this process has had resident at most.

    ``getrusage`` counts what the process was before it became this program, too.
    """
    status = Path("/proc/self/status")
    if status.exists():
        rows = dict(line.split(":", 1) for line in status.read_text("utf-8").splitlines())
        return int(rows["VmHWM"].split()[0]) << 10
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak << 10


def search(engine: Engine, folder: Path, queries: dict[str, list[Query]]) -> dict[str, Any]:
    """Milliseconds and hits of every query of every kind that the engine knows."""
    run = engine.searcher(folder)
    times: dict[str, list[float]] = {}
    hits: dict[str, list[list[tuple[int, float]]]] = {}
    for kind, asked in queries.items():
        try:
            hits[kind] = [run(query, DEEP) for query in asked]
        except NotImplementedError:
            continue
        times[kind] = [milliseconds(run, query) for query in asked]
    return {"times": times, "hits": hits}


def milliseconds(run: Search, query: Query) -> float:
    """The median of several repetitions, fewer where a query takes long."""
    taken: list[float] = []
    while len(taken) < REPETITIONS and (len(taken) < 2 or sum(taken) < BUDGET):
        started = time.perf_counter()
        run(query, HITS)
        taken.append(time.perf_counter() - started)
    return median(taken) * 1000


def main(stage: str, name: str, folder: Path) -> Any:
    """Run one stage."""
    corpus, queries = folder / "corpus.txt", folder / "queries.json"
    if stage == "corpus":
        return write_corpus(Path(name), int(os.environ["DALIL_SIZE"]), corpus)
    if stage == "queries":
        return write_queries(corpus, queries)
    engine = ENGINES[name]
    if stage == "index":
        return index(engine, folder / name, documents(corpus))
    asked = read_queries(queries)
    if stage == "search":
        return search(engine, folder / name, asked)
    return engine.searcher(folder / name)(asked["3 common words"][0], HITS)


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], sys.argv[2], Path(sys.argv[3]))))
