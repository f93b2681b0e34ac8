"""Invert a field by the compiled kernel: a counting sort, without an array for each step."""

from __future__ import annotations

import ctypes

import numpy as np

from index.codec.array_file import Array
from index.codec.arrays import starts
from index.codec.inversion import InvertedField, Postings, Vocabulary, terms_in_order
from index.codec.piece_sequence import PieceSequence
from index.codec.string_table import StringTable
from index.kernel import library

_POINTER, _SIZE = ctypes.c_void_p, ctypes.c_uint64
_count_terms = library.function("dalil_count_terms", _SIZE, _POINTER, _POINTER, _POINTER)
_sort_terms = library.function("dalil_sort_terms", None, _POINTER, _POINTER, _POINTER)
_join_tokens = library.function(
    "dalil_join_tokens", _SIZE, _POINTER, _POINTER, _SIZE, *(_POINTER,) * 4
)


class _Texts(ctypes.Structure):
    """``Texts`` of ``inversion.c``."""

    _fields_ = (
        *((name, _POINTER) for name in ("pieces", "counts")),
        ("texts", _SIZE),
        *((name, _POINTER) for name in ("widths", "ends", "terms", "positions")),
    )


def inverted_by_kernel(
    texts: PieceSequence,
    vocabulary: Vocabulary | StringTable,
    ends: Array,
    terms: Array,
    positions: Array,
) -> InvertedField | None:
    """Return a field of texts, or None where there is no kernel.

    ``ends`` are the numbers of terms up to the end of each distinct piece, ``terms`` these terms,
    as numbers of the vocabulary, and ``positions`` their positions in the piece: all uint32.
    """
    if _count_terms is None or _sort_terms is None or _join_tokens is None:
        return None
    arrays = (texts.numbers, texts.counts, texts.widths, ends, terms, positions)
    pieces, counts, *of_pieces = [each.ctypes.data for each in arrays]
    given = ctypes.byref(_Texts(pieces, counts, len(texts.counts), *of_pieces))
    of_terms = np.zeros(len(vocabulary), np.uint32)
    lengths = np.empty(len(texts.counts), np.uint32)
    total = _count_terms(given, of_terms.ctypes.data, lengths.ctypes.data)
    numbers, names = terms_in_order(vocabulary, of_terms)
    begins = starts(of_terms[numbers]).astype(np.uint32)
    places = np.zeros(len(vocabulary), np.uint32)
    places[numbers] = begins[:-1]
    tokens = np.empty(total, np.uint64)
    _sort_terms(given, places.ctypes.data, tokens.ctypes.data)
    return InvertedField.of(names, numbers, _postings(tokens, begins), lengths)


def _postings(tokens: Array, begins: Array) -> Postings:
    """Join tokens, given where each term begins among them, and their number behind the last."""
    documents = np.empty(len(tokens), np.uint16)
    frequencies, positions = np.empty((2, len(tokens)), np.uint32)
    first = np.empty(len(begins), np.uint32)
    assert _join_tokens is not None  # noqa: S101 (the caller has looked)
    count = _join_tokens(
        *(tokens.ctypes.data, begins[1:].ctypes.data, len(begins) - 1),
        *(each.ctypes.data for each in (documents, frequencies, first, positions)),
    )
    return Postings(documents[:count], frequencies[:count], first, positions)
