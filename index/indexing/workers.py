"""Processes that read files into batches side by side.

Each takes files, writes segments of its own, and sends back what they hold in a few
words; the documents themselves never travel. The process that holds the lock deals
the files out (``shares``) and makes the commits. A worker lives no longer than the
pipe to it.
"""

from __future__ import annotations

import multiprocessing
import os
import queue
import signal
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess

from index.errors import DalilError, WorkerLost
from index.extract.walk import Candidate
from index.indexing.segment_batch import BatchReader, BatchSettings, SegmentBatch, Tell
from index.indexing.work_sharing import WorkQueue

TELL_SECONDS = 0.1
"""Between two reports of a worker's progress."""
MIN_PARALLEL_BYTES = 8 << 20
"""Bytes to read from which on a run uses several processes by itself. Measured: a
process takes up to a second to start, in which one that runs reads 1.5 MB of text."""
MAX_JOBS = 4
"""That a run starts by itself: each may hold a batch in memory."""
FEWER = "what was committed is kept: run the command again, with fewer `--jobs`"


@dataclass(frozen=True, slots=True)
class _Told:
    """A worker's progress since its start."""

    files: int
    documents: int
    path: str


class _Wanted:
    """A worker has begun with what it was given, and asks for the next."""


_Message = _Told | _Wanted | SegmentBatch | DalilError | None
"""What a worker says; nothing when it has read all that it was given."""


def jobs_for(files: Sequence[Candidate]) -> int:
    """How many processes are worth starting for the files, when nobody has said."""
    if sum(file.size for file in files) < MIN_PARALLEL_BYTES:
        return 1
    able = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return min(able or 1, MAX_JOBS)


# --- the process that deals out ----------------------------------------------------------


@dataclass(slots=True)
class _Worker:
    """A process, the pipe to it, and how far it has come."""

    job: int
    """Its number, from 0."""
    process: SpawnProcess
    pipe: Connection
    told: _Told = _Told(0, 0, "")

    def give(self, files: list[Candidate]) -> None:
        """Files to read next; none when that was all."""
        with suppress(OSError):  # that it has gone is heard when it is listened to
            self.pipe.send(files)

    def said(self) -> _Message:
        """Its next message. Raises WorkerLost."""
        try:
            message: _Message = self.pipe.recv()
        except (EOFError, OSError) as error:
            self.process.join(1)
            code = self.process.exitcode or 0
            how = f"was ended by signal {-code}" if code < 0 else f"ended with code {code}"
            raise WorkerLost(f"A process that read files {how}", FEWER) from error
        return message

    def end(self) -> None:
        """End it, whatever it is doing."""
        self.pipe.close()
        self.process.kill()
        self.process.join()


def batches(
    files: Sequence[Candidate], jobs: int, work: BatchSettings, tell: Tell
) -> Iterator[SegmentBatch]:
    """The batches of the files, read by so many processes, in the order in which they are full.

    Raises what a worker raised, and WorkerLost where one ended before its work.
    """
    shares = WorkQueue(files, jobs)
    workers: list[_Worker] = []
    try:
        with _undisturbed():
            workers.extend(_started(job, work) for job in range(jobs))
        for worker in workers:
            worker.give(shares.next(worker.job))
        yield from _collected(workers, shares, tell)
    finally:
        for worker in workers:
            worker.end()


def _collected(workers: Sequence[_Worker], shares: WorkQueue, tell: Tell) -> Iterator[SegmentBatch]:
    at_work: dict[object, _Worker] = {worker.pipe: worker for worker in workers}
    while at_work:
        for pipe in wait([worker.pipe for worker in at_work.values()]):
            worker = at_work[pipe]
            match worker.said():
                case SegmentBatch() as batch:
                    yield batch
                case _Told() as told:
                    worker.told = told
                    files = sum(each.told.files for each in workers)
                    tell(files, sum(each.told.documents for each in workers), told.path)
                case _Wanted():
                    worker.give(shares.next(worker.job))
                case None:
                    del at_work[pipe]
                case error:
                    raise error


def _started(job: int, work: BatchSettings) -> _Worker:
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(
        target=_work, args=(there, work), daemon=True
    )
    process.start()
    there.close()
    return _Worker(job, process, here)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Ctrl-C waits meanwhile, and what is started here never hears of it: this process ends it."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows: a worker ignores it once it runs
        yield
        return
    from multiprocessing.resource_tracker import ensure_running  # noqa: PLC0415

    ensure_running()  # it lifts the mask when it starts, so it has to start before
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# --- a worker ------------------------------------------------------------------------------


def _work(pipe: Connection, work: BatchSettings) -> None:
    """All that a worker does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    given: queue.SimpleQueue[list[Candidate]] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(pipe, given), daemon=True).start()
    with suppress(BrokenPipeError):
        try:
            for batch in _read(pipe, given, work):
                pipe.send(batch)
            pipe.send(None)
        except DalilError as error:
            pipe.send(error)
        except MemoryError:
            pipe.send(WorkerLost("A process that read files had no memory left", FEWER))


def _read(
    pipe: Connection, given: queue.SimpleQueue[list[Candidate]], work: BatchSettings
) -> Iterator[SegmentBatch]:
    reader = BatchReader(work, _Teller(pipe))
    while files := given.get():
        pipe.send(_Wanted())
        for file in files:
            yield from reader.read(file)
    yield from reader.rest()


def _listen(pipe: Connection, given: queue.SimpleQueue[list[Candidate]]) -> None:
    """Take what comes at once, so that nobody waits to be heard; end when nobody is there."""
    with suppress(EOFError, OSError):
        while True:
            given.put(pipe.recv())
    os._exit(1)


class _Teller:
    """Tells of progress, but not of every file: each message wakes the other process."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._due = 0.0

    def __call__(self, files: int, documents: int, path: str) -> None:
        now = time.monotonic()
        if now >= self._due or not path:
            self._due = now + TELL_SECONDS
            self._pipe.send(_Told(files, documents, path))
