"""Invert texts: each distinct piece is analysed once, and each text is kept as piece numbers.

Most words of a text have occurred before. A piece is analysed when it occurs for the first
time and gets a number; a text is kept as the numbers of its pieces. The terms of both fields
and their positions are computed from the numbers at the end, for all texts by arrays.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from index.analysis.tokenizer import blocks, piece_texts
from index.codec.array_file import Array
from index.codec.inversion import as_array, starts
from index.codec.piece_table import GAP, PieceTable


@dataclass(frozen=True, slots=True)
class TextFacts:
    """Checkpoints and languages of a text, found while it was inverted."""

    checkpoints: list[tuple[int, int]]
    """Position of the first token and offset of each block of the text."""
    words: dict[str, int]
    """Number of words by language: ``ar``, ``en``, and ``""`` for numbers and other scripts."""


class TextInverter:
    """The fields of exact terms, stems and roots of one kind of text: of bodies or of titles.

    A body is followed by its title: its words count for the frequencies and the length of the
    whole document, and the positions of the body stay as they are.
    """

    def __init__(self, pieces: PieceTable | None = None) -> None:
        """Begin with the pieces of earlier texts, or with none."""
        self._pieces = PieceTable() if pieces is None else pieces
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

    def add(self, text: str, title: str = "") -> TextFacts:
        """Add the text of the next document, and its title if that is searched with it."""
        numbers, position, checkpoints = self._pieces_of(text)
        self._numbers.extend(numbers)
        self.ends.append(position)
        self.tokens += position
        self.characters += len(text) + len(title)
        title_numbers, title_positions, _ = self._pieces_of(title)
        if title_numbers:
            self._numbers.append(self._pieces[GAP])
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

    def arrays(self, names: Sequence[str], *, named: bool) -> dict[str, dict[str, Array]]:
        """Return the arrays of the fields of exact terms, stems and roots that have names here.

        If it is ``named``, the field of exact terms has a name index.
        """
        pieces, counts = as_array(self._numbers), as_array(self._counts)
        positions, table = self._positions(), self._pieces
        columns = (table.exact, table.stem, table.root)[: len(names)]
        fields = [column.invert(pieces, positions, counts) for column in columns]
        arrays = {name: field.arrays for name, field in zip(names, fields, strict=True)}
        if named:
            arrays[names[0]] |= self._name_arrays(fields[0].numbers)
        return arrays

    def _name_arrays(self, terms: Array) -> dict[str, Array]:
        """Return the name index of these exact terms, given by number."""
        table, lowercase = self._pieces, self._pieces.lowercase_terms(as_array(self._numbers))
        table.names.add(islice(table.exact.vocabulary, len(table.names), None))
        return table.names.arrays(terms, lowercase[terms])

    def _positions(self) -> Array:
        """Return the number of positions before each piece in its text: uint32."""
        counts = as_array(self._counts)
        widths = as_array(self._pieces.widths)[as_array(self._numbers)]
        positions = np.cumsum(widths, dtype=np.uint32)
        begins = np.append(np.uint32(0), positions)[starts(counts)[:-1]]
        positions -= widths
        positions -= np.repeat(begins, counts)
        return positions
