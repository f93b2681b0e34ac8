"""The stored text of a document, read again around a few positions.

The positions come from the index, so however long a document is, only the stretches
between two checkpoints that hold something to show are analysed again, each once.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field

from index.analysis import Token, analyze, analyze_at
from search.query.query_terms import Positions
from search.results import Span


@dataclass(frozen=True, slots=True)
class StoredText:
    """What the index keeps of a document's text."""

    text: str
    checkpoints: Sequence[tuple[int, int]]
    """Ascending (position, offset) pairs, both where a stretch of the text begins."""
    pages: Sequence[int] = ()
    """Offsets where pages start."""
    analysed_positions: Container[int] | None = None
    """Positions whose tokens are read, where not all are."""
    _read: dict[int, list[Token]] = field(default_factory=dict, init=False)

    @classmethod
    def single_block(cls, text: str) -> StoredText:
        """A short text, such as a title."""
        return cls(text, [(0, 0)] if text else [])

    def tokens(self) -> list[Token]:
        """All tokens of the text."""
        return list(self._stretches(0, len(self.checkpoints) - 1))

    def at_positions(self, first: int, last: int) -> Iterator[Token]:
        """The tokens of the stretches with the positions ``first`` to ``last``, both included."""
        end = (last, len(self.text))
        start = (first, len(self.text))
        return self._stretches(
            bisect_right(self.checkpoints, start) - 1, bisect_right(self.checkpoints, end) - 1
        )

    def at_offsets(self, start: int, end: int) -> Iterator[Token]:
        """The tokens of the stretches that meet ``text[start:end]``."""
        offsets = [offset for _, offset in self.checkpoints]
        return self._stretches(bisect_right(offsets, start) - 1, bisect_left(offsets, end) - 1)

    def _stretches(self, first: int, last: int) -> Iterator[Token]:
        for number in range(max(first, 0), last + 1):
            if number not in self._read:
                position, _ = self.checkpoints[number]
                start, end = self.block_span(number)
                self._read[number] = list(self._analysed(start, end, position))
            yield from self._read[number]

    def block_span(self, number: int) -> Span:
        """The characters of a stretch."""
        behind = self.checkpoints[number + 1 : number + 2]
        return self.checkpoints[number][1], behind[0][1] if behind else len(self.text)

    def _analysed(self, start: int, end: int, position: int) -> Iterator[Token]:
        if self.analysed_positions is None:
            return analyze(self.text, start, end, position)
        return analyze_at(self.text, self.analysed_positions, start, end, position)

    def page(self, offset: int) -> int | None:
        """The page an offset is on, from 1."""
        return bisect_right(self.pages, offset) if self.pages else None

    def line(self, offset: int) -> int:
        """The line an offset is on, from 1."""
        return self.text.count("\n", 0, offset) + 1


def highlight_spans(
    tokens: Iterator[Token] | Sequence[Token], positions: Positions, start: int, end: int
) -> tuple[Span, ...]:
    """The matched words within ``start:end``, relative to ``start``, merged where they meet."""
    found = sorted(
        {
            (token.start - start, token.end - start)
            for token in tokens
            if token.position in positions and start <= token.start and token.end <= end
        }
    )
    return merge_overlapping(found)


def merge_overlapping(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Overlapping spans as one; spans that only touch stay two.

    >>> merge_overlapping([(0, 4), (2, 6), (6, 8)])
    ((0, 6), (6, 8))
    """
    result: list[Span] = []
    for start, end in spans:
        if result and start < result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return tuple(result)
