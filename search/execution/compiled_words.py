"""The words of an index that begin with a prefix, found and counted by the kernel."""

from __future__ import annotations

import os
from array import array
from collections.abc import Sequence
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

from index.kernel.library import function
from search.dictionary.beginnings import Beginnings, CommonWords, folding_table
from search.execution.kernel_addresses import TERM_END, IndexAddresses, UnknownArrays
from search.execution.kernel_memory import WorkingMemory

_MAX_BEGINNINGS, _MAX_LETTERS = 3, 64
_SIZES, _LETTERS = c_uint32 * _MAX_BEGINNINGS, c_uint32 * _MAX_LETTERS
_SEED = int.from_bytes(os.urandom(8))
"""Of hashes, so that no document can be made to have words that collide."""


class Wanted(Structure):
    """``Beginnings`` of ``beginnings.c``."""

    _fields_ = (
        ("fields", c_void_p),
        ("starts", c_char_p),
        ("folding", c_void_p),
        ("field_count", c_uint64),
        ("start_bytes", c_uint64),
        ("seed", c_uint64),
        ("most", c_uint64),
        ("count", c_uint64),
        ("sizes", _SIZES),
        ("least", _SIZES),
        ("letters", _LETTERS * _MAX_BEGINNINGS),
        ("found", c_uint64),
        ("frequencies", c_void_p),
        ("texts", c_void_p),
        ("text_bytes", c_uint64),
        ("given", c_uint64),
        ("unsure", c_uint64),
    )


def words_beginning(
    addresses: IndexAddresses, memory: WorkingMemory, wanted: Beginnings, most: int
) -> CommonWords | None:
    """The commonest words of an index that begin so; None if Python has to find them.

    ``memory`` is the one that is lent to the index.
    """
    find = function("dalil_words_beginning", c_int64, c_void_p, c_void_p)
    if find is None or any(len(letters) > _MAX_LETTERS for letters, _ in wanted.folded):
        return None
    try:
        numbers = array("I", map(addresses.field_number, wanted.fields))
    except UnknownArrays:
        return None
    starts = b"".join(start + TERM_END for start in sorted(map(str.encode, wanted.starts)))
    table = folding_table()
    call = Wanted(
        fields=numbers.buffer_info()[0],
        starts=starts,
        folding=table.ctypes.data,
        field_count=len(numbers),
        start_bytes=len(starts),
        seed=_SEED,
        most=most,
        count=len(wanted.folded),
    )
    for n, (letters, least) in enumerate(wanted.folded):
        call.sizes[n], call.least[n] = len(letters), least
        call.letters[n][: len(letters)] = [*map(ord, letters)]
    with memory.lock:
        count = find(addressof(addresses.index), byref(call))
        return _read(call, count) if count >= 0 else None


def _read(call: Wanted, count: int) -> CommonWords | None:
    """What the kernel gives; None if a word is no UTF-8."""
    frequencies: Sequence[int] = (c_uint64 * count).from_address(call.frequencies)[:]
    texts = string_at(call.texts, call.text_bytes).split(TERM_END)[:count]
    try:
        words = dict(zip(map(bytes.decode, texts), frequencies, strict=True))
    except ValueError:
        return None
    if len(words) != count:
        return None
    items = list(words.items())
    return CommonWords(call.found, dict(items[: call.given]), dict(items[call.given :]))
