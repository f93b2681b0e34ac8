"""The stored text of a document, analyzed again around a few positions.

The text has checkpoints that divide it into blocks. The positions come from the index, so
however long a document is, only the blocks with something to show are analyzed, each once.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from operator import itemgetter

from index.analysis import Token, analyze, analyze_at
from index.document import PROPERTIES
from search.query.query_terms import Positions
from search.results import Span


@dataclass(frozen=True, slots=True)
class StoredText:
    """The text of a document as the index stores it."""

    text: str
    checkpoints: Sequence[tuple[int, int]]
    """The position and the offset at which each block starts, ascending."""
    pages: Sequence[int] = ()
    """The offset at which each page starts."""
    analyzed_positions: Container[int] | None = None
    """Positions whose tokens are read; None for all."""
    parts: Sequence[tuple[int, str]] = ()
    """The offset at which each part starts, and its label; "" for the main text."""
    first_line: int = 1
    """The line of its file on which the text begins."""
    _blocks: dict[int, list[Token]] = field(default_factory=dict, init=False)
    """Block number → its tokens, as far as they were read."""
    _by_position: dict[int, list[Token]] = field(default_factory=dict, init=False)
    """Position → its tokens, of the blocks that were read."""

    def tokens(self) -> list[Token]:
        """Return all tokens of the text."""
        return list(self._tokens_of_blocks(0, len(self.checkpoints) - 1))

    def at_position(self, position: int) -> Sequence[Token]:
        """Return the tokens at a position."""
        if position not in self._by_position:
            block = max(self._block_of(position), 0)
            if block not in self._blocks and self.checkpoints:
                self._read_block(block)
        return self._by_position.get(position, ())

    def at_positions(self, first: int, last: int) -> Iterator[Token]:
        """Yield the tokens of the blocks with the positions ``first`` to ``last``, included."""
        return self._tokens_of_blocks(self._block_of(first), self._block_of(last))

    def _block_of(self, position: int) -> int:
        """Return the number of the block with a position; -1 if there is none."""
        return bisect_right(self.checkpoints, position, key=itemgetter(0)) - 1

    def at_offsets(self, start: int, end: int) -> Iterator[Token]:
        """Yield the tokens of the blocks that overlap ``text[start:end]``."""
        offset = itemgetter(1)
        return self._tokens_of_blocks(
            bisect_right(self.checkpoints, start, key=offset) - 1,
            bisect_left(self.checkpoints, end, key=offset) - 1,
        )

    def block_span(self, number: int) -> Span:
        """Return the start and the end offset of a block."""
        following = self.checkpoints[number + 1 : number + 2]
        return self.checkpoints[number][1], following[0][1] if following else len(self.text)

    def page(self, offset: int) -> int | None:
        """Return the page of an offset, from 1, or None for a text that is on none."""
        if not self.pages or self.part(offset) == PROPERTIES:
            return None
        return bisect_right(self.pages, offset)

    def part(self, offset: int) -> str | None:
        """Return the label of the part of an offset, or None for the main text."""
        if not self.parts:
            return None
        number = bisect_right(self.parts, offset, key=itemgetter(0))
        return self.parts[number - 1][1] or None if number else None

    def story_spans(self) -> list[Span]:
        """Return the start and the end of each story of the text, in order.

        A story ends where a part begins after a blank line, such as a note after the main text;
        a part within a line is read with it.
        """
        own = (start for start, _ in self.parts if start >= 2)
        starts = [0, *(start for start in own if self.text.startswith("\n\n", start - 2))]
        return list(pairwise([*starts, len(self.text)]))

    def line(self, offset: int) -> int:
        """Return the line of an offset, from 1."""
        return self.text.count("\n", 0, offset) + self.first_line

    def _tokens_of_blocks(self, first: int, last: int) -> Iterator[Token]:
        for number in range(max(first, 0), last + 1):
            known = self._blocks.get(number)
            yield from self._read_block(number) if known is None else known

    def _read_block(self, number: int) -> list[Token]:
        tokens = self._blocks[number] = list(self._analyze_block(number))
        for token in tokens:
            self._by_position.setdefault(token.position, []).append(token)
        return tokens

    def _analyze_block(self, number: int) -> Iterator[Token]:
        position, _ = self.checkpoints[number]
        start, end = self.block_span(number)
        if self.analyzed_positions is None:
            return analyze(self.text, start, end, position)
        return analyze_at(self.text, self.analyzed_positions, start, end, position)


def highlight_spans(
    tokens: Iterator[Token] | Sequence[Token], positions: Positions, start: int, end: int
) -> tuple[Span, ...]:
    """Return the spans of the tokens at ``positions`` within ``text[start:end]``.

    The spans are relative to ``start``, ascending, and merged if they overlap.
    """
    spans = {
        (token.start - start, token.end - start)
        for token in tokens
        if token.position in positions and start <= token.start and token.end <= end
    }
    return merge_overlapping(sorted(spans))


def merge_overlapping(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Merge overlapping spans; spans that only touch stay apart.

    >>> merge_overlapping([(0, 4), (2, 6), (6, 8)])
    ((0, 6), (6, 8))
    """
    merged: list[Span] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
