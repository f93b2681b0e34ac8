"""CollectionStatistics: what scoring needs to know of the whole index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from index.codec.posting_codes import LENGTH_BY_CODE, MAX_CODED_FREQUENCY
from index.codec.segment_reader import IndexReader
from index.errors import REBUILD, IndexCorrupt
from search.kernels.scored_postings import Array
from search.ranking.bm25 import bm25, idf

_CACHE_SIZE = 4096
"""Words whose inverse document frequencies are remembered."""


@dataclass(frozen=True, slots=True)
class ScoreTable:
    """BM25 of every code of a field, for an idf of 1."""

    scores: Array
    """float64, 65,536: by ``tf << 8 | length code``."""
    max_score: float


class CollectionStatistics:
    """Lengths, document frequencies and score tables over all segments, computed once."""

    def __init__(self, reader: IndexReader) -> None:
        self._reader = reader
        self.table = lru_cache(None)(self._table)
        """The score table of a field."""
        self.idfs = lru_cache(_CACHE_SIZE)(self._idfs)
        """Inverse document frequencies of ascending terms of a field: float64.

        Remembered, for one segment after the other asks for them. Raises IndexCorrupt.
        """

    def average_length(self, field: str) -> float:
        """The mean length of a field in words, over all documents."""
        return (self._reader.field_length(field) / (self._reader.count or 1)) or 1.0

    def idf(self, field: str, term: bytes) -> float:
        """The inverse document frequency of a term. Raises IndexCorrupt."""
        return float(self.idfs(field, (term,))[0])

    def _table(self, field: str) -> ScoreTable:
        frequency = np.arange(MAX_CODED_FREQUENCY + 1, dtype=np.float64)[:, None]
        scores = bm25(frequency, LENGTH_BY_CODE[None, :], self.average_length(field), 1.0)
        return ScoreTable(np.ascontiguousarray(scores.ravel()), float(scores.max()))

    def _idfs(self, field: str, ascending: Sequence[bytes]) -> Array:
        frequencies = self._reader.document_frequencies(field, ascending)
        if frequencies.max(initial=0) > self._reader.count:
            raise IndexCorrupt(f"The field {field} of a segment does not add up", REBUILD)
        return idf(self._reader.count, frequencies)
