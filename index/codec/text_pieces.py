"""The pieces of a text, by number, and what follows from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from index.analysis.columns import LANGUAGES
from index.codec.array_file import Array
from index.codec.arrays import as_array, starts
from index.codec.piece_terms import PieceTerms


@dataclass(frozen=True, slots=True)
class TextPieces:
    """The pieces of a text."""

    numbers: Array
    """uint32: of each piece, in the order of the text."""
    blocks: Array
    """uint32, pairs: the number of pieces before each block, and the offset of the block."""


@dataclass(frozen=True, slots=True)
class TextFacts:
    """Checkpoints and languages of a text, found while it was inverted."""

    positions: int
    """Number of positions of all its words."""
    checkpoints: list[tuple[int, int]]
    """Position of the first token and offset of each block of the text."""
    words: dict[str, int]
    """Number of words by language: ``ar``, ``en``, and ``""`` for numbers and other scripts."""


def facts_of(texts: Sequence[TextPieces], terms: PieceTerms) -> list[TextFacts]:
    """Return the facts of texts, given what their pieces have."""
    numbers = np.concatenate([np.zeros(0, np.uint32), *(text.numbers for text in texts)])
    begins = starts([len(text.numbers) for text in texts])
    positions = starts(as_array(terms.widths)[numbers])
    before = [starts(as_array(each)[numbers])[begins] for each in terms.languages]
    words = np.diff(np.array(before)).T.tolist()
    widths = np.diff(positions[begins]).tolist()
    checkpoints = _checkpoints(texts, positions, begins[:-1])
    return [
        TextFacts(
            widths[n],
            checkpoints[n],
            {name: count for name, count in zip(LANGUAGES, words[n], strict=True) if count},
        )
        for n in range(len(texts))
    ]


def _checkpoints(
    texts: Sequence[TextPieces], positions: Array, begins: Array
) -> list[list[tuple[int, int]]]:
    """Return position and offset of each block of texts, given where their pieces begin."""
    counts = [len(text.blocks) for text in texts]
    pieces, offsets = np.concatenate([np.zeros((0, 2), int), *(text.blocks for text in texts)]).T
    first = np.repeat(begins, counts)
    at = positions[first + pieces] - positions[first]
    all_of_them = [*zip(at.tolist(), offsets.tolist(), strict=True)]
    return [all_of_them[begin:end] for begin, end in pairwise(starts(counts).tolist())]
