"""Where the arrays of an index are in memory, in the structures that the kernel reads."""

from __future__ import annotations

from ctypes import Array as CArray
from ctypes import addressof

import numpy as np

from index.codec.page_checksums import PAGE_BYTES
from index.codec.posting_codes import LENGTH_BY_CODE, POSTINGS_PER_BLOCK
from index.codec.postings import FieldPostings
from index.codec.segment_reader import IndexReader, SegmentReader
from search.execution.kernel_layout import SEGMENT_DOCUMENTS, Field, Index, Segment
from search.kernels.scored_postings import Array
from search.ranking.bm25 import K1, B
from search.ranking.statistics import CollectionStatistics

_REQUIRED = {"terms": "|u1", "term_starts": "<u4", "posting_starts": "<u4", "documents": "<u2"}
_SCORED = {"codes": "<u2", "large_at": "<u4", "large_tf": "<u4"}
_UNSIGNED = ("|u1", "<u2", "<u4", "<u8")


class UnknownArrays(Exception):
    """A file has other arrays than Dalil writes: numpy reads it, or says what is wrong."""


class IndexAddresses:
    """The structures of one index. Raises UnknownArrays, also :meth:`field_number`."""

    def __init__(self, reader: IndexReader, statistics: CollectionStatistics) -> None:
        self._reader, self._statistics = reader, statistics
        self._numbers = {name: n for n, name in enumerate(reader.segments[0].fields)}
        self._ready: set[str] = set()
        self._kept: list[object] = [LENGTHS]
        self._checked: list[Array] = []
        self._fields = [(Field * len(self._numbers))() for _ in reader.segments]
        self._segments = (Segment * len(reader.segments))()
        for each, (segment, first), fields in zip(
            self._segments, reader, self._fields, strict=True
        ):
            self._locate(each, segment, first, fields)
        self.index = Index(
            segments=addressof(self._segments),
            segment_count=len(self._segments),
            field_count=len(self._numbers),
            documents=reader.count,
            k1=K1,
            b=B,
        )

    def field_number(self, name: str) -> int:
        """The number of a field, whose addresses are in the structures from now on.

        Raises KeyError if the index has no such field.
        """
        if name not in self._ready:
            for segment, fields in zip(self._reader.segments, self._fields, strict=True):
                self._locate_field(fields[self._numbers[name]], segment.fields[name], name)
            self._ready.add(name)
        return self._numbers[name]

    def forget_checks(self) -> None:
        """Have the kernel check the postings of every term again: after its arrays changed."""
        for checked in self._checked:
            checked[:] = 0

    def _locate(
        self, each: Segment, segment: SegmentReader, first: int, fields: CArray[Field]
    ) -> None:
        pages = segment.pages
        if pages is None or segment.count > SEGMENT_DOCUMENTS:
            raise UnknownArrays
        data = np.frombuffer(segment.mapping.data, np.uint8)
        file = each.file
        file.bytes, file.size = self._address(data), pages.end
        file.checksums = self._address(pages.checksums)
        file.verified = self._address(np.frombuffer(pages.verified, np.uint8))
        file.pages = min(len(pages.verified), -(-pages.end // PAGE_BYTES))
        each.first, each.count, each.fields = first, segment.count, addressof(fields)
        each.live = None if segment.live is None else self._address(segment.live)

    def _locate_field(self, field: Field, view: FieldPostings, name: str) -> None:
        found = {each: _section(view, each, dtype) for each, dtype in _REQUIRED.items()}
        if not len(found["term_starts"]):
            raise UnknownArrays
        field.term_bytes, field.term_count = len(found["terms"]), len(found["term_starts"]) - 1
        field.posting_count = len(found["documents"])
        if view.scored:
            self._locate_scores(field, view, name)
        field.terms, field.term_starts, field.documents = map(
            self._address, (found["terms"], found["term_starts"], found["documents"])
        )
        self._checked.append(np.zeros(field.term_count, np.uint8))
        field.checked = self._address(self._checked[-1])
        field.posting_starts = self._address(found["posting_starts"])

    def _locate_scores(self, field: Field, view: FieldPostings, name: str) -> None:
        found = {each: _section(view, each, dtype) for each, dtype in _SCORED.items()}
        positions = _section(view, "positions", *_UNSIGNED)
        blocks = _section(view, "block_positions", *_UNSIGNED)
        if (
            len(found["codes"]) != field.posting_count
            or len(found["large_at"]) != len(found["large_tf"])
            or len(blocks) * POSTINGS_PER_BLOCK < field.posting_count
        ):
            raise UnknownArrays
        table = self._statistics.table(name)
        field.table, field.most = self._address(table.scores), table.max_score
        field.lengths, field.average = LENGTHS.ctypes.data, self._statistics.average_length(name)
        field.large_at, field.large_frequencies = map(
            self._address, (found["large_at"], found["large_tf"])
        )
        field.large_count, field.position_count = len(found["large_at"]), len(positions)
        field.positions, field.position_width = self._address(positions), positions.itemsize
        field.block_positions, field.block_width = self._address(blocks), blocks.itemsize
        field.block_count = len(blocks)
        field.codes = self._address(found["codes"])

    def _address(self, array: Array) -> int:
        self._kept.append(array)
        return int(array.ctypes.data)


LENGTHS: Array = np.ascontiguousarray(LENGTH_BY_CODE, np.float64)
"""By the low byte of a code: float64."""


def _section(view: FieldPostings, name: str, *dtypes: str) -> Array:
    array = view.section(name).unverified
    if array.dtype.str not in dtypes or not array.flags.aligned:
        raise UnknownArrays
    return array
