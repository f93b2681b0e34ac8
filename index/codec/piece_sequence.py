"""The pieces of all texts of a segment, by number, one text behind the other."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from index.codec.array_file import Array
from index.codec.arrays import starts


@dataclass(frozen=True)
class PieceSequence:
    """The pieces of texts. All are uint32."""

    numbers: Array
    """Of the pieces of all texts."""
    counts: Array
    """Number of pieces of each text."""
    widths: Array
    """Number of positions of each distinct piece."""

    @cached_property
    def positions(self) -> Array:
        """Number of positions before each piece in its text: uint32."""
        widths = self.widths[self.numbers]
        positions = np.cumsum(widths, dtype=np.uint32)
        begins = np.append(np.uint32(0), positions)[starts(self.counts)[:-1]]
        positions -= widths
        positions -= np.repeat(begins, self.counts)
        return positions
