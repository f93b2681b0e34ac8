"""Lay out a paragraph with highlights as lines of cells, in the order sent to the terminal.

The steps, for one paragraph: cut into clusters → join the letters → compute the levels → wrap, in
logical order, by cells → reorder each line (rule L2 of UAX #9) → group equal styles into segments.
Wrapping comes before reordering: wrapped after it, words would land on the wrong lines.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, islice
from typing import Final, Literal

from search.bidi.characters import RTL_RUN, has_rtl, majority_rtl
from search.bidi.clusters import Clusters, cut_clusters, paint, shown_spans
from search.bidi.order import visual_order, word_order

Mode = Literal["visual", "words", "logical"]
"""How text is sent to the terminal.

``visual``: letters joined and in visual order, for terminals that do not reorder;
``words``: words in visual order, the letters of each in logical order, for kitty, which joins and
reverses the letters of each word itself;
``logical``: in logical order, for terminals that reorder whole rows, and for pipes.
"""

_ORDERS: Final[Mapping[Mode, Callable[[range, Sequence[int], str], Sequence[int]]]] = {
    "visual": visual_order,
    "words": word_order,
}


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text in one style; None: no style."""

    text: str
    style: str | None


@dataclass(frozen=True, slots=True)
class Line:
    """One row: the segments from left to right, as they are to be printed.

    ``width`` is in cells. A line of a right-to-left paragraph has ``rtl`` set and belongs at the
    right edge of its column. ``start`` and ``end`` are its offsets in the source text: copy and
    export take ``text[start:end]``, never the segments, whose letters may be presentation forms.
    """

    segments: tuple[Segment, ...]
    width: int
    rtl: bool
    start: int
    end: int


def layout(
    text: str,
    spans: Sequence[tuple[int, int, str]] = (),
    width: int = 80,
    *,
    mode: Mode = "visual",
    rtl: bool | None = None,
    max_lines: int | None = None,
    isolates: Sequence[tuple[int, int]] = (),
) -> list[Line]:
    """Lay out one paragraph in lines of at most ``width`` cells.

    ``spans`` are (start, end, style) in offsets of ``text``; of overlapping spans the later one
    wins. ``rtl`` is the base direction, found by ``majority_rtl`` if None. Lines break at spaces;
    spaces at a break and at the end of the text are not shown; a word longer than a line is cut.
    Only a single character that is wider than ``width`` makes a line wider. Blank text has no
    lines. ``isolates`` are (start, end) of directional isolates within the paragraph, in order,
    with a character between any two; in ``logical`` mode they are left to the caller.
    """
    rtl = majority_rtl(text) if rtl is None else rtl
    reorders = mode != "logical" and (rtl or has_rtl(text))
    clusters = cut_clusters(text, ligatures=reorders and mode == "visual")
    levels: Sequence[int] = ()
    if reorders:
        clusters, levels = _resolved(clusters, rtl, isolates, joined=mode == "visual")
    styles = paint(clusters, spans)
    if reorders and mode == "words":
        styles = _whole_words(styles, clusters.bases)
    lines = []
    for line in islice(_wrap(clusters, max(width, 1)), max_lines):
        order = _ORDERS[mode](line, levels, clusters.bases) if reorders else line
        styled = styles[line.start : line.stop].count(None) < len(line)
        segments = _segments(clusters.texts, order, styles if styled else None)
        cells = clusters.edges[line.stop] - clusters.edges[line.start]
        start, end = clusters.starts[line.start], clusters.ends[line.stop - 1]
        lines.append(Line(segments, cells, rtl, start, end))
    return lines


def cell_spans(
    text: str,
    width: int = 80,
    *,
    mode: Mode = "visual",
    rtl: bool | None = None,
    isolates: Sequence[tuple[int, int]] = (),
) -> list[tuple[tuple[int, int], ...]]:
    """Return what is under each cell of the lines that ``layout`` makes of the same arguments.

    For every line, from left to right, the (start, end) in ``text`` of the cluster that a reader
    sees in the cell; a wide one fills two cells. In ``logical`` mode the terminal is taken to
    reorder each row from left to right, and in ``words`` mode to turn the letters of each word.
    """
    rtl = majority_rtl(text) if rtl is None else rtl
    reorders = rtl or has_rtl(text)
    clusters = cut_clusters(text, ligatures=reorders and mode == "visual")
    levels: Sequence[int] = ()
    if reorders and mode != "logical":
        clusters, levels = _resolved(clusters, rtl, isolates, joined=False)
    found = []
    for line in _wrap(clusters, max(width, 1)):
        start, end = clusters.starts[line.start], clusters.ends[line.stop - 1]
        if reorders and mode == "logical":
            (row,) = cell_spans(text[start:end], end - start << 1, mode="words", rtl=False)
            found.append(tuple((start + first, start + last) for first, last in row))
            continue
        order = visual_order(line, levels) if reorders else line
        found.append(tuple(
            (clusters.starts[k], clusters.ends[k])
            for k in order for _ in range(clusters.edges[k], clusters.edges[k + 1])
        ))  # fmt: skip
    return found


def _resolved(
    clusters: Clusters, rtl: bool, isolates: Sequence[tuple[int, int]], *, joined: bool
) -> tuple[Clusters, Sequence[int]]:
    """Return the clusters with letters joined and brackets mirrored, and their embedding levels.

    The two libraries are imported here, with the first paragraph that needs them: importing them
    takes longer than laying out fifty snippets.
    """
    from search.bidi.levels import isolated_levels, mirrored  # noqa: PLC0415
    from search.bidi.shapes import shape  # noqa: PLC0415

    all_levels = isolated_levels(clusters.shown, rtl, shown_spans(clusters, isolates))
    levels = [all_levels[offset] for offset in clusters.base_offsets]
    texts = shape(clusters) if joined else clusters.texts
    return replace(clusters, texts=mirrored(texts, clusters.bases, levels)), levels


def _wrap(clusters: Clusters, width: int) -> Iterator[range]:
    """Yield the clusters of each line, without spaces around a break and at the end of the text."""
    bases, edges = clusters.bases, clusters.edges
    first, count = 0, len(bases)
    while first < count:
        fits = max(bisect_right(edges, edges[first] + width, first) - 1, first + 1)
        last = min(fits, count)
        if fits < count:
            space = bases.rfind(" ", first, fits + 1)
            last = space if bases[first : max(space, first)].strip(" ") else fits
        end = first + len(bases[first:last].rstrip(" "))
        if end > first:
            yield range(first, end)
        first = last
        while first < count and bases[first] == " ":
            first += 1


def _whole_words(styles: Sequence[str | None], bases: str) -> list[str | None]:
    """Extend a style on any part of a right-to-left word to the whole word.

    kitty moves the letters of such a word and leaves colours in their cells, so that half a word
    would be coloured on the wrong half.
    """
    spread = list(styles)
    for word in RTL_RUN.finditer(bases):
        first, last = word.span()
        style = next((style for style in spread[first:last] if style is not None), None)
        spread[first:last] = [style] * (last - first)
    return spread


def _segments(
    texts: Sequence[str], order: Sequence[int], styles: Sequence[str | None] | None
) -> tuple[Segment, ...]:
    """Return the segments of one line, adjacent clusters of one style as one segment."""
    if styles is None:
        return (Segment("".join([texts[k] for k in order]), None),)
    return tuple(
        Segment("".join([texts[k] for k in run]), style)
        for style, run in groupby(order, styles.__getitem__)
    )
