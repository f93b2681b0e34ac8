"""Words of an index that begin with a prefix or are near a word, found by the kernel."""

from __future__ import annotations

import os
from array import array
from ctypes import (
    Structure,
    addressof,
    byref,
    c_char_p,
    c_int64,
    c_uint32,
    c_uint64,
    c_void_p,
    string_at,
)

from index.codec.word_finder import Beginnings, CommonWords, NearWord
from index.kernel.library import function
from search.execution.kernel_addresses import IndexAddresses, UnknownArrays
from search.execution.kernel_encoding import TERM_END
from search.execution.kernel_memory import WorkingMemory

_MAX_BEGINNINGS, _MAX_LETTERS = 3, 64
_SIZES, _LETTERS = c_uint32 * _MAX_BEGINNINGS, c_uint32 * _MAX_LETTERS
_SEED = int.from_bytes(os.urandom(8))
"""Of hashes, so that no document can be made to have words that collide."""


class GivenWords(Structure):
    """``GivenWords`` of ``common_words.c``."""

    _fields_ = (("frequencies", c_void_p), ("texts", c_void_p), ("text_bytes", c_uint64))

    def read(self, count: int) -> dict[str, int]:
        """The words with their document frequencies. Raises ValueError if one is no UTF-8."""
        frequencies = (c_uint64 * count).from_address(self.frequencies)[:]
        texts = string_at(self.texts, self.text_bytes).split(TERM_END)[:count]
        return dict(zip(map(bytes.decode, texts), frequencies, strict=True))


_WANTED = (
    ("fields", c_void_p),
    ("starts", c_char_p),
    ("folding", c_void_p),
    ("field_count", c_uint64),
    ("start_bytes", c_uint64),
    ("seed", c_uint64),
)
"""How both structures begin that say which words are wanted."""


class WantedBeginnings(Structure):
    """``Beginnings`` of ``beginnings.c``."""

    _fields_ = (
        *_WANTED,
        ("most", c_uint64),
        ("count", c_uint64),
        ("sizes", _SIZES),
        ("least", _SIZES),
        ("letters", _LETTERS * _MAX_BEGINNINGS),
        ("found", c_uint64),
        ("given", c_uint64),
        ("unsure", c_uint64),
        ("words", GivenWords),
    )


class WantedWord(Structure):
    """``NearWord`` of ``near_words.c``."""

    _fields_ = (
        *_WANTED,
        ("size", c_uint64),
        ("letters", _LETTERS),
        ("words", GivenWords),
    )


def words_beginning(
    addresses: IndexAddresses, memory: WorkingMemory, wanted: Beginnings, most: int
) -> CommonWords | None:
    """The commonest words of an index that begin so; None if Python has to find them.

    ``memory`` is the one that is lent to the index.
    """
    if any(len(letters) > _MAX_LETTERS for letters, _ in wanted.folded):
        return None
    starts = _joined(wanted.starts)
    call = WantedBeginnings(
        starts=starts,
        start_bytes=len(starts),
        folding=wanted.folding.ctypes.data,
        most=most,
        count=len(wanted.folded),
    )
    for n, (letters, least) in enumerate(wanted.folded):
        call.sizes[n], call.least[n] = len(letters), least
        call.letters[n][: len(letters)] = [*map(ord, letters)]
    words = _found("dalil_words_beginning", addresses, memory, wanted.fields, call)
    if words is None:
        return None
    items = list(words.items())
    return CommonWords(call.found, dict(items[: call.given]), dict(items[call.given :]))


def words_near(
    addresses: IndexAddresses, memory: WorkingMemory, wanted: NearWord
) -> list[str] | None:
    """The words within one edit; None as above."""
    word = wanted.word
    if not 0 < len(word) < _MAX_LETTERS:
        return None
    starts, table = _joined(wanted.starts), wanted.folding.ctypes.data
    call = WantedWord(starts=starts, start_bytes=len(starts), folding=table, size=len(word))
    call.letters[: len(word)] = [*map(ord, word)]
    words = _found("dalil_words_near", addresses, memory, wanted.fields, call)
    return None if words is None else list(words)


def _joined(starts: tuple[str, ...]) -> bytes:
    return b"".join(start + TERM_END for start in sorted(map(str.encode, starts)))


def _found(
    name: str,
    addresses: IndexAddresses,
    memory: WorkingMemory,
    fields: tuple[str, ...],
    call: WantedBeginnings | WantedWord,
) -> dict[str, int] | None:
    """The words that a function of the kernel gives; None if it gives none."""
    find = function(name, c_int64, c_void_p, c_void_p)
    if find is None:
        return None
    try:
        numbers = array("I", map(addresses.field_number, fields))
    except UnknownArrays:
        return None
    call.fields, call.field_count = numbers.buffer_info()
    call.seed = _SEED
    with memory.lock:
        count = find(addressof(addresses.index), byref(call))
        if count < 0:
            return None
        try:
            words: dict[str, int] = call.words.read(count)
        except ValueError:
            return None
    return words if len(words) == count else None
