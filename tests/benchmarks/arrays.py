"""Dalil's codec and kernels over plain words: one scored field, no analysis, no schema."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from corpus import Query, Search, shape

from index.codec.array_file import write_arrays
from index.codec.inversion import FieldInverter
from index.codec.segment_builder import MAX_SEGMENT_DOCUMENTS, flattened
from index.codec.segment_info import SegmentInfo
from index.codec.segment_reader import IndexReader, SegmentReader
from index.codec.stored_fields import StoredWriter
from search.execution.collector import Collector
from search.query.boolean import ExcludeQuery, all_of, any_of
from search.query.node import Query as Node
from search.query.phrase import PhraseQuery
from search.query.terms import TermQuery, TermSetQuery

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


def _starting_with(reader: IndexReader, prefix: str) -> set[str]:
    """Return the terms that start with a prefix, of all segments."""
    matching: set[str] = set()
    encoded = prefix.encode()
    for segment in reader.segments:
        postings = segment.fields[FIELD]
        terms = postings.terms(*postings.beginning(encoded))
        matching.update(term.decode() for term in terms)
    return matching


def searcher(folder: Path) -> Search:
    """Open the index."""
    counts: list[int] = json.loads((folder / _TABLE).read_text("utf-8"))
    infos = [SegmentInfo(count=count) for count in counts]
    segments = [SegmentReader(folder / f"{n}.arr", i, (FIELD,)) for n, i in enumerate(infos)]
    reader = IndexReader(segments)
    collector = Collector(reader)
    return lambda query, count: collector.collect(_executable(query, reader)).best(count)


def _executable(query: Query, reader: IndexReader) -> Node:
    terms = [TermQuery(FIELD, word) for word in query.words]
    match shape(query.kind):
        case "all":
            return _not_none(all_of(terms))
        case "not":
            return ExcludeQuery(terms[0], terms[1])
        case "phrase":
            alternatives = tuple(((FIELD, word),) for word in query.words)
            positions = tuple(range(len(alternatives)))
            return PhraseQuery(_not_none(all_of(terms)), alternatives, positions, 0)
        case "prefix":
            matching = _starting_with(reader, query.words[0])
            return TermSetQuery(FIELD, tuple((term, 1.0) for term in matching))
    return _not_none(any_of(terms))


def _not_none(query: Node | None) -> Node:
    """Return a query that has at least one term."""
    assert query is not None
    return query
