"""Lucene over plain words, by ``Lucene.java`` in this folder; needs a JDK and two jars.

The jars, lucene-core and lucene-analysis-common (before 9: analyzers-common), are searched
for in the folder named by ``LUCENE_JARS``, or else where Debian's liblucene8-java installs
them. The JVM collects garbage with one thread and has a heap of at most :data:`HEAP`.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path

import memory
from corpus import Query, shape

SOURCE = Path(__file__).with_name("Lucene.java")
HEAP = "-Xmx2g"
JARS = (Path("/usr/share/java"),)
_ANALYSIS = ("analysis", "analyzers")


def missing() -> str:
    """Return the reason why Lucene cannot be measured here, or ""."""
    for program in ("java", "javac"):
        if shutil.which(program) is None:
            return f"there is no {program}"
    folders = " or ".join(map(str, _folders()))
    return "" if jars() else f"no jars of Lucene in {folders}; set LUCENE_JARS to their folder"


def jars() -> list[Path]:
    """Return the two jars of the newest version that has both, or an empty list."""
    for folder in _folders():
        for core in sorted(folder.glob("lucene-core*.jar"), key=_version, reverse=True):
            version = core.name.removeprefix("lucene-core")
            for name in _ANALYSIS:
                if (analysis := folder / f"lucene-{name}-common{version}").exists():
                    return [core, analysis]
    return []


def _folders() -> list[Path]:
    named = os.environ.get("LUCENE_JARS")
    return [Path(named)] if named else list(JARS)


def _version(jar: Path) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", jar.name)]


def index(folder: Path, corpus: Path) -> dict[str, float]:
    """Compile the program and index the corpus in its JVM; return the figures."""
    classes = folder / "classes"
    path = os.pathsep.join(map(str, jars()))
    subprocess.run(["javac", "-cp", path, "-d", str(classes), str(SOURCE)], check=True)
    command = _java(folder, "index", str(corpus), str(folder / "index"))
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    seconds, processor = map(float, process.stdout.read().split())
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status):
        raise SystemExit("lucene: indexing failed")
    return {
        "seconds": seconds,
        "processor": processor,
        "bytes": sum(file.stat().st_size for file in (folder / "index").iterdir()),
        "memory": memory.peak_of(usage),
    }


def once(folder: Path, query: Query) -> list[str]:
    """Return the command of a process that answers one query."""
    return _java(folder, "once", str(folder / "index"), shape(query.kind), *query.words)


def _java(folder: Path, *arguments: str) -> list[str]:
    path = os.pathsep.join(map(str, [folder / "classes", *jars()]))
    # Lucene 9 warns about preview modules of this Java that it could use.
    quiet = "-Djava.util.logging.config.file=/dev/null"
    return ["java", HEAP, "-XX:+UseSerialGC", quiet, "-cp", path, SOURCE.stem, *arguments]


class Session:
    """A JVM with an open index; requests and answers are one line each."""

    def __init__(self, folder: Path) -> None:
        command = _java(folder, "serve", str(folder / "index"))
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )

    def hits(self, queries: Sequence[Query], count: int) -> list[list[tuple[int, float]]]:
        """Return documents and scores of each query, and warm it up."""
        lines = [self._ask("hits", count, query).split() for query in queries]
        return [
            [(int(n), float(score)) for n, score in zip(line[::2], line[1::2], strict=True)]
            for line in lines
        ]

    def milliseconds(
        self, queries: Sequence[Query], count: int, repetitions: int, seconds: float
    ) -> list[float]:
        """Return the median of each query, as measured in the JVM."""
        request = f"time {count} {repetitions}"
        return [float(self._ask(request, seconds, query)) for query in queries]

    def _ask(self, request: str, number: float, query: Query) -> str:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        words: Iterable[str] = (request, str(number), shape(query.kind), *query.words)
        self._process.stdin.write(" ".join(words) + "\n")
        self._process.stdin.flush()
        return self._process.stdout.readline()
