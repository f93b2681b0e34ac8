"""The second stage of ranking over any length of n-grams, for the sweeps of its constants.

The first hits of ``searcher.rank`` are scored by BM25 over the n-grams of their words, as
``search/ranking/rerank.py`` does it. Here the n-grams are computed from the texts, so that
other lengths and English words can be tried, which an index does not store.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from index.analysis import analyze
from search.options import Options
from search.ranking import bm25
from search.ranking.rerank import Ranked
from search.searcher import Searcher
from tests.evaluation.first_stage import Array
from tests.evaluation.judged_collections import ENGLISH, read_grades, read_queries
from tests.evaluation.sweeps import dcg

LENGTHS = (3, 4, 5)
"""Letters of an n-gram."""
MAX_DEPTH = 200
"""Number of hits that can be reordered."""

FoldedWords = dict[str, None]
"""The folded words of a text that are not stop words, each once."""


@dataclass(frozen=True, slots=True)
class JudgedQuery:
    """A judged query: its first hits, their scores by n-grams, and their grades."""

    ranked: Ranked
    shared: dict[int, Array]
    """Letters of an n-gram → score of each hit."""
    gains: dict[int, int]
    """Document number → grade."""
    ideal: float
    """The highest possible DCG@10."""


def read(folder: Path, searcher: Searcher, lengths: Sequence[int] = LENGTHS) -> list[JudgedQuery]:
    """Answer the judged queries of a collection by the first stage."""
    language = "en" if folder.name in ENGLISH else "ar"
    stored = [searcher._reader.stored(number) for number in range(searcher._reader.count)]
    numbers = {document["id"]: number for number, document in enumerate(stored)}
    texts = [words(f"{document['title']}\n{document['text']}", language) for document in stored]
    scorers = {length: NgramScorer(texts, length) for length in lengths}
    grades, options = read_grades(folder), Options(limit=MAX_DEPTH, plain=True)
    judged = []
    for query in read_queries(folder):
        if query.id in grades:
            hits = searcher.rank(query.text, replace(options, second_stage=False))
            ranked = [(numbers[name], score) for name, score in hits]
            terms, documents = words(query.text, language), [number for number, _ in ranked]
            shared = {length: scorer.scores(terms, documents) for length, scorer in scorers.items()}
            gains = {numbers[name]: grade for name, grade in grades[query.id].items()}
            ideal = dcg(sorted(gains.values(), reverse=True))
            judged.append(JudgedQuery(ranked, shared, gains, ideal))
    return judged


def words(text: str, language: str) -> FoldedWords:
    """Return the words of one language; the second stage counts a word once."""
    terms = (token.term for token in analyze(text))
    return dict.fromkeys(t.folded for t in terms if t.stem is not None and t.language == language)


def ngrams(word: str, length: int) -> list[str]:
    """Return the n-grams of a word; ``_`` marks its start and its end."""
    edged = f"_{word}_"
    return [edged[at : at + length] for at in range(len(edged) - length + 1)]


class NgramScorer:
    """BM25 over the n-grams of documents' words."""

    def __init__(self, documents: Sequence[FoldedWords], length: int) -> None:
        self._length = length
        self._counts = [
            Counter(ngram for word in words for ngram in ngrams(word, length))
            for words in documents
        ]
        self._totals = Counter(ngram for counts in self._counts for ngram in counts.elements())
        self._sizes = np.array([counts.total() for counts in self._counts], np.float64)
        self._average = float(self._sizes[self._sizes > 0].mean()) if self._totals else 1.0

    def scores(self, words: FoldedWords, documents: Sequence[int]) -> Array:
        """float64: the score of each document for the words of a query."""
        total = np.zeros(len(documents))
        sizes = self._sizes[documents]
        for ngram in {ngram for word in words for ngram in ngrams(word, self._length)}:
            tf = np.array([self._counts[number][ngram] for number in documents], np.float64)
            frequency = min(self._totals[ngram], len(self._counts))
            inverse = bm25.idf(len(self._counts), float(frequency))
            total += bm25.bm25(tf, sizes, self._average, inverse)
        return total
