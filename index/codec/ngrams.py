"""Grams: four letters in a row of an Arabic word, its edges marked, as numbers.

A gram is one uint32, a byte a letter: the letter folded as ``normalizer`` folds it, and
0 where the word begins or ends. Words are given as UTF-8, one after the other, of which
every letter takes two bytes (U+0600–U+06FF); :func:`are_arabic_words` says which are such.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from index.analysis import normalizer
from index.codec.array_file import Array

NGRAM_LENGTH = 4
"""Letters of a gram. With 3, one Arabic collection ranks better, the others worse."""
MAX_LETTERS = 12
"""Letters of a word that count: one in a thousand has more."""
STARTS_PER_WORD = MAX_LETTERS + 1
"""At which a gram of a word may begin: its letters, and the edge before them."""
_BLOCK = range(0x600, 0x700)
_LEADS = (0xD8, 0xDB)
"""The first bytes of the block's letters; the second ones are below them."""


@cache
def _folding() -> Array:
    """uint8, 65,536: two bytes as one number of this machine → the letter they fold to.

    0 for what is no letter of the block.
    """
    found = np.zeros(1 << 16, np.uint8)
    for code in _BLOCK:
        to = normalizer.folded(chr(code))
        if len(to) == 1 and ord(to) in _BLOCK:
            found[np.frombuffer(chr(code).encode(), np.uint16)] = ord(to) & 255
    return found


def are_arabic_words(terms: Array, starts: Array) -> Array:
    """bool, a term each: whether it has two letters at least, and no others.

    ``terms`` are bytes, ``starts`` where each term begins and at last where all end.
    """
    foreign = (terms < 0x80) | (terms > _LEADS[1]) | ((terms > 0xBF) & (terms < _LEADS[0]))
    before = np.zeros(len(terms) + 1, np.int64)
    np.cumsum(foreign, out=before[1:])
    begins, ends = starts[:-1].astype(np.int64), starts[1:].astype(np.int64)
    plain: Array = (before[ends] == before[begins]) & (ends - begins >= NGRAM_LENGTH)
    return plain


def folded_letters(terms: Array, begins: Array, sizes: Array) -> Array:
    """uint8, words by :data:`MAX_LETTERS`: their folded letters, then zeros.

    ``terms`` are bytes, among which each word begins and takes so many.
    """
    row = 2 * MAX_LETTERS
    if int(begins.max(initial=0)) + row > len(terms):
        terms = np.append(terms, np.zeros(row, np.uint8))
    # Rows of bytes that overlap: taking one copies it at a stroke.
    rows = np.ndarray((len(terms) - row + 1,), f"V{row}", terms.data, 0, (1,))
    letters = _folding().take(rows[begins].view(np.uint16)).reshape(-1, MAX_LETTERS)
    letters *= 2 * np.arange(MAX_LETTERS) < sizes[:, None]
    return letters


def letter_pairs(words: Array) -> tuple[Array, Array]:
    """uint16 twice: the letters of what begins at each place of words, :data:`STARTS_PER_WORD` a word.

    ``words`` are rows of letters. What begins at a place is no gram where an edge would
    stand inside it.
    """
    edged = np.zeros(len(words) * STARTS_PER_WORD + NGRAM_LENGTH - 1, np.uint8)
    edged[: len(words) * STARTS_PER_WORD].reshape(-1, STARTS_PER_WORD)[:, 1:] = words
    pairs = edged[:-1].astype(np.uint16)
    pairs <<= 8
    pairs |= edged[1:]
    return pairs[:-2], pairs[2:]


def join_pairs(first: Array, last: Array) -> Array:
    """uint32: two halves as one."""
    return (first.astype(np.uint32) << 16) | last


def extract_ngrams(words: Array) -> tuple[Array, Array]:
    """The grams of all words, of n letters n - 1: the word's number (int64) and the gram."""
    found = join_pairs(*letter_pairs(words))
    at = np.flatnonzero(((found & 0x00FF0000) != 0) & ((found & 0x0000FF00) != 0))
    return at // STARTS_PER_WORD, found[at]


def word_ngrams(word: str) -> list[int]:
    """The same of one folded word; none where it has other letters, or one alone."""
    if len(word) < NGRAM_LENGTH // 2 or not all(ord(letter) in _BLOCK for letter in word):
        return []
    row = bytes([0, *(ord(letter) & 255 for letter in word[:MAX_LETTERS]), 0])
    return [
        int.from_bytes(row[at : at + NGRAM_LENGTH]) for at in range(len(row) - NGRAM_LENGTH + 1)
    ]
