"""Cut text into clusters, the units of reordering: a letter with its combining marks.

Reordering clusters instead of characters keeps every mark on its letter and every highlight on its
word.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from search.bidi.characters import TRAITS, ZWJ, ZWNJ

# Latin text in which every character is one cell and nothing combines, moves or is hidden.
_PLAIN: Final = re.compile("[\t\n\v\f -~\u00a0-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e]*")
_BLANKS: Final = str.maketrans("\t\n\v\f", "    ")

_LAM: Final = "\u0644"
LAM_ALEF: Final = {"\u0622": "\ufef5", "\u0623": "\ufef7", "\u0625": "\ufef9", "\u0627": "\ufefb"}
"""Alef, with or without its marks → its ligature with the lam before it, which is obligatory."""

_NO_BASE: Final = (
    "\u25cc"  # the dotted circle on which Unicode's charts show a mark without a letter
)
_MARKED_SPACE: Final = "\u00a0"  # a space that carries a mark: no place to break a line

# As many marks as the Stream-Safe Text Format of UAX #15 lets follow a letter. No writing has more
# than a few; thousands on one letter are an attack on the terminal that draws them.
_MAX_MARKS: Final = 30


@dataclass(frozen=True, slots=True)
class Clusters:
    """A text cut into clusters, as columns: the k-th entry of each column is about cluster k."""

    bases: str
    """The base character of each cluster."""
    texts: Sequence[str]
    """What is printed for each: the base and its marks."""
    starts: Sequence[int]
    """Offset in the source text at which each begins."""
    ends: Sequence[int]
    """Offset at which each ends; characters that are not shown lie between clusters."""
    edges: Sequence[int]
    """Cell at which each begins if all are in one row; the last entry is the width of that row."""
    shown: str
    """The source text without the characters that are not shown; levels are computed on it."""
    base_offsets: Sequence[int]
    """Offset of each base in ``shown``."""
    joiners: Mapping[int, str]
    """Number of a cluster → the ZWJ or ZWNJ right before it."""


def cut_clusters(text: str, *, ligatures: bool = False) -> Clusters:
    """Cut ``text`` into clusters; with ``ligatures``, lam and a following alef are one cluster."""
    if _PLAIN.fullmatch(text):  # fast path: each character is a cluster
        shown, count = text.translate(_BLANKS), range(len(text) + 1)
        return Clusters(shown, shown, count[:-1], count[1:], count, shown, count[:-1], {})
    columns = _Columns()
    # A CR before LF would be a second space: U+200B, which is not shown, keeps offsets in place.
    for at, char in enumerate(text.replace("\r\n", "\u200b\n")):
        trait = TRAITS[char]
        if not trait.shown:
            columns.note(char)
        elif not trait.cells:
            columns.add_mark(at, trait.shown)
        elif not (ligatures and char in LAM_ALEF and columns.add_alef(at, char)):
            columns.add(at, trait.shown, trait.cells)
    return columns.done()


class _Columns:
    """Builder of the columns of ``Clusters``."""

    def __init__(self) -> None:
        self.bases: list[str] = []
        self.texts: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.cells: list[int] = []
        self.shown: list[str] = []
        self.base_offsets: list[int] = []
        self.joiners: dict[int, str] = {}

    def add(self, at: int, base: str, cells: int) -> None:
        """Start a cluster with the base at offset ``at``."""
        self.bases.append(base)
        self.texts.append(base)
        self.starts.append(at)
        self.ends.append(at + 1)
        self.cells.append(cells)
        self.base_offsets.append(len(self.shown))
        self.shown.append(base)

    def add_mark(self, at: int, mark: str) -> None:
        """Add a mark to the last cluster."""
        if not self.bases:
            self.add(at, _NO_BASE, 1)
        elif self.bases[-1] == " ":
            self.bases[-1] = _MARKED_SPACE
        if len(self.texts[-1]) <= _MAX_MARKS:
            self.texts[-1] += mark
        self.ends[-1] = at + 1
        self.shown.append(mark)

    def add_alef(self, at: int, alef: str) -> bool:
        """Join an alef to the last cluster if that is a lam; return whether it was joined."""
        if not self.bases or self.bases[-1] != _LAM or len(self.bases) in self.joiners:
            return False
        self.bases[-1] = LAM_ALEF[alef]
        self.texts[-1] = LAM_ALEF[alef] + self.texts[-1][1:]
        self.ends[-1] = at + 1
        self.shown.append(alef)
        return True

    def note(self, hidden: str) -> None:
        """Record a joiner; any other character that is not shown is ignored."""
        if hidden in (ZWJ, ZWNJ):
            self.joiners[len(self.bases)] = hidden

    def done(self) -> Clusters:
        """Return the finished columns."""
        edges = list(accumulate(self.cells, initial=0))
        bases, shown = "".join(self.bases), "".join(self.shown)
        offsets = (self.starts, self.ends, edges)
        return Clusters(bases, self.texts, *offsets, shown, self.base_offsets, self.joiners)


def paint(clusters: Clusters, spans: Sequence[tuple[int, int, str]]) -> list[str | None]:
    """Return the style of every cluster; of overlapping spans the later one wins.

    A span that covers any shown part of a cluster, one mark or half a ligature, styles all of it.
    """
    styles: list[str | None] = [None] * len(clusters.bases)
    for start, end, style in spans:
        first, last = _covered(clusters, start, end)
        styles[first:last] = [style] * (last - first)
    return styles


def shown_spans(clusters: Clusters, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Convert ordered spans of the source text to non-empty spans of ``clusters.shown``.

    A cluster that two spans overlap belongs to the first.
    """
    offsets = [*clusters.base_offsets, len(clusters.shown)]
    converted: list[tuple[int, int]] = []
    free = 0
    for start, end in spans:
        first, last = _covered(clusters, start, end)
        if (first := max(first, free)) < last:
            converted.append((offsets[first], offsets[last]))
            free = last
    return converted


def _covered(clusters: Clusters, start: int, end: int) -> tuple[int, int]:
    """Return the first cluster that a span covers any shown part of, and the one after the last."""
    first = bisect_right(clusters.ends, start)
    return first, bisect_left(clusters.starts, end) if start < end else first
