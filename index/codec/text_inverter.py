"""Invert texts: each distinct piece is analysed once, and each text is kept as piece numbers.

Most words of a text have occurred before. A piece is analysed when it occurs for the first
time and gets a number; a text is kept as the numbers of its pieces. The terms of both fields
and their positions are computed from the numbers at the end, for all texts by arrays.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.analysis.chains import Term, analyze_piece
from index.analysis.tokenizer import blocks, kind_of, piece_texts
from index.codec.array_file import Array
from index.codec.inversion import (
    Vocabulary,
    as_array,
    inverted,
    ranges_from_zero,
    starts,
    terms_of,
)
from index.codec.name_index import name_arrays

_LANGUAGES = ("ar", "en", "")
TITLE_GAP = 1000
"""Positions without a word between a text and its title, so that no phrase runs from one into the
other; words of a phrase are at most so far apart (``search.planning.phrase_queries``)."""
_GAP = "\n"
"""The piece that takes these positions; no piece of a text is white space."""


@dataclass(frozen=True, slots=True)
class TextFacts:
    """Checkpoints and languages of a text, found while it was inverted."""

    checkpoints: list[tuple[int, int]]
    """Position of the first token and offset of each block of the text."""
    words: dict[str, int]
    """Number of words by language: ``ar``, ``en``, and ``""`` for numbers and other scripts."""


class TextInverter:
    """The two fields, exact and stem, of one kind of text: of bodies or of titles.

    A body is followed by its title: its words count for the frequencies and the length of the
    whole document, and the positions of the body stay as they are.
    """

    def __init__(self) -> None:
        self._pieces = _PieceTable()
        self._numbers = array("I")
        """Piece numbers of all texts."""
        self._counts = array("I")
        """Number of pieces of each text."""
        self.ends = array("I")
        """Number of positions of each text without its title."""
        self.tokens = 0
        """Number of tokens of all texts."""
        self.characters = 0
        """Number of characters of all texts."""

    @property
    def distinct_count(self) -> int:
        """Number of distinct pieces of all texts."""
        return len(self._pieces) - 1

    def add(self, text: str, title: str = "") -> TextFacts:
        """Add the text of the next document, and its title if that is searched with it."""
        numbers, position, checkpoints = self._pieces_of(text)
        self._numbers.extend(numbers)
        self.ends.append(position)
        self.tokens += position
        self.characters += len(text) + len(title)
        title_numbers, title_positions, _ = self._pieces_of(title)
        if title_numbers:
            self._numbers.append(self._pieces[_GAP])
            self._numbers.extend(title_numbers)
            self.tokens += title_positions
        self._counts.append(len(numbers) + bool(title_numbers) + len(title_numbers))
        return TextFacts(checkpoints, self._pieces.word_counts(as_array(numbers), position))

    def _pieces_of(self, text: str) -> tuple[array[int], int, list[tuple[int, int]]]:
        """Return the piece numbers of a text, the number of its positions, and its checkpoints."""
        pieces = self._pieces
        text_numbers = array("I")
        checkpoints: list[tuple[int, int]] = []
        position = 0
        for start, end in blocks(text):
            checkpoints.append((position, start))
            numbers = [*map(pieces.__getitem__, piece_texts(text, start, end))]
            position += len(numbers) + pieces.extra_positions(numbers)
            text_numbers.extend(array("I", numbers))
        return text_numbers, position, checkpoints

    def arrays(self) -> tuple[dict[str, Array], dict[str, Array]]:
        """Return the arrays of the exact field and of the stem field."""
        pieces, counts = as_array(self._numbers), as_array(self._counts)
        positions = self._positions()
        exact, stem = (
            field.arrays(pieces, positions, counts)
            for field in (self._pieces.exact, self._pieces.stem)
        )
        return {**exact, **name_arrays(terms_of(exact), self._pieces.lowercase_terms(pieces))}, stem

    def _positions(self) -> Array:
        """Return the number of positions before each piece in its text: uint32."""
        counts = as_array(self._counts)
        widths = as_array(self._pieces.widths)[as_array(self._numbers)]
        positions = np.cumsum(widths, dtype=np.uint32)
        begins = np.append(np.uint32(0), positions)[starts(counts)[:-1]]
        positions -= widths
        positions -= np.repeat(begins, counts)
        return positions


class _PieceTable(dict[str, int]):
    """Distinct pieces in the order of their first lookup, which analyses and numbers each."""

    def __init__(self) -> None:
        self.exact = _FieldTerms()
        self.stem = _FieldTerms()
        self.widths = array("I")
        """Number of positions of each piece."""
        self._cases = array("b")
        """1 for a piece without capitals, -1 for one with any, 0 for other scripts."""
        self._languages = {language: array("I") for language in _LANGUAGES}
        """Language → number of its words in each piece."""
        self._extra_positions: dict[int, int] = {}
        """Number of a piece that has not exactly one position → its positions less one."""
        self[_GAP] = 0
        self._finish_piece(TITLE_GAP, 0, ())

    def __missing__(self, raw: str) -> int:
        number = self[raw] = len(self)
        words, alternatives = analyze_piece(raw, kind_of(raw))
        for term in alternatives:
            self._add_term(term, 0)
        for position, term in enumerate(words):
            self._add_term(term, position)
        self._finish_piece(len(words), raw.islower() - (raw != raw.lower()), words)
        if len(words) != 1:
            self._extra_positions[number] = len(words) - 1
        return number

    def _finish_piece(self, width: int, case: int, words: Sequence[Term]) -> None:
        self.exact.finish_piece()
        self.stem.finish_piece()
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


class _FieldTerms:
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
