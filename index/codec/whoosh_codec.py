"""The arrays as Whoosh's codec: its own searcher runs any query over them.

A search of Dalil reads :mod:`index.codec.segment_reader` instead; this is the door for
Whoosh (:class:`index.codec.whoosh_index.ArrayIndex`), and all that knows its private parts.
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
from index.codec.posting_codes import LENGTH_BY_CODE
from index.codec.postings import FieldPostings
from index.codec.segment_info import SegmentInfo
from index.codec.segment_name import INDEX_NAME
from index.codec.segment_reader import FIELDS
from index.codec.stored_fields import StoredReader
from index.codec.whoosh_matcher import ArrayMatcher


class ArraySegment(base.Segment):  # type: ignore[misc] # Whoosh has no types
    """A segment as Whoosh asks for it."""

    def __init__(self, info: SegmentInfo) -> None:
        super().__init__(INDEX_NAME)
        self.segid = info.id
        self.info = info

    def codec(self) -> ArrayCodec:
        return ArrayCodec()

    def doc_count_all(self) -> int:
        return self.info.count

    def doc_count(self) -> int:
        return self.info.live_count

    def has_deletions(self) -> bool:
        return bool(self.info.deleted)

    def deleted_count(self) -> int:
        return len(self.info.deleted)

    def deleted_docs(self) -> Iterator[int]:
        return iter(self.info.deleted)

    def is_deleted(self, number: int) -> bool:
        return number in self.info.deleted

    def should_assemble(self) -> bool:
        return False


class ArrayCodec(base.Codec):  # type: ignore[misc]
    """Opens segments; :class:`index.codec.segment_builder.SegmentBuilder` writes them."""

    length_stats = False

    def terms_reader(self, storage: Any, segment: ArraySegment) -> ArrayTerms:
        return ArrayTerms(ArrayFile(segment.info.path(Path(storage.folder))))

    def per_document_reader(self, storage: Any, segment: ArraySegment) -> ArrayDocuments:
        return ArrayDocuments(ArrayFile(segment.info.path(Path(storage.folder))), segment.info)


class ArrayDocuments(base.PerDocumentReader):  # type: ignore[misc]
    """Lengths, stored fields and columns of a segment's documents."""

    def __init__(self, file: ArrayFile, info: SegmentInfo) -> None:
        self.file = file
        self.info = info
        self._stored: StoredReader | None = None

    def close(self) -> None:
        """The file is unmapped when the last array over it is freed."""

    def doc_count(self) -> int:
        return self.info.live_count

    def doc_count_all(self) -> int:
        return self.info.count

    def has_deletions(self) -> bool:
        return bool(self.info.deleted)

    def is_deleted(self, number: int) -> bool:
        return number in self.info.deleted

    def deleted_docs(self) -> set[int]:
        return self.info.deleted

    def lengths(self, field: str) -> Array:
        """The length of a field that scoring uses: float64, one a document."""
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
        """The file is unmapped when the last array over it is freed."""

    def _number(self, field: str, term: bytes) -> int:
        return self.fields[field].rank(term) if field in self.fields else -1

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
    """Steps through the terms of a field, for fuzzy search."""

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
        self._at = self._view.lower_bound(encoded)
        return self.text()

    def next(self) -> Any:
        self._at += 1
        return self.text()
