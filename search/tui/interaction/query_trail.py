"""The queries of this session in their order, to go back to the one before and forward again."""

from __future__ import annotations

from dataclasses import dataclass, replace

MAX_STEPS = 200
"""Steps that are kept, the newest."""


@dataclass(frozen=True, slots=True)
class Step:
    """A query whose results were seen."""

    query: str
    document: int | None = None
    """The document that was selected last."""


class QueryTrail:
    """Steps, oldest first, and a place among them. A word that is typed is one step."""

    def __init__(self) -> None:
        self._steps: list[Step] = []
        self._at = -1

    @property
    def step(self) -> Step | None:
        """The step at the place; None before the first query."""
        return self._steps[self._at] if self._steps else None

    def settle(self, query: str, *, typed: bool) -> None:
        """Add a query whose results are seen; ``typed`` if the user may be in its last word.

        What was ahead of the place is dropped.
        """
        step = self.step
        if not query or (step and step.query == query):
            return
        is_last = self._at == len(self._steps) - 1
        if step and typed and is_last and _grows(step.query, query):
            self._steps.pop()
        del self._steps[self._at + 1 :]
        self._steps = [*self._steps, Step(query)][-MAX_STEPS:]
        self._at = len(self._steps) - 1

    def select(self, query: str, document: int | None) -> None:
        """Note the selected document of the query at the place."""
        if self.step and self.step.query == query:
            self._steps[self._at] = replace(self.step, document=document)

    def back(self, query: str) -> Step | None:
        """Go to the step before ``query``, which is on the screen; None if there is none."""
        if not query:
            return self.step
        self.settle(query, typed=False)
        return self._go(-1)

    def forward(self, query: str) -> Step | None:
        """Go to the step that :meth:`back` left; None if there is none."""
        return self._go(1) if self.step and query == self.step.query else None

    def _go(self, steps: int) -> Step | None:
        if not 0 <= self._at + steps < len(self._steps):
            return None
        self._at += steps
        return self.step


def _grows(query: str, longer: str) -> bool:
    """Whether a query is the beginning of another one that goes on in its last word."""
    return longer.startswith(query) and not any(map(str.isspace, longer[len(query) :]))
