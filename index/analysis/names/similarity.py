"""How much words sound like one name: one word compared with many at once."""

from __future__ import annotations

import numpy as np

from index.analysis.names.phoneme_codes import Forms, PhonemeCodes, codes_of, forms_in
from index.analysis.names.phonology import Array, Phonology, phonology


def similarity(one: str, other: str, rules: Phonology | None = None) -> float:
    """From 0 to 1: how well two exact words, of either script, pass for one name.

    It is 1 minus the cheapest way to turn the sounds of one into those of the other,
    as a share of their mean weight; the forms that lie nearest to each other count.
    Symmetric, and 1 for a word and itself.
    """
    if one == other:
        return 1.0
    rules = rules or phonology()
    return float(similarities(one, codes_of([other], rules), rules)[0])


def similarities(word: str, others: PhonemeCodes, rules: Phonology | None = None) -> Array:
    """float64: the same of an exact word and each of some others."""
    rules = rules or phonology()
    own, compared = codes_of([word], rules), _Compared(others, rules)
    best = np.zeros(len(others.starts) - 1)
    if not len(compared.forms.words):
        return best
    mine = forms_in(own)
    nearest = np.zeros(len(compared.forms.words))
    for begin, length, cost in zip(*(each.tolist() for each in mine[1:]), strict=True):
        letters = own.letters[begin : begin + length]
        np.maximum(nearest, compared.nearness(letters, cost), out=nearest)
    words = compared.forms.words
    firsts = np.append(0, (words[1:] != words[:-1]).nonzero()[0] + 1)
    best[words.take(firsts)] = np.maximum.reduceat(nearest, firsts)
    return best


class _Compared:
    """The words to which one is compared, made ready once."""

    def __init__(self, sounds: PhonemeCodes, rules: Phonology) -> None:
        self.forms: Forms = forms_in(sounds)
        self._rules, self._letters = rules, sounds.letters
        self._order = (-self.forms.lengths).argsort(kind="stable")
        """The longest forms first: those that have ended are at the end."""
        lengths = self.forms.lengths.take(self._order)
        self._begins = self.forms.begins.take(self._order)
        longest = int(lengths.max(initial=0))
        self._left = [int((lengths > n).sum()) for n in range(longest)]
        """How many forms have so many sounds and one more."""
        self._weights = np.zeros(len(lengths), np.int64)
        if len(lengths):
            weights = rules.weights.take(sounds.letters)
            self._weights = np.add.reduceat(weights, self.forms.begins, dtype=np.int64)

    def nearness(self, letters: Array, cost: int) -> Array:
        """float64: the similarity of one form of the word and each form of the others."""
        mean = (self._weights + self._rules.weights.take(letters).sum(dtype=np.int64)) / 2
        away = np.empty(len(mean), np.int64)
        away[self._order] = self._distances(letters)
        with np.errstate(invalid="ignore", divide="ignore"):
            near = 1 - np.abs(self.forms.costs - cost) / 100 - away / mean
        found: Array = np.where(mean > 0, near, 0.0).round(6).clip(0.0, 1.0)
        return found

    def _distances(self, letters: Array) -> Array:
        """The cheapest alignment with each form, the longest first, in hundredths.

        Row by row of the alignment as Needleman and Wunsch have it (Journal of Molecular
        Biology 48, 1970), a sound of every form a row. What is left out of the word runs
        along a row: with the gaps before it taken off, it is the least so far.
        """
        rules = self._rules
        gaps = np.append(0, rules.gaps.take(letters).cumsum())[:, None].astype(np.int16)
        costs = rules.costs.take(letters, axis=0)
        row = np.repeat(gaps, len(self._begins), axis=1)
        for n, left in enumerate(self._left):
            sounds = self._letters.take(self._begins[:left] + n)
            before = row[:, :left]
            new = before + rules.gaps.take(sounds)
            np.minimum(new[1:], before[:-1] + costs.take(sounds, axis=1), out=new[1:])
            new -= gaps
            np.minimum.accumulate(new, axis=0, out=new)
            new += gaps
            row[:, :left] = new
        found: Array = row[-1]
        return found
