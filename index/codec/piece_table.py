"""The distinct pieces of texts and their terms: each piece is analysed once and numbered."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

import numpy as np

from index.analysis.chains import Term, analyze_piece
from index.analysis.roots import root_of
from index.analysis.tokenizer import kind_of
from index.codec.array_file import Array
from index.codec.inversion import Vocabulary, as_array, inverted, ranges_from_zero, starts

_LANGUAGES = ("ar", "en", "")
TITLE_GAP = 1000
"""Positions without a word between a text and its title, so that no phrase runs from one into the
other; words of a phrase are at most so far apart (``search.planning.phrase_queries``)."""
GAP = "\n"
"""The piece that takes these positions; no piece of a text is white space."""


class PieceTable(dict[str, int]):
    """Distinct pieces in the order of their first lookup, which analyses and numbers each."""

    def __init__(self) -> None:
        self.exact = FieldTerms()
        self.stem = FieldTerms()
        self.root = FieldTerms()
        self.widths = array("I")
        """Number of positions of each piece."""
        self._cases = array("b")
        """1 for a piece without capitals, -1 for one with any, 0 for other scripts."""
        self._languages = {language: array("I") for language in _LANGUAGES}
        """Language → number of its words in each piece."""
        self._extra_positions: dict[int, int] = {}
        """Number of a piece that has not exactly one position → its positions less one."""
        self[GAP] = 0
        self._finish_piece(TITLE_GAP, 0, ())

    def __missing__(self, raw: str) -> int:
        number = self[raw] = len(self)
        words, alternatives = analyze_piece(raw, kind_of(raw))
        placed = [
            *((term, 0) for term in alternatives),
            *((term, at) for at, term in enumerate(words)),
        ]
        for term, position in placed:
            self._add_term(term, position)
        for root, position in dict.fromkeys((root_of(term), at) for term, at in placed):
            if root is not None:  # a word has it once, however its vowels are spelled out
                self.root.add(root, position)
        self._finish_piece(len(words), raw.islower() - (raw != raw.lower()), words)
        if len(words) != 1:
            self._extra_positions[number] = len(words) - 1
        return number

    def _finish_piece(self, width: int, case: int, words: Sequence[Term]) -> None:
        self.exact.finish_piece()
        self.stem.finish_piece()
        self.root.finish_piece()
        self.widths.append(width)
        self._cases.append(case)
        for language, counts in self._languages.items():
            counts.append(sum([term.language == language for term in words]))

    def _add_term(self, term: Term, position: int) -> None:
        self.exact.add(term.exact, position)
        if term.stem is not None:
            self.stem.add(term.stem, position)

    def lowercase_terms(self, numbers: Array) -> set[str]:
        """Return the exact terms that have no capitals in most of these pieces."""
        cases = np.frombuffer(self._cases, np.int8) if self._cases else np.zeros(0, np.int8)
        return self.exact.terms_above_zero(np.bincount(numbers, minlength=len(self)) * cases)

    def extra_positions(self, numbers: Sequence[int]) -> int:
        """Return the number of positions of some pieces, less the number of pieces."""
        if self._extra_positions.keys().isdisjoint(numbers):
            return 0
        return sum(self._extra_positions.get(number, 0) for number in numbers)

    def word_counts(self, numbers: Array, total: int) -> dict[str, int]:
        """Return the number of words of some pieces by language, without zeros.

        ``total`` is the number of words of all languages.
        """
        by_language: dict[str, int] = {}
        for language, counts in self._languages.items():
            if sum(by_language.values()) < total:
                count = int(as_array(counts).take(numbers).sum())
                by_language |= {language: count} if count else {}
        return by_language


class FieldTerms:
    """The terms of each piece in one field, and their positions within the piece."""

    def __init__(self) -> None:
        self._vocabulary = Vocabulary()
        self._terms = array("I")
        self._positions = array("I")
        self._ends = array("I")
        """Number of terms up to the end of each piece."""

    def add(self, term: str, position: int) -> None:
        """Add a term of the next piece."""
        self._terms.append(self._vocabulary[term])
        self._positions.append(position)

    def finish_piece(self) -> None:
        """End the terms of the next piece."""
        self._ends.append(len(self._terms))

    def terms_above_zero(self, values: Array) -> set[str]:
        """Return the terms for which the values of their pieces add up to more than 0."""
        owners = np.repeat(values, np.diff(np.append(0, as_array(self._ends))))
        totals = np.bincount(as_array(self._terms), owners, len(self._vocabulary))
        positive = (totals > 0).tolist()
        return {term for term, above in zip(self._vocabulary, positive, strict=True) if above}

    def arrays(self, pieces: Array, positions: Array, counts: Array) -> dict[str, Array]:
        """Return the arrays of the field.

        ``pieces`` are the piece numbers of all texts, ``positions`` the positions of these
        pieces in their texts, ``counts`` the numbers of pieces of the texts.
        """
        terms, term_positions, lengths = self._tokens(pieces, positions, counts)
        return inverted(self._vocabulary, terms, term_positions, lengths)

    def _tokens(self, pieces: Array, positions: Array, counts: Array) -> tuple[Array, Array, Array]:
        """Return the terms of all texts, their positions, and the number of terms of each text.

        What is needed on the way is freed here: the rest takes most memory afterwards.
        """
        begins = np.append(np.uint32(0), as_array(self._ends))
        sizes = np.diff(begins)[pieces]
        # Number of pieces up to the end of a text → number of terms up to there.
        ends = np.append(np.uint32(0), np.cumsum(sizes, dtype=np.uint32))[starts(counts)]
        at = np.repeat(begins[pieces], sizes)
        at += ranges_from_zero(sizes)
        term_positions = np.repeat(positions, sizes)
        term_positions += as_array(self._positions)[at]
        lengths = np.diff(ends).astype(np.uint32)
        return as_array(self._terms)[at], term_positions, lengths
