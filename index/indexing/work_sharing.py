"""Shares: which process reads which files, so that all end at about one time.

The files are cut into as many stretches as there are processes, of about as many
bytes, in the order of their paths: neighbours are often of one kind and language,
and what a process has learnt of one serves for the next (measured on 20,000 passages,
half of them Arabic: dealt out one by one, two processes analyse a third more words).
Each takes its stretch in shares, the largest files first and ever less at a time;
who has finished helps where most is left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.extract.walk import Candidate

FILE_COST = 4096
"""What a file costs beside its bytes, in bytes."""
PARTS = 4
"""A share is this part of what is left of a stretch."""


@dataclass(slots=True)
class _Stretch:
    """Files that one process begins with, the largest last."""

    files: list[Candidate]
    left: int

    def share(self) -> list[Candidate]:
        """The largest files of what is left, or one."""
        taken: list[Candidate] = []
        room = self.left // PARTS
        while self.files and (not taken or _cost(self.files[-1]) <= room):
            taken.append(self.files.pop())
            room -= _cost(taken[-1])
            self.left -= _cost(taken[-1])
        return taken


class WorkQueue:
    """The files of a run, dealt out to so many processes."""

    def __init__(self, files: Sequence[Candidate], jobs: int) -> None:
        total = sum(map(_cost, files))
        stretches: list[list[Candidate]] = [[] for _ in range(jobs)]
        before = 0
        for file in sorted(files, key=lambda file: file.path):
            middle = before + _cost(file) // 2
            stretches[min(middle * jobs // max(total, 1), jobs - 1)].append(file)
            before += _cost(file)
        self._stretches = [
            _Stretch(sorted(part, key=_cost), sum(map(_cost, part))) for part in stretches
        ]

    def next(self, job: int) -> list[Candidate]:
        """What a process is to read next; nothing when all has been given out."""
        own = self._stretches[job]
        return (own if own.files else max(self._stretches, key=lambda s: s.left)).share()


def _cost(file: Candidate) -> int:
    return file.size + FILE_COST
