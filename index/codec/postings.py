"""The postings of one field of a segment, as slices of its arrays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from index.codec.array_file import Array, ArrayFile
from index.codec.inversion import MAX_CODED_FREQUENCY, POSTINGS_PER_BLOCK, starts
from index.errors import REBUILD, IndexCorrupt

_FEW = 16
"""Terms that are looked up one by one, and remembered."""
_NARROW = 256
"""Terms among which none is kept at hand; of more, the one in the middle is."""
_CLOSE = 8
"""Terms that stand so close together are read in one go, with those between them."""


@dataclass(frozen=True, slots=True)
class TermPostings:
    """The documents of one term, ascending."""

    documents: Array
    """uint16: numbers in the segment."""
    codes: Array | None
    """uint16: frequency (255 for more) and length code; nothing in a field that is not scored."""
    start: int
    """Where they begin among the field's postings."""


class FieldPostings:
    """A field: its sorted terms, and where each stands. Raises IndexCorrupt."""

    def __init__(self, file: ArrayFile, name: str) -> None:
        self.file = file
        self.name = name
        self.posting_starts = self.section("posting_starts")
        # A view of memory gives a number of Python four times faster than an array.
        self._posting_starts = self.posting_starts.data
        self._term_starts = self.section("term_starts").data
        self._terms = self.section("terms").data
        self._numbers: dict[bytes, int] = {}
        self._pivots: dict[int, bytes] = {}
        if len(self._term_starts) != len(self._posting_starts):
            raise IndexCorrupt(f"The field {name} of a segment does not add up", REBUILD)

    def section(self, name: str) -> Array:
        """An array of the field."""
        return self.file[f"{self.name}/{name}"]

    @cached_property
    def blob(self) -> bytes:
        """All terms one after the other; :attr:`term_starts` says where each begins."""
        return bytes(self._terms)

    @cached_property
    def term_starts(self) -> Array:
        """int64, one more than there are terms: bytes of :attr:`blob`."""
        return self.section("term_starts").astype(np.int64)

    @cached_property
    def documents(self) -> Array:
        """uint16: the documents of all postings."""
        return self.section("documents")

    @cached_property
    def codes(self) -> Array:
        """uint16, a posting each: frequency (255 for more) << 8 | length code."""
        return self.section("codes")

    @cached_property
    def all_positions(self) -> Array:
        """Unsigned: the positions of all postings, one posting after the other."""
        return self.section("positions")

    @cached_property
    def _block_positions(self) -> Array:
        return self.section("block_positions")

    @cached_property
    def _large(self) -> tuple[Array, Array]:
        """The postings whose frequency is too large for a code, and their frequencies."""
        return self.section("large_at"), self.section("large_tf")

    @cached_property
    def scored(self) -> bool:
        """Whether the field has frequencies, lengths and positions."""
        return f"{self.name}/codes" in self.file

    # -- terms ---------------------------------------------------------------------

    def __len__(self) -> int:
        return len(self._term_starts) - 1

    def term(self, number: int) -> bytes:
        """The term of a rank."""
        return bytes(self._terms[self._term_starts[number] : self._term_starts[number + 1]])

    def terms(self, low: int = 0, high: int | None = None) -> list[bytes]:
        """The terms of the ranks from ``low`` up to ``high``, which is not included."""
        ends = self._term_starts[low : len(self) + 1 if high is None else high + 1].tolist()
        start = ends[0] if ends else 0
        blob = bytes(self._terms[start : ends[-1]]) if ends else b""
        return [blob[begin - start : end - start] for begin, end in pairwise(ends)]

    def rank(self, term: bytes, low: int = 0) -> int:
        """The rank of the first term that is not below ``term``, looked for from ``low``."""
        if low:
            high, step = low, 1
            while high < len(self) and self.term(high) < term:
                low, high, step = high + 1, high + step, step * 8
            high = min(high, len(self))
        else:
            low, high = self._narrowed(term)
        while low < high:
            middle = (low + high) // 2
            if self.term(middle) < term:
                low = middle + 1
            else:
                high = middle
        return low

    def _narrowed(self, term: bytes) -> tuple[int, int]:
        """The ranks between which it must be: by halves that every search begins with."""
        low, high, pivots = 0, len(self), self._pivots
        while high - low > _NARROW:
            middle = (low + high) // 2
            pivot = pivots.get(middle)
            if pivot is None:
                pivot = pivots[middle] = self.term(middle)
            if pivot < term:
                low = middle + 1
            else:
                high = middle
        return low, high

    def beginning(self, prefix: bytes) -> tuple[int, int]:
        """The ranks from which and up to which terms begin so."""
        low = self.rank(prefix)
        return low, self.rank(prefix + b"\xff", low)  # no UTF-8 has this byte

    def number(self, term: bytes) -> int:
        """The rank of a term, or -1 where the field does not hold it."""
        known = self._numbers.get(term)
        if known is None:
            rank = self.rank(term)
            held = rank < len(self) and self.term(rank) == term
            known = self._numbers[term] = rank if held else -1
        return known

    def numbers(self, ascending: Sequence[bytes]) -> list[int]:
        """The ranks of several terms, -1 for each that the field does not hold."""
        if len(ascending) <= _FEW:
            return [self.number(term) for term in ascending]
        low = self.rank(ascending[0])
        high = self.rank(ascending[-1], low) + 1
        if high - low <= _CLOSE * len(ascending):
            ranks = {term: low + n for n, term in enumerate(self.terms(low, min(high, len(self))))}
            return [ranks.get(term, -1) for term in ascending]
        found, rank = [], low
        for term in ascending:
            rank = self.rank(term, rank)
            found.append(rank if rank < len(self) and self.term(rank) == term else -1)
        return found

    def terms_from(self, prefix: bytes) -> Iterator[bytes]:
        """The terms in order, from the first that is not below ``prefix``."""
        for number in range(self.rank(prefix), len(self)):
            yield self.term(number)

    # -- postings ------------------------------------------------------------------

    def span(self, number: int) -> tuple[int, int]:
        """Where the postings of a term begin and end. Raises IndexCorrupt."""
        start, end = self._posting_starts[number], self._posting_starts[number + 1]
        if start > end:
            raise IndexCorrupt(f"The field {self.name} of a segment does not add up", REBUILD)
        return start, end

    def frequency(self, number: int) -> int:
        """How many documents hold a term."""
        start, end = self.span(number)
        return end - start

    def document_frequencies(self, ascending: Sequence[bytes]) -> Array:
        """int64: how many documents hold each of several terms."""
        numbers = np.array(self.numbers(ascending), np.int64)
        held = numbers >= 0
        at = numbers[held]
        found = np.zeros(len(numbers), np.int64)
        found[held] = self.posting_starts.take(at + 1) - self.posting_starts.take(at)
        return found

    def postings(self, number: int) -> TermPostings:
        """The postings of a term."""
        start, end = self.span(number)
        codes = self.codes[start:end] if self.scored else None
        return TermPostings(self.documents[start:end], codes, start)

    def frequencies(self, start: int, end: int) -> Array:
        """How often each posting's term stands in its document: int64."""
        counts = (self.codes[start:end] >> 8).astype(np.int64)
        large, frequencies = self._large
        if len(large) and (counts == MAX_CODED_FREQUENCY).any():
            low, high = large.searchsorted([start, end])
            counts[large[low:high].astype(np.int64) - start] = frequencies[low:high]
        return counts

    def has_large(self, start: int, end: int) -> bool:
        """Whether a posting has a frequency that is too large for its code."""
        large = self._large[0]
        return bool(len(large)) and bool(np.diff(large.searchsorted([start, end]))[0])

    def is_packed(self, number: int) -> bool:
        """Whether no posting of a term, nor of the block in which it begins, is too frequent."""
        start, end = self.span(number)
        return not self.has_large(start // POSTINGS_PER_BLOCK * POSTINGS_PER_BLOCK, end)

    # -- positions -----------------------------------------------------------------

    def position_spans(self, number: int, places: Array) -> tuple[Array, Array]:
        """Where the positions of some postings of a term begin, and how many there are.

        ``places`` are int64 and ascending, from 0 for the term's first posting. Both
        results are int64 and as long.
        """
        start, end = self.span(number)
        if len(places) * POSTINGS_PER_BLOCK > end - start or not self.is_packed(number):
            first = start // POSTINGS_PER_BLOCK * POSTINGS_PER_BLOCK
            counts = self.frequencies(first, end)
            begins = starts(counts) + int(self._block_positions[first // POSTINGS_PER_BLOCK])
            at = places + (start - first)
            return begins[at], counts[at]
        return self.spans_of(places + start)

    def spans_of(self, postings: Array) -> tuple[Array, Array]:
        """The same for a few postings of the field, of terms that are packed.

        Each one's block is added up to where it stands.
        """
        block, place = np.divmod(postings, POSTINGS_PER_BLOCK)
        row = np.minimum(
            (block * POSTINGS_PER_BLOCK)[:, None] + np.arange(POSTINGS_PER_BLOCK),
            len(self.codes) - 1,
        )
        frequencies = self.codes.take(row) >> 8
        before = np.where(np.arange(POSTINGS_PER_BLOCK) < place[:, None], frequencies, 0).sum(
            axis=1, dtype=np.int64
        )
        begins = self._block_positions.take(block).astype(np.int64) + before
        return begins, frequencies[np.arange(len(place)), place].astype(np.int64)

    def positions(self, number: int, index: int) -> list[int]:
        """The ascending positions of a term in the ``index``-th of its documents."""
        begins, counts = self.position_spans(number, np.array([index]))
        found: list[int] = self.all_positions[begins[0] : begins[0] + counts[0]].tolist()
        return found
