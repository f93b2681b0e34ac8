"""Lucene over plain words, where there is a JDK and a jar: ``Lucene.java`` beside this file.

The two jars, lucene-core and lucene-analysis-common (before 9: analyzers-common), are
looked for in the folder that ``LUCENE_JARS`` names and where Debian's liblucene8-java
puts them. The JVM collects garbage with one thread and has at most :data:`HEAP`.
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
    """Why it cannot be measured here, or nothing."""
    for program in ("java", "javac"):
        if shutil.which(program) is None:
            return f"there is no {program}"
    folders = " or ".join(map(str, _folders()))
    return "" if jars() else f"no jars of Lucene in {folders}; LUCENE_JARS may name their folder"


def jars() -> list[Path]:
    """The two jars of the newest version that has both, or nothing."""
    for folder in _folders():
        for core in sorted(folder.glob("lucene-core*.jar"), key=_version, reverse=True):
            version = core.name.removeprefix("lucene-core")
            for name in _ANALYSIS:
                if (beside := folder / f"lucene-{name}-common{version}").exists():
                    return [core, beside]
    return []


def _folders() -> list[Path]:
    named = os.environ.get("LUCENE_JARS")
    return [Path(named)] if named else list(JARS)


def _version(jar: Path) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", jar.name)]


def index(folder: Path, corpus: Path) -> dict[str, float]:
    """Compile the program, index the corpus in its JVM; what was measured there."""
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
    """The command of a whole process with one query."""
    return _java(folder, "once", str(folder / "index"), shape(query.kind), *query.words)


def _java(folder: Path, *arguments: str) -> list[str]:
    path = os.pathsep.join(map(str, [folder / "classes", *jars()]))
    # Lucene 9 warns of what it could do with modules that are not final in this Java.
    quiet = "-Djava.util.logging.config.file=/dev/null"
    return ["java", HEAP, "-XX:+UseSerialGC", quiet, "-cp", path, SOURCE.stem, *arguments]


class Session:
    """A JVM with an open index; asked and answered a line each time."""

    def __init__(self, folder: Path) -> None:
        command = _java(folder, "serve", str(folder / "index"))
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )

    def hits(self, queries: Sequence[Query], count: int) -> list[list[tuple[int, float]]]:
        """Documents and scores of each query, which is also warmed up."""
        lines = [self._ask("hits", count, query).split() for query in queries]
        return [
            [(int(n), float(score)) for n, score in zip(line[::2], line[1::2], strict=True)]
            for line in lines
        ]

    def milliseconds(
        self, queries: Sequence[Query], count: int, repetitions: int, seconds: float
    ) -> list[float]:
        """The median of each query, as the JVM measured it."""
        asked = (f"time {count} {repetitions}", seconds)
        return [float(self._ask(*asked, query)) for query in queries]

    def _ask(self, what: str, number: float, query: Query) -> str:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        words: Iterable[str] = (what, str(number), shape(query.kind), *query.words)
        self._process.stdin.write(" ".join(words) + "\n")
        self._process.stdin.flush()
        return self._process.stdout.readline()
