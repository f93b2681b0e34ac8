"""Distribute the files of a run to processes so that all end at about the same time.

The files are sorted by path and cut into as many ranges as there are processes, of about
equal size in bytes: files that are close together are often of one kind and language, and
the analysed words of one serve for the next (measured on 20,000 passages, half of them
Arabic: dealt out one by one, two processes analyse a third more words). Each process takes
its range in chunks, the largest files first and ever smaller chunks; a process whose range
is empty takes chunks of the range with the most bytes left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.extract.walk import Candidate

FILE_COST = 4096
"""Cost of a file in addition to its size, in bytes."""
CHUNK_DIVISOR = 4
"""A chunk is the bytes that are left of a range, divided by this."""


@dataclass(slots=True)
class _FileRange:
    """The files of one process that are not dealt out yet."""

    files: list[Candidate]
    """Ascending by cost."""
    cost: int
    """Of all these files."""

    def take_chunk(self) -> list[Candidate]:
        """Remove and return the largest files, at least one; empty if no file is left."""
        chunk: list[Candidate] = []
        room = self.cost // CHUNK_DIVISOR
        while self.files and (not chunk or _cost(self.files[-1]) <= room):
            chunk.append(self.files.pop())
            room -= _cost(chunk[-1])
            self.cost -= _cost(chunk[-1])
        return chunk


class WorkQueue:
    """The files of a run, dealt out to a number of processes."""

    def __init__(self, files: Sequence[Candidate], processes: int) -> None:
        total = sum(map(_cost, files))
        ranges: list[list[Candidate]] = [[] for _ in range(processes)]
        before = 0
        for file in sorted(files, key=lambda file: file.path):
            middle = before + _cost(file) // 2
            ranges[min(middle * processes // max(total, 1), processes - 1)].append(file)
            before += _cost(file)
        self._ranges = [
            _FileRange(sorted(each, key=_cost), sum(map(_cost, each))) for each in ranges
        ]

    def next_files(self, process: int) -> list[Candidate]:
        """Return the files that a process reads next; empty if all are dealt out.

        ``process`` is its number, from 0.
        """
        own = self._ranges[process]
        return (own if own.files else max(self._ranges, key=lambda r: r.cost)).take_chunk()


def _cost(file: Candidate) -> int:
    return file.size + FILE_COST
