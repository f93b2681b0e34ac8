"""Draw headings and tables as such, in the text as it is stored.

The reader of a format leaves out its marks: what was a heading is a line of its own, and the
cells of a row have a tab between them. The drawing is for the screen alone; offsets are those of
the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from search.bidi import Line, Mode
from search.tui.widgets.table_columns import column_widths, shown_width

HEADING, RULE = "heading", "rule"
"""The styles of a heading, and of the rule between two cells."""
Styled = tuple[int, int, str]
"""Start, end, and the name of a style."""

_WITH_HEADINGS = frozenset(("markdown", "html"))
_WITH_TABLES = frozenset(("markdown", "html", "docx"))
_MAX_HEADING = 100
"""Characters of a heading."""
_BAR = " │ "
# What begins an item of a list, a quotation or code, and what ends a sentence, is no heading.
_NO_HEADING = re.compile(r"\s|[-*+>•`]|[\d٠-٩]+[.)]\s|.*[.!?؟…:;؛,،\t]\s*$")


@dataclass(frozen=True, slots=True)
class TextStructure:
    """What is known of a text beside its characters."""

    type: str = ""
    """The format of the document."""
    title: str = ""
    rtl: bool = False
    """The direction of paragraphs without letters: that of the document."""
    pages: Sequence[int] = ()
    """The offset at which each page starts."""

    def is_heading(self, text: str, start: int, end: int) -> bool:
        """Whether the paragraph ``text[start:end]`` is a heading.

        That is the first line if it is the title. In a format with headings it also is a short
        line between two empty ones that is no sentence and no item.
        """
        line = text[start : min(end, start + _MAX_HEADING + 1)]
        if self.type not in _WITH_TABLES or not line.strip() or len(line) > _MAX_HEADING:
            return False
        if line.strip() == self.title.strip() and not text[:start].strip():
            return True
        alone = text[max(start - 2, 0) : start].strip("\n") == "" and text.startswith("\n\n", end)
        return self.type in _WITH_HEADINGS and alone and not _NO_HEADING.match(line)

    def drawn(self, text: str, start: int, end: int, width: int, mode: Mode) -> Drawn:
        """Return the paragraph ``text[start:end]`` as it is drawn: the tabs between cells as bars.

        The columns of a table that fits ``width`` cells of the screen are aligned.
        """
        paragraph = text[start:end]
        body = paragraph.lstrip("\t ")
        if self.type not in _WITH_TABLES or "\t" not in paragraph:
            return Drawn(paragraph)
        columns = column_widths(text, start, end, mode)
        if sum(columns) + len(_BAR) * (len(columns) - 1) > width:
            columns = ()
        indent = 0 if columns else len(paragraph) - len(body)
        pieces = [*paragraph[:indent], *_pieces(paragraph[indent:], columns, mode)]
        return Drawn("".join(pieces), tuple(accumulate(map(len, pieces), initial=0)))


def _pieces(row: str, columns: Sequence[int], mode: Mode) -> Iterator[str]:
    """Yield what is drawn for each character of a row; for a tab blanks and a bar."""
    *cells, last = row.split("\t")
    for cell, column in zip(cells, columns or [0] * len(cells), strict=False):
        yield from cell
        yield " " * (column - shown_width(cell, mode) if column else 0) + _BAR
    yield from last


PLAIN = TextStructure()
"""A text without pages, of which nothing but its characters is known."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A paragraph on the screen, and where its characters are there."""

    text: str
    places: tuple[int, ...] | None = None
    """For each character of the paragraph, and its end, the offset in ``text``; None: the same."""

    def spans(self, spans: Sequence[Styled]) -> list[Styled]:
        """Return spans of the paragraph as spans of ``text``, above those of its bars."""
        if self.places is None:
            return list(spans)
        bars = [(end - len(_BAR), end, RULE) for end in _bars(self.places)]
        return [*bars, *((self.places[a], self.places[b], style) for a, b, style in spans)]

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Return the characters of the paragraph that are drawn as ``text[start:end]``."""
        if self.places is None:
            return start, end
        return bisect_right(self.places, start) - 1, bisect_left(self.places, end)

    def line(self, line: Line) -> Line:
        """Return a line of ``text`` with the offsets of the paragraph."""
        start, end = self.source(line.start, line.end)
        return replace(line, start=start, end=end)


def _bars(places: Sequence[int]) -> list[int]:
    """Return where the bars end: a bar is longer than the tab that it stands for."""
    return [after for place, after in pairwise(places) if after - place >= len(_BAR)]
