"""What the distinct pieces of texts have: their terms, positions, languages and capitals."""

from __future__ import annotations

from array import array
from collections.abc import Iterable

import numpy as np

from index.analysis.chains import Piece
from index.analysis.roots import root_of
from index.codec.array_file import Array
from index.codec.field_terms import FieldTerms
from index.codec.inversion import as_array
from index.codec.name_index import NameTable
from index.codec.title_gap import TITLE_GAP

LANGUAGES = ("ar", "en", "")
GAP = "\n"
"""The piece between a text and its title. No piece of a text is white space."""
GAP_NUMBER = 0
"""Its number: it is the first piece of all."""

Part = tuple[str, Piece]
"""A text that the tokenizer gave as one, and its analysis."""


class PieceTerms:
    """The terms of pieces, which are numbered as added. A piece has one part, or several."""

    def __init__(self) -> None:
        self.exact = FieldTerms()
        self.stem = FieldTerms()
        self.root = FieldTerms()
        self.names = NameTable()
        """The name keys of exact terms, by their numbers in the vocabulary."""
        self.widths = array("I")
        """Number of positions of each piece."""
        self.languages = array("I")
        """Number of words of each piece in each of :data:`LANGUAGES`."""
        self._cases = array("b")
        """For each exact term of a piece 1 if it is without capitals, -1 if it has any, 0 for
        other scripts."""
        self._finish_piece(TITLE_GAP)
        self.languages.extend([0] * len(LANGUAGES))

    def __len__(self) -> int:
        """Return the number of pieces."""
        return len(self.widths)

    def add(self, parts: Iterable[Part]) -> None:
        """Add the next piece."""
        width, languages = 0, dict.fromkeys(LANGUAGES, 0)
        for raw, piece in parts:
            self._add_part(raw, piece, width)
            width += len(piece.words)
            for term in piece.words:
                languages[term.language] += 1
        self.languages.extend(languages.values())
        self._finish_piece(width)

    def _add_part(self, raw: str, piece: Piece, first: int) -> None:
        case = raw.islower() - (raw != raw.lower())
        placed = [
            *((term, first) for term in piece.alternatives),
            *((term, at) for at, term in enumerate(piece.words, first)),
        ]
        for term, position in placed:
            self.exact.add(term.exact, position)
            self._cases.append(case)
            if term.stem is not None:
                self.stem.add(term.stem, position)
        for root, position in dict.fromkeys((root_of(term), at) for term, at in placed):
            if root is not None:  # a word has it once, however its vowels are spelled out
                self.root.add(root, position)

    def _finish_piece(self, width: int) -> None:
        self.exact.finish_piece()
        self.stem.finish_piece()
        self.root.finish_piece()
        self.widths.append(width)

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

    def word_counts(self, pieces: Array) -> dict[str, int]:
        """Return the number of words of some pieces by language, without zeros."""
        counts = as_array(self.languages).reshape(-1, len(LANGUAGES))[pieces].sum(axis=0)
        return named_counts(counts.tolist())


def named_counts(counts: Iterable[int]) -> dict[str, int]:
    """Return numbers of words in each of :data:`LANGUAGES` by language, without zeros."""
    return {language: count for language, count in zip(LANGUAGES, counts, strict=True) if count}
