"""The postings of one field of a segment, as slices of its arrays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from index.codec.arrays import Array, ArrayFile
from index.codec.inversion import BLOCK, TF_MASK, starts
from index.errors import IndexCorrupt


@dataclass(frozen=True, slots=True)
class TermPostings:
    """The documents of one term, ascending."""

    documents: Array
    """uint16: numbers in the segment."""
    codes: Array | None
    """uint16: frequency (255 for more) and length code; nothing in a field that is not scored."""
    start: int
    """Where they begin among the field's postings."""


@dataclass(slots=True)
class FieldPostings:
    """A field: its sorted terms, and where each stands."""

    file: ArrayFile
    name: str
    term_starts: Array = field(init=False)
    posting_starts: Array = field(init=False)
    _terms: Array = field(init=False)
    _numbers: dict[bytes, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.term_starts = self.section("term_starts")
        self.posting_starts = self.section("posting_starts")
        self._terms = self.section("terms")
        if len(self.term_starts) != len(self.posting_starts):
            raise IndexCorrupt(f"The field {self.name} of a segment does not add up")

    def section(self, name: str) -> Array:
        """An array of the field."""
        return self.file[f"{self.name}/{name}"]

    def __len__(self) -> int:
        return len(self.term_starts) - 1

    @property
    def scored(self) -> bool:
        """Whether the field has frequencies, lengths and positions."""
        return f"{self.name}/codes" in self.file

    def term(self, number: int) -> bytes:
        """The term of a rank."""
        return bytes(self._terms[self.term_starts[number] : self.term_starts[number + 1]].tobytes())

    def rank(self, term: bytes) -> int:
        """The rank of the first term that is not below ``term``."""
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self.term(middle) < term:
                low = middle + 1
            else:
                high = middle
        return low

    def number(self, term: bytes) -> int:
        """The rank of a term, or -1 where the field does not hold it."""
        known = self._numbers.get(term)
        if known is None:
            rank = self.rank(term)
            known = rank if rank < len(self) and self.term(rank) == term else -1
            self._numbers[term] = known
        return known

    def terms_from(self, prefix: bytes) -> Iterator[bytes]:
        """The terms in order, from the first that is not below ``prefix``."""
        for number in range(self.rank(prefix), len(self)):
            yield self.term(number)

    def frequency(self, number: int) -> int:
        """How many documents hold a term."""
        return int(self.posting_starts[number + 1]) - int(self.posting_starts[number])

    def postings(self, number: int) -> TermPostings:
        """The postings of a term."""
        start, end = int(self.posting_starts[number]), int(self.posting_starts[number + 1])
        codes = self.section("codes")[start:end] if self.scored else None
        return TermPostings(self.section("documents")[start:end], codes, start)

    def frequencies(self, start: int, end: int) -> Array:
        """How often each posting's term stands in its document: int64."""
        counts = (self.section("codes")[start:end] >> 8).astype(np.int64)
        large = self.section("large_at")
        if len(large) and (counts == TF_MASK).any():
            low, high = np.searchsorted(large, [start, end])
            counts[large[low:high].astype(np.int64) - start] = self.section("large_tf")[low:high]
        return counts

    def position_starts(self, number: int) -> Array:
        """Where the positions of each posting of a term begin, and the last end: int64."""
        start, end = int(self.posting_starts[number]), int(self.posting_starts[number + 1])
        block = start // BLOCK
        counted = starts(self.frequencies(block * BLOCK, end))
        first = int(self.section("block_positions")[block]) if end > start else 0
        return counted[start - block * BLOCK :] + first

    def positions(self, number: int, index: int) -> list[int]:
        """The ascending positions of a term in the ``index``-th of its documents."""
        at = int(self.posting_starts[number]) + index
        block = at // BLOCK
        counts = self.frequencies(block * BLOCK, at + 1)
        first = int(self.section("block_positions")[block]) + int(counts[:-1].sum())
        found: list[int] = self.section("positions")[first : first + int(counts[-1])].tolist()
        return found
