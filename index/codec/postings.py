"""The postings of one field of a segment, as slices of its arrays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from index.codec.array_file import Array, ArrayFile
from index.codec.arrays import starts
from index.codec.posting_codes import MAX_CODED_FREQUENCY, POSTINGS_PER_BLOCK
from index.codec.section import Section
from index.errors import DAMAGED_SEGMENT, IndexCorrupt

_MAX_SINGLE_LOOKUPS = 16
"""Terms that are looked up one by one, and remembered."""
_MIN_PIVOT_RANGE = 256
"""Ranks of a binary search from which on the term in the middle is remembered."""
_MAX_SPREAD = 8
"""Ranks per term up to which a range of terms is read at once, with those between them."""


@dataclass(frozen=True, slots=True)
class TermPostings:
    """The documents of one term, ascending."""

    documents: Array
    """uint16: numbers in the segment."""
    codes: Array | None
    """uint16: frequency (255 for more) << 8 | length code; None in a field that is not scored."""
    start: int
    """Index of the first among the field's postings."""


class FieldPostings:
    """The sorted terms of a field and their postings. Raises IndexCorrupt."""

    def __init__(self, file: ArrayFile, name: str) -> None:
        self.file = file
        self.name = name
        self.posting_starts = self.section("posting_starts")
        self._term_starts = self.section("term_starts")
        self._terms = self.section("terms")
        self._ranks: dict[bytes, int] = {}
        self._pivots: dict[int, bytes] = {}
        if len(self._term_starts) != len(self.posting_starts):
            raise IndexCorrupt(f"The field {name} of a segment does not add up", DAMAGED_SEGMENT)

    def array(self, name: str) -> Array:
        """A whole array of the field."""
        return self.file[f"{self.name}/{name}"]

    def section(self, name: str) -> Section:
        """An array of the field, verified as far as it is read."""
        return self.file.section(f"{self.name}/{name}")

    @cached_property
    def blob(self) -> bytes:
        """All terms concatenated; :attr:`term_starts` has their starts."""
        return bytes(self._terms.whole)

    @cached_property
    def term_starts(self) -> Array:
        """Starts of the terms in :attr:`blob`, and its length: int64, one longer than the terms."""
        return self.array("term_starts").astype(np.int64)

    @cached_property
    def documents(self) -> Section:
        """The documents of all postings: uint16."""
        return self.section("documents")

    @cached_property
    def codes(self) -> Section:
        """Frequency (255 for more) << 8 | length code of all postings: uint16."""
        return self.section("codes")

    @cached_property
    def all_positions(self) -> Section:
        """The positions of all postings, concatenated: unsigned integers."""
        return self.section("positions")

    @cached_property
    def _block_positions(self) -> Section:
        return self.section("block_positions")

    @cached_property
    def _large(self) -> tuple[Array, Array]:
        """Postings whose frequency is too large for its code, and these frequencies."""
        return self.array("large_at"), self.array("large_tf")

    @cached_property
    def scored(self) -> bool:
        """Whether the field has frequencies, lengths and positions."""
        return f"{self.name}/codes" in self.file

    # -- terms ---------------------------------------------------------------------

    def __len__(self) -> int:
        return len(self._term_starts) - 1

    def term(self, rank: int) -> bytes:
        """The term of a rank."""
        starts = self._term_starts
        return self._terms.tobytes(starts.item(rank), starts.item(rank + 1))

    def terms(self, low: int = 0, high: int | None = None) -> list[bytes]:
        """The terms of the ranks from ``low`` up to ``high``, which is not included."""
        bounds = self._term_starts[low : len(self) + 1 if high is None else high + 1]
        if (bounds[1:] < bounds[:-1]).any():  # each term could be all of them
            raise self.file.corrupt(f"has terms of the field {self.name} that overlap")
        ends = bounds.tolist()
        start = ends[0] if ends else 0
        blob = self._terms.tobytes(start, ends[-1]) if ends else b""
        return [blob[begin - start : end - start] for begin, end in pairwise(ends)]

    def lower_bound(self, term: bytes, low: int = 0) -> int:
        """The rank of the first term that is not less than ``term``, at least ``low``."""
        floor = low
        if low:
            high, step = low, 1
            while high < len(self) and self._probe(high) < term:
                low, high, step = high + 1, high + step, step * 8
            high = min(high, len(self))
        else:
            low, high = self._narrowed(term)
        while low < high:
            middle = (low + high) // 2
            if self._probe(middle) < term:
                low = middle + 1
            else:
                high = middle
        self._confirm(term, low, floor)
        return low

    def _probe(self, rank: int) -> bytes:
        """The term of a rank, not verified: a step of a search that :meth:`_confirm` ends."""
        starts = self._term_starts.numbers
        return bytes(self._terms.numbers[starts[rank] : starts[rank + 1]])

    def _confirm(self, term: bytes, rank: int, floor: int) -> None:
        """Verify the terms around a rank, and that ``term`` belongs between them.

        Then a damaged term elsewhere cannot have led the search astray. Raises IndexCorrupt.
        """
        below = rank == floor or self.term(rank - 1) < term
        above = rank == len(self) or term <= self.term(rank)
        if not (below and above):
            raise self.file.corrupt(f"has terms of the field {self.name} out of order")

    def _narrowed(self, term: bytes) -> tuple[int, int]:
        """The range of ranks that holds a term, by the first steps of every binary search."""
        low, high, pivots = 0, len(self), self._pivots
        while high - low > _MIN_PIVOT_RANGE:
            middle = (low + high) // 2
            pivot = pivots.get(middle)
            if pivot is None:
                pivot = pivots[middle] = self._probe(middle)
            if pivot < term:
                low = middle + 1
            else:
                high = middle
        return low, high

    def beginning(self, prefix: bytes) -> tuple[int, int]:
        """The range of ranks (end excluded) whose terms start with a prefix."""
        low = self.lower_bound(prefix)
        return low, self.lower_bound(prefix + b"\xff", low)  # no UTF-8 has this byte

    def rank(self, term: bytes) -> int:
        """The rank of a term, or -1 if the field does not have it."""
        known = self._ranks.get(term)
        if known is None:
            rank = self.lower_bound(term)
            held = rank < len(self) and self.term(rank) == term
            known = self._ranks[term] = rank if held else -1
        return known

    def ranks(self, ascending: Sequence[bytes]) -> list[int]:
        """The ranks of ascending terms, -1 for each that the field does not have."""
        if len(ascending) <= _MAX_SINGLE_LOOKUPS:
            return [self.rank(term) for term in ascending]
        low = self.lower_bound(ascending[0])
        high = self.lower_bound(ascending[-1], low) + 1
        if high - low <= _MAX_SPREAD * len(ascending):
            ranks = {term: low + n for n, term in enumerate(self.terms(low, min(high, len(self))))}
            return [ranks.get(term, -1) for term in ascending]
        found, rank = [], low
        for term in ascending:
            rank = self.lower_bound(term, rank)
            found.append(rank if rank < len(self) and self.term(rank) == term else -1)
        return found

    def terms_from(self, prefix: bytes) -> Iterator[bytes]:
        """The terms in order, from the first that is not less than ``prefix``."""
        for rank in range(self.lower_bound(prefix), len(self)):
            yield self.term(rank)

    # -- postings ------------------------------------------------------------------

    def span(self, rank: int) -> tuple[int, int]:
        """Start and end of a term's postings. Raises IndexCorrupt."""
        start, end = self.posting_starts.item(rank), self.posting_starts.item(rank + 1)
        if start > end:
            raise IndexCorrupt(
                f"The field {self.name} of a segment does not add up", DAMAGED_SEGMENT
            )
        return start, end

    def frequency(self, rank: int) -> int:
        """Document frequency of the term of a rank."""
        start, end = self.span(rank)
        return end - start

    def document_frequencies(self, ascending: Sequence[bytes]) -> Array:
        """Document frequencies of ascending terms: int64, 0 for a term that is missing."""
        ranks = np.array(self.ranks(ascending), np.int64)
        held = ranks >= 0
        found = np.zeros(len(ranks), np.int64)
        _, found[held] = self.posting_starts.spans(ranks[held], len(self.documents))
        return found

    def all_frequencies(self) -> Array:
        """Document frequencies of all terms: int64; their sum is that of the postings.

        Raises IndexCorrupt if it is not: what is allocated for postings never exceeds them.
        """
        counts: Array = np.diff(self.posting_starts.astype(np.int64))
        if (counts < 0).any() or counts.sum() != len(self.documents):
            raise self.file.corrupt(f"has postings of the field {self.name} that do not add up")
        return counts

    def postings(self, rank: int) -> TermPostings:
        """The postings of a term."""
        start, end = self.span(rank)
        codes = self.codes[start:end] if self.scored else None
        return TermPostings(self.documents[start:end], codes, start)

    def frequencies(self, start: int, end: int) -> Array:
        """Frequency of the term in the document of each posting: int64."""
        counts = (self.codes[start:end] >> 8).astype(np.int64)
        large, frequencies = self._large
        if len(large) and (counts == MAX_CODED_FREQUENCY).any():
            low, high = large.searchsorted([start, end])
            counts[large[low:high].astype(np.int64) - start] = frequencies[low:high]
            if counts.sum() > len(self.all_positions):
                raise self.file.corrupt(f"has frequencies of the field {self.name} without end")
        return counts

    def has_large(self, start: int, end: int) -> bool:
        """Whether any of the postings has a frequency that is too large for its code."""
        large = self._large[0]
        return bool(len(large)) and bool(np.diff(large.searchsorted([start, end]))[0])

    def is_packed(self, rank: int) -> bool:
        """Whether all frequencies of a term, and of the block where it starts, fit their codes."""
        start, end = self.span(rank)
        return not self.has_large(start // POSTINGS_PER_BLOCK * POSTINGS_PER_BLOCK, end)

    # -- positions -----------------------------------------------------------------

    def position_spans(self, rank: int, places: Array) -> tuple[Array, Array]:
        """Starts and counts of the positions of some postings of a term.

        ``places`` are int64 and ascending, from 0 for the term's first posting. Both
        results are int64, one for each place.
        """
        start, end = self.span(rank)
        if len(places) * POSTINGS_PER_BLOCK > end - start or not self.is_packed(rank):
            first = start // POSTINGS_PER_BLOCK * POSTINGS_PER_BLOCK
            counts = self.frequencies(first, end)
            begins = starts(counts) + int(self._block_positions[first // POSTINGS_PER_BLOCK])
            at = places + (start - first)
            return begins[at], counts[at]
        return self.spans_of(places + start)

    def spans_of(self, postings: Array) -> tuple[Array, Array]:
        """Starts and counts of the positions of a few postings (int64) of packed terms.

        The frequencies of a block before the posting are added to the start of the block.
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

    def positions(self, rank: int, index: int) -> list[int]:
        """The ascending positions of a term in the ``index``-th of its documents."""
        begins, counts = self.position_spans(rank, np.array([index]))
        found: list[int] = self.all_positions[begins[0] : begins[0] + counts[0]].tolist()
        return found
