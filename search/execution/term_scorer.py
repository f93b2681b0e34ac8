"""TermScorer: terms of one segment as postings with BM25 scores."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from index.codec.posting_codes import LENGTH_BY_CODE
from index.codec.segment_reader import SegmentReader
from search.kernels.max_score import sum_by_document
from search.kernels.positions import concatenated_ranges
from search.kernels.scored_postings import EMPTY, ScoredPostings
from search.ranking.bm25 import bm25
from search.ranking.statistics import CollectionStatistics

_CACHE_SIZE = 4096
"""Terms whose postings are remembered; these are views and take little."""
_ONE = np.ones(1)


class TermScorer:
    """Reads the postings of one segment and scores them."""

    def __init__(self, segment: SegmentReader, statistics: CollectionStatistics) -> None:
        self._fields, self._count = segment.fields, segment.count
        self._statistics = statistics
        self.term = lru_cache(_CACHE_SIZE)(self._term)
        """The postings of a term (field, text) with their scores. Raises IndexCorrupt."""

    def _term(self, field: str, text: str) -> ScoredPostings:
        view = self._fields[field]
        term = text.encode()
        rank = view.rank(term)
        if rank < 0:
            return EMPTY
        found = view.postings(rank)
        if found.codes is None:
            everywhere = np.broadcast_to(np.uint8(0), len(found.documents))
            return ScoredPostings(found.documents, everywhere, _ONE, 1.0, 1.0)
        table = self._statistics.table(field)
        weight = self._statistics.idf(field, term)
        if view.has_large(*view.span(rank)):
            return self._with_large_frequencies(field, rank, weight)
        return ScoredPostings(found.documents, found.codes, table.scores, weight, table.max_score)

    def _with_large_frequencies(self, field: str, rank: int, weight: float) -> ScoredPostings:
        """Scores one by one, for a frequency that does not fit its code."""
        view = self._fields[field]
        start, end = view.span(rank)
        length = LENGTH_BY_CODE[view.codes[start:end] & 255]
        average = self._statistics.average_length(field)
        scores = bm25(view.frequencies(start, end), length, average, 1.0)
        return ScoredPostings(view.documents[start:end], scores, None, weight, float(scores.max()))

    def term_set(self, field: str, boosts: Sequence[tuple[str, float]]) -> ScoredPostings:
        """The documents of any of several terms, with the sum of their weighted scores."""
        view = self._fields[field]
        ordered = sorted((text.encode(), boost) for text, boost in boosts)
        terms = tuple(term for term, _ in ordered)
        ranks = np.array(view.ranks(terms), np.int64)
        held = (ranks >= 0).nonzero()[0]
        if not len(held):
            return EMPTY
        starts = view.posting_starts.take(ranks[held]).astype(np.int64)
        ends = view.posting_starts.take(ranks[held] + 1).astype(np.int64)
        if view.has_large(int(starts[0]), int(ends[-1])):
            each = [
                self.term(field, terms[n].decode()).boosted(ordered[n][1]) for n in held.tolist()
            ]
            documents = np.concatenate([postings.documents for postings in each])
            scores = np.concatenate([postings.scores() for postings in each])
            return sum_by_document(documents, scores, self._count)
        weights = self._statistics.idfs(field, terms) * [boost for _, boost in ordered]
        at = concatenated_ranges(starts, ends - starts)
        scores = self._statistics.table(field).scores.take(view.codes.take(at))
        scores *= np.repeat(weights[held], ends - starts)
        return sum_by_document(view.documents.take(at), scores, self._count)
