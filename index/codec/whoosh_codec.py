"""The arrays as Whoosh's codec: readers of terms and documents, and a segment in JSON.

Every query that Whoosh knows runs over the arrays through these; the kernels of
``search`` reach past them to :attr:`ArrayTerms.fields`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.codec import base
from whoosh.matching import LeafMatcher
from whoosh.reading import TermInfo, TermNotFound

from index.codec.array_file import Array, ArrayFile
from index.codec.inversion import LENGTH_BY_CODE
from index.codec.merge_policy import SegmentSize
from index.codec.postings import FieldPostings
from index.codec.segment_builder import TEXT_FIELDS, VALUE_FIELDS
from index.codec.stored_fields import StoredReader
from index.codec.whoosh_matcher import ArrayMatcher

SUFFIX = ".arr"
FIELDS = (*(name for pair in TEXT_FIELDS.values() for name in pair), *VALUE_FIELDS)


class ArraySegment(base.Segment):  # type: ignore[misc] # Whoosh has no types
    """What the table of contents says of a segment."""

    def __init__(self, index_name: str, segment_id: str | None = None) -> None:
        super().__init__(index_name)
        if segment_id is not None:
            self.segid = segment_id
        self.count = 0
        self.tokens = 0
        self.deleted: set[int] = set()

    def to_json(self) -> dict[str, Any]:
        """The segment as plain data."""
        return {
            "id": self.segid,
            "documents": self.count,
            "tokens": self.tokens,
            "deleted": sorted(self.deleted),
        }

    @classmethod
    def from_json(cls, index_name: str, data: dict[str, Any]) -> ArraySegment:
        """Read back what :meth:`to_json` gave. Raises ValueError for anything else."""
        segment = cls(index_name, str(data["id"]))
        segment.count, segment.tokens = int(data["documents"]), int(data["tokens"])
        segment.deleted = {int(number) for number in data["deleted"]}
        if not segment.segid.isalnum() or not 0 <= segment.count <= 1 << 16:
            raise ValueError("an impossible segment")
        if segment.deleted and not 0 <= max(segment.deleted) < segment.count:
            raise ValueError("a deleted document that never was")
        return segment

    def codec(self) -> ArrayCodec:
        return ArrayCodec()

    def path(self, folder: Path) -> Path:
        """The segment's file."""
        return folder / str(self.make_filename(SUFFIX))

    def kept(self) -> Array:
        """bool: a document each, false for a deleted one."""
        kept = np.ones(self.count, bool)
        kept[list(self.deleted)] = False
        return kept

    def size(self) -> SegmentSize:
        """What a merge policy has to know."""
        return SegmentSize(self.doc_count(), self.tokens, len(self.deleted))

    def set_doc_count(self, count: int) -> None:
        self.count = count

    def doc_count_all(self) -> int:
        return self.count

    def doc_count(self) -> int:
        return self.count - len(self.deleted)

    def has_deletions(self) -> bool:
        return bool(self.deleted)

    def deleted_count(self) -> int:
        return len(self.deleted)

    def deleted_docs(self) -> Iterator[int]:
        return iter(self.deleted)

    def delete_document(self, number: int, delete: bool = True) -> None:
        (self.deleted.add if delete else self.deleted.discard)(number)

    def is_deleted(self, number: int) -> bool:
        return number in self.deleted

    def should_assemble(self) -> bool:
        return False


class ArrayCodec(base.Codec):  # type: ignore[misc]
    """Opens segments; they are written by :class:`index.codec.segment_builder.SegmentBuilder`."""

    length_stats = False

    def per_document_writer(self, storage: Any, segment: Any) -> _Closed:
        return _Closed()

    def field_writer(self, storage: Any, segment: Any) -> _Closed:
        return _Closed()

    def new_segment(self, storage: Any, index_name: str) -> ArraySegment:
        return ArraySegment(index_name)

    def terms_reader(self, storage: Any, segment: ArraySegment) -> ArrayTerms:
        return ArrayTerms(ArrayFile(segment.path(Path(storage.folder))))

    def per_document_reader(self, storage: Any, segment: ArraySegment) -> ArrayDocuments:
        return ArrayDocuments(ArrayFile(segment.path(Path(storage.folder))), segment)


class _Closed:
    """Stands where Whoosh expects a writer of its own."""

    is_closed = True

    def close(self) -> None:
        """Nothing to close."""


class ArrayDocuments(base.PerDocumentReader):  # type: ignore[misc]
    """Lengths, stored fields and columns of a segment's documents."""

    def __init__(self, file: ArrayFile, segment: ArraySegment) -> None:
        self.file = file
        self.segment = segment
        self._stored: StoredReader | None = None

    def close(self) -> None:
        """The map goes with the last array over it."""

    def doc_count(self) -> int:
        return self.segment.doc_count()

    def doc_count_all(self) -> int:
        return self.segment.count

    def has_deletions(self) -> bool:
        return self.segment.has_deletions()

    def is_deleted(self, number: int) -> bool:
        return self.segment.is_deleted(number)

    def deleted_docs(self) -> set[int]:
        return self.segment.deleted

    def lengths(self, field: str) -> Array:
        """float64: the length of a field that scoring takes, a document each."""
        return LENGTH_BY_CODE[self.file[f"{field}/length_codes"]]

    def doc_field_length(self, number: int, field: str, default: int = 0) -> float:
        if f"{field}/length_codes" not in self.file:
            return default
        return float(LENGTH_BY_CODE[self.file[f"{field}/length_codes"][number]]) or default

    def field_length(self, field: str) -> int:
        name = f"{field}/length_total"
        return int(self.file[name][0]) if name in self.file else 0

    def min_field_length(self, field: str) -> float:
        return float(self.lengths(field).min(initial=0))

    def max_field_length(self, field: str) -> float:
        return float(self.lengths(field).max(initial=0))

    def stored_fields(self, number: int) -> dict[str, Any]:
        if self._stored is None:
            self._stored = StoredReader(self.file)
        return {"stored": self._stored[number]}

    def supports_columns(self) -> bool:
        return False


class ArrayTerms(base.TermsReader):  # type: ignore[misc]
    """The terms of a segment's fields."""

    def __init__(self, file: ArrayFile) -> None:
        self.file = file
        self.fields = {name: FieldPostings(file, name) for name in FIELDS}

    def close(self) -> None:
        """The map goes with the last array over it."""

    def _number(self, field: str, term: bytes) -> int:
        return self.fields[field].number(term) if field in self.fields else -1

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return self._number(*term) >= 0

    def indexed_field_names(self) -> list[str]:
        return sorted(self.fields)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        for name in self.indexed_field_names():
            yield from self.terms_from(name, b"")

    def terms_from(self, field: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        for term in self.fields[field].terms_from(prefix):
            yield field, term

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        for term in self.terms():
            yield term, self.term_info(*term)

    def items_from(self, field: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        for term in self.terms_from(field, prefix):
            yield term, self.term_info(*term)

    def term_info(self, field: str, term: bytes) -> TermInfo:
        number = self._number(field, term)
        if number < 0:
            raise TermNotFound(f"No term {field}:{term!r}")
        view = self.fields[field]
        found = view.postings(number)
        count = len(found.documents)
        frequencies = np.ones(count, np.int64)
        lengths = np.ones(count)
        if found.codes is not None:
            frequencies = view.frequencies(found.start, found.start + count)
            lengths = LENGTH_BY_CODE[found.codes & 255]
        return TermInfo(
            weight=float(frequencies.sum()),
            df=count,
            minlength=float(lengths.min(initial=np.inf)) if count else 0,
            maxlength=float(lengths.max(initial=0)),
            maxweight=float(frequencies.max(initial=0)),
            minid=int(found.documents[0]) if count else 0,
            maxid=int(found.documents[-1]) if count else 0,
        )

    def frequency(self, field: str, term: bytes) -> float:
        number = self._number(field, term)
        return float(self.term_info(field, term).weight()) if number >= 0 else 0.0

    def doc_frequency(self, field: str, term: bytes) -> int:
        number = self._number(field, term)
        return self.fields[field].frequency(number) if number >= 0 else 0

    def cursor(self, field: str, spec: Any) -> _Cursor:
        return _Cursor(self.fields[field], spec)

    def matcher(self, field: str, term: bytes, spec: Any, scorer: Any = None) -> LeafMatcher:
        number = self._number(field, term)
        if number < 0:
            raise TermNotFound(f"No term {field}:{term!r}")
        return ArrayMatcher(self.fields[field], number, (field, term), spec, scorer)


class _Cursor(base.FieldCursor):  # type: ignore[misc]
    """Goes through the terms of a field, for fuzzy search."""

    def __init__(self, view: FieldPostings, spec: Any) -> None:
        self._view, self._spec, self._at = view, spec, 0

    def is_valid(self) -> bool:
        return self._at < len(self._view)

    def text(self) -> Any:
        return self._spec.from_bytes(self._view.term(self._at)) if self.is_valid() else None

    term = text

    def first(self) -> Any:
        self._at = 0
        return self.text()

    def find(self, term: Any) -> Any:
        encoded = term if isinstance(term, bytes) else self._spec.to_bytes(term)
        self._at = self._view.rank(encoded)
        return self.text()

    def next(self) -> Any:
        self._at += 1
        return self.text()


def column_of(reader: Any, name: str) -> list[Any]:
    """``day`` or ``path`` of each document of a segment that Whoosh has opened."""
    if name == "day":
        documents: ArrayDocuments = reader._perdoc
        days: list[Any] = documents.file["day"].tolist()
        return days
    terms: ArrayTerms = reader._terms
    view = terms.fields[name]
    values = [""] * reader.doc_count_all()
    # A replaced document is in the segment still, deleted, under the same path.
    counts: Array = np.diff(view.posting_starts.astype(np.int64))
    numbers = np.repeat(np.arange(len(view)), counts)
    for number, document in zip(numbers.tolist(), view.documents.tolist(), strict=True):
        values[document] = view.term(number).decode()
    return values
