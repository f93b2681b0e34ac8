"""The highlights of a long text, found block by block as they are read."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate
from typing import overload

from index.analysis.lazy_pattern import lazy_pattern
from index.analysis.ligatures import PHRASE_LIGATURES
from index.analysis.tokenizer import HYPHENS
from search.hits.stored_text import StoredText, highlight_spans
from search.query.query_terms import Positions
from search.results import Span

_COMPOUND = lazy_pattern(f"[{HYPHENS}{PHRASE_LIGATURES}]")
"""Without one of these characters no word of a text has more than one position."""


def joined(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans, ascending, with those as one that only signs and spaces are between.

    >>> joined("oil ministry, met", [(0, 3), (4, 12), (14, 17)])
    ((0, 17),)
    """
    found: list[Span] = []
    for start, end in spans:
        if found and not any(map(str.isalnum, text[found[-1][1] : start])):
            found[-1] = found[-1][0], end
        else:
            found.append((start, end))
    return tuple(found)


class LazyHighlights(Sequence[Span]):
    """The spans of a text that matched, ascending.

    Their number follows from the positions: one each, except for words with several
    positions. Only blocks that may have such words are analyzed to count.
    """

    def __init__(self, source: StoredText, positions: Positions) -> None:
        self._source, self._positions = source, positions
        self._ascending = sorted(positions)
        self._spans: dict[int, tuple[Span, ...]] = {}
        """Block number → its spans, as far as they were read."""
        self._blocks: list[int] = []
        """Numbers of the blocks that have any."""
        self._ends: list[int] = []
        """For each of these blocks the number of spans up to its end."""

    @classmethod
    def counted(
        cls, source: StoredText, positions: Positions, is_wanted: Callable[[], bool]
    ) -> LazyHighlights | None:
        """Count the highlights of a text; None once ``is_wanted`` says no, asked at each block."""
        highlights = cls(source, positions)
        counts = []
        for block, position_count in highlights._matching_blocks():
            if not is_wanted():
                return None
            counts.append(highlights._count(block, position_count))
            highlights._blocks.append(block)
        highlights._ends = list(accumulate(counts))
        return highlights

    def _matching_blocks(self) -> list[tuple[int, int]]:
        """Return the blocks with any of the positions, and the number of positions in each."""
        starts = [position for position, _ in self._source.checkpoints]
        blocks, at = [], 0
        while at < len(self._ascending):
            block = max(bisect_right(starts, self._ascending[at]) - 1, 0)
            following = starts[block + 1] if block + 1 < len(starts) else self._ascending[-1] + 1
            end = bisect_left(self._ascending, following, at)
            blocks.append((block, end - at))
            at = end
        return blocks

    def _count(self, block: int, position_count: int) -> int:
        start, end = self._source.block_span(block)
        simple = position_count == 1 or not _COMPOUND.search(self._source.text, start, end)
        return position_count if simple else len(self._spans_of(block))

    def _spans_of(self, block: int) -> tuple[Span, ...]:
        if block not in self._spans:
            first, _ = self._source.checkpoints[block]
            tokens = self._source.at_positions(first, first)
            length = len(self._source.text)
            self._spans[block] = highlight_spans(tokens, self._positions, 0, length)
        return self._spans[block]

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    @overload
    def __getitem__(self, at: int) -> Span: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Span]: ...
    def __getitem__(self, at: int | slice) -> Span | Sequence[Span]:
        """Return a span, for which one block is analyzed, or several."""
        if isinstance(at, slice):
            return [self[n] for n in range(*at.indices(len(self)))]
        number = range(len(self))[at]
        index = bisect_right(self._ends, number)
        spans = self._spans_of(self._blocks[index])
        return spans[number - self._ends[index]]
