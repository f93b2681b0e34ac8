"""Tables with an entry for each letter, and sets of words, as the compiled kernel reads them.

Letters are code points below :data:`ALPHABET`: those of Latin, Greek, Cyrillic, Hebrew and Arabic.
Words with others are left to Python. ``index/kernel/source/text.h`` has the same structures.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.analysis import stopwords

ALPHABET = 0x800
GIVEN_BACK = 0xFFFF
"""The entry of a letter whose words are left to Python."""
_NO_CHARACTER = "\uffff"
"""In no text, and changed by nothing."""
Array = NDArray[Any]


class WordSet(ctypes.Structure):
    """Words one after the other, in ascending order if they are to be looked up."""

    _fields_ = (
        ("letters", ctypes.c_void_p),
        ("starts", ctypes.c_void_p),
        ("count", ctypes.c_uint64),
    )


class StopWords(ctypes.Structure):
    """The stop words of both languages."""

    _fields_ = (
        ("english", WordSet),
        ("arabic", WordSet),
        ("arabic_kept", WordSet),
        ("compared", ctypes.c_void_p),
    )


def address(array: Array) -> int:
    """Return where an array lies, which stays there for as long as this process runs."""
    _kept.append(array)
    place: int = array.ctypes.data
    return place


_kept: list[Array] = []


def table(entry: Callable[[str], Any], dtype: Any) -> Array:
    """Return the entry of each letter."""
    return np.array([entry(chr(code)) for code in range(ALPHABET)], dtype)


def forms_of(texts: Mapping[int, str], form: Callable[[str], str]) -> dict[int, str]:
    """Return the form of each text by its key, by a function that changes letter by letter.

    It is called once with all of them, which is many times as fast.
    """
    forms = form(_NO_CHARACTER.join(texts.values())).split(_NO_CHARACTER)
    return dict(zip(texts, forms, strict=True))


def letter_pairs(forms: Mapping[int, str], letters: Iterable[int]) -> Array:
    """Return the form of each of some letters in two places: uint16.

    A letter without an entry is its own form. Other letters, and those whose form is longer or has
    others, are :data:`GIVEN_BACK`.
    """
    pairs = [(GIVEN_BACK, 0)] * ALPHABET
    for code in letters:
        form = forms.get(code)
        if form is None:
            pairs[code] = code, 0
        elif len(form) <= 2 and max(form, default="") < chr(ALPHABET):
            first, second = *map(ord, form), *(0,) * (2 - len(form))
            pairs[code] = first, second
    pairs[0] = GIVEN_BACK, 0  # 0 is an empty place
    return np.array(pairs, np.uint16)


def word_set(words: Iterable[str]) -> WordSet:
    """Return a set of words of :data:`ALPHABET`."""
    return word_list(sorted(words))


def word_list(ordered: Sequence[str]) -> WordSet:
    """Return words of :data:`ALPHABET` in their order."""
    letters = np.frombuffer("".join(ordered).encode("utf-16-le"), np.uint16)
    return WordSet(address(letters), address(word_starts(ordered)), len(ordered))


def word_starts(words: Sequence[str]) -> Array:
    """Return where each word begins in all of them together, then their length: uint32."""
    starts = np.zeros(len(words) + 1, np.uint32)
    np.cumsum([*map(len, words)], out=starts[1:])
    return starts


def text_of(words: Iterable[str]) -> bytes:
    """Return words, one behind the other, in UTF-32."""
    return "".join(words).encode("utf-32-le", "surrogatepass")


@cache
def stop_words() -> StopWords:
    """Return the stop words of both languages."""
    return StopWords(
        word_set(stopwords.english()),
        word_set(stopwords.arabic()),
        word_set(stopwords.arabic_kept()),
        address(table(lambda letter: ord(stopwords.compared_form(letter)), np.uint16)),
    )
