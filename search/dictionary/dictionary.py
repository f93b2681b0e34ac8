"""Dictionary: the terms of an index and their document frequencies, as planning asks for them.

One of the four parts behind which another engine could stand (``search.engine``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from index.analysis import Term
from index.codec.postings import FieldPostings
from index.codec.segment_reader import IndexReader
from index.schema import DISJOINT_PREFIXES
from search.dictionary import common_terms, fuzzy, ngram_similarity, prefix

_CACHE_SIZE = 1 << 16
"""Terms whose document frequency is remembered."""


class Dictionary:
    """The terms of a snapshot of an index."""

    def __init__(self, reader: IndexReader) -> None:
        self._reader = reader
        self.documents = reader.count
        """Documents of the index, deleted ones included."""
        self.document_frequency = lru_cache(_CACHE_SIZE)(reader.document_frequency)
        """Documents with a term (field, text), deleted ones included."""

    def total_frequency(self, field: str, term: str) -> int:
        """Document frequency in texts and in names of files; a document may count twice."""
        return sum(self.document_frequency(prefix + field, term) for prefix in DISJOINT_PREFIXES)

    def exact_views(self) -> Iterator[FieldPostings]:
        """The dictionaries of exact forms, segment by segment."""
        for segment in self._reader.segments:
            for field in prefix.EXACT_FIELDS:
                yield segment.fields[field]

    def starting_with(self, folded: str) -> Counter[str]:
        """Exact terms whose folded form starts with a prefix, and their document frequencies."""
        return prefix.starting_with(self._reader, folded)

    def completions(self, folded: str) -> Counter[str]:
        """Exact terms that start with a word that is being typed, and their frequencies."""
        return prefix.completions(self._reader, folded)

    def near(self, term: Term, distance: int) -> dict[str, int]:
        """Exact terms within an edit distance of a word, with their distance."""
        return fuzzy.near(self._reader, term, distance)

    def similar(self, word: str) -> dict[str, float]:
        """Exact terms of texts that share most n-grams with a word, with their similarity."""
        found: dict[str, float] = {}
        for segment in self._reader.segments:
            found |= ngram_similarity.similar_terms(segment.fields["exact"], word)
        return found

    def common(self, low: str, high: str) -> Iterator[str]:
        """The commonest terms from ``low`` up to ``high``."""
        return common_terms.common(self._reader, low, high)

    def nearest(self, word: str) -> list[str]:
        """Common terms a letter or two from a word, the nearest first."""
        return common_terms.nearest(self._reader, word)
