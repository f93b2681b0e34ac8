"""CompiledSearch: queries over all segments of an index in one call of the kernel."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from ctypes import addressof, c_char_p, c_int32, c_uint32, c_uint64, c_void_p
from typing import Any, NamedTuple

import numpy as np

from index.codec.segment_reader import IndexReader
from index.codec.word_finder import Beginnings, CommonWords, NearWord
from index.kernel.library import function
from search.execution.compiled_positions import term_places
from search.execution.compiled_words import words_beginning, words_near
from search.execution.kernel_addresses import IndexAddresses, UnknownArrays
from search.execution.kernel_encoding import EncodedTerms, Encoder
from search.execution.kernel_layout import MAX_HITS, Postings
from search.execution.kernel_memory import HIT, working_memory
from search.kernels.ranked_documents import DocumentScore
from search.kernels.scored_postings import Array, ScoredPostings
from search.query.node import Query
from search.query.query_terms import FieldTerm
from search.ranking.statistics import CollectionStatistics

Given = Callable[[Query], Sequence[ScoredPostings]]
"""Answers a node by arrays: the documents of each segment, with their scores."""


class Program(NamedTuple):
    """An encoded query."""

    code: bytes
    given: Any
    """Structures of the documents that arrays found: of each node, one for each segment."""
    kept: Sequence[Array]
    """The arrays whose addresses these hold."""


class CompiledSearch:
    """Runs encoded queries over an index. Raises UnknownArrays."""

    def __init__(self, reader: IndexReader, statistics: CollectionStatistics) -> None:
        self._addresses = IndexAddresses(reader, statistics)
        self._terms = EncodedTerms(self._addresses)
        self._search, self._documents = _functions()
        self._memory = working_memory()
        self._index = self._addresses.index
        self._memory.lend_to(self._index)
        self._at = addressof(self._index)

    @classmethod
    def over(cls, reader: IndexReader, statistics: CollectionStatistics) -> CompiledSearch | None:
        """The search of an index; None if numpy does the work."""
        if _functions()[0] is None or not reader.segments:
            return None
        try:
            return cls(reader, statistics)
        except UnknownArrays:
            return None

    def encoded(self, query: Query, given: Given) -> Program | None:
        """A query for :meth:`best` and :meth:`documents`; None if numpy has to answer it."""
        encoder = Encoder(self._terms)
        try:
            code = encoder.encode(query)
        except (UnknownArrays, KeyError, RecursionError):
            return None
        if not encoder.given:
            return Program(code, None, ())
        found = [postings for node in encoder.given for postings in given(node)]
        return Program(code, *_located(found))

    def best(self, program: Program, count: int) -> list[DocumentScore] | None:
        """The best documents with their scores; None if numpy has to find them."""
        if count > MAX_HITS:
            return None
        memory = self._memory
        with memory.lock:
            self._give(program)
            found = self._search(self._at, program.code, len(program.code), count)
            if found < 0:
                return None
            return list(HIT.iter_unpack(memory.hits[: found * HIT.size]))

    def documents(self, program: Program, segment: int) -> Array | None:
        """The live documents of a segment that match: uint16, ascending; None as above."""
        memory = self._memory
        with memory.lock:
            self._give(program)
            found = self._documents(self._at, program.code, len(program.code), segment)
            return None if found < 0 else memory.found[:found].copy()

    def words_beginning(self, wanted: Beginnings, most: int) -> CommonWords | None:
        """The commonest words of the index that begin so; None if Python has to find them."""
        return words_beginning(self._addresses, self._memory, wanted, most)

    def words_near(self, wanted: NearWord) -> list[str] | None:
        """The words within one edit; None as above."""
        return words_near(self._addresses, self._memory, wanted)

    def positions(
        self, terms: Sequence[FieldTerm], numbers: Sequence[int]
    ) -> list[list[int]] | None:
        """The ascending positions of any of the terms in ascending documents; None as above."""
        return term_places(self._addresses, self._terms, self._memory, terms, numbers)

    def _give(self, program: Program) -> None:
        index = self._index
        if program.given is None:
            index.given_count = 0
        else:
            index.given = addressof(program.given)
            index.given_count = len(program.given) // index.segment_count


def _functions() -> tuple[Any, Any]:
    arguments = (c_void_p, c_char_p, c_uint64)
    return (
        function("dalil_search", c_int32, *arguments, c_uint32),
        function("dalil_documents", c_int32, *arguments, c_uint64),
    )


def _located(found: Sequence[ScoredPostings]) -> tuple[Any, list[Array]]:
    structures, kept = (Postings * len(found))(), []
    for each, postings in zip(structures, found, strict=True):
        documents = np.ascontiguousarray(postings.documents)
        scores = np.ascontiguousarray(postings.scores(), np.float64)
        kept += [documents, scores]
        each.documents, each.scores = documents.ctypes.data, scores.ctypes.data
        each.weight, each.count = 1.0, len(documents)
        each.bound = float(scores.max(initial=0.0))
    return structures, kept
