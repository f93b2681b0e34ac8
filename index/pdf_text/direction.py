"""The direction of each line's paragraph: which end of the line is its start."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from index.pdf_text.kinds import LTR, RTL, SPACE
from index.pdf_text.lines import Line

MIXED = 0.15
"""Arabic paragraphs quote more Latin words than English ones Arabic words: what is added to the
share of words from right to left, less that of others."""
PUNCTUATION, SIDES, EDGES = 0.5, 0.3, 0.4
"""What closing punctuation at one end of a paragraph weighs, letters of one direction at both ends
of its first line, a last line that starts at one edge of the column and ends before the other."""
OWN = 0.5
"""What the words of the line itself weigh beside those of its paragraph."""
PITCH = 1.3
"""Distance of the baselines within a paragraph, at most, by the smallest in the column."""
CLOSING = frozenset(".:؟?!")
PAUSES = CLOSING | frozenset("،؛,;")


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
            score = _score(paragraph, edges)
            found += [
                balance([line]) == 1 or score + OWN * balance([line]) > 0 for line in paragraph
            ]
    return found


def balance(lines: Iterable[Line]) -> float:
    """Return the share of words from right to left, less that of others: from -1 to 1."""
    words = [line.words for line in lines]
    right, left = sum(count for count, _ in words), sum(count for _, count in words)
    return (right - left) / max(1, right + left)


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


def _is_below(before: Line, line: Line) -> bool:
    overlaps = line.left < before.right and before.left < line.right
    return overlaps and before.base > line.base


def _continues(pitch: float, before: Line, line: Line) -> bool:
    """Return whether a line is in the paragraph of the one before, which ends with a full stop."""
    ends = before.glyphs[0].text + before.glyphs[-1].text
    return _step(before, line) <= pitch and CLOSING.isdisjoint(ends)


def _step(before: Line, line: Line) -> float:
    return before.base - line.base


def _score(paragraph: Sequence[Line], edges: _Edges) -> float:
    """Return a positive number for a paragraph from right to left, else a negative one."""
    first, last = paragraph[0], paragraph[-1]
    score = balance(paragraph) + MIXED
    score += EDGES * ((edges.right - last.right < last.em) - (last.left - edges.left < last.em))
    ends = [_ends(line) for line in paragraph]
    score += PUNCTUATION * (any(e[0] in PAUSES for e in ends) - any(e[-1] in PAUSES for e in ends))
    kinds = [glyph.kind for glyph in first.glyphs if glyph.kind in (RTL, LTR)]
    if kinds and kinds[0] == kinds[-1]:
        score += SIDES * (1 if kinds[0] == RTL else -1)
    return score


def _ends(line: Line) -> tuple[str, str]:
    """Return the first and the last sign of a line, from left to right."""
    signs = [glyph.text[-1:] for glyph in line.glyphs if glyph.kind != SPACE]
    return signs[0], signs[-1]
