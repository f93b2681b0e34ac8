"""Dalil's codec and kernels over plain words: one scored field, no analysis, no schema."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from corpus import Query, Search, shape
from whoosh import query as whoosh

from index.codec.array_file import ArrayFile, write_arrays
from index.codec.inversion import FieldInverter
from index.codec.postings import FieldPostings
from index.codec.segment_builder import MAX_SEGMENT_DOCUMENTS, flattened
from index.codec.stored_fields import StoredWriter
from index.codec.whoosh_codec import ArraySegment
from search.execution.collector import MatchSet
from search.execution.segment_search import SegmentSearcher
from search.execution.term_scorer import CollectionStatistics
from search.query.boolean import ExcludeQuery, TermSetQuery, all_of, any_of
from search.query.phrase import PhraseQuery

FIELD = "text"
_TABLE = "segments.json"
_MAX_BATCH_TOKENS = 16 << 20
"""Tokens in memory, plus those of one document."""


def build(folder: Path, documents: Iterable[str]) -> None:
    """Index documents in segments of the maximum size."""
    counts: list[int] = []
    batch = _Batch()
    for text in documents:
        if (
            len(batch.field.lengths) == MAX_SEGMENT_DOCUMENTS
            or len(batch.field.terms) > _MAX_BATCH_TOKENS
        ):
            counts.append(batch.write(folder / f"{len(counts)}.arr"))
            batch = _Batch()
        batch.add(text)
    counts.append(batch.write(folder / f"{len(counts)}.arr"))
    (folder / _TABLE).write_text(json.dumps(counts), "utf-8")


class _Batch:
    """Accumulates documents and writes them as one segment."""

    def __init__(self) -> None:
        self.field = FieldInverter()
        self._stored = StoredWriter()

    def add(self, text: str) -> None:
        words = text.split()
        number = self.field.vocabulary.__getitem__
        self.field.add(list(map(number, words)))
        self._stored.add({FIELD: text})

    def write(self, path: Path) -> int:
        """Write the segment and return its number of documents."""
        write_arrays(path, {**flattened({FIELD: self.field.arrays()}), **self._stored.arrays()})
        return len(self.field.lengths)


class _Documents:
    """The document data of a segment, as far as the kernels read it."""

    file = None

    def __init__(self, count: int) -> None:
        self.segment = ArraySegment("benchmark")
        self.segment.count = count

    def has_deletions(self) -> bool:
        return False


class _Segment:
    """Replaces Whoosh's searcher and reader of a segment for the kernels."""

    def __init__(self, path: Path, count: int) -> None:
        self.view = FieldPostings(ArrayFile(path), FIELD)
        self.fields = {FIELD: self.view}
        self._terms = self
        self._perdoc = _Documents(count)
        self.count = count

    def reader(self) -> _Segment:
        return self


class _Index:
    """Replaces the reader of all segments for scoring."""

    def __init__(self, segments: list[_Segment]) -> None:
        self._segments = segments
        self._count = sum(segment.count for segment in segments)
        self._length = sum(int(s.view.section("length_total")[0]) for s in segments)

    def doc_count_all(self) -> int:
        return self._count

    def field_length(self, _name: str) -> int:
        return self._length

    def starting_with(self, prefix: str) -> set[str]:
        """Return the terms that start with ``prefix``, of all segments."""
        found: set[str] = set()
        encoded = prefix.encode()
        for segment in self._segments:
            terms = segment.view.terms(*segment.view.beginning(encoded))
            found.update(term.decode() for term in terms)
        return found


def searcher(folder: Path) -> Search:
    """Open the index."""
    counts: list[int] = json.loads((folder / _TABLE).read_text("utf-8"))
    segments = [_Segment(folder / f"{n}.arr", count) for n, count in enumerate(counts)]
    index = _Index(segments)
    statistics = CollectionStatistics(index, [segment.fields for segment in segments])
    parts, offset = [], 0
    for segment in segments:
        parts.append((SegmentSearcher(segment, statistics), offset))
        offset += segment.count
    return lambda query, count: MatchSet(parts, _executable(query, index)).best(count)


def _executable(query: Query, index: _Index) -> Any:
    terms = [whoosh.Term(FIELD, word) for word in query.words]
    match shape(query.kind):
        case "all":
            return all_of(terms)
        case "not":
            return ExcludeQuery(terms[0], terms[1])
        case "phrase":
            terms_at = [[(FIELD, word)] for word in query.words]
            return PhraseQuery(all_of(terms), terms_at, range(len(terms_at)), 0)
        case "prefix":
            return TermSetQuery(FIELD, dict.fromkeys(index.starting_with(query.words[0]), 1.0))
    return any_of(terms)
