"""Read files into batches in several processes.

Each worker reads files and writes segments of its own, and sends back a short description
of each; the documents themselves never travel. This process holds the lock, deals out the
files (``work_sharing``) and makes the commits. A worker lives no longer than the pipe to it.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess

from index.errors import WorkerLost
from index.extract.walk import Candidate
from index.indexing.segment_batch import BatchSettings, OnProgress, SegmentBatch
from index.indexing.work_sharing import WorkQueue
from index.indexing.worker_process import (
    RETRY,
    FilesRequest,
    Message,
    WorkerProgress,
    run_worker,
)

MIN_PARALLEL_BYTES = 8 << 20
"""Bytes to read from which on a run uses several processes by default. Measured: a
process takes up to a second to start, in which one that runs reads 1.5 MB of text."""
MAX_JOBS = 4
"""Processes that a run uses by default: each may have a batch in memory."""


def default_jobs(files: Sequence[Candidate]) -> int:
    """Return the number of processes to read the files with, if the user states none."""
    if sum(file.size for file in files) < MIN_PARALLEL_BYTES:
        return 1
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return min(cores or 1, MAX_JOBS)


@dataclass(slots=True)
class _Worker:
    """A worker process, the pipe to it, and its last progress."""

    number: int
    """From 0."""
    process: SpawnProcess
    pipe: Connection
    progress: WorkerProgress

    def send(self, files: list[Candidate]) -> None:
        """Send files to read next; an empty list after the last."""
        with suppress(OSError):  # a worker that is gone is noticed by `receive`
            self.pipe.send(files)

    def receive(self) -> Message:
        """Return the next message. Raises WorkerLost."""
        try:
            message: Message = self.pipe.recv()
        except (EOFError, OSError) as error:
            self.process.join(1)
            code = self.process.exitcode or 0
            how = f"was ended by signal {-code}" if code < 0 else f"ended with code {code}"
            raise WorkerLost(f"A process that read files {how}", RETRY) from error
        return message

    def kill(self) -> None:
        """End the process at once."""
        self.pipe.close()
        self.process.kill()
        self.process.join()


def read_batches(
    files: Sequence[Candidate], jobs: int, settings: BatchSettings, on_progress: OnProgress
) -> Iterator[SegmentBatch]:
    """Read files in ``jobs`` processes, and yield their batches in the order of completion.

    Raises what a worker raised, and WorkerLost if one ended too early.
    """
    work = WorkQueue(files, jobs)
    workers: list[_Worker] = []
    try:
        with _interrupts_blocked():
            workers.extend(_start(number, settings) for number in range(jobs))
        for worker in workers:
            worker.send(work.next_files(worker.number))
        yield from _collect(workers, work, on_progress)
    finally:
        for worker in workers:
            worker.kill()


def _collect(
    workers: Sequence[_Worker], work: WorkQueue, on_progress: OnProgress
) -> Iterator[SegmentBatch]:
    """Answer the messages of all workers until each has read all its files."""
    running: dict[object, _Worker] = {worker.pipe: worker for worker in workers}
    while running:
        for pipe in wait([worker.pipe for worker in running.values()]):
            worker = running[pipe]
            match worker.receive():
                case SegmentBatch() as batch:
                    yield batch
                case WorkerProgress() as progress:
                    worker.progress = progress
                    files = sum(each.progress.files for each in workers)
                    documents = sum(each.progress.documents for each in workers)
                    size = sum(each.progress.bytes for each in workers)
                    on_progress(files, documents, progress.path, size)
                case FilesRequest():
                    worker.send(work.next_files(worker.number))
                case None:
                    del running[pipe]
                case error:
                    raise error


def _start(number: int, settings: BatchSettings) -> _Worker:
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(
        target=run_worker, args=(there, settings), daemon=True
    )
    process.start()
    there.close()
    return _Worker(number, process, here, WorkerProgress(0, 0, "", 0))


@contextmanager
def _interrupts_blocked() -> Iterator[None]:
    """Hold Ctrl-C back; processes started meanwhile never receive it, as this one ends them."""
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
