"""Text → clusters: what moves as one when a line is reordered, a letter with the marks upon it.

Carrying clusters and not characters keeps every mark on its letter and every highlight on its word,
however the line is turned about.
"""

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

_NO_BASE: Final = "\u25cc"  # the dotted circle on which Unicode's charts show a mark by itself
_MARKED_SPACE: Final = "\u00a0"  # a space that carries a mark: no place to break a line

# As many marks as the Stream-Safe Text Format of UAX #15 lets follow a letter. No writing has more
# than a few; a document that has thousands on one letter means to harm what draws them.
_MARKS_AT_MOST: Final = 30


@dataclass(frozen=True, slots=True)
class Clusters:
    """A text cut into clusters, as columns: the k-th entry of each column is about cluster k."""

    bases: str
    """One character each: what the cluster is built on."""
    texts: Sequence[str]
    """What is printed: the base and its marks."""
    starts: Sequence[int]
    """Where each begins in the source text."""
    ends: Sequence[int]
    """Where each ends there; characters that are not shown lie between clusters."""
    edges: Sequence[int]
    """The cell at which each begins were all in one row, and at the end the width of that row."""
    shown: str
    """The source text without the characters that are not shown: what levels are worked out on."""
    places: Sequence[int]
    """Where each base is in `shown`."""
    joiners: Mapping[int, str]
    """The ZWJ or ZWNJ that stands right before a cluster."""


def cut(text: str, *, ligatures: bool = False) -> Clusters:
    """Cut `text` into clusters; with `ligatures`, a lam and the alef after it are one of them."""
    if _PLAIN.fullmatch(text):  # the fast way: each character is a cluster
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
    """The columns of `Clusters` while they grow."""

    def __init__(self) -> None:
        self.bases: list[str] = []
        self.texts: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.cells: list[int] = []
        self.shown: list[str] = []
        self.places: list[int] = []
        self.joiners: dict[int, str] = {}

    def add(self, at: int, base: str, cells: int) -> None:
        """Begin a cluster."""
        self.bases.append(base)
        self.texts.append(base)
        self.starts.append(at)
        self.ends.append(at + 1)
        self.cells.append(cells)
        self.places.append(len(self.shown))
        self.shown.append(base)

    def add_mark(self, at: int, mark: str) -> None:
        """Put a mark on the last cluster."""
        if not self.bases:
            self.add(at, _NO_BASE, 1)
        elif self.bases[-1] == " ":
            self.bases[-1] = _MARKED_SPACE
        if len(self.texts[-1]) <= _MARKS_AT_MOST:
            self.texts[-1] += mark
        self.ends[-1] = at + 1
        self.shown.append(mark)

    def add_alef(self, at: int, alef: str) -> bool:
        """Join an alef to the last cluster if that is a lam; say whether it was."""
        if not self.bases or self.bases[-1] != _LAM or len(self.bases) in self.joiners:
            return False
        self.bases[-1] = LAM_ALEF[alef]
        self.texts[-1] = LAM_ALEF[alef] + self.texts[-1][1:]
        self.ends[-1] = at + 1
        self.shown.append(alef)
        return True

    def note(self, hidden: str) -> None:
        """Remember a joiner, and let go of all else that is not shown."""
        if hidden in (ZWJ, ZWNJ):
            self.joiners[len(self.bases)] = hidden

    def done(self) -> Clusters:
        """The columns as they are now."""
        edges = list(accumulate(self.cells, initial=0))
        bases, shown = "".join(self.bases), "".join(self.shown)
        where = (self.starts, self.ends, edges)
        return Clusters(bases, self.texts, *where, shown, self.places, self.joiners)


def paint(clusters: Clusters, spans: Sequence[tuple[int, int, str]]) -> list[str | None]:
    """The style of every cluster. Of spans that overlap, the later one is on top.

    A span that covers any shown part of a cluster, one mark or half a ligature, paints all of it.
    """
    styles: list[str | None] = [None] * len(clusters.bases)
    for start, end, style in spans:
        first, last = _covered(clusters, start, end)
        styles[first:last] = [style] * (last - first)
    return styles


def shown_spans(clusters: Clusters, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in order over the source text as spans over `clusters.shown`, none of them empty.

    A cluster of which two have a part is the first one's.
    """
    places = [*clusters.places, len(clusters.shown)]
    found: list[tuple[int, int]] = []
    free = 0
    for start, end in spans:
        first, last = _covered(clusters, start, end)
        if (first := max(first, free)) < last:
            found.append((places[first], places[last]))
            free = last
    return found


def _covered(clusters: Clusters, start: int, end: int) -> tuple[int, int]:
    """The clusters of which a span covers any shown part: the first, and the one after the last."""
    first = bisect_right(clusters.ends, start)
    return first, bisect_left(clusters.starts, end) if start < end else first
