"""SegmentReader and IndexReader: all that a search reads of an index.

Nothing above this module knows how a segment lies on disk, and nothing here knows a
query. ``whoosh_codec`` gives the same arrays to Whoosh's own searcher.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from index.codec.array_file import Array, ArrayFile
from index.codec.forward_index import ForwardIndex
from index.codec.postings import FieldPostings
from index.codec.segment_info import SegmentInfo
from index.codec.segment_layout import BODY_ENDS, TEXT_FIELDS, VALUE_FIELDS
from index.codec.stored_fields import StoredReader
from index.codec.term_bytes import decode_term, encode_term

FIELDS = (*(name for pair in TEXT_FIELDS.values() for name in pair), *VALUE_FIELDS)
"""Every field with postings."""


class SegmentReader:
    """One segment: terms, postings, columns, positions, stored documents and n-grams.

    Documents are numbered from 0 to :attr:`count`, deleted ones included. Raises
    IndexCorrupt or OSError on opening.
    """

    def __init__(self, path: Path, info: SegmentInfo, fields: Sequence[str] = FIELDS) -> None:
        self._file = ArrayFile(path)
        self.mapping = self._file.mapping
        """The file in memory."""
        self.pages = self._file.pages
        """Its pages with their checksums; None if it has none."""
        self.info = info
        self.count = info.count
        """Documents, deleted ones included."""
        self.live = info.live() if info.deleted else None
        """Mask of live documents (bool, one a document), or None if none is deleted."""
        self.fields = {name: FieldPostings(self._file, name) for name in fields}
        """Terms and postings by field."""

    def document_numbers(self, field: str, value: str) -> list[int]:
        """The live documents whose field holds a term, ascending."""
        view = self.fields[field]
        rank = view.rank(encode_term(value))
        found = view.postings(rank).documents.tolist() if rank >= 0 else []
        return [number for number in found if number not in self.info.deleted]

    def field_length(self, field: str) -> int:
        """Words of a field over all documents, deleted ones included."""
        return int(self._file[f"{field}/length_total"][0])

    def body_ends(self, documents: Array) -> list[int]:
        """The number of positions of the bodies of documents; those of a title come after it."""
        ends: list[int] = self._file.section(BODY_ENDS).take(documents).tolist()
        return ends

    def days(self, column: str = "day") -> Array:
        """A column of :data:`DAY_COLUMNS`, as proleptic ordinals or NO_DAY: uint32."""
        return self._file[column]

    @cached_property
    def paths(self) -> list[str]:
        """The path of each document."""
        view = self.fields["path"]
        paths = [""] * self.count
        # A replaced document stays in the segment, deleted, under its path: a term may have two.
        ranks = np.repeat(np.arange(len(view)), view.all_frequencies())
        for rank, document in zip(ranks.tolist(), view.documents.whole.tolist(), strict=True):
            paths[document] = decode_term(view.term(rank))
        return paths

    @cached_property
    def _stored(self) -> StoredReader:
        return StoredReader(self._file)

    def stored(self, number: int) -> dict[str, Any]:
        """All that is kept to show a document. Raises IndexCorrupt."""
        return self._stored[number]

    @cached_property
    def forward_index(self) -> ForwardIndex:
        """The Arabic words of each document, for the second stage of ranking."""
        return ForwardIndex(self._file)

    def ngram_frequencies(self, ngrams: Array) -> Array:
        """Document frequencies of n-grams, each summed over the words that have it: float64.

        1 for an n-gram that the segment does not list: it lists none that one document has.
        """
        keys, counts = self._file.section("grams/keys"), self._file.section("grams/counts")
        if not len(keys):
            return np.ones(len(ngrams))
        at = np.minimum(keys.searchsorted(ngrams), len(keys) - 1)
        return np.where(keys.take(at) == ngrams, counts.take(at), 1.0)

    @property
    def is_damaged(self) -> bool:
        """Whether a checksum of the file is wrong. Reads all of it."""
        return bool(self._file.damaged())

    def release(self) -> None:
        """Free the memory of the pages read so far; they are read again when needed."""
        self._file.release()


class IndexReader:
    """The segments of one commit, their documents numbered through."""

    def __init__(self, segments: Sequence[SegmentReader]) -> None:
        self.segments = tuple(segment for segment in segments if segment.count)
        """Those with documents."""
        counts = np.array([0, *(segment.count for segment in self.segments)], np.int64)
        self.offsets: Array = counts.cumsum()[:-1]
        """The number of each segment's first document: int64."""
        self.count = int(counts.sum())
        """Documents, deleted ones included."""

    @property
    def live_count(self) -> int:
        """Documents that are not deleted."""
        return sum(segment.info.live_count for segment in self.segments)

    def damaged_segments(self) -> set[str]:
        """The names of the files of damaged segments. Reads all of them."""
        return {segment.info.name for segment in self.segments if segment.is_damaged}

    @property
    def has_deletions(self) -> bool:
        """Whether any document is deleted."""
        return any(segment.info.deleted for segment in self.segments)

    def __iter__(self) -> Iterator[tuple[SegmentReader, int]]:
        """Each segment and the number of its first document."""
        return zip(self.segments, self.offsets.tolist(), strict=True)

    def document_frequency(self, field: str, term: str) -> int:
        """Documents with a term in a field, deleted ones included."""
        encoded, found = term.encode("utf-8", "surrogatepass"), 0
        for segment in self.segments:
            view = segment.fields[field]
            rank = view.rank(encoded)
            found += view.frequency(rank) if rank >= 0 else 0
        return found

    def document_frequencies(self, field: str, ascending: Sequence[bytes]) -> Array:
        """Document frequencies of several terms of a field, deleted documents included: int64."""
        found = np.zeros(len(ascending), np.int64)
        for segment in self.segments:
            found += segment.fields[field].document_frequencies(ascending)
        return found

    def term_counts(self, field: str) -> dict[str, int]:
        """The document frequency of every term of a field, in the order of the terms."""
        terms = {term for segment in self.segments for term in segment.fields[field].terms()}
        return {
            term: self.document_frequency(field, term)
            for term in sorted(each.decode() for each in terms)
        }

    def field_length(self, field: str) -> int:
        """Words of a field over all documents."""
        return sum(segment.field_length(field) for segment in self.segments)

    def locate(self, number: int) -> tuple[SegmentReader, int]:
        """The segment of a document, and its number there."""
        at = int(self.offsets.searchsorted(number, "right")) - 1
        return self.segments[at], number - int(self.offsets[at])

    def stored(self, number: int) -> dict[str, Any]:
        """All that is kept to show a document. Raises IndexCorrupt."""
        segment, local = self.locate(number)
        return segment.stored(local)

    def document_numbers(self, field: str, value: str) -> list[int]:
        """The live documents whose field holds a term, ascending."""
        return [
            number + offset
            for segment, offset in self
            for number in segment.document_numbers(field, value)
        ]

    def days(self, column: str = "day") -> Array:
        """A column of :data:`DAY_COLUMNS` over all documents, as ordinals or NO_DAY: int64."""
        parts = [segment.days(column) for segment in self.segments]
        return np.concatenate([np.zeros(0, np.int64), *parts]).astype(np.int64)

    def paths(self) -> list[str]:
        """The path of each document."""
        return [path for segment in self.segments for path in segment.paths]

    def release(self) -> None:
        """Free the memory of the pages read so far; they are read again when needed."""
        for segment in self.segments:
            segment.release()
