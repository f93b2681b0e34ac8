"""The terms that each piece has in one field, as numbers of the field's vocabulary."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

import numpy as np

from index.codec.array_file import Array
from index.codec.arrays import as_array, ranges_from_zero, starts
from index.codec.compiled_inversion import inverted_by_kernel
from index.codec.inversion import InvertedField, Vocabulary, inverted
from index.codec.piece_sequence import PieceSequence
from index.codec.string_table import StringTable, is_compiled
from index.codec.term_bytes import decode_term


class FieldTerms:
    """The terms of each piece in one field, and their positions within the piece."""

    def __init__(self) -> None:
        self._vocabulary = StringTable() if is_compiled() else Vocabulary()
        self._terms = array("I")
        self._positions = array("I")
        self._ends = array("I")
        """Number of terms up to the end of each piece."""

    def add(self, terms: Sequence[str], positions: Array, counts: Array) -> None:
        """Add the terms of further pieces, with a position for each, and a count for each piece."""
        ends = len(self._terms) + np.cumsum(counts, dtype=np.uint32)
        self._terms.frombytes(self._vocabulary.numbers(terms).tobytes())
        self._positions.frombytes(positions.astype(np.uint32, copy=False).tobytes())
        self._ends.frombytes(ends.astype(np.uint32, copy=False).tobytes())

    def words(self, first: int) -> list[str]:
        """Return the terms of the vocabulary from one number on."""
        return [decode_term(term) for term in self._vocabulary.encoded(first)]

    def sums(self, counts: Array, factors: Array) -> Array:
        """float64: for each term of the vocabulary a sum over its places in all pieces.

        It adds the factor of the place, multiplied by the count of its piece.
        """
        weights = np.repeat(counts, np.diff(np.append(0, as_array(self._ends)))) * factors
        return np.bincount(as_array(self._terms), weights, len(self._vocabulary))

    def invert(self, texts: PieceSequence) -> InvertedField:
        """Return the field of some texts."""
        places = as_array(self._ends), as_array(self._terms), as_array(self._positions)
        field = inverted_by_kernel(texts, self._vocabulary, *places)
        return field or inverted(self._vocabulary, *self._tokens(texts))

    def _tokens(self, texts: PieceSequence) -> tuple[Array, Array, Array]:
        """Return the terms of all texts, their positions, and the number of terms of each text.

        What is needed on the way is freed here: the rest takes most memory afterwards.
        """
        begins = np.append(np.uint32(0), as_array(self._ends))
        sizes = np.diff(begins)[texts.numbers]
        # Number of pieces up to the end of a text → number of terms up to there.
        ends = np.append(np.uint32(0), np.cumsum(sizes, dtype=np.uint32))[starts(texts.counts)]
        at = np.repeat(begins[texts.numbers], sizes)
        at += ranges_from_zero(sizes)
        term_positions = np.repeat(texts.positions, sizes)
        term_positions += as_array(self._positions)[at]
        lengths = np.diff(ends).astype(np.uint32)
        return as_array(self._terms)[at], term_positions, lengths
