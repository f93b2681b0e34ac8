"""Words of a field that are one edit from a folded word, all compared at once.

An edit is a letter too many, too few or wrong, or two beside each other exchanged; the
first letter is taken as right, so that only the terms that begin with it are looked at.
They stand side by side in the dictionary, where an English letter is one byte and an
Arabic one two: terms of as many letters are rows of a matrix. What one edit leaves alone
stands at the two ends of the word. The few terms with other letters are compared one by one.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np

from index.codec.array_file import Array
from index.codec.postings import FieldPostings
from search.dictionary.edit_distance import within_one_edit
from search.dictionary.folding import fold, letter_folding, letter_variants

_LETTERS = {1: np.uint8, 2: np.uint16}
"""Bytes of a letter → the number it is read as."""
_BYTES = {1: (0x00, 0x80), 2: (0x80, 0xE0)}
"""The same → from which up to which byte all of it are."""
_HALVED = 4
"""Letters of a word of which one edit leaves the first half alone, or the last letter."""


def is_comparable(word: str) -> bool:
    """Whether a word can be compared so: a folded one of English or of Arabic letters alone."""
    return bool(word) and fold(word) == word and len(word.encode()) == len(word) * _width(word)


def terms_within_one_edit(view: FieldPostings, word: str) -> Iterator[str]:
    """The terms of a field that are at most an edit from a word that is :func:`is_comparable`."""
    low = 0
    for first in sorted((word[0], *letter_variants().get(word[0], ()))):
        low = view.rank(first.encode(), low)
        high = view.rank(first.encode() + b"\xff", low)  # no UTF-8 has this byte
        for rank in _candidates(view, word, low, high) if low < high else ():
            form = view.term(rank).decode("utf-8", "surrogatepass")
            if within_one_edit(word, form.translate(letter_folding())):
                yield form


def _candidates(view: FieldPostings, word: str, low: int, high: int) -> Iterator[int]:
    """The ranks in a range of those that may be an edit apart."""
    width = _width(word)
    begins = view.section("term_starts")[low : high + 1].astype(np.int64)
    terms = view.section("terms")
    sizes = np.diff(begins)
    odd = _foreign(terms[begins[0] : begins[-1]], begins - begins[0], width)
    odd |= begins[:-1] + width * (len(word) + 1) > len(terms)
    yield from (np.flatnonzero(odd) + low).tolist()
    sizes[odd] = 0
    for size in range(len(word) - 1, len(word) + 2):
        ranks = np.flatnonzero(sizes == size * width)
        rows = _rows(terms, begins[ranks], size, width)
        yield from (ranks[_alike(rows, word)] + low).tolist()


def _foreign(terms: Array, begins: Array, width: int) -> Array:
    """bool, a term each: whether it has letters of another width."""
    first, last = _BYTES[width]
    places = np.flatnonzero(terms - np.uint8(first) >= last - first)
    found = np.zeros(len(begins) - 1, bool)
    found[begins.searchsorted(places, "right") - 1] = True
    return found


def _rows(terms: Array, begins: Array, size: int, width: int) -> Array:
    """Terms by letters: those that begin at some bytes and have so many letters."""
    if not len(begins) or not size:
        return np.zeros((0, size), _LETTERS[width])
    # Rows of bytes that overlap: taking one copies it at a stroke.
    row = size * width
    rows = np.ndarray((len(terms) - row + 1,), f"V{row}", terms.data, 0, (1,))
    found = rows[begins].view(_LETTERS[width]).reshape(-1, size)
    return _folded().take(found) if width > 1 else found


def _alike(rows: Array, word: str) -> Array:
    """int64: the rows whose letters at both ends that are the same leave one edit."""
    target = _numbers(word)
    size, length = rows.shape[1], len(target)
    kept = np.arange(len(rows))
    if length >= _HALVED:
        middle = length // 2 - 1  # it is the same, or the edit is before it and the end is
        kept = np.flatnonzero((rows[:, middle] == target[middle]) | (rows[:, -1] == target[-1]))
    shared = min(size, length)
    front = rows[kept, :shared] == target[:shared]
    back = (rows[kept, size - shared :] == target[length - shared :])[:, ::-1]
    same = sum(np.logical_and.accumulate(end, axis=1).sum(axis=1) for end in (front, back))
    exchanged = 2 if size == length else 0
    found: Array = kept[same >= shared - exchanged]
    return found


def _width(word: str) -> int:
    return 1 if word.isascii() else 2


def _numbers(word: str) -> Array:
    return np.frombuffer(word.encode(), _LETTERS[_width(word)])


@cache
def _folded() -> Array:
    """uint16, 65,536: a letter of two bytes → the one it is compared as."""
    table = np.arange(1 << 16, dtype=np.uint16)
    for letter, to in letter_folding().items():
        if len(chr(to).encode()) == 2:
            table[_numbers(chr(letter))] = _numbers(chr(to))
    return table
