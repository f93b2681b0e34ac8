"""The second stage of ranking: of the first hits, those that share most letters come first.

A stem misses what a broken plural, an infix or a particle has changed; the four letters
in a row that two words share do not. So the first :data:`DEPTH` hits are scored once
more, by BM25 over the grams (``index.codec.ngrams``) of the query's Arabic words, and
that is added to what they scored. English words have no part in it: over all English
collections it gains nothing (``tests/evaluation/stages.py``).

What a hit holds comes from the index's forward lists, so that the cost is that of a
hundred hits, however large the index is. A word counts once in a hit.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from whoosh.searching import Searcher as WhooshSearcher

from index.codec.array_file import ArrayFile
from index.codec.forward_index import ForwardIndex
from index.codec.ngrams import STARTS_PER_WORD, join_pairs, letter_pairs, word_ngrams
from search.kernels.ranked_documents import DocumentScore, Ranked
from search.kernels.scored_postings import Array
from search.query.query_terms import MatchTarget
from search.ranking.bm25 import GRAM_WEIGHT, bm25, idf

DEPTH = 100
"""Hits that are ranked once more; the order of all others stays."""
LEAST = 0.75
"""Of what hits share on average, what each is taken to share. Measured with names on: without
it quranqa23 has .329, with .5 .331, with .75 .335; the other Arabic collections do not care."""


class Shared(NamedTuple):
    """What some documents share with a query."""

    frequencies: Array
    """int64, documents by grams: how many words of a document have a gram."""
    lengths: Array
    """Unsigned, a document each: the grams of all its words."""


def words_of(targets: Iterable[MatchTarget]) -> list[str]:
    """The Arabic words that a query looks for by their stems, folded; each once.

    Words of phrases are not among them, for every hit has those as they are.
    """
    slots = [t.slots[0] for t in targets if t.in_body and len(t.slots) == 1]
    return list(
        dict.fromkeys(
            slot.term.folded
            for slot in slots
            if slot.term.language == "ar"
            and slot.weakest_kind == "stem"
            and slot.leaves[0][0] == "stem"
        )
    )


def reordered(
    ranked: Sequence[DocumentScore], shared: Array, weight: float = GRAM_WEIGHT
) -> list[DocumentScore]:
    """The hits by both stages together; equal ones stay as they were.

    ``shared`` is what each scores by grams. A hit that has none of the query's grams
    answers it in another script or by another name: it is taken for one that shares as
    much as the others do on average, so that it is not pushed down. One that has few may
    have them by accident, and is taken for :data:`LEAST` of that.
    """
    first = np.array([score for _, score in ranked])
    some = shared > 0
    if not some.any() or not first[some].sum():
        return list(ranked)
    usual = shared[some].sum() / first[some].sum()
    expected = usual * first
    added = np.where(some, np.maximum(shared, LEAST * expected), expected)
    scores = (first + weight * added).round(9)
    order = np.argsort(-scores, kind="stable").tolist()
    return [(ranked[place][0], float(scores[place])) for place in order]


class Reranker:
    """The second stage over an index."""

    def __init__(self, searcher: WhooshSearcher) -> None:
        leaves = [(one, at) for one, at in searcher.leaf_searchers() if one.doc_count_all()]
        self._offsets = np.array([at for _, at in leaves], np.int64)
        self._parts = [_Part(one.reader()._terms.file) for one, _ in leaves]
        self._documents = int(searcher.doc_count_all())

    def rerank(self, ranked: Ranked, targets: Iterable[MatchTarget]) -> Ranked:
        """All hits, the first of them in their new order. Raises IndexCorrupt."""
        words = words_of(targets)
        each = {gram for word in words for gram in word_ngrams(word)}
        grams = np.array(sorted(each), np.uint32)  # np.unique would import numpy.ma for it
        if not len(grams) or len(ranked) < 2:
            return ranked
        numbers = np.array([number for number, _ in ranked[:DEPTH]])
        scores = self.scores(grams, numbers)
        return reordered(ranked[:DEPTH], scores) + ranked[DEPTH:]

    def scores(self, grams: Array, numbers: Array) -> Array:
        """float64: what documents score by grams, which ascend."""
        frequencies = np.zeros((len(numbers), len(grams)), np.int64)
        lengths = np.zeros(len(numbers), np.int64)
        part_of = self._offsets.searchsorted(numbers, "right") - 1
        for n in sorted(set(part_of.tolist())):
            rows = (part_of == n).nonzero()[0]
            found = self._parts[n].shared(grams, numbers[rows] - self._offsets[n])
            frequencies[rows], lengths[rows] = found
        inverse = idf(self._documents, self._held(grams))
        scores: Array = bm25(frequencies, lengths[:, None], self._average, 1.0) @ inverse
        return scores

    def _held(self, grams: Array) -> Array:
        """float64: how many documents hold each gram, about."""
        found = sum(part.counts_of(grams) for part in self._parts)
        return np.minimum(found, float(self._documents))

    @cached_property
    def _average(self) -> float:
        """The mean length, in grams, of the documents that have any."""
        lengths = [part.words.lengths for part in self._parts]
        total = sum(int(each.sum(dtype=np.int64)) for each in lengths)
        return total / (sum(map(np.count_nonzero, lengths)) or 1) or 1.0


@dataclass
class _Part:
    """The second stage over one segment."""

    file: ArrayFile

    @cached_property
    def words(self) -> ForwardIndex:
        return ForwardIndex(self.file)

    def counts_of(self, grams: Array) -> Array:
        """float64: how many documents hold each gram, summed over the words that have it.

        1 where the segment does not list it, for it lists none that one document holds.
        """
        keys, counts = self.file["grams/keys"], self.file["grams/counts"]
        if not len(keys):
            return np.ones(len(grams))
        at = np.minimum(keys.searchsorted(grams), len(keys) - 1)
        return np.where(keys.take(at) == grams, counts.take(at), 1.0)

    def shared(self, grams: Array, documents: Array) -> Shared:
        """What documents of the segment share with a query."""
        owners, letters = self.words.letters(documents)
        words, gram = found_in(letters, grams)
        cells = owners.take(words) * len(grams) + gram
        table = np.bincount(cells, minlength=len(documents) * len(grams))
        return Shared(table.reshape(len(documents), len(grams)), self.words.lengths.take(documents))


def found_in(letters: Array, grams: Array) -> tuple[Array, Array]:
    """Which words have which of the ascending grams: numbers of either, by word.

    Most places are ruled out by either half of what begins there, looked up in a table;
    what is left is compared.
    """
    first, last = letter_pairs(letters)
    known = np.zeros((2, 1 << 16), bool)
    known[0, grams >> 16] = True
    known[1, grams & 0xFFFF] = True
    at = known[0].take(first).nonzero()[0]
    at = at[known[1].take(last.take(at))]
    keys = join_pairs(first.take(at), last.take(at))
    gram = np.minimum(grams.searchsorted(keys), len(grams) - 1)
    same = (grams.take(gram) == keys).nonzero()[0]
    return at.take(same) // STARTS_PER_WORD, gram.take(same)
