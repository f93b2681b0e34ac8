"""Kill a command, or a process that works for it, at any moment; then open the index and run again.

The commands run as users run them, in processes of their own, over a copy of one index.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from index import IndexWriter
from index.errors import DalilError, IndexMissing
from tests.faults import corpus
from tests.faults.corpus import Contents

PROJECT = Path(__file__).parents[2]
_COMMAND = """
import index.indexing.segment_batch as batch
batch.MAX_BATCH_DOCUMENTS = 12
import search.cli.commands.forget, search.cli.commands.index
from search.__main__ import main
if __name__ == "__main__":
    print("ready", flush=True)
    main()
"""
"""Imports come first: a strike is to meet the work of a command, not the start of Python."""
SECONDS = 60
"""After which a command that was struck hangs."""


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """Documents, an index of their first version, and what it holds."""

    folder: Path
    before: Contents
    after: Contents

    @property
    def docs(self) -> Path:
        """The documents, in their second version."""
        return self.folder / "docs"

    @property
    def old(self) -> Path:
        """The index of the first version."""
        return self.folder / "old"


@cache
def scene(folder: Path) -> Scene:
    """Make the documents and the index, once."""
    docs = folder / "docs"
    corpus.write_first(docs)
    before = corpus.written(docs)
    with corpus.small_batches(), IndexWriter.open(folder / "old") as writer:
        writer.add_path(docs)
    corpus.write_second(docs, random.Random(1))
    return Scene(folder, before, corpus.written(docs))


def _forgotten(held: Contents) -> Contents:
    return dict(list(held.items())[4:])


def _arguments(scene: Scene, run: str, jobs: int) -> list[str]:
    if run == "forget":
        return ["forget", *list(scene.before)[:4]]
    rebuild = ["--rebuild"] if run == "rebuild" else []
    return ["index", str(scene.docs), *rebuild, "--jobs", str(jobs)]


def _start(arguments: list[str], index: Path) -> subprocess.Popen[str]:
    """Start a command; return when it has imported its modules."""
    process = subprocess.Popen(
        [sys.executable, "-c", _COMMAND, *arguments, "--index", str(index)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=PROJECT,
        start_new_session=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


# --- ways to strike ------------------------------------------------------------------------------


def _descendants(process: int) -> list[int]:
    """Return the processes that a process has started, and those that these have started."""
    found: list[int] = []
    with suppress(OSError):
        for child in Path(f"/proc/{process}/task/{process}/children").read_text().split():
            found += [int(child), *_descendants(int(child))]
    return found


def _signal(number: signal.Signals) -> Callable[[int, random.Random], None]:
    return lambda process, _: os.kill(process, number)


def _interrupt_group(process: int, _: random.Random) -> None:
    """Interrupt the command and its workers, as Ctrl-C in a terminal does."""
    os.killpg(process, signal.SIGINT)


def _kill_all(process: int, _: random.Random) -> None:
    for each in [process, *_descendants(process)]:
        with suppress(ProcessLookupError):
            os.kill(each, signal.SIGKILL)


def _kill_worker(process: int, chance: random.Random) -> None:
    if workers := _descendants(process):
        os.kill(chance.choice(workers), signal.SIGKILL)


def _stop_worker(process: int, chance: random.Random) -> None:
    if workers := _descendants(process):
        worker = chance.choice(workers)
        os.kill(worker, signal.SIGSTOP)
        time.sleep(0.5)
        os.kill(worker, signal.SIGCONT)


STRIKES: dict[str, Callable[[int, random.Random], None]] = {
    "SIGKILL": _signal(signal.SIGKILL),
    "SIGTERM": _signal(signal.SIGTERM),
    "SIGINT": _signal(signal.SIGINT),
    "SIGHUP": _signal(signal.SIGHUP),
    "Ctrl-C": _interrupt_group,
    "all killed": _kill_all,
    "worker killed": _kill_worker,
    "worker stopped": _stop_worker,
}
SAFE = {"kept", "too late"}
"""``too late``: the command had ended before the strike."""
RUNS = ("first", "update", "rebuild", "forget")


@cache
def _usual_seconds(scene: Scene, run: str, jobs: int) -> float:
    """How long a run takes that nobody strikes."""
    index = _copy(scene, run, scene.folder / "usual")
    process = _start(_arguments(scene, run, jobs), index)
    started = time.monotonic()
    process.communicate()
    return time.monotonic() - started


def _copy(scene: Scene, run: str, index: Path) -> Path:
    shutil.rmtree(index, ignore_errors=True)
    if run != "first":
        shutil.copytree(scene.old, index)
    corpus.take_over(index, [] if run == "first" else [str(scene.docs)])
    return index


def kill(scene: Scene, index: Path, chance: random.Random) -> str:
    """Run a command and strike at a random moment; return what became of the index."""
    run, jobs, way = chance.choice(RUNS), chance.choice([1, 1, 2]), chance.choice([*STRIKES])
    _copy(scene, run, index)
    delay = chance.uniform(0, 1) * _usual_seconds(scene, run, jobs)
    process = _start(_arguments(scene, run, jobs), index)
    time.sleep(delay)
    running, workers = process.poll() is None, _descendants(process.pid)
    with suppress(ProcessLookupError):
        STRIKES[way](process.pid, chance)
    try:
        _, error = process.communicate(timeout=SECONDS)
    except subprocess.TimeoutExpired:
        _kill_all(process.pid, chance)
        process.communicate()
        return f"hangs: {run} with {jobs} jobs, {way}"
    fault = (
        _traceback(error)
        or _survivor(workers)
        or _fault(scene, run, index, ended=process.returncode == 0)
    )
    if fault:
        return f"{fault}: {run} with {jobs} jobs, {way}"
    return "kept" if running else "too late"


def _traceback(error: str) -> str | None:
    """Return where the last traceback in the errors of a command ends, and its last line."""
    if "Traceback" not in error:
        return None
    places = [line.strip() for line in error.splitlines() if line.strip().startswith("File ")]
    return f"traceback: {places[-1] if places else ''}: {error.strip().splitlines()[-1]}"


def _survivor(workers: list[int]) -> str | None:
    end = time.monotonic() + 10
    while any(Path(f"/proc/{worker}").exists() for worker in workers):
        if time.monotonic() > end:
            return "a worker outlives the command"
        time.sleep(0.05)
    return None


def _fault(scene: Scene, run: str, index: Path, *, ended: bool) -> str | None:
    """Return what is wrong with an index after a command was struck, or after the next run."""
    before = {} if run == "first" else scene.before
    after = _forgotten(scene.before) if run == "forget" else scene.after
    try:
        found = corpus.contents(index)
    except IndexMissing:
        found = {}
        if run != "first":
            return "lost all"
    except (DalilError, AssertionError) as error:
        return f"{type(error).__name__}: {error}"
    one_commit = run in ("rebuild", "forget")
    broken = corpus.broken_promise(found, before, after, acknowledged=ended, one_commit=one_commit)
    return broken or corpus.next_run_fault(scene.docs, index)


def kills(_: Path, room: Path, seed: int, count: int) -> Counter[str]:
    """Strike ``count`` commands; count the outcomes."""
    made = scene(room.parent / "kills")
    chance = random.Random(seed)
    return Counter(kill(made, room / "index", chance) for _ in range(count))
