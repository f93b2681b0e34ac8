"""Terms of a field within one edit of a folded word, compared as arrays.

An edit adds, leaves out or replaces a letter, or swaps two adjacent ones. The first letter is
taken as right, so only the terms that start with it are compared. They are adjacent in the
dictionary, where an English letter is one byte and an Arabic letter two: terms of the same
length are the rows of a matrix. One edit leaves the letters before and behind it as they are,
so the common prefix and suffix select candidates; the few terms with letters of another width
are all candidates.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np

from index.codec.array_file import Array
from index.codec.postings import FieldPostings
from search.dictionary.edit_distance import within_one_edit
from search.dictionary.folding import fold, letter_folding, letter_variants

_LETTER_TYPE = {1: np.uint8, 2: np.uint16}
"""Bytes of a letter → the dtype of a letter as a number."""
_BYTE_RANGES = {1: (0x00, 0x80), 2: (0x80, 0xE0)}
"""Bytes of a letter → lower and upper bound of each of its bytes."""
_MIN_LENGTH_HALVED = 4
"""Letters of a word of which one edit spares the first half, or the last letter."""


def is_comparable(word: str) -> bool:
    """Whether a word can be compared as an array: folded, with letters of one width."""
    return bool(word) and fold(word) == word and len(word.encode()) == len(word) * _width(word)


def terms_within_one_edit(view: FieldPostings, word: str) -> Iterator[str]:
    """Yield the terms of a field within one edit of a word that :func:`is_comparable`."""
    low = 0
    for first in sorted((word[0], *letter_variants().get(word[0], ()))):
        low = view.lower_bound(first.encode(), low)
        high = view.lower_bound(first.encode() + b"\xff", low)  # no UTF-8 has this byte
        for rank in _candidates(view, word, low, high) if low < high else ():
            form = view.term(rank).decode("utf-8", "surrogatepass")
            if within_one_edit(word, form.translate(letter_folding())):
                yield form


def _candidates(view: FieldPostings, word: str, low: int, high: int) -> Iterator[int]:
    """Yield the ranks, from ``low`` up to ``high``, of terms that may be within one edit."""
    width = _width(word)
    starts = view.section("term_starts")[low : high + 1].astype(np.int64)
    terms = view.section("terms").unverified
    sizes = np.diff(starts)
    block = view.section("terms")[int(starts[0]) : int(starts[-1])]
    odd = _have_other_width(block, starts - starts[0], width)
    odd |= starts[:-1] + width * (len(word) + 1) > len(terms)
    yield from (np.flatnonzero(odd) + low).tolist()
    sizes[odd] = 0
    for length in range(len(word) - 1, len(word) + 2):
        ranks = np.flatnonzero(sizes == length * width)
        rows = _letter_rows(terms, starts[ranks], length, width)
        yield from (ranks[_rows_within_one_edit(rows, word)] + low).tolist()


def _have_other_width(terms: Array, starts: Array, width: int) -> Array:
    """Tell which terms have letters of another width than ``width``: bool."""
    first, last = _BYTE_RANGES[width]
    offsets = np.flatnonzero(terms - np.uint8(first) >= last - first)
    flags = np.zeros(len(starts) - 1, bool)
    flags[starts.searchsorted(offsets, "right") - 1] = True
    return flags


def _letter_rows(terms: Array, starts: Array, length: int, width: int) -> Array:
    """Return the folded letters of terms of one length: a row for each of the ``starts``."""
    if not len(starts) or not length:
        return np.zeros((0, length), _LETTER_TYPE[width])
    # Overlapping rows of bytes: indexing copies a whole row at a time.
    size = length * width
    rows = np.ndarray((len(terms) - size + 1,), f"V{size}", terms.data, 0, (1,))
    letters = rows[starts].view(_LETTER_TYPE[width]).reshape(-1, length)
    return _folding_table().take(letters) if width > 1 else letters


def _rows_within_one_edit(rows: Array, word: str) -> Array:
    """Return the rows whose common prefix and suffix with a word leave at most one edit: int64."""
    target = _as_numbers(word)
    size, length = rows.shape[1], len(target)
    kept = np.arange(len(rows))
    if length >= _MIN_LENGTH_HALVED:
        middle = length // 2 - 1  # it is unchanged, or the edit is before it and the end is
        kept = np.flatnonzero((rows[:, middle] == target[middle]) | (rows[:, -1] == target[-1]))
    shorter = min(size, length)
    prefix = rows[kept, :shorter] == target[:shorter]
    suffix = (rows[kept, size - shorter :] == target[length - shorter :])[:, ::-1]
    common = sum(np.logical_and.accumulate(end, axis=1).sum(axis=1) for end in (prefix, suffix))
    swapped = 2 if size == length else 0
    within: Array = kept[common >= shorter - swapped]
    return within


def _width(word: str) -> int:
    """Return the bytes of a letter: 1 for ASCII, 2 for Arabic."""
    return 1 if word.isascii() else 2


def _as_numbers(word: str) -> Array:
    return np.frombuffer(word.encode(), _LETTER_TYPE[_width(word)])


@cache
def _folding_table() -> Array:
    """Return a table from a letter of two bytes to the folded letter: uint16, 65,536."""
    table = np.arange(1 << 16, dtype=np.uint16)
    for letter, folded in letter_folding().items():
        if len(chr(folded).encode()) == 2:
            table[_as_numbers(chr(letter))] = _as_numbers(chr(folded))
    return table
