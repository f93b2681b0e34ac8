"""Dalil's codec and kernels over plain words: one scored field, no analysis, no schema."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from corpus import Query, Search, shape

from index.codec.array_file import Array, write_arrays
from index.codec.arrays import as_array
from index.codec.chunk_table import cut_texts
from index.codec.compiled_inversion import inverted_by_kernel
from index.codec.inversion import FieldInverter
from index.codec.piece_sequence import PieceSequence
from index.codec.segment_builder import flattened
from index.codec.segment_info import SegmentInfo
from index.codec.segment_layout import MAX_SEGMENT_DOCUMENTS
from index.codec.segment_reader import IndexReader, SegmentReader
from index.codec.stored_fields import StoredWriter
from index.codec.string_table import StringTable, is_compiled
from search.execution.collector import Collector
from search.query.boolean import ExcludeQuery, all_of, any_of
from search.query.node import Query as Node
from search.query.phrase import PhraseQuery
from search.query.terms import PrefixQuery, TermQuery

FIELD = "text"
_TABLE = "segments.json"
_MAX_BATCH_TOKENS = 16 << 20
"""Tokens in memory, plus those of a few documents."""
_GROUP = 256
"""Documents whose words are numbered together."""
_WORDS_WITH_SPACES = bytes(code == ord(" ") for code in range(0x20000))
"""Classes of characters (:mod:`index.codec.chunk_table`): a space ends a word, nothing else."""
_ONE_BLOCK = 1 << 40
"""Characters of a block: a document is one."""


def build(folder: Path, documents: Iterable[str]) -> None:
    """Index documents in segments of the maximum size."""
    counts: list[int] = []
    batch = _Batch()
    for text in documents:
        if batch.count == MAX_SEGMENT_DOCUMENTS or batch.tokens > _MAX_BATCH_TOKENS:
            counts.append(batch.write(folder / f"{len(counts)}.arr"))
            batch = _Batch()
        batch.add(text)
    counts.append(batch.write(folder / f"{len(counts)}.arr"))
    (folder / _TABLE).write_text(json.dumps(counts), "utf-8")


class _Batch:
    """Accumulates documents and writes them as one segment."""

    def __init__(self) -> None:
        self.count = 0
        self._field = _CompiledField() if is_compiled() else _Field()
        self._waiting: list[str] = []
        self._stored = StoredWriter()

    @property
    def tokens(self) -> int:
        """Number of words, without those of the last documents."""
        return self._field.tokens

    def add(self, text: str) -> None:
        self.count += 1
        self._stored.add({FIELD: text})
        self._waiting.append(text)
        if len(self._waiting) == _GROUP:
            self._add_waiting()

    def _add_waiting(self) -> None:
        self._field.add(self._waiting)
        self._waiting = []

    def write(self, path: Path) -> int:
        """Write the segment and return its number of documents."""
        self._add_waiting()
        write_arrays(path, {**flattened({FIELD: self._field.arrays()}), **self._stored.arrays()})
        return self.count


class _Field:
    """The words of all documents, by Python and numpy."""

    def __init__(self) -> None:
        self._inverter = FieldInverter()

    @property
    def tokens(self) -> int:
        return len(self._inverter.terms)

    def add(self, texts: Sequence[str]) -> None:
        number = self._inverter.vocabulary.__getitem__
        for text in texts:
            self._inverter.add(list(map(number, text.split(" ") if text else [])))

    def arrays(self) -> dict[str, Array]:
        return self._inverter.arrays()


class _CompiledField:
    """The words of all documents, by the kernel: each is a piece, and its one term."""

    def __init__(self) -> None:
        self._words = StringTable()
        self._numbers, self._counts = array("I"), array("I")

    @property
    def tokens(self) -> int:
        return len(self._numbers)

    def add(self, texts: Sequence[str]) -> None:
        for text in cut_texts(self._words, texts, _WORDS_WITH_SPACES, _ONE_BLOCK):
            assert text is not None, "a word is too long"
            self._numbers.frombytes(text.numbers.tobytes())
            self._counts.append(len(text.numbers))

    def arrays(self) -> dict[str, Array]:
        each, none = np.arange(len(self._words), dtype=np.uint32), np.zeros_like
        numbers, counts = as_array(self._numbers), as_array(self._counts)
        texts = PieceSequence(numbers, counts, np.ones_like(each))
        field = inverted_by_kernel(texts, self._words, each + 1, each, none(each))
        assert field is not None
        return field.arrays


def searcher(folder: Path) -> Search:
    """Open the index."""
    counts: list[int] = json.loads((folder / _TABLE).read_text("utf-8"))
    infos = [SegmentInfo(count=count) for count in counts]
    segments = [SegmentReader(folder / f"{n}.arr", i, (FIELD,)) for n, i in enumerate(infos)]
    reader = IndexReader(segments)
    collector = Collector(reader)
    return lambda query, count: collector.collect(_executable(query)).best(count)


def _executable(query: Query) -> Node:
    terms = [TermQuery(FIELD, word) for word in query.words]
    match shape(query.kind):
        case "all":
            return _not_none(all_of(terms))
        case "not":
            return ExcludeQuery(terms[0], terms[1])
        case "phrase":
            alternatives = tuple([((FIELD, word),) for word in query.words])
            positions = tuple(range(len(alternatives)))
            return PhraseQuery(_not_none(all_of(terms)), alternatives, positions, 0)
        case "prefix":
            return PrefixQuery(FIELD, query.words[0])
    return _not_none(any_of(terms))


def _not_none(query: Node | None) -> Node:
    """Return a query that has at least one term."""
    assert query is not None
    return query
