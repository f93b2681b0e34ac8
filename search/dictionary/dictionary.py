"""Dictionary: the terms of an index and their document frequencies, as planning asks for them.

One of the four parts behind which another engine could stand (``search.engine``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from typing import TypeVar

from index.analysis import Term
from index.codec.posting_codes import LENGTH_BY_CODE
from index.codec.postings import FieldPostings
from index.codec.segment_reader import IndexReader
from index.codec.word_finder import ByPython, WordFinder
from index.schema import DISJOINT_PREFIXES, DOUBTFUL
from search.dictionary import common_terms, fuzzy, ngram_similarity, prefix, wildcard
from search.dictionary.edit_distance import within_one_edit
from search.dictionary.folding import fold

_CACHE_SIZE = 1 << 16
"""Terms whose document frequency is remembered."""


Number = TypeVar("Number", int, float)


class Dictionary:
    """The terms of a snapshot of an index."""

    def __init__(self, reader: IndexReader, finder: WordFinder | None = None) -> None:
        self._reader, self._finder = reader, finder or ByPython()
        self.documents = reader.count
        """Documents of the index, deleted ones included."""
        self.document_frequency = lru_cache(_CACHE_SIZE)(reader.document_frequency)
        """Documents with a term (field, text), deleted ones included."""

    def total_frequency(self, field: str, term: str) -> int:
        """Document frequency in texts and in names of files; a document may count twice."""
        return sum(self.document_frequency(prefix + field, term) for prefix in DISJOINT_PREFIXES)

    @cached_property
    def average_length(self) -> float:
        """The mean length of a text in stems, over all documents."""
        return self._reader.field_length("stem") / (self.documents or 1)

    def longest_text(self, stem: str) -> int:
        """Stems of the longest text with a stem, as scored; 0 if no text has it."""
        longest = 0
        for segment in self._reader.segments:
            view = segment.fields["stem"]
            rank = view.rank(stem.encode())
            codes = view.postings(rank).codes if rank >= 0 else None
            if codes is not None:
                longest = max(longest, int(LENGTH_BY_CODE[int((codes & 255).max())]))
        return longest

    def exact_views(self) -> Iterator[FieldPostings]:
        """The dictionaries of exact forms, segment by segment."""
        for segment in self._reader.segments:
            for field in prefix.EXACT_FIELDS:
                yield segment.fields[field]

    def starting_with(self, folded: str) -> Counter[str]:
        """Exact terms whose folded form starts with a prefix, and their document frequencies."""
        return prefix.starting_with(self._reader, folded)

    def fitting(self, pattern: str) -> Counter[str]:
        """Exact terms whose folded form fits a pattern with ``?`` and ``*``; with frequencies."""
        return wildcard.fitting(self._reader, pattern)

    def commonest_starting_with(self, folded: str, most: int) -> tuple[int, dict[str, int]]:
        """How many terms :meth:`starting_with` gives, and the ``most`` commonest, at distance 0."""
        return prefix.commonest_starting_with(self._reader, folded, most, self._finder)

    def commonest_completions(self, folded: str, most: int) -> dict[str, int]:
        """The ``most`` commonest exact terms that start with a word that is being typed."""
        return prefix.commonest_completions(self._reader, folded, most, self._finder)

    def near(self, term: Term, distance: int) -> dict[str, int]:
        """Exact terms within an edit distance of a word, with their distance."""
        return fuzzy.near(self._reader, term, distance, self._finder)

    def relatives(self, term: Term) -> dict[str, float]:
        """Exact terms of texts that share most n-grams with a word and begin like it.

        With their similarity; those within one edit of the word are left out.
        """

        def accepts(exact: str) -> bool:
            folded = fold(exact)
            alike = ngram_similarity.begin_alike(term.folded, folded)
            return alike and not within_one_edit(term.folded, folded)

        found: dict[str, float] = {}
        for segment in self._reader.segments:
            found |= ngram_similarity.similar_terms(segment.fields["exact"], term.exact, accepts)
        return found

    def plausible(self, words: Mapping[str, Number]) -> dict[str, Number]:
        """Those of some exact terms that a document without doubtful words has."""
        if not self.document_frequency("doubtful", DOUBTFUL):
            return dict(words)
        segments = self._reader.segments
        doubtful = [set(segment.document_numbers("doubtful", DOUBTFUL)) for segment in segments]
        return {
            word: value
            for word, value in words.items()
            if any(
                not numbers.issuperset(segment.document_numbers(field, word))
                for segment, numbers in zip(segments, doubtful, strict=True)
                for field in prefix.EXACT_FIELDS
            )
        }

    def common(self, low: str, high: str) -> Iterator[str]:
        """The commonest terms from ``low`` up to ``high``."""
        return common_terms.common(self._reader, low, high)

    def nearest(self, word: str) -> list[str]:
        """Common terms a letter or two from a word, the nearest first."""
        return common_terms.nearest(self._reader, word)
