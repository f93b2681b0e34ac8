"""Grams: four letters in a row of an Arabic word, its edges marked, as numbers.

A gram is one uint32, a byte a letter: the letter folded as ``normalizer`` folds it, and
0 where the word begins or ends. Words are given as UTF-8, one after the other, of which
every letter takes two bytes (U+0600–U+06FF); :func:`writable` says which are such.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from index.analysis import normalizer
from index.codec.arrays import Array

SPAN = 4
"""Letters of a gram. With 3 or 5 no collection but one ranks better (``tests/evaluation``)."""
_BLOCK = range(0x600, 0x700)
_LEADS = (0xD8, 0xDB)
"""The first bytes of the block's letters; the second ones are below them."""


@cache
def _folding() -> Array:
    """uint8, 256: the letter of the block that each one is folded to."""
    folded = [normalizer.folded(chr(code)) for code in _BLOCK]
    return np.array([ord(to) & 255 if len(to) == 1 else 0 for to in folded], np.uint8)


def writable(terms: Array, starts: Array) -> Array:
    """bool, a term each: whether it has two letters at least, and no others.

    ``terms`` are bytes, ``starts`` where each term begins and at last where all end.
    """
    foreign = (terms < 0x80) | (terms > _LEADS[1]) | ((terms > 0xBF) & (terms < _LEADS[0]))
    before = np.zeros(len(terms) + 1, np.int64)
    np.cumsum(foreign, out=before[1:])
    begins, ends = starts[:-1].astype(np.int64), starts[1:].astype(np.int64)
    plain: Array = (before[ends] == before[begins]) & (ends - begins >= SPAN)
    return plain


def spelled(text: Array, letters: Array) -> Array:
    """uint8: the words of a text, so many letters each, folded and between edges.

    What ends one word begins the next, so a word of n letters takes n + 1 places.
    """
    found = np.zeros(len(text) // 2 + len(letters) + 1, np.uint8)
    at = np.repeat(np.arange(1, len(letters) + 1, dtype=np.int32), letters)
    at += np.arange(len(at), dtype=np.int32)
    found[at] = _folding().take(((text[::2] & 3) << 6) | (text[1::2] & 63))
    return found


def halves(spelled: Array) -> tuple[Array, Array]:
    """uint16 twice, a place each but the last three: the letters of the gram that begins there.

    What begins there is no gram where an edge would stand inside it.
    """
    pairs = spelled[:-1].astype(np.uint16)
    pairs <<= 8
    pairs |= spelled[1:]
    return pairs[:-2], pairs[2:]


def joined(first: Array, last: Array) -> Array:
    """uint32: two halves as one."""
    return (first.astype(np.uint32) << 16) | last


def grams(text: Array, letters: Array) -> Array:
    """uint32: the grams of all words of a text, a word of n letters has n - 1."""
    found = joined(*halves(spelled(text, letters)))
    inside: Array = ((found & 0x00FF0000) != 0) & ((found & 0x0000FF00) != 0)
    return found[inside]


def grams_of(word: str) -> list[int]:
    """The same of one folded word; none where it has other letters, or one alone."""
    if len(word) < SPAN // 2 or not all(ord(letter) in _BLOCK for letter in word):
        return []
    row = bytes([0, *(ord(letter) & 255 for letter in word), 0])
    return [int.from_bytes(row[at : at + SPAN]) for at in range(len(row) - SPAN + 1)]
