"""The keys and the pronunciations of many words at once, in the form in which an index has them.

A vocabulary is named a list at a time, because a list can be handed to compiled code whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple
from zlib import crc32

import numpy as np

from index.analysis.names.phoneme_codes import PhonemeCodes, encode_pronunciations, pack_codes
from index.analysis.names.phonetic_keys import name_keys, pronunciation_keys
from index.analysis.names.phonology import Array, phonology
from index.analysis.names.pronunciations import pronunciations
from index.analysis.names.verification import may_be_name


class NameColumns(NamedTuple):
    """The keys and the pronunciations of some words."""

    keys: Array
    """uint32: the CRC-32 of each key, word by word, in the order of ``name_keys``."""
    counts: Array
    """uint32: the number of keys of each word."""
    codes: PhonemeCodes
    """Empty for a word that cannot be a name."""


def key_hashes(word: str) -> list[int]:
    """Return the CRC-32 of each key of an exact word; empty if it cannot be a name."""
    return _hashes(name_keys(word)) if may_be_name(word) else []


def _hashes(keys: Iterable[str]) -> list[int]:
    return [crc32(key.encode()) for key in keys]


def analyze_names(words: Sequence[str]) -> NameColumns:
    """Return the keys and the pronunciations of some exact words, in their order."""
    rules = phonology()
    keys: list[int] = []
    counts: list[int] = []
    codes: list[bytes] = []
    for word in words:  # one by one: the pronunciations of all take more memory than the rest
        of_word = pronunciations(word, rules) if may_be_name(word) else []
        hashes = _hashes(pronunciation_keys(of_word, rules))
        keys.extend(hashes)
        counts.append(len(hashes))
        codes.append(encode_pronunciations(of_word, rules))
    return NameColumns(np.array(keys, np.uint32), np.array(counts, np.uint32), pack_codes(codes))
