"""Encode the pronunciations of words as bytes, in the form in which an index stores them.

A pronunciation is one byte for each phoneme, its row in ``phonemes.txt``, then an end byte:
:data:`FIRST_END_CODE` plus the cost of what was removed from the word, in hundredths.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from index.analysis.names.phonology import FIRST_END_CODE, Array, Phonology
from index.analysis.names.pronunciations import Pronunciation, pronunciations


class PhonemeCodes(NamedTuple):
    """The encoded pronunciations of some words."""

    codes: Array
    """uint8: the pronunciations of each word, one after the other."""
    starts: Array
    """int64, one longer than the number of words: where the codes of each word start, then their
    total length."""


class PronunciationArrays(NamedTuple):
    """Where each pronunciation of :class:`PhonemeCodes` lies: int64 arrays of one length."""

    words: Array
    """Number of the word, ascending."""
    begins: Array
    """Position of the first phoneme in ``codes``."""
    lengths: Array
    """Number of phonemes."""
    costs: Array
    """In hundredths."""


def encode_pronunciations(of_word: Iterable[Pronunciation], rules: Phonology) -> bytes:
    """Encode the pronunciations of one word."""
    return b"".join(
        [
            phonemes.translate(rules.codes).encode("latin-1")
            + bytes([FIRST_END_CODE + round(cost * 100)])
            for phonemes, cost in of_word
        ]
    )


def encode_words(words: Iterable[str], rules: Phonology) -> PhonemeCodes:
    """Encode the pronunciations of exact words."""
    return pack_codes([encode_pronunciations(pronunciations(word, rules), rules) for word in words])


def pack_codes(words: Sequence[bytes]) -> PhonemeCodes:
    """Pack words that are encoded one by one."""
    starts = starts_of([*map(len, words)])
    return PhonemeCodes(np.frombuffer(b"".join(words), np.uint8), starts)


def starts_of(sizes: Sequence[int] | Array) -> Array:
    """Return where each of some things of these sizes starts, then their total length: int64."""
    starts = np.zeros(len(sizes) + 1, np.int64)
    np.cumsum(sizes, out=starts[1:])
    return starts


def concatenate_codes(parts: Sequence[PhonemeCodes]) -> PhonemeCodes:
    """Return the words of all parts, in order."""
    sizes = [len(part.codes) for part in parts]
    before = np.cumsum([0, *sizes])
    starts = [part.starts[:-1] + at for part, at in zip(parts, before.tolist(), strict=False)]
    return PhonemeCodes(
        np.concatenate([np.zeros(0, np.uint8), *(part.codes for part in parts)]),
        np.concatenate([*starts, before[-1:]]),
    )


def locate_pronunciations(encoded: PhonemeCodes) -> PronunciationArrays:
    """Return word, position, length and cost of each pronunciation."""
    ends = (encoded.codes >= FIRST_END_CODE).nonzero()[0]
    begins = np.zeros_like(ends)
    begins[1:] = ends[:-1] + 1
    words = encoded.starts.searchsorted(ends, "right") - 1
    costs = encoded.codes.take(ends).astype(np.int64) - FIRST_END_CODE
    return PronunciationArrays(words, begins, ends - begins, costs)
