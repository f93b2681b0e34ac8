"""The matched words of a long text, found in the stretches of it that are looked at."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import overload

from index.analysis.script import PHRASE_LIGATURES
from index.analysis.tokenizer import HYPHENS
from search.hits.stored_text import StoredText, highlight_spans
from search.query.query_terms import Positions
from search.results import Span

_JOINED = re.compile(f"[{HYPHENS}{PHRASE_LIGATURES}]")
"""Without one of these no word of a text takes more than one position."""


class LazyHighlights(Sequence[Span]):
    """Characters of a text, ascending.

    How many there are is known from the positions: one each, but for words that take
    several. Only where there may be any of those are the words counted.
    """

    def __init__(self, source: StoredText, positions: Positions) -> None:
        self._source, self._positions = source, positions
        self._places = sorted(positions)
        self._known: dict[int, tuple[Span, ...]] = {}
        """By number of the stretch."""
        self._stretches: list[int] = []
        """The numbers of those that hold any."""
        self._ends: list[int] = []
        """How many there are up to the end of each of these."""

    @classmethod
    def counted(
        cls, source: StoredText, positions: Positions, wanted: Callable[[], bool]
    ) -> LazyHighlights | None:
        """All of them; nothing once ``wanted`` says no, which is asked for each stretch."""
        spans = cls(source, positions)
        counts = []
        for stretch, places in spans._held():
            if not wanted():
                return None
            counts.append(spans._count(stretch, places))
            spans._stretches.append(stretch)
        spans._ends = list(accumulate(counts))
        return spans

    def _held(self) -> list[tuple[int, int]]:
        """The stretches with any of the positions, and how many of these each has."""
        starts = [position for position, _ in self._source.checkpoints]
        found, at = [], 0
        while at < len(self._places):
            stretch = max(bisect_right(starts, self._places[at]) - 1, 0)
            behind = starts[stretch + 1] if stretch + 1 < len(starts) else self._places[-1] + 1
            end = bisect_left(self._places, behind, at)
            found.append((stretch, end - at))
            at = end
        return found

    def _count(self, stretch: int, places: int) -> int:
        start, end = self._source.block_span(stretch)
        plain = places == 1 or not _JOINED.search(self._source.text, start, end)
        return places if plain else len(self._of(stretch))

    def _of(self, stretch: int) -> tuple[Span, ...]:
        """Those in a stretch."""
        if stretch not in self._known:
            first, _ = self._source.checkpoints[stretch]
            tokens = self._source.at_positions(first, first)
            whole = len(self._source.text)
            self._known[stretch] = highlight_spans(tokens, self._positions, 0, whole)
        return self._known[stretch]

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    @overload
    def __getitem__(self, at: int) -> Span: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Span]: ...
    def __getitem__(self, at: int | slice) -> Span | Sequence[Span]:
        """Looks at one stretch; counted from the end where it is less than 0."""
        if isinstance(at, slice):
            return [self[n] for n in range(*at.indices(len(self)))]
        number = range(len(self))[at]
        which = bisect_right(self._ends, number)
        inside = self._of(self._stretches[which])
        return inside[number - self._ends[which]]
