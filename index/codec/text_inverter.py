"""Texts on their way to a segment: numbers of pieces now, terms of two fields later.

A text is mostly words that were met before. Each distinct piece is analysed once and
numbered, and a text is kept as the numbers of its pieces; what they stand for in either
field, and at which position, is worked out for the whole batch at its end, by arrays.
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


@dataclass(frozen=True, slots=True)
class TextFacts:
    """What was learnt of a text while it was read."""

    checkpoints: list[tuple[int, int]]
    """The position and the offset at which each stretch of the text begins."""
    words: dict[str, int]
    """Words counted by language, ``ar``, ``en`` and ``""`` for numbers and the rest."""


class TextInverter:
    """The two fields of one kind of text, body or title, filled side by side."""

    def __init__(self) -> None:
        self._pieces = _Pieces()
        self._numbers = array("I")
        """Of the pieces of all texts."""
        self._counts = array("I")
        """How many pieces each text has."""
        self.tokens = 0
        """Words in all texts."""

    def add(self, text: str) -> TextFacts:
        """The next document's text."""
        known = self._pieces
        found = array("I")
        checkpoints: list[tuple[int, int]] = []
        position = 0
        for start, end in blocks(text):
            checkpoints.append((position, start))
            numbers = [*map(known.__getitem__, piece_texts(text, start, end))]
            position += len(numbers) + known.more(numbers)
            found.extend(array("I", numbers))
        self._numbers.extend(found)
        self._counts.append(len(found))
        self.tokens += position
        return TextFacts(checkpoints, known.words(as_array(found), position))

    def arrays(self) -> tuple[dict[str, Array], dict[str, Array]]:
        """The arrays of the fields of exact forms and of stems."""
        pieces, counts = as_array(self._numbers), as_array(self._counts)
        widths = as_array(self._pieces.widths)[pieces]
        # Where each piece stands: after the words of all before it in its text.
        after = np.cumsum(widths, dtype=np.int64)
        begins = np.append(0, after)[starts(counts)[:-1]]
        positions = (after - widths - np.repeat(begins, counts)).astype(np.uint32)
        exact, stem = (
            column.arrays(pieces, positions, counts)
            for column in (self._pieces.exact, self._pieces.stem)
        )
        return {**exact, **name_arrays(terms_of(exact), self._pieces.small(pieces))}, stem


class _Pieces(dict[str, int]):
    """Pieces in the order in which they were first met: looking one up numbers it."""

    def __init__(self) -> None:
        self.exact = _Column()
        self.stem = _Column()
        self.widths = array("I")
        """How many positions each takes."""
        self._cases = array("b")
        """1 for a piece without capitals, -1 for one with any, 0 for other scripts."""
        self._languages = {language: array("I") for language in _LANGUAGES}
        """How many words of a language each has."""
        self._wide: dict[int, int] = {}
        """Those that take more than one position, and how many more."""

    def __missing__(self, raw: str) -> int:
        number = self[raw] = len(self)
        words, alternatives = analyze_piece(raw, kind_of(raw))
        for term in alternatives:
            self._take(term, 0)
        for step, term in enumerate(words):
            self._take(term, step)
        self.exact.close()
        self.stem.close()
        self.widths.append(len(words))
        self._cases.append(raw.islower() - (raw != raw.lower()))
        for language, counts in self._languages.items():
            counts.append(sum([term.language == language for term in words]))
        if len(words) != 1:
            self._wide[number] = len(words) - 1
        return number

    def _take(self, term: Term, step: int) -> None:
        self.exact.add(term.exact, step)
        if term.stem is not None:
            self.stem.add(term.stem, step)

    def small(self, numbers: Array) -> set[str]:
        """The exact forms that a text, of these pieces, has more often without capitals."""
        cases = np.frombuffer(self._cases, np.int8) if self._cases else np.zeros(0, np.int8)
        return self.exact.above_zero(np.bincount(numbers, minlength=len(self)) * cases)

    def more(self, numbers: Sequence[int]) -> int:
        """How many more positions than pieces a text has."""
        if self._wide.keys().isdisjoint(numbers):
            return 0
        return sum(self._wide.get(number, 0) for number in numbers)

    def words(self, numbers: Array, count: int) -> dict[str, int]:
        """The words of a text of ``count`` words by language, without those of none."""
        found: dict[str, int] = {}
        for language, counts in self._languages.items():
            if sum(found.values()) < count:
                held = int(as_array(counts).take(numbers).sum())
                found |= {language: held} if held else {}
        return found


class _Column:
    """What the pieces stand for in one field: terms, and how far each is from the piece."""

    def __init__(self) -> None:
        self._vocabulary = Vocabulary()
        self._terms = array("I")
        self._steps = array("I")
        self._ends = array("I")

    def add(self, term: str, step: int) -> None:
        """A term of the next piece."""
        self._terms.append(self._vocabulary[term])
        self._steps.append(step)

    def close(self) -> None:
        """The next piece has all its terms."""
        self._ends.append(len(self._terms))

    def above_zero(self, values: Array) -> set[str]:
        """The terms whose pieces have values, one a piece, that add up to more than 0."""
        owners = np.repeat(values, np.diff(np.append(0, as_array(self._ends))))
        totals = np.bincount(as_array(self._terms), owners, len(self._vocabulary))
        return {
            term for term, more in zip(self._vocabulary, (totals > 0).tolist(), strict=True) if more
        }

    def arrays(self, pieces: Array, positions: Array, counts: Array) -> dict[str, Array]:
        """The field's arrays, out of the pieces of all texts and where they stand."""
        begins = np.append(0, as_array(self._ends))
        terms = np.diff(begins)[pieces]
        # The number of pieces in a text → the number of terms.
        ends = np.append(0, np.cumsum(terms, dtype=np.int64))[starts(counts)]
        at = np.repeat(begins[pieces], terms) + ranges_from_zero(terms)
        places = np.repeat(positions, terms) + as_array(self._steps)[at]
        return inverted(
            self._vocabulary, as_array(self._terms)[at], places, np.diff(ends).astype(np.uint32)
        )
