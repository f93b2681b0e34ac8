"""The words of a query as lists of one segment: who holds them, and what that scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from index.codec.inversion import LENGTH_BY_CODE, MAX_CODED_FREQUENCY
from index.codec.postings import FieldPostings
from index.errors import REBUILD, IndexCorrupt
from search.kernels.max_score import sum_by_document
from search.kernels.positions import concatenated_ranges
from search.kernels.scored_postings import EMPTY, Array, ScoredPostings
from search.ranking.bm25 import bm25, idf

_REMEMBERED = 4096
"""Words whose lists are kept at hand; a list is a view and takes little."""
_ONE = np.ones(1)


@dataclass(frozen=True, slots=True)
class ScoreTable:
    """BM25 of every code of a field, for an idf of 1."""

    scores: Array
    """float64, 65,536: of ``tf << 8 | length``."""
    most: float


@dataclass(slots=True)
class CollectionStatistics:
    """What scoring needs to know of the whole index, worked out once a searcher."""

    reader: Any
    """The Whoosh reader over all segments."""
    segments: Sequence[Mapping[str, FieldPostings]]
    """The fields of each segment."""
    _tables: dict[str, ScoreTable] = field(default_factory=dict)
    _idfs: dict[tuple[str | bytes, ...], Array] = field(default_factory=dict)
    """A field and its terms → their idfs: one segment after the other asks for the same."""

    def table(self, name: str) -> ScoreTable:
        """The scores of a field's codes."""
        if name not in self._tables:
            frequency = np.arange(MAX_CODED_FREQUENCY + 1, dtype=np.float64)[:, None]
            scores = bm25(frequency, LENGTH_BY_CODE[None, :], self.average(name), 1.0)
            self._tables[name] = ScoreTable(
                np.ascontiguousarray(scores.ravel()), float(scores.max())
            )
        return self._tables[name]

    def average(self, name: str) -> float:
        """The mean length of a field, over all documents."""
        return (self.reader.field_length(name) / (self.reader.doc_count_all() or 1)) or 1.0

    def idf(self, name: str, text: str) -> float:
        """How telling a term is, over all segments. Raises IndexCorrupt."""
        return float(self.idfs(name, [text.encode()])[0])

    def idfs(self, name: str, ascending: Sequence[bytes]) -> Array:
        """float64: the same for several terms. Raises IndexCorrupt."""
        known = self._idfs.get((name, *ascending))
        if known is None:
            if len(self._idfs) >= _REMEMBERED:
                self._idfs.clear()
            known = self._idfs[name, *ascending] = self._worked_out(name, ascending)
        return known

    def _worked_out(self, name: str, ascending: Sequence[bytes]) -> Array:
        frequency = np.zeros(len(ascending), np.int64)
        for fields in self.segments:
            frequency += fields[name].document_frequencies(ascending)
        documents = self.reader.doc_count_all()
        if frequency.max(initial=0) > documents:
            raise IndexCorrupt(f"The field {name} of a segment does not add up", REBUILD)
        return idf(documents, frequency)


class TermScorer:
    """The lists of one segment's terms."""

    def __init__(
        self, fields: Mapping[str, FieldPostings], statistics: CollectionStatistics
    ) -> None:
        self.fields = fields
        self._statistics = statistics
        self._known: dict[tuple[str, str], ScoredPostings] = {}

    def term(self, name: str, text: str, boost: float = 1.0) -> ScoredPostings:
        """The documents of a term and what it gives them, so many times over."""
        known = self._known.get((name, text))
        if known is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            known = self._known[name, text] = self._read(name, text)
        if boost == 1.0:
            return known
        documents, values, table, weight, most = known
        return ScoredPostings(documents, values, table, weight * boost, most)

    def _read(self, name: str, text: str) -> ScoredPostings:
        view = self.fields[name]
        number = view.number(text.encode())
        if number < 0:
            return EMPTY
        found = view.postings(number)
        if found.codes is None:
            everywhere = np.broadcast_to(np.uint8(0), len(found.documents))
            return ScoredPostings(found.documents, everywhere, _ONE, 1.0, 1.0)
        table = self._statistics.table(name)
        weight = self._statistics.idf(name, text)
        if view.has_large(*view.span(number)):
            return self._with_large(name, number, weight)
        return ScoredPostings(found.documents, found.codes, table.scores, weight, table.most)

    def _with_large(self, name: str, number: int, weight: float) -> ScoredPostings:
        """Scores one by one, where a frequency is too large for its code."""
        view = self.fields[name]
        start, end = view.span(number)
        length = LENGTH_BY_CODE[view.codes[start:end] & 255]
        frequency = view.frequencies(start, end)
        scores = bm25(frequency, length, self._statistics.average(name), 1.0)
        return ScoredPostings(view.documents[start:end], scores, None, weight, float(scores.max()))

    def any_of(self, name: str, boosts: Mapping[str, float], count: int) -> ScoredPostings:
        """The documents of any of several terms, of ``count``, with the sum of their scores."""
        view = self.fields[name]
        ordered = sorted((text.encode(), boost) for text, boost in boosts.items())
        terms = [term for term, _ in ordered]
        numbers = np.array(view.numbers(terms), np.int64)
        held = (numbers >= 0).nonzero()[0]
        if not len(held):
            return EMPTY
        starts = view.posting_starts.take(numbers[held]).astype(np.int64)
        ends = view.posting_starts.take(numbers[held] + 1).astype(np.int64)
        if view.has_large(int(starts[0]), int(ends[-1])):
            lists = [self.term(name, terms[n].decode(), ordered[n][1]) for n in held.tolist()]
            documents = np.concatenate([one.documents for one in lists])
            return sum_by_document(
                documents, np.concatenate([one.scores() for one in lists]), count
            )
        weights = self._statistics.idfs(name, terms) * [boost for _, boost in ordered]
        at = concatenated_ranges(starts, ends - starts)
        scores = self._statistics.table(name).scores.take(view.codes.take(at))
        scores *= np.repeat(weights[held], ends - starts)
        return sum_by_document(view.documents.take(at), scores, count)
