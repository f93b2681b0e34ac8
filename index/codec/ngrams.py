"""N-grams of Arabic words: four letters in a row, with marked word edges, as numbers.

An n-gram is one uint32, a byte for each letter: the letter folded as ``normalizer`` folds it,
and 0 for the start or the end of the word. Words are given as UTF-8, packed into one array, and
each of their letters takes two bytes (U+0600–U+06FF); :func:`are_arabic_words` selects them.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from index.analysis import normalizer
from index.codec.array_file import Array

NGRAM_LENGTH = 4
"""Letters of an n-gram. With 3, one Arabic collection ranks better, the others worse."""
MAX_LETTERS = 12
"""Letters of a word from which n-grams are taken: one word in a thousand has more."""
STARTS_PER_WORD = MAX_LETTERS + 1
"""Places of a word at which an n-gram may start: its letters, and the edge before them."""
_ARABIC = range(0x600, 0x700)
_LEAD_BYTES = (0xD8, 0xDB)
"""First bytes of the lowest and the highest letters; the second bytes are below them."""


@cache
def _folding() -> Array:
    """uint8, 65,536: two bytes as one number of this machine → the letter they fold to.

    0 for two bytes that are no Arabic letter.
    """
    table = np.zeros(1 << 16, np.uint8)
    for code in _ARABIC:
        letter = normalizer.folded(chr(code))
        if len(letter) == 1 and ord(letter) in _ARABIC:
            table[np.frombuffer(chr(code).encode(), np.uint16)] = ord(letter) & 255
    return table


def are_arabic_words(terms: Array, starts: Array) -> Array:
    """bool: whether each term has at least two letters, all of them Arabic.

    ``terms`` are bytes, ``starts`` the start of each term, then the end of the last.
    """
    low, high = _LEAD_BYTES
    foreign = (terms < 0x80) | (terms > high) | ((terms > 0xBF) & (terms < low))
    before = np.zeros(len(terms) + 1, np.int64)
    np.cumsum(foreign, out=before[1:])
    begins, ends = starts[:-1].astype(np.int64), starts[1:].astype(np.int64)
    are_words: Array = (before[ends] == before[begins]) & (ends - begins >= NGRAM_LENGTH)
    return are_words


def folded_letters(terms: Array, begins: Array, sizes: Array) -> Array:
    """Return the folded letters of words, then zeros: uint8, words by :data:`MAX_LETTERS`.

    ``terms`` are bytes; ``begins`` is where each word begins in them, ``sizes`` its bytes.
    """
    row = 2 * MAX_LETTERS
    if int(begins.max(initial=0)) + row > len(terms):
        terms = np.append(terms, np.zeros(row, np.uint8))
    # Rows that overlap, one at each byte: taking a row copies all its bytes at once.
    rows = np.ndarray((len(terms) - row + 1,), f"V{row}", terms.data, 0, (1,))
    letters = _folding().take(rows[begins].view(np.uint16)).reshape(-1, MAX_LETTERS)
    letters *= 2 * np.arange(MAX_LETTERS) < sizes[:, None]
    return letters


def letter_pairs(words: Array) -> tuple[Array, Array]:
    """Return the first and the last two letters at each place where an n-gram may start.

    Both are uint16, :data:`STARTS_PER_WORD` for each word. ``words`` are rows of letters.
    Four letters with a word edge in the second or third place are no n-gram.
    """
    edged = np.zeros(len(words) * STARTS_PER_WORD + NGRAM_LENGTH - 1, np.uint8)
    edged[: len(words) * STARTS_PER_WORD].reshape(-1, STARTS_PER_WORD)[:, 1:] = words
    pairs = edged[:-1].astype(np.uint16)
    pairs <<= 8
    pairs |= edged[1:]
    return pairs[:-2], pairs[2:]


def join_pairs(first: Array, last: Array) -> Array:
    """Return n-grams, given their first and last two letters: uint32."""
    return (first.astype(np.uint32) << 16) | last


def extract_ngrams(words: Array) -> tuple[Array, Array]:
    """Return the n-grams of words, n - 1 for n letters: word numbers (int64) and n-grams.

    ``words`` are rows of letters.
    """
    ngrams = join_pairs(*letter_pairs(words))
    at = np.flatnonzero(((ngrams & 0x00FF0000) != 0) & ((ngrams & 0x0000FF00) != 0))
    return at // STARTS_PER_WORD, ngrams[at]


def word_ngrams(word: str) -> list[int]:
    """Return the n-grams of one folded word; empty if it has other letters or only one."""
    if len(word) < NGRAM_LENGTH // 2 or not all(ord(letter) in _ARABIC for letter in word):
        return []
    row = bytes([0, *(ord(letter) & 255 for letter in word[:MAX_LETTERS]), 0])
    last = len(row) - NGRAM_LENGTH
    return [int.from_bytes(row[at : at + NGRAM_LENGTH]) for at in range(last + 1)]
