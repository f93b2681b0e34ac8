"""The direction of each line's paragraph: which end of the line is its start."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from index.pdf_text.kinds import LTR, RTL, SPACE
from index.pdf_text.lines import Line

CLEAR = 0.8
"""Share of the words of one direction, less the other, by which a line is clear by itself."""
PUNCTUATION, SIDES, EDGES, PARAGRAPH = 0.5, 0.3, 0.4, 0.6
"""What the closing punctuation, the letters at both ends, the edges of the column and the rest of
the paragraph weigh beside the letters of a line."""
PITCH = 1.3
"""Distance of the baselines within a paragraph, at most, by the smallest in the column."""
CLOSING = frozenset(".:؟?!")


@dataclass(frozen=True, slots=True)
class _Edges:
    """The left and the right edge of the column."""

    left: float
    right: float


def directions(lines: Sequence[Line]) -> list[bool]:
    """Return whether the paragraph of each line runs from right to left."""
    found: list[bool] = []
    for column in _groups(lines, _is_below):
        edges = _Edges(min(line.left for line in column), max(line.right for line in column))
        pitch = PITCH * min((_step(*pair) for pair in pairwise(column)), default=0.0)
        for paragraph in _groups(column, partial(_continues, pitch)):
            found += [_is_rtl(line, edges, balance(paragraph)) for line in paragraph]
    return found


def _groups(lines: Sequence[Line], continues: Callable[[Line, Line], bool]) -> Iterator[list[Line]]:
    """Yield the lines in groups, in each of which one continues the one before."""
    group: list[Line] = []
    for line in lines:
        if group and not continues(group[-1], line):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _continues(pitch: float, before: Line, line: Line) -> bool:
    """Return whether a line is in the paragraph of the one before, which ends with a full stop."""
    ends = before.glyphs[0].text + before.glyphs[-1].text
    return _step(before, line) <= pitch and CLOSING.isdisjoint(ends)


def _step(before: Line, line: Line) -> float:
    return before.base - line.base


def _is_below(before: Line, line: Line) -> bool:
    overlaps = line.left < before.right and before.left < line.right
    return overlaps and before.base > line.base


def balance(lines: Iterable[Line]) -> float:
    """Return the share of words from right to left, less that of others: from -1 to 1."""
    words = [line.words for line in lines]
    right, left = sum(count for count, _ in words), sum(count for _, count in words)
    return (right - left) / max(1, right + left)


def _is_rtl(line: Line, edges: _Edges, paragraph: float) -> bool:
    score = balance([line])
    if score >= CLEAR:
        return True
    score += PARAGRAPH * paragraph
    score += EDGES * ((edges.right - line.right < line.em) - (line.left - edges.left < line.em))
    signs = [glyph for glyph in line.glyphs if glyph.kind != SPACE]
    score += PUNCTUATION * ((signs[0].text in CLOSING) - (signs[-1].text in CLOSING))
    kinds = [glyph.kind for glyph in signs if glyph.kind in (RTL, LTR)]
    if kinds and kinds[0] == kinds[-1]:
        score += SIDES * (1 if kinds[0] == RTL else -1)
    return score > 0
