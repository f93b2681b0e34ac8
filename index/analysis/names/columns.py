"""The keys and the pronunciations of many words at once, in the form in which an index has them.

A vocabulary is named a list at a time, because a list can be handed to compiled code whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple
from zlib import crc32

import numpy as np

from index.analysis.names.phoneme_codes import (
    PhonemeCodes,
    concatenate_codes,
    encode_pronunciations,
    pack_codes,
    starts_of,
)
from index.analysis.names.phonetic_keys import name_keys, pronunciation_keys
from index.analysis.names.phonology import Array, phonology
from index.analysis.names.pronunciations import pronunciations
from index.analysis.names.verification import may_be_name

CHUNK = 256
"""Words that are named by one call: their pronunciations take most memory."""


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
    parts = [_names_of(words[at : at + CHUNK]) for at in range(0, len(words), CHUNK)]
    return NameColumns(
        np.concatenate([np.zeros(0, np.uint32), *(part.keys for part in parts)]),
        np.concatenate([np.zeros(0, np.uint32), *(part.counts for part in parts)]),
        concatenate_codes([part.codes for part in parts]),
    )


def _names_of(words: Sequence[str]) -> NameColumns:
    from index.analysis.names import compiled  # noqa: PLC0415 (only indexing needs it)

    names = compiled.compiled_names(words)
    if names is None:
        return _interpreted(words)
    keys, counts, codes, code_counts = names
    rest = (code_counts == compiled.UNKNOWN).nonzero()[0]
    if len(rest):
        code_counts[rest] = 0
        more = _interpreted([words[at] for at in rest.tolist()])
        keys, counts = _inserted(keys, counts, rest, more.keys, more.counts)
        sizes = np.diff(more.codes.starts)
        codes, code_counts = _inserted(codes, code_counts, rest, more.codes.codes, sizes)
    return NameColumns(keys, counts, PhonemeCodes(codes, starts_of(code_counts)))


def _inserted(
    values: Array, counts: Array, words: Array, more: Array, more_counts: Array
) -> tuple[Array, Array]:
    """Insert the values of words that have none yet; return all values and counts."""
    places = np.repeat(starts_of(counts)[words], more_counts)
    counts[words] = more_counts
    return np.insert(values, places, more), counts


def _interpreted(words: Iterable[str]) -> NameColumns:
    rules = phonology()
    keys: list[int] = []
    counts: list[int] = []
    codes: list[bytes] = []
    for word in words:
        of_word = pronunciations(word, rules) if may_be_name(word) else []
        hashes = _hashes(pronunciation_keys(of_word, rules))
        keys.extend(hashes)
        counts.append(len(hashes))
        codes.append(encode_pronunciations(of_word, rules))
    return NameColumns(np.array(keys, np.uint32), np.array(counts, np.uint32), pack_codes(codes))
