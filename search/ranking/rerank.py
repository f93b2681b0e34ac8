"""The second stage of ranking: the first hits once more, by the n-grams they share with the query.

A stem misses what a broken plural, an infix or a particle has changed; four letters in a
row that two words share do not. So the first :data:`DEPTH` hits are scored once more, by
BM25 over the n-grams (``index.codec.ngrams``) of the query's Arabic words, and that is
added to their score. English words have no part in it: over all English collections it
gains nothing (``tests/evaluation/stages.py``).

The words of a hit come from the index's forward lists, so that the cost is that of a
hundred hits, however large the index is. A word counts once in a hit.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np

from index.codec.ngrams import STARTS_PER_WORD, join_pairs, letter_pairs, word_ngrams
from index.codec.segment_reader import IndexReader, SegmentReader
from search.kernels.ranked_documents import DocumentScore, Ranked
from search.kernels.scored_postings import Array
from search.query.query_terms import MatchTarget
from search.ranking.bm25 import NGRAM_WEIGHT, bm25, idf

DEPTH = 100
"""Hits that are ranked once more; the order of all others stays."""
MIN_SHARE = 0.75
"""Share of the average n-gram score that every hit is taken to have. Measured with names on:
without it quranqa23 has .329, with .5 .331, with .75 .335; the other Arabic collections stay."""


def words_of(targets: Iterable[MatchTarget]) -> list[str]:
    """The Arabic words that a query looks up by their stems, folded, each once.

    Words of phrases are not among them, for every hit has those as they are.
    """
    terms = [t.terms[0] for t in targets if t.in_body and len(t.terms) == 1]
    return list(
        dict.fromkeys(
            each.term.folded
            for each in terms
            if each.term.language == "ar"
            and each.weakest_kind == "stem"
            and each.field_terms[0][0] == "stem"
        )
    )


def reordered(
    ranked: Sequence[DocumentScore], ngram_scores: Array, weight: float = NGRAM_WEIGHT
) -> list[DocumentScore]:
    """The hits by both stages together; equal ones keep their order.

    ``ngram_scores`` are float64, one a hit. A hit that has none of the query's n-grams
    matches in another script or by another name: it is taken to share as much as the
    others do on average, so that it is not pushed down. One that has few may have them by
    accident, and is taken to have :data:`MIN_SHARE` of that.
    """
    first = np.array([score for _, score in ranked])
    sharing = ngram_scores > 0
    if not sharing.any() or not first[sharing].sum():
        return list(ranked)
    usual = ngram_scores[sharing].sum() / first[sharing].sum()
    expected = usual * first
    added = np.where(sharing, np.maximum(ngram_scores, MIN_SHARE * expected), expected)
    scores = (first + weight * added).round(9)
    order = np.argsort(-scores, kind="stable").tolist()
    return [(ranked[place][0], float(scores[place])) for place in order]


class Reranker:
    """The second stage over an index."""

    def __init__(self, reader: IndexReader) -> None:
        self._reader = reader

    def rerank(self, ranked: Ranked, targets: Iterable[MatchTarget]) -> Ranked:
        """All hits, the first of them in their new order. Raises IndexCorrupt."""
        words = words_of(targets)
        each = {ngram for word in words for ngram in word_ngrams(word)}
        ngrams = np.array(sorted(each), np.uint32)  # np.unique would import numpy.ma for it
        if not len(ngrams) or len(ranked) < 2:
            return ranked
        numbers = np.array([number for number, _ in ranked[:DEPTH]])
        scores = self.scores(ngrams, numbers)
        return reordered(ranked[:DEPTH], scores) + ranked[DEPTH:]

    def scores(self, ngrams: Array, numbers: Array) -> Array:
        """The scores of documents by ascending n-grams (uint32): float64."""
        frequencies = np.zeros((len(numbers), len(ngrams)), np.int64)
        lengths = np.zeros(len(numbers), np.int64)
        segment_of = self._reader.offsets.searchsorted(numbers, "right") - 1
        for n in sorted(set(segment_of.tolist())):
            rows = (segment_of == n).nonzero()[0]
            segment = self._reader.segments[n]
            local = numbers[rows] - self._reader.offsets[n]
            frequencies[rows] = ngram_frequencies(segment, ngrams, local)
            lengths[rows] = segment.forward_index.lengths.take(local)
        inverse = idf(self._reader.count, self._document_frequencies(ngrams))
        scores: Array = bm25(frequencies, lengths[:, None], self._average_length, 1.0) @ inverse
        return scores

    def _document_frequencies(self, ngrams: Array) -> Array:
        """About how many documents have each n-gram: float64."""
        found = sum(segment.ngram_frequencies(ngrams) for segment in self._reader.segments)
        return np.minimum(found, float(self._reader.count))

    @cached_property
    def _average_length(self) -> float:
        """The mean length, in n-grams, of the documents that have any."""
        lengths = [segment.forward_index.lengths for segment in self._reader.segments]
        total = sum(int(each.sum(dtype=np.int64)) for each in lengths)
        return total / (sum(map(np.count_nonzero, lengths)) or 1) or 1.0


def ngram_frequencies(segment: SegmentReader, ngrams: Array, documents: Array) -> Array:
    """How many words of each document have each n-gram: int64, documents by n-grams."""
    owners, letters = segment.forward_index.letters(documents)
    words, ngram = found_in(letters, ngrams)
    cells = owners.take(words) * len(ngrams) + ngram
    table = np.bincount(cells, minlength=len(documents) * len(ngrams))
    return table.reshape(len(documents), len(ngrams))


def found_in(letters: Array, ngrams: Array) -> tuple[Array, Array]:
    """Which words have which of the ascending n-grams: the numbers of both, by word.

    Most places are ruled out by either half of what begins there, looked up in a table;
    what is left is compared.
    """
    first, last = letter_pairs(letters)
    known = np.zeros((2, 1 << 16), bool)
    known[0, ngrams >> 16] = True
    known[1, ngrams & 0xFFFF] = True
    at = known[0].take(first).nonzero()[0]
    at = at[known[1].take(last.take(at))]
    keys = join_pairs(first.take(at), last.take(at))
    ngram = np.minimum(ngrams.searchsorted(keys), len(ngrams) - 1)
    same = (ngrams.take(ngram) == keys).nonzero()[0]
    return at.take(same) // STARTS_PER_WORD, ngram.take(same)
