"""The direction of each line's paragraph: which end of the line is its start."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from index.pdf_text.glyph import Glyph
from index.pdf_text.kinds import LTR, PAUSE, RTL, SPACE, STOP
from index.pdf_text.lines import Line

MAX_PITCH = 2.5
"""That distance in em: the rows of a table are as far apart, double-spaced lines are not."""
MIXED = 0.15
"""Arabic paragraphs quote more Latin words than English ones Arabic words: what is added to the
share of words from right to left, less that of others."""
STOPS, PAUSES, LIST, SIDES, EDGES = 1.2, 0.5, 0.5, 0.3, 0.4
"""What a full stop at one end of a paragraph weighs, a comma at one end of a line, the number of a
list at one end, letters of one direction at both ends of the first line, a last line that starts at
one edge of the column and ends before the other."""
OWN = 0.5
"""What the words of the line itself weigh beside those of its paragraph."""
PITCH = 1.3
"""Distance of the baselines within a paragraph, at most, by the smallest in the column."""
NUMBER_FROM_LEFT = re.compile(r"\d+[-.)(]")
NUMBER_FROM_RIGHT = re.compile(r"[-.)(]\d+$")
LIST_NUMBER = 4
"""Characters of the number of a list with its sign, at most."""
ARABIC_DIGITS = re.compile("[\u0660-\u0669]")


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
            found += [_is_rtl(line, score, is_alone=len(paragraph) == 1) for line in paragraph]
    return found


def _is_rtl(line: Line, score: float, *, is_alone: bool) -> bool:
    """Return the direction of a line by its words and the score of its paragraph."""
    if is_alone and line.words == (0, 0):  # a number by itself is shown as it is written
        return ARABIC_DIGITS.search("".join(glyph.text for glyph in line.glyphs)) is not None
    return score + OWN * balance([line]) > 0


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
    is_close = _step(before, line) <= min(pitch, MAX_PITCH * line.em)
    return is_close and STOP.isdisjoint(ends)


def _step(before: Line, line: Line) -> float:
    return before.base - line.base


def _score(paragraph: Sequence[Line], edges: _Edges) -> float:
    """Return a positive number for a paragraph from right to left, else a negative one."""
    first, last = paragraph[0], paragraph[-1]
    score = balance(paragraph) + MIXED
    score += EDGES * ((edges.right - last.right < last.em) - (last.left - edges.left < last.em))
    ends = [_ends(line) for line in paragraph]
    score += STOPS * _leaning(ends, STOP) + PAUSES * _leaning(ends, PAUSE)
    score += LIST * _number_lean(first.glyphs)
    kinds = [_first_letter(first.glyphs), _first_letter(reversed(first.glyphs))]
    score += SIDES * ((kinds == [RTL, RTL]) - (kinds == [LTR, LTR]))
    return score


def _number_lean(glyphs: Sequence[Glyph]) -> int:
    """Return 1 for the number of a list at the right end of a line, -1 for one at the left end."""
    left = "".join([glyph.text for glyph in glyphs[:LIST_NUMBER]])
    right = "".join([glyph.text for glyph in glyphs[-LIST_NUMBER:]])
    is_right = NUMBER_FROM_RIGHT.search(right) is not None
    return is_right - (NUMBER_FROM_LEFT.match(left) is not None)


def _first_letter(glyphs: Iterable[Glyph]) -> str | None:
    """Return the kind of the first letter; None if there is none."""
    return next((glyph.kind for glyph in glyphs if glyph.kind in (RTL, LTR)), None)


def _leaning(ends: Sequence[tuple[str, str]], signs: frozenset[str]) -> int:
    """Return 1 if lines have these signs at the left end alone, -1 at the right end, else 0."""
    return any(left in signs for left, _ in ends) - any(right in signs for _, right in ends)


def _ends(line: Line) -> tuple[str, str]:
    """Return the first and the last sign of a line, from left to right."""
    left = next(glyph for glyph in line.glyphs if glyph.kind != SPACE)
    right = next(glyph for glyph in reversed(line.glyphs) if glyph.kind != SPACE)
    return left.text[-1:], right.text[-1:]
