"""Compare the pronunciations of a word with those of many candidates at once."""

from __future__ import annotations

import numpy as np

from index.analysis.names.phoneme_codes import (
    PhonemeCodes,
    PronunciationArrays,
    encode_words,
    locate_pronunciations,
)
from index.analysis.names.phonology import Array, Phonology, phonology


def similarity(word: str, other: str, rules: Phonology | None = None) -> float:
    """Return from 0 to 1 how well two exact words, of either script, are spellings of one name.

    It is 1 minus the cost of the cheapest alignment of their phonemes, as a share of their
    mean weight; the most similar pair of pronunciations counts. Symmetric, and 1 for equal
    words.
    """
    if word == other:
        return 1.0
    rules = rules or phonology()
    return float(similarities(word, encode_words([other], rules), rules)[0])


def similarities(word: str, others: PhonemeCodes, rules: Phonology | None = None) -> Array:
    """Return the similarity of an exact word to each of the others: float64, one for each."""
    rules = rules or phonology()
    own, candidates = encode_words([word], rules), _Candidates(others, rules)
    best = np.zeros(len(others.starts) - 1)
    words = candidates.pronunciations.words
    if not len(words):
        return best
    nearest = np.zeros(len(words))
    located = locate_pronunciations(own)
    for begin, length, cost in zip(*(each.tolist() for each in located[1:]), strict=True):
        phonemes = own.codes[begin : begin + length]
        np.maximum(nearest, candidates.similarities(phonemes, cost), out=nearest)
    firsts = np.append(0, (words[1:] != words[:-1]).nonzero()[0] + 1)
    best[words.take(firsts)] = np.maximum.reduceat(nearest, firsts)
    return best


class _Candidates:
    """The pronunciations of the candidates, prepared for comparison with several others."""

    def __init__(self, encoded: PhonemeCodes, rules: Phonology) -> None:
        self.pronunciations: PronunciationArrays = locate_pronunciations(encoded)
        self._rules, self._codes = rules, encoded.codes
        begins, lengths = self.pronunciations.begins, self.pronunciations.lengths
        self._order = (-lengths).argsort(kind="stable")
        """The longest pronunciations first, so that those that have ended are last."""
        ordered = lengths.take(self._order)
        self._begins = begins.take(self._order)
        self._longer = [int((ordered > n).sum()) for n in range(int(ordered.max(initial=0)))]
        """Number of pronunciations with more than ``n`` phonemes, by ``n``."""
        self._weights = np.zeros(len(lengths), np.int64)
        if len(lengths):
            weights = rules.weights.take(encoded.codes)
            self._weights = np.add.reduceat(weights, begins, dtype=np.int64)

    def similarities(self, phonemes: Array, cost: int) -> Array:
        """Return the similarity of one pronunciation to each of the candidates': float64."""
        mean = (self._weights + self._rules.weights.take(phonemes).sum(dtype=np.int64)) / 2
        distances = np.empty(len(mean), np.int64)
        distances[self._order] = self._distances(phonemes)
        with np.errstate(invalid="ignore", divide="ignore"):
            near = 1 - np.abs(self.pronunciations.costs - cost) / 100 - distances / mean
        clipped: Array = np.where(mean > 0, near, 0.0).round(6).clip(0.0, 1.0)
        return clipped

    def _distances(self, phonemes: Array) -> Array:
        """Return the cost of the cheapest alignment with each pronunciation, longest first.

        int16, in hundredths. The rows of the alignment are those of Needleman and Wunsch
        (Journal of Molecular Biology 48, 1970): one row for each position, computed for all
        candidates together. Gaps in the word run along a row: with the gap costs up to each
        column subtracted, the cheapest is a running minimum.
        """
        rules = self._rules
        gaps = np.append(0, rules.gap_costs.take(phonemes).cumsum())[:, None].astype(np.int16)
        costs = rules.substitution_costs.take(phonemes, axis=0)
        row = np.repeat(gaps, len(self._begins), axis=1)
        for n, count in enumerate(self._longer):
            column = self._codes.take(self._begins[:count] + n)
            before = row[:, :count]
            new = before + rules.gap_costs.take(column)
            np.minimum(new[1:], before[:-1] + costs.take(column, axis=1), out=new[1:])
            new -= gaps
            np.minimum.accumulate(new, axis=0, out=new)
            new += gaps
            row[:, :count] = new
        last: Array = row[-1]
        return last
