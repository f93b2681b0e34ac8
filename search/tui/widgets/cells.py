"""The cells of a row, and the text that a mouse sweeps over: a slice of what its author wrote.

A row of Arabic with a number or a Latin name in it is not in the order of the text. What is
selected from one cell to another is one slice of the text with all that is between the two cells;
it is drawn as selected in full, so that what is seen is what is copied.
"""

from __future__ import annotations

from dataclasses import dataclass

from search.results import Span


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of one row of a text."""

    start: int
    """Offset of the first character of the row; it orders the rows of a text."""
    spans: tuple[Span, ...] = ()
    """What is under each cell from left to right, as offsets in the text."""
    rtl: bool = False
    left: int = 0
    """Cells before the first one, in the column of the row."""

    def hull(self, first: int, last: int) -> Span:
        """Return the slice that contains what is under the cells from one to another of a row.

        A cell beyond an end counts as that end. An empty row has an empty slice.
        """
        if not self.spans:
            return self.start, self.start
        ends = len(self.spans) - 1
        low, high = (max(0, min(at - self.left, ends)) for at in (first, last))
        swept = self.spans[low : high + 1]
        return min(start for start, _ in swept), max(end for _, end in swept)


@dataclass(frozen=True, slots=True)
class Touch:
    """A cell of a row that the mouse touches."""

    cells: Cells
    x: int
    """Cell in the column of the row."""


_FAR = 1 << 20
"""Further right than any cell."""


def swept(one: Touch, other: Touch) -> Span:
    """Return the slice of the text between two cells, both included.

    On one row it has all that is between them; else all that is read from the upper one to the end
    of its row, the rows between, and the lower row up to the other one.
    """
    first, last = sorted((one, other), key=lambda touch: (touch.cells.start, touch.x))
    if first.cells == last.cells:
        return first.cells.hull(first.x, last.x)
    rest = (0, first.x) if first.cells.rtl else (first.x, _FAR)
    begun = (last.x, _FAR) if last.cells.rtl else (0, last.x)
    return first.cells.hull(*rest)[0], last.cells.hull(*begun)[1]
