"""Names: the words of a field by the keys under which spellings of one name meet.

A key (``index.analysis.names``) is kept as its CRC-32: two keys that share one only add
candidates, and what passes for the same name is decided by its sounds. No posting is
stored twice, so the map costs 8 bytes a key of each distinct word, and its sounds about
as much again as its letters.

================  =======================================================
``name_keys``     uint32, ascending: a key of each word, as often as words have it
``name_words``    uint32: the rank of that word in the field
``sounds``        uint8: the pronunciations of each word that may be a name, encoded by
                  ``index.analysis.names.phoneme_codes``
``sound_starts``  uint32, one longer than the words: where those of each begin
``small``         uint8: a bit a word, set for one that is mostly written without capitals
================  =======================================================
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Sequence
from zlib import crc32

import numpy as np

from index.analysis.names import may_be_name, name_keys
from index.analysis.names.phoneme_codes import PhonemeCodes, encode_pronunciations, pack_codes
from index.analysis.names.phonetic_keys import pronunciation_keys
from index.analysis.names.phonology import phonology
from index.analysis.names.pronunciations import pronunciations
from index.codec.array_file import Array
from index.codec.inversion import as_array, radix_argsort, ranges_from_zero, starts
from index.codec.postings import FieldPostings

_SHIFT = 32


def key_hashes(word: str) -> list[int]:
    """The keys of an exact form as the index has them; none where it can be no name."""
    return _numbers(name_keys(word)) if may_be_name(word) else []


def _numbers(of: Iterable[str]) -> list[int]:
    return [crc32(key.encode()) for key in of]


def name_arrays(terms: Iterable[bytes], small: Collection[str]) -> dict[str, Array]:
    """The arrays of a field with these terms, of which those in ``small`` have no capitals."""
    words, rules = [term.decode() for term in terms], phonology()
    lowered = np.fromiter((word in small for word in words), bool, len(words))
    numbers, counts, sounds = array("I"), array("I"), []
    for word in words:  # the forms of one at a time: those of all take more than the batch
        stored_codes = pronunciations(word, rules) if may_be_name(word) else []
        found = _numbers(pronunciation_keys(stored_codes, rules))
        numbers.extend(found)
        counts.append(len(found))
        sounds.append(encode_pronunciations(stored_codes, rules))
    ranks = np.repeat(np.arange(len(words)), as_array(counts))
    return _arrays(as_array(numbers), ranks, lowered, pack_codes(sounds))


def merge_name_arrays(
    views: Sequence[FieldPostings], ranks: Sequence[Array], count: int
) -> dict[str, Array]:
    """The arrays of the merged field out of those of its parts.

    ``ranks`` says for each part which of the ``count`` words of the merged field its
    words are, -1 for one that is no longer held. What is small in some parts only is so
    where more documents say it.
    """
    balance = np.zeros(count, np.int64)
    pairs = [np.zeros(0, np.int64)]
    for view, rank in zip(views, ranks, strict=True):
        words = rank[view.section("name_words")]
        pairs.append(view.section("name_keys")[words >= 0].astype(np.int64) << _SHIFT)
        pairs[-1] |= words[words >= 0]
        documents = np.diff(view.posting_starts.astype(np.int64))
        votes = np.where(_small(view), documents, -documents)
        np.add.at(balance, rank[rank >= 0], votes[rank >= 0])
    distinct = np.unique(np.concatenate(pairs))
    numbers = (distinct >> _SHIFT).astype(np.uint32)
    sounds = _merged_sounds(views, ranks, count)
    return _arrays(numbers, distinct & 0xFFFFFFFF, balance > 0, sounds)


def _merged_sounds(
    views: Sequence[FieldPostings], ranks: Sequence[Array], count: int
) -> PhonemeCodes:
    """The sounds of the words of the merged field; those that have a word have the same of it."""
    sizes = np.zeros(count, np.int64)
    for view, rank in zip(views, ranks, strict=True):
        sizes[rank[rank >= 0]] = np.diff(_sounds(view).starts)[rank >= 0]
    begins = starts(sizes)
    letters = np.zeros(begins[-1], np.uint8)
    for view, rank in zip(views, ranks, strict=True):
        held = (rank >= 0).nonzero()[0]
        part = stored_codes(view, held)
        own = np.diff(part.starts)
        letters[_places(begins.take(rank.take(held)), own)] = part.codes
    return PhonemeCodes(letters, begins)


def _arrays(numbers: Array, words: Array, small: Array, sounds: PhonemeCodes) -> dict[str, Array]:
    order = radix_argsort(numbers)
    return {
        "name_keys": numbers[order],
        "name_words": words[order].astype(np.uint32),
        "sounds": sounds.codes,
        "sound_starts": sounds.starts.astype(np.uint32),
        "small": np.packbits(small),
    }


def _small(view: FieldPostings) -> Array:
    return np.unpackbits(view.section("small"), count=len(view)).view(bool)


def stored_codes(view: FieldPostings, ranks: Array) -> PhonemeCodes:
    """The sounds of some words of a field."""
    letters, begins = _sounds(view)
    sizes = (begins.take(ranks + 1) - begins.take(ranks)).astype(np.int64)
    places = _places(begins.take(ranks).astype(np.int64), sizes)
    return PhonemeCodes(letters.take(places), starts(sizes))


def _sounds(view: FieldPostings) -> PhonemeCodes:
    return PhonemeCodes(view.section("sounds"), view.section("sound_starts"))


def _places(begins: Array, sizes: Array) -> Array:
    """int64: where the letters of words are that begin there and have so many."""
    return np.repeat(begins, sizes) + ranges_from_zero(sizes)


def ranks_with_keys(view: FieldPostings, numbers: Iterable[int]) -> Array:
    """int64, ascending: the ranks of the words of a field that have any of the keys."""
    sorted_keys, words = view.section("name_keys"), view.section("name_words")
    wanted = np.array(sorted(numbers), np.uint32)
    lows = sorted_keys.searchsorted(wanted).tolist()
    highs = sorted_keys.searchsorted(wanted, "right").tolist()
    found = [words[low:high] for low, high in zip(lows, highs, strict=True) if low < high]
    if not found:
        return np.zeros(0, np.int64)
    ranks: Array = np.concatenate(found).astype(np.int64)
    if len(found) > 1:  # np.unique would import numpy.ma for it
        ranks.sort(kind="stable")
        ranks = ranks[np.append(True, ranks[1:] != ranks[:-1])]
    return ranks


def are_lowercase(view: FieldPostings, ranks: Array) -> Array:
    """bool: whether each word is mostly written without capitals here, as no name is."""
    bits: Array = view.section("small").take(ranks >> 3) >> (7 - (ranks & 7)).astype(np.uint8)
    return (bits & 1).astype(bool)
