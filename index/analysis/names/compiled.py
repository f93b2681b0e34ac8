"""Name words by the compiled kernel (``index/kernel/source/names.c``)."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from functools import cache

import numpy as np

from index.analysis.letter_tables import text_of, word_starts
from index.analysis.names.name_rules import name_rules
from index.analysis.names.phonology import Array, phonology
from index.kernel import library

_MOST_KEYS, _MOST_CODES, _KEY_BYTES = 512, 32 * 101, 52
"""Of one word; the bytes of a key in comparison."""
UNKNOWN = 0xFFFFFFFF
"""The number of codes of a word that is left to Python."""


def compiled_names(words: Sequence[str]) -> tuple[Array, Array, Array, Array] | None:
    """Return the keys of some words, their number, the codes of the words, and their number.

    The number of codes is :data:`UNKNOWN` for a word that is left to Python, which has no keys and
    no codes. None where there is no kernel.
    """
    call = _call()
    if call is None:
        return None
    count = len(words)
    keys, codes = np.empty(count * _MOST_KEYS, np.uint32), np.empty(count * _MOST_CODES, np.uint8)
    key_counts, code_counts = np.empty((2, count), np.uint32)
    scratch = np.empty(_MOST_KEYS * _KEY_BYTES + 8, np.uint8)
    arrays = (keys, key_counts, codes, code_counts, scratch)
    starts = word_starts(words)
    call(
        ctypes.byref(name_rules(phonology())),
        text_of(words),
        starts.ctypes.data,
        count,
        *(array.ctypes.data for array in arrays),
    )
    size = code_counts[code_counts != UNKNOWN].sum()
    return keys[: key_counts.sum()].copy(), key_counts, codes[:size].copy(), code_counts


@cache
def _call() -> library.Function | None:
    pointers = [ctypes.c_void_p] * 5
    return library.function(
        "dalil_names",
        None,
        ctypes.c_void_p,
        ctypes.c_char_p,
        ctypes.c_void_p,
        ctypes.c_uint64,
        *pointers,
        holds_lock=False,
    )
