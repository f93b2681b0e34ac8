"""Words of the index that share most of their letters in a row with a word of the query.

Four letters in a row with the edges marked, for a word of the index is met by them that
is neither the same stem nor a letter or two apart: a broken plural, a longer form. The
measure is Dice's. The dictionary of a segment is one run of bytes. It is swept for a few
pairs of letters of the word, so chosen that each of its grams has one of them, and the
grams are looked for around these alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from index.codec.array_file import Array
from index.codec.postings import FieldPostings

NGRAM_LENGTH = 4
MIN_SIMILARITY = 0.5
"""Of the grams of both words that are shared; below it words have little to do with each other."""
MAX_SIMILAR_TERMS = 8
"""Words that one stands for at most: the nearest."""
_MIN_LENGTH = 4
"""Letters of a word that is widened; a shorter one has no grams of its own."""
_EDGE = "_"
_ARABIC = (b"\xd8", b"\xdc")
"""From which up to which byte Arabic words begin; those of other letters stand before them."""
_BLOCK = 1 << 16
"""Pairs that are compared at a time: with ten times as many it takes twice as long."""
_PAIR: dict[int, type[np.unsignedinteger[Any]]] = {1: np.uint16, 2: np.uint32}
"""Bytes of a letter → the number that two letters are read as."""


@dataclass(frozen=True, slots=True)
class NGram:
    """A gram of a word, as it is looked for in the bytes of a dictionary."""

    at: int
    """Where it begins in the bytes of the word."""
    letters: bytes
    first: bool
    """Whether the word begins with it."""
    last: bool

    @property
    def end(self) -> int:
        """Where it ends in the bytes of the word."""
        return self.at + len(self.letters)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two letters of a word, and its grams that hold them there."""

    at: int
    ngrams: list[NGram] = field(default_factory=list)


def ngrams(word: str) -> set[str]:
    """The grams of a word: ``{"_lav", "lavr", "avro", "vrov", "rov_"}`` for lavrov."""
    marked = f"{_EDGE}{word}{_EDGE}"
    return {marked[at : at + NGRAM_LENGTH] for at in range(max(len(marked) - NGRAM_LENGTH + 1, 1))}


def similar_terms(view: FieldPostings, word: str) -> dict[str, float]:
    """Words of a field with their likeness, from :data:`MIN_SIMILARITY` to 1, the likest first."""
    if len(word) < _MIN_LENGTH:
        return {}
    wanted = ngrams(word)
    needed = (
        MIN_SIMILARITY * len(wanted) / (2 - MIN_SIMILARITY)
    )  # a word with fewer cannot be like enough
    found = {}
    for rank in _sharing(view, word, needed):
        term = view.term(rank).decode()
        likeness = 2 * len(wanted & (own := ngrams(term))) / (len(wanted) + len(own))
        if likeness >= MIN_SIMILARITY and term != word:
            found[term] = likeness
    nearest = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
    return dict(nearest[:MAX_SIMILAR_TERMS])


def covering_pairs(word: str, width: int) -> list[Pair]:
    """As few pairs of letters of so many bytes as the grams of a word can be found by."""
    found: list[Pair] = []
    for gram in _placed(word):
        if not found or not gram.at <= found[-1].at <= gram.end - 2 * width:
            found.append(Pair(gram.end - 2 * width))
        found[-1].ngrams.append(gram)
    return found


def _placed(word: str) -> Iterator[NGram]:
    """The grams of a word in order, each once."""
    seen = set()
    for at in range(-1, len(word) - NGRAM_LENGTH + 2):
        letters = word[max(at, 0) : at + NGRAM_LENGTH]
        gram = NGram(
            len(word[: max(at, 0)].encode()),
            letters.encode(),
            at < 0,
            at + NGRAM_LENGTH > len(word),
        )
        if (key := (letters, gram.first, gram.last)) not in seen:
            seen.add(key)
            yield gram


def _sharing(view: FieldPostings, word: str, needed: float) -> Iterator[int]:
    """The ranks of the words of a field that share so many grams with a word."""
    run, letters = _run(view, word), word.encode()
    anchors = covering_pairs(word, run.width)
    numbers = [run.number(letters[pair.at :]) for pair in anchors]
    places = run.places(numbers)
    found = run.numbers(places)
    shared = np.zeros(len(run.begins) - 1, np.uint8)
    for pair, number in zip(anchors, numbers, strict=True):
        own = places[found == number] - pair.at
        for gram in pair.ngrams:
            shared[run.holding(gram, own + gram.at)] += 1
    yield from (np.flatnonzero(shared >= needed) + run.first).tolist()


@dataclass(frozen=True, slots=True)
class _Run:
    """The words of one script in a field, one after the other, and its pairs of letters."""

    terms: Array
    """uint8"""
    begins: Array
    """int64: where each begins, and where all end."""
    first: int
    """The rank of the first of them."""
    width: int
    """Bytes of a letter; every word begins at a multiple of it."""

    def number(self, letters: bytes) -> int:
        """The first pair of some letters as a number."""
        return int(np.frombuffer(letters, _PAIR[self.width], 1)[0])

    def numbers(self, places: Array) -> Array:
        """The pairs that begin at some bytes."""
        size = 2 * self.width
        # Rows of bytes that overlap: taking one copies it at a stroke.
        rows = np.ndarray((max(len(self.terms) - size + 1, 0),), f"V{size}", self.terms, 0, (1,))
        found: Array = rows[places].view(_PAIR[self.width])
        return found

    def places(self, numbers: Sequence[int]) -> Array:
        """int64: where pairs stand."""
        size, found = 2 * self.width, []
        for start in range(0, size, self.width):
            whole = max(len(self.terms) - start, 0) // size * size
            swept = self.terms[start : start + whole].view(_PAIR[self.width])
            found.append(np.flatnonzero(_are_among(swept, numbers)) * size + start)
        return np.concatenate(found)

    def holding(self, gram: NGram, places: Array) -> Array:
        """int64: which of the words hold a gram, out of the bytes at which it may begin."""
        size, length = 2 * self.width, len(gram.letters)
        places = places[(places >= 0) & (places + length <= len(self.terms))]
        for at in (*range(0, length - size, size), length - size):
            places = places[self.numbers(places + at) == self.number(gram.letters[at:])]
        words = self.begins.searchsorted(places, "right") - 1
        begins, ends = self.begins[words], self.begins[words + 1]
        held = places + length <= ends
        if gram.first:
            held &= places == begins
        if gram.last:
            held &= places + length == ends
        found: Array = words[held]
        return found


def _are_among(swept: Array, numbers: Sequence[int]) -> Array:
    """bool: which are any of some numbers. A block at a time, which the processor has at hand."""
    flags = np.zeros(len(swept), bool)
    for start in range(0, len(swept), _BLOCK):
        block, found = swept[start : start + _BLOCK], flags[start : start + _BLOCK]
        for number in numbers:
            found |= block == number
    return flags


def _run(view: FieldPostings, word: str) -> _Run:
    """The words that are written like one."""
    first, last = 0, view.rank(_ARABIC[0])
    if word.encode() >= _ARABIC[0]:
        first, last = last, view.rank(_ARABIC[1], last)
    begins = view.section("term_starts")[first : last + 1].astype(np.int64)
    terms = view.section("terms")[begins[0] : begins[-1]]
    begins -= begins[0]
    even = len(word.encode()) == 2 * len(word) and not np.bitwise_or.reduce(begins) & 1
    return _Run(terms, begins, first, 2 if even else 1)
