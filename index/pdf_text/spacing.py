"""Spaces between words, where a line has a gap and the file no space."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from operator import attrgetter

from index.pdf_text.characters import GENERATED, Characters
from index.pdf_text.glyph import Glyph
from index.pdf_text.kinds import MARK, RTL, SPACE

GAP = 0.13
"""Gap between two words, in em, at least: half a narrow space."""
GAP_OF_CUT = 0.05
"""For neighbours in the file that PDFium parted: it knows their widths."""
GAP_OF_MARK = 0.25
"""Beside a letter with its mark, whose box is tight, and for other tight boxes with a mark between
them in the file: PDFium parts words there too."""
GAP_OF_WORD = 0.6
"""For tight boxes of neighbours that PDFium did not part, and for lines with all their spaces."""
GAP_OF_RAISED = 0.35
"""Beside a letter whose width is not known."""
UNEVEN = 0.15
"""On one side of it, if that gap is so much wider than the other: marks are over the middle."""
NEIGHBOURS = 8
"""Characters of the file after which a neighbour is looked for: marks, and spaces made up."""
SAMPLE = 8
"""Letters whose boxes are compared with their ink."""


@dataclass(frozen=True, slots=True)
class _Boxes:
    """How far the boxes of the glyphs of a line are to be trusted."""

    characters: Characters
    are_tight: bool
    """Whether they end with the ink, so that the gap to the next letter is too wide."""
    has_all_spaces: bool
    """Whether the spaces of the page are objects of their own."""


def with_spaces(
    glyphs: Sequence[Glyph], em: float, characters: Characters, *, has_all_spaces: bool
) -> list[Glyph]:
    """Return the glyphs of a line from left to right, with a space for each gap between words.

    ``has_all_spaces`` says that the file has an object for each space, so that few gaps are words.
    """
    gaps = [glyph.pen - before.right for before, glyph in pairwise(glyphs)]
    usual = max(0.0, sorted(gaps)[len(gaps) // 2]) if gaps else 0.0  # of letters that are set apart
    least = usual + GAP_OF_CUT * em
    wide = [place for place, gap in enumerate(gaps) if gap > least]
    if not wide:
        return list(glyphs)
    boxes = _Boxes(characters, _are_tight(glyphs, characters), has_all_spaces)
    spaced = list(glyphs)
    for place in reversed(wide):
        before, glyph = glyphs[place], glyphs[place + 1]
        limit = _limit(before, glyph, boxes) * em
        if before.is_raised != glyph.is_raised:
            limit = min(limit, _other_gap(gaps, place, is_before=before.is_raised) + UNEVEN * em)
        if SPACE not in (before.kind, glyph.kind) and gaps[place] > usual + limit:
            spaced.insert(place + 1, _space(before, glyph))
    return spaced


def _other_gap(gaps: Sequence[float], place: int, *, is_before: bool) -> float:
    """Return the gap on the other side of a glyph before or after one; infinity at an end."""
    other = place - 1 if is_before else place + 1
    return gaps[other] if 0 <= other < len(gaps) else inf


def _are_tight(glyphs: Sequence[Glyph], characters: Characters) -> bool:
    """Return whether the boxes of the first letters of a line end with their ink."""
    letters = [glyph for glyph in glyphs if glyph.kind == RTL and glyph.slices is None]
    inks = ((letter, characters.ink(letter.first)) for letter in letters[:SAMPLE])
    return all(ink.right == characters.rights[letter.first] for letter, ink in inks)


def _limit(before: Glyph, glyph: Glyph, boxes: _Boxes) -> float:
    """Return the least gap that parts two glyphs into words, in em."""
    if boxes.has_all_spaces:
        return GAP_OF_WORD
    if before.is_raised or glyph.is_raised:
        return GAP_OF_RAISED
    between = _between(before, glyph, boxes.characters)
    if between is None or before.kind != glyph.kind:
        return GAP
    is_vocal = before.is_vocal or glyph.is_vocal
    if is_vocal or (MARK in between and boxes.are_tight):
        return GAP_OF_MARK
    if between and MARK not in between:
        return GAP_OF_CUT
    return GAP_OF_WORD if boxes.are_tight else GAP


def _between(before: Glyph, glyph: Glyph, characters: Characters) -> str | None:
    """Return the kinds of what PDFium has between two neighbours; None if they are none."""
    first, second = sorted((before, glyph), key=attrgetter("first"))
    start, end = max(first.first, first.last), second.first
    if end - start > NEIGHBOURS:
        return None
    between = characters.between(start, end)
    return None if between.strip(GENERATED + MARK) else between


def _space(before: Glyph, glyph: Glyph) -> Glyph:
    start, end = before.right, glyph.left
    return Glyph(" ", SPACE, start, end, start, glyph.base, glyph.em, glyph.first, glyph.line)
