"""The name index of a field: its terms by the phonetic keys that spellings of one name share.

A key (``index.analysis.names``) is stored as its CRC-32: if two keys have the same one, that
only adds candidates, for whether two words are spellings of one name is decided by their
pronunciations. No posting is stored twice, so that the keys take 8 bytes for each key of each
term, and the pronunciations about as much again as the letters of the terms.

================  =======================================================
``name_keys``     uint32, ascending: the keys of all terms; a key occurs once
                  for each term that has it
``name_words``    uint32: rank of that term in the field
``sounds``        uint8: pronunciations of each term that may be a name, encoded by
                  ``index.analysis.names.phoneme_codes``
``sound_starts``  uint32, one longer than the terms: where those of each term start
``small``         uint8: a bit for each term, set if it is mostly written without capitals
================  =======================================================
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence

import numpy as np

from index.analysis.names.columns import analyze_names
from index.analysis.names.phoneme_codes import PhonemeCodes
from index.codec.array_file import Array
from index.codec.arrays import as_array, radix_argsort, ranges_from_zero, starts
from index.codec.postings import FieldPostings

_KEY_SHIFT = 32
_RANK_MASK = 0xFFFFFFFF
"""A key and the rank of a term are sorted together as ``key << 32 | rank``."""


class NameTable:
    """The keys and pronunciations of words, each computed once; words are numbered as added."""

    def __init__(self) -> None:
        self._keys = array("I")
        self._key_counts = array("I")
        self._codes = bytearray()
        self._code_counts = array("I")

    def __len__(self) -> int:
        """Return the number of words."""
        return len(self._key_counts)

    def add(self, words: Sequence[str]) -> None:
        """Add words."""
        keys, counts, codes = analyze_names(words)
        self._keys.frombytes(keys.tobytes())
        self._key_counts.frombytes(counts.tobytes())
        self._codes += codes.codes.tobytes()
        self._code_counts.frombytes(np.diff(codes.starts).astype(np.uint32).tobytes())

    def arrays(self, words: Array, is_lowercase: Array) -> dict[str, Array]:
        """Return the arrays of a field of some of the words, given by number in its order.

        ``is_lowercase`` says of each whether it is mostly written without capitals (bool).
        """
        counts = as_array(self._key_counts)
        places = _code_places(starts(counts)[words], counts[words])
        keys, ranks = as_array(self._keys)[places], np.repeat(np.arange(len(words)), counts[words])
        sizes = as_array(self._code_counts)
        letters = np.frombuffer(bytes(self._codes), np.uint8)
        codes = letters[_code_places(starts(sizes)[words], sizes[words])]
        return _arrays(keys, ranks, is_lowercase, PhonemeCodes(codes, starts(sizes[words])))


def merge_name_arrays(
    views: Sequence[FieldPostings], ranks: Sequence[Array], count: int
) -> dict[str, Array]:
    """Return the arrays of a merged field of ``count`` terms, given the fields to be merged.

    ``ranks`` map the terms of each field to those of the merged one, -1 for a term that is
    in no document any more. A term that is lowercase in some of the fields only is so in the
    merged one if these have more of its documents than the others.
    """
    balance = np.zeros(count, np.int64)
    pairs = [np.zeros(0, np.int64)]
    for view, rank in zip(views, ranks, strict=True):
        words = rank[view.array("name_words")]
        kept = words >= 0
        pairs.append(view.array("name_keys")[kept].astype(np.int64) << _KEY_SHIFT)
        pairs[-1] |= words[kept]
        documents = view.all_frequencies()
        votes = np.where(_lowercase(view), documents, -documents)
        np.add.at(balance, rank[rank >= 0], votes[rank >= 0])
    distinct = np.unique(np.concatenate(pairs))
    keys = (distinct >> _KEY_SHIFT).astype(np.uint32)
    codes = _merged_codes(views, ranks, count)
    return _arrays(keys, distinct & _RANK_MASK, balance > 0, codes)


def _merged_codes(
    views: Sequence[FieldPostings], ranks: Sequence[Array], count: int
) -> PhonemeCodes:
    """Return the pronunciations of the merged terms; those of one term are equal in all fields."""
    kept_ranks = [(rank >= 0).nonzero()[0] for rank in ranks]
    parts = [stored_codes(view, kept) for view, kept in zip(views, kept_ranks, strict=True)]
    sizes = np.zeros(count, np.int64)
    for part, rank, kept in zip(parts, ranks, kept_ranks, strict=True):
        sizes[rank.take(kept)] = np.diff(part.starts)
    begins = starts(sizes)
    codes = np.zeros(begins[-1], np.uint8)
    for part, rank, kept in zip(parts, ranks, kept_ranks, strict=True):
        places = _code_places(begins.take(rank.take(kept)), np.diff(part.starts))
        codes[places] = part.codes
    return PhonemeCodes(codes, begins)


def _arrays(
    keys: Array, words: Array, is_lowercase: Array, codes: PhonemeCodes
) -> dict[str, Array]:
    order = radix_argsort(keys)
    return {
        "name_keys": keys[order],
        "name_words": words[order].astype(np.uint32),
        "sounds": codes.codes,
        "sound_starts": codes.starts.astype(np.uint32),
        "small": np.packbits(is_lowercase),
    }


def _lowercase(view: FieldPostings) -> Array:
    """bool: whether each term of a field is mostly written without capitals."""
    return np.unpackbits(view.array("small"), count=len(view)).view(bool)


def stored_codes(view: FieldPostings, ranks: Array) -> PhonemeCodes:
    """Return the encoded pronunciations of some terms of a field."""
    codes, begins = view.section("sounds"), view.section("sound_starts")
    at, sizes = begins.spans(ranks, len(codes))
    return PhonemeCodes(codes.take(_code_places(at, sizes)), starts(sizes))


def _code_places(begins: Array, sizes: Array) -> Array:
    """Return the index of each code of some words, given where these begin: int64."""
    return np.repeat(begins, sizes) + ranges_from_zero(sizes)


def ranks_with_keys(view: FieldPostings, keys: Iterable[int]) -> Array:
    """Return the ranks of the terms of a field that have any of the keys: int64, ascending."""
    sorted_keys, words = view.section("name_keys"), view.section("name_words")
    ascending = np.array(sorted(keys), np.uint32)
    lows = sorted_keys.searchsorted(ascending).tolist()
    highs = sorted_keys.searchsorted(ascending, "right").tolist()
    matches = [words[low:high] for low, high in zip(lows, highs, strict=True) if low < high]
    if not matches:
        return np.zeros(0, np.int64)
    ranks: Array = np.concatenate(matches).astype(np.int64)
    if len(matches) > 1:  # np.unique would import numpy.ma for it
        ranks.sort(kind="stable")
        ranks = ranks[np.append(True, ranks[1:] != ranks[:-1])]
    return ranks


def are_lowercase(view: FieldPostings, ranks: Array) -> Array:
    """bool: whether each term is mostly written without capitals in this segment, as no name is."""
    bits: Array = view.section("small").take(ranks >> 3) >> (7 - (ranks & 7)).astype(np.uint8)
    return (bits & 1).astype(bool)
