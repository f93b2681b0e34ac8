"""Measure all engines in turn, so that other load on the machine affects all of them alike.

Each engine has a process of its own that stays open. They run one kind of query at a time,
one engine after the other, and in the next round in reverse order, so that the figures of
one kind are measured within seconds of each other. The figure of a query is the median of
its rounds.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from types import TracebackType
from typing import Any, Self

MEASURE = Path(__file__).with_name("measure.py")
BUDGET = 0.3
"""Seconds for the repetitions of a query in all rounds; each round has at least one."""


class Process:
    """A process with the open index of an engine; it reads requests and writes answers."""

    def __init__(self, name: str, folder: Path) -> None:
        command = [sys.executable, str(MEASURE), "serve", name, str(folder)]
        self._name = name
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close its standard input, at which it ends."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()

    def ask(self, *request: Any) -> Any:
        """Send a request and return the answer. Raises SystemExit if the process has ended."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise SystemExit(f"{self._name} ended on the request {request}")
        return json.loads(answer)


@dataclass(frozen=True, slots=True)
class Measured:
    """Engine → kind of query → hits, or milliseconds, of each query."""

    hits: dict[str, dict[str, Any]] = field(default_factory=dict)
    times: dict[str, dict[str, list[float]]] = field(default_factory=dict)


def search(names: Sequence[str], folder: Path, kinds: Iterable[str], rounds: int) -> Measured:
    """Run all queries of the kinds in every engine, ``rounds`` times."""
    measured = Measured({name: {} for name in names}, {name: {} for name in names})
    with ExitStack() as stack:
        processes = {name: stack.enter_context(Process(name, folder)) for name in names}
        for kind in kinds:
            for name, process in processes.items():
                if (hits := process.ask("hits", kind)) is not None:
                    measured.hits[name][kind] = hits
            able = {n: process for n, process in processes.items() if kind in measured.hits[n]}
            for name, times in _alternating(able, kind, rounds).items():
                measured.times[name][kind] = times
    return measured


def _alternating(processes: dict[str, Process], kind: str, rounds: int) -> dict[str, list[float]]:
    taken: dict[str, list[list[float]]] = {name: [] for name in processes}
    for number in range(rounds):
        order = list(processes.items())
        for name, process in order if number % 2 == 0 else reversed(order):
            taken[name].append(process.ask("times", kind, BUDGET / rounds))
    return {name: medians(rows) for name, rows in taken.items()}


def medians(rounds: Sequence[Sequence[float]]) -> list[float]:
    """Return the median of each query over its rounds."""
    return [median(times) for times in zip(*rounds, strict=True)]
