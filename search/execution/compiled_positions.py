"""Where terms stand in a few documents of an index, found by the kernel."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from ctypes import Structure, addressof, byref, c_char_p, c_int64, c_uint32, c_uint64, c_void_p
from itertools import accumulate, pairwise

from index.kernel.library import function
from search.execution.kernel_addresses import IndexAddresses, UnknownArrays
from search.execution.kernel_encoding import EncodedTerms
from search.execution.kernel_memory import WorkingMemory
from search.query.query_terms import FieldTerm


class Places(Structure):
    """``Places`` of ``positions.c``."""

    _fields_ = (
        ("terms", c_char_p),
        ("documents", c_void_p),
        ("counts", c_void_p),
        ("positions", c_void_p),
        ("term_bytes", c_uint64),
        ("document_count", c_uint64),
    )


def term_places(
    addresses: IndexAddresses,
    encoded: EncodedTerms,
    memory: WorkingMemory,
    terms: Sequence[FieldTerm],
    numbers: Sequence[int],
) -> list[list[int]] | None:
    """The ascending positions of any of the terms in each of ascending documents of an index.

    None if arrays have to find them. ``memory`` is the one that is lent to the index.
    """
    find = function("dalil_positions", c_int64, c_void_p, c_void_p)
    if find is None:
        return None
    try:
        texts = b"".join([encoded.text(field, text) for field, text in sorted(terms)])
    except UnknownArrays:
        return None
    documents, counts = array("q", numbers), (c_uint32 * len(numbers))()
    call = Places(
        terms=texts,
        documents=documents.buffer_info()[0],
        counts=addressof(counts),
        term_bytes=len(texts),
        document_count=len(numbers),
    )
    with memory.lock:
        total = find(addressof(addresses.index), byref(call))
        if total < 0:
            return None
        found = (c_uint32 * total).from_address(call.positions)[:] if total else []
    return [found[low:high] for low, high in pairwise(accumulate(counts, initial=0))]
