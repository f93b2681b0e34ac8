"""N-grams of a word: as strings to compare words, and as bytes to find in a dictionary.

Four letters in a row, with the edges of the word marked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

NGRAM_LENGTH = 4
_EDGE = "_"


@dataclass(frozen=True, slots=True)
class NGram:
    """An n-gram of a word, as bytes of UTF-8."""

    at: int
    """Index of its first byte in the bytes of the word."""
    letters: bytes
    first: bool
    """Whether the word starts with it."""
    last: bool
    """Whether the word ends with it."""

    @property
    def end(self) -> int:
        """Index behind its last byte in the bytes of the word."""
        return self.at + len(self.letters)


@dataclass(frozen=True, slots=True)
class LetterPair:
    """Two adjacent letters of a word, and the n-grams that contain them there."""

    at: int
    """Index of their first byte in the bytes of the word."""
    ngrams: list[NGram] = field(default_factory=list)


def ngrams(word: str) -> set[str]:
    """Return the n-grams of a word: ``{"_lav", "lavr", "avro", "vrov", "rov_"}`` for lavrov."""
    marked = f"{_EDGE}{word}{_EDGE}"
    return {marked[at : at + NGRAM_LENGTH] for at in range(max(len(marked) - NGRAM_LENGTH + 1, 1))}


def covering_pairs(word: str, width: int) -> list[LetterPair]:
    """Return the fewest letter pairs such that each n-gram of a word contains one of them.

    ``width`` is the bytes of a letter.
    """
    pairs: list[LetterPair] = []
    for ngram in _distinct_ngrams(word):
        if not pairs or not ngram.at <= pairs[-1].at <= ngram.end - 2 * width:
            pairs.append(LetterPair(ngram.end - 2 * width))
        pairs[-1].ngrams.append(ngram)
    return pairs


def _distinct_ngrams(word: str) -> Iterator[NGram]:
    """Yield the n-grams of a word in order, each once."""
    seen = set()
    for at in range(-1, len(word) - NGRAM_LENGTH + 2):
        start, end = max(at, 0), at + NGRAM_LENGTH
        letters = word[start:end]
        first, last = at < 0, end > len(word)
        if (key := (letters, first, last)) not in seen:
            seen.add(key)
            yield NGram(len(word[:start].encode()), letters.encode(), first, last)
