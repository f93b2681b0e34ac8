"""Invert texts: each distinct piece is analysed once, and each text is kept as piece numbers.

Most words of a text have occurred before. A piece is analysed when it occurs for the first
time and gets a number; a text is kept as the numbers of its pieces. The terms of both fields
and their positions are computed from the numbers at the end, for all texts by arrays.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from index.codec.array_file import Array
from index.codec.arrays import as_array
from index.codec.chunk_table import ChunkTable
from index.codec.piece_sequence import PieceSequence
from index.codec.piece_table import PieceTable
from index.codec.piece_terms import GAP_NUMBER
from index.codec.string_table import is_compiled
from index.codec.text_pieces import TextFacts, facts_of

Pieces = ChunkTable | PieceTable
"""The pieces of texts: by the kernel, or in Python."""


def new_table() -> Pieces:
    """Return a table without pieces."""
    return ChunkTable() if is_compiled() else PieceTable()


class TextInverter:
    """The fields of exact terms, stems and roots of one kind of text: of bodies or of titles.

    A body is followed by its title: its words count for the frequencies and the length of the
    whole document, and the positions of the body stay as they are.
    """

    def __init__(self, pieces: Pieces | None = None) -> None:
        """Begin with the pieces of earlier texts, or with none."""
        self._pieces = new_table() if pieces is None else pieces
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
        return self.add_all([(text, title)])[0]

    def add_all(self, texts: Sequence[tuple[str, str]]) -> list[TextFacts]:
        """Add the texts of the next documents, each with its title or ``""``.

        Their new words are analysed together: several times as fast as text by text.
        """
        cut = self._pieces.cut([text for text, _ in texts] + [title for _, title in texts])
        facts = facts_of(cut, self._pieces.terms)
        bodies, titles = cut[: len(texts)], cut[len(texts) :]
        for body, title in zip(bodies, titles, strict=True):
            self._add_pieces(body.numbers, title.numbers)
        self.ends.extend([each.positions for each in facts[: len(texts)]])
        self.tokens += sum(each.positions for each in facts)
        self.characters += sum(len(text) + len(title) for text, title in texts)
        return facts[: len(texts)]

    def _add_pieces(self, body: Array, title: Array) -> None:
        self._numbers.frombytes(body.tobytes())
        if len(title):
            self._numbers.append(GAP_NUMBER)
            self._numbers.frombytes(title.tobytes())
        self._counts.append(len(body) + bool(len(title)) + len(title))

    def arrays(self, names: Sequence[str], *, named: bool) -> dict[str, dict[str, Array]]:
        """Return the arrays of the fields of exact terms, stems and roots that have names here.

        If it is ``named``, the field of exact terms has a name index.
        """
        terms = self._pieces.terms
        pieces = as_array(self._numbers)
        texts = PieceSequence(pieces, as_array(self._counts), as_array(terms.widths))
        columns = (terms.exact, terms.stem, terms.root)[: len(names)]
        fields = [column.invert(texts) for column in columns]
        arrays = {name: field.arrays for name, field in zip(names, fields, strict=True)}
        if named:
            arrays[names[0]] |= terms.name_arrays(pieces, fields[0].numbers)
        return arrays
