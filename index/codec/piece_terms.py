"""What the distinct pieces of texts have: their terms, positions, languages and capitals."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

import numpy as np

from index.analysis.columns import LANGUAGES, analyze_pieces
from index.codec.array_file import Array
from index.codec.arrays import starts
from index.codec.field_terms import FieldTerms
from index.codec.name_index import NameTable
from index.codec.title_gap import TITLE_GAP

GAP = "\n"
"""The piece between a text and its title. No piece of a text is white space."""
GAP_NUMBER = 0
"""Its number: it is the first piece of all."""


class PieceTerms:
    """The terms of pieces, which are numbered as added. A piece has one part, or several."""

    def __init__(self) -> None:
        self.exact = FieldTerms()
        self.stem = FieldTerms()
        self.root = FieldTerms()
        self.names = NameTable()
        """The name keys of exact terms, by their numbers in the vocabulary."""
        self.widths = array("I", [TITLE_GAP])
        """Number of positions of each piece."""
        self.languages = [array("I", [0]) for _ in LANGUAGES]
        """Number of words of each piece, for each language."""
        self._cases = array("b")
        """For each exact term of a piece 1 if it is without capitals, -1 if it has any, 0 for
        other scripts."""
        for field in (self.exact, self.stem, self.root):
            field.add([], np.zeros(0, np.uint32), np.zeros(1, np.uint32))

    def __len__(self) -> int:
        """Return the number of pieces."""
        return len(self.widths)

    def add(self, parts: Sequence[str], counts: Sequence[int]) -> None:
        """Add pieces, given the parts of all, and the number of parts of each.

        A part is a text that the tokenizer gives as one.
        """
        columns = analyze_pieces(parts)
        bounds, before = starts(counts), starts(columns.widths)
        # Positions of a part are counted from the first part of its piece.
        shifts = (before[:-1] - np.repeat(before[bounds[:-1]], counts)).astype(np.uint32)
        for field, column in (
            (self.exact, columns.exact),
            (self.stem, columns.stem),
            (self.root, columns.root),
        ):
            positions = column.positions + np.repeat(shifts, column.counts)
            field.add(column.terms, positions, _sums(column.counts, bounds))
        self.widths.frombytes(_sums(columns.widths, bounds).tobytes())
        for language, words in zip(self.languages, columns.languages, strict=True):
            language.frombytes(_sums(words, bounds).tobytes())
        self._cases.frombytes(np.repeat(columns.cases, columns.exact.counts).tobytes())

    def lowercase_terms(self, pieces: Array) -> Array:
        """bool: whether each exact term has no capitals in most of these pieces."""
        cases = np.frombuffer(self._cases, np.int8) if self._cases else np.zeros(0, np.int8)
        counts = np.bincount(pieces, minlength=len(self))
        lowercase: Array = self.exact.sums(counts, cases) > 0
        return lowercase

    def name_arrays(self, pieces: Array, terms: Array) -> dict[str, Array]:
        """Return the name index of some exact terms, given by number, of texts of these pieces."""
        self.names.add(self.exact.words(len(self.names)))
        return self.names.arrays(terms, self.lowercase_terms(pieces)[terms])


def _sums(values: Array, bounds: Array) -> Array:
    """Return the sum of each group of adjacent values, given where the groups begin: uint32."""
    sums: Array = np.diff(starts(values)[bounds]).astype(np.uint32)
    return sums
