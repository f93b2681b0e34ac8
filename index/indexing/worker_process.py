"""The worker: a process that reads the files it receives into segments of its own.

It receives files and sends messages over one pipe: batches without their documents, progress,
requests for more files, and None when it has read all. It ends when the pipe is closed.
"""

from __future__ import annotations

import os
import queue
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection

from index.errors import DalilError, WorkerLost
from index.extract.walk import Candidate
from index.indexing.segment_batch import BatchReader, BatchSettings, SegmentBatch

PROGRESS_SECONDS = 0.1
"""Between two reports of a worker's progress."""
RETRY = "what was committed is kept: run the command again, with fewer `--jobs`"


@dataclass(frozen=True, slots=True)
class WorkerProgress:
    """Progress of a worker since its start."""

    files: int
    documents: int
    path: str
    bytes: int


class FilesRequest:
    """Request for the next files, sent as soon as a worker begins with those it received."""


Message = WorkerProgress | FilesRequest | SegmentBatch | DalilError | None
"""A message of a worker; None when it has read all files it received."""


def run_worker(pipe: Connection, settings: BatchSettings) -> None:
    """Run a worker; the entry point of its process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    received: queue.SimpleQueue[list[Candidate]] = queue.SimpleQueue()
    threading.Thread(target=_receive, args=(pipe, received), daemon=True).start()
    with suppress(BrokenPipeError):
        try:
            for batch in _read(pipe, received, settings):
                pipe.send(batch)
            pipe.send(None)
        except DalilError as error:
            pipe.send(error)
        except MemoryError:
            pipe.send(WorkerLost("A process that read files ran out of memory", RETRY))


def _read(
    pipe: Connection, received: queue.SimpleQueue[list[Candidate]], settings: BatchSettings
) -> Iterator[SegmentBatch]:
    with closing(settings.reader()) as reader:
        batches = BatchReader(settings, reader, _ProgressSender(pipe))
        yield from batches.read_all(_files(pipe, received))


def _files(pipe: Connection, received: queue.SimpleQueue[list[Candidate]]) -> Iterator[Candidate]:
    """Yield the files that the parent sends, and ask for more before they are needed."""
    while files := received.get():
        pipe.send(FilesRequest())
        yield from files


def _receive(pipe: Connection, received: queue.SimpleQueue[list[Candidate]]) -> None:
    """Empty the pipe so that the parent never blocks; end the process when the parent is gone."""
    with suppress(EOFError, OSError):
        while True:
            received.put(pipe.recv())
    os._exit(1)


class _ProgressSender:
    """Sends progress at intervals, not for every file: each message wakes the parent."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._due = 0.0

    def __call__(self, files: int, documents: int, path: str, size: int) -> None:
        now = time.monotonic()
        if now >= self._due or not path:
            self._due = now + PROGRESS_SECONDS
            self._pipe.send(WorkerProgress(files, documents, path, size))
