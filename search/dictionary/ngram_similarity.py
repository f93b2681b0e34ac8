"""Terms of a field that share most of their n-grams with a word of the query.

Finds what has neither the stem of the word nor an edit distance of one or two: a broken
plural, a longer form. The measure is Dice's coefficient.

The terms of a field are one array of bytes. It is scanned for a few letter pairs of the word,
chosen so that each of its n-grams contains one of them, and the n-grams are compared only
around these.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

import numpy as np

from index.analysis import stemmer
from index.analysis.script import language_of
from index.codec.array_file import Array
from index.codec.postings import FieldPostings
from search.dictionary.word_ngrams import NGram, covering_pairs, ngrams

MIN_SIMILARITY = 0.5
"""Dice's coefficient; below it words have little to do with each other."""
MAX_SIMILAR_TERMS = 8
"""Terms that are returned for a word: the most similar."""
MIN_COMMON_SHARE = 0.6
"""Share of the longer word with which two related words begin alike. Below it hardly a pair is
related, and misspelled words seldom need it: see ``tests/evaluation/strangers.py``."""
_MIN_COMMON = {"ar": 3, "": 4}
"""Letters with which two related words begin alike at least, by script."""
_MIN_LENGTH = 4
"""Letters of a word that has similar terms; a shorter one has no n-gram without an edge."""
_ARABIC = (b"\xd8", b"\xdc")
"""Lower and upper bound of Arabic terms; terms in other letters come before them."""
_BLOCK_SIZE = 1 << 16
"""Pairs that are compared at a time: with ten times as many it takes twice as long."""
_PAIR_TYPE: dict[int, type[np.unsignedinteger[Any]]] = {1: np.uint16, 2: np.uint32}
"""Bytes of a letter → the dtype of a letter pair as one number."""


def begin_alike(word: str, other: str) -> bool:
    """Whether two folded words begin alike, Arabic ones behind conjunction and article.

    >>> begin_alike("government", "governance"), begin_alike("government", "discernment")
    (True, False)
    """
    arabic = language_of(word) == "ar"
    if arabic:
        word, other = stemmer.strip_prefixes(word), stemmer.strip_prefixes(other)
    least = max(_MIN_COMMON["ar" if arabic else ""], MIN_COMMON_SHARE * max(len(word), len(other)))
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(word, other, strict=False))
    return len(list(alike)) >= least


def similar_terms(
    view: FieldPostings, word: str, accepts: Callable[[str], bool] = bool
) -> dict[str, float]:
    """Return accepted terms of a field with their similarity, the most similar first.

    The similarity is from :data:`MIN_SIMILARITY` to 1.
    """
    if len(word) < _MIN_LENGTH:
        return {}
    own = ngrams(word)
    # A term that shares fewer n-grams cannot be similar enough.
    min_shared = MIN_SIMILARITY * len(own) / (2 - MIN_SIMILARITY)
    similarities = {}
    for rank in _ranks_sharing(view, word, min_shared):
        term = view.term(rank).decode()
        similarity = 2 * len(own & (others := ngrams(term))) / (len(own) + len(others))
        if similarity >= MIN_SIMILARITY and term != word and accepts(term):
            similarities[term] = similarity
    ordered = sorted(similarities.items(), key=lambda pair: (-pair[1], pair[0]))
    return dict(ordered[:MAX_SIMILAR_TERMS])


def _ranks_sharing(view: FieldPostings, word: str, min_shared: float) -> Iterator[int]:
    """Yield the ranks of the terms that share at least ``min_shared`` n-grams with a word."""
    terms, letters = _terms_in_script_of(view, word), word.encode()
    pairs = covering_pairs(word, terms.width)
    numbers = [terms.pair_number(letters[pair.at :]) for pair in pairs]
    offsets = terms.find_pairs(numbers)
    found = terms.pairs_at(offsets)
    shared = np.zeros(len(terms.starts) - 1, np.uint8)
    for pair, number in zip(pairs, numbers, strict=True):
        word_offsets = offsets[found == number] - pair.at
        for ngram in pair.ngrams:
            shared[terms.containing(ngram, word_offsets + ngram.at)] += 1
    yield from (np.flatnonzero(shared >= min_shared) + terms.first_rank).tolist()


@dataclass(frozen=True, slots=True)
class _TermBytes:
    """The terms of one script in a field, concatenated, to be searched by letter pairs."""

    blob: Array
    """uint8: the UTF-8 of all terms."""
    starts: Array
    """int64: the offset of each term in the blob, then the end of the last."""
    first_rank: int
    """The rank of the first term."""
    width: int
    """Bytes of a letter; every term starts at a multiple of it."""

    def pair_number(self, letters: bytes) -> int:
        """Return the first letter pair as one number."""
        return int(np.frombuffer(letters, _PAIR_TYPE[self.width], 1)[0])

    def pairs_at(self, offsets: Array) -> Array:
        """Return the letter pairs at some offsets, as numbers."""
        size = 2 * self.width
        # Overlapping rows of bytes: indexing copies a whole row at a time.
        rows = np.ndarray((max(len(self.blob) - size + 1, 0),), f"V{size}", self.blob, 0, (1,))
        pairs: Array = rows[offsets].view(_PAIR_TYPE[self.width])
        return pairs

    def find_pairs(self, numbers: Sequence[int]) -> Array:
        """Return the offsets of some letter pairs: int64."""
        size, offsets = 2 * self.width, []
        for start in range(0, size, self.width):
            whole = max(len(self.blob) - start, 0) // size * size
            pairs = self.blob[start : start + whole].view(_PAIR_TYPE[self.width])
            offsets.append(np.flatnonzero(_are_among(pairs, numbers)) * size + start)
        return np.concatenate(offsets)

    def containing(self, ngram: NGram, offsets: Array) -> Array:
        """Return the indices of the terms that contain an n-gram at one of some offsets: int64."""
        size, length = 2 * self.width, len(ngram.letters)
        offsets = offsets[(offsets >= 0) & (offsets + length <= len(self.blob))]
        for at in (*range(0, length - size, size), length - size):
            offsets = offsets[self.pairs_at(offsets + at) == self.pair_number(ngram.letters[at:])]
        indices = self.starts.searchsorted(offsets, "right") - 1
        starts, ends = self.starts[indices], self.starts[indices + 1]
        matching = offsets + length <= ends
        if ngram.first:
            matching &= offsets == starts
        if ngram.last:
            matching &= offsets + length == ends
        containing: Array = indices[matching]
        return containing


def _are_among(pairs: Array, numbers: Sequence[int]) -> Array:
    """Tell which letter pairs are among ``numbers``: bool. Blocks that fit the processor cache."""
    flags = np.zeros(len(pairs), bool)
    for start in range(0, len(pairs), _BLOCK_SIZE):
        block, matching = pairs[start : start + _BLOCK_SIZE], flags[start : start + _BLOCK_SIZE]
        for number in numbers:
            matching |= block == number
    return flags


def _terms_in_script_of(view: FieldPostings, word: str) -> _TermBytes:
    """Return the terms that are in the script of a word: Arabic, or any other."""
    first, last = 0, view.lower_bound(_ARABIC[0])
    if word.encode() >= _ARABIC[0]:
        first, last = last, view.lower_bound(_ARABIC[1], last)
    starts = view.section("term_starts")[first : last + 1].astype(np.int64)
    blob = view.section("terms")[int(starts[0]) : int(starts[-1])]
    starts -= starts[0]
    two_bytes = len(word.encode()) == 2 * len(word) and not np.bitwise_or.reduce(starts) & 1
    return _TermBytes(blob, starts, first, 2 if two_bytes else 1)
