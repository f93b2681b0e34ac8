"""Lines of PDFium's without right-to-left letters at their height: they are right as they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from index.pdf_text.characters import Characters
from index.pdf_text.glyph import Glyph
from index.pdf_text.kinds import LTR, MARK, PAUSE, RTL, RTL_LETTER, SPACE, STOP

Place = tuple[int, float, int]
"""A place in reading order: by PDFium's line, downwards, then by PDFium's character."""
LINE_END = re.compile("[\n\r]")
BAND = 0.4
"""Height in em of the bands in which letters are looked for: a line's own, above and below."""
MIN_BAND = 2.0
"""Its height in points, at least."""


def own_lines(
    glyphs: Sequence[Glyph], characters: Characters
) -> tuple[list[tuple[Place, str]], list[Glyph]]:
    """Return these lines, each with its place in reading order, and all other glyphs.

    On a page that is mostly written from right to left, they also have to run from left to right.
    """
    lines = LINE_END.split(characters.text())
    own = {number for number, text in enumerate(lines) if text and not RTL_LETTER.search(text)}
    own -= _beside_letters(glyphs, own) if own else set()
    if own and _is_mostly_rtl(glyphs):
        own -= _turning_lines(glyphs)
    if not own:
        return [], list(glyphs)
    texts = [((number, 0.0, 0), lines[number].replace("\0", "")) for number in sorted(own)]
    others = [glyph for glyph in glyphs if glyph.line not in own]
    return [(place, text) for place, text in texts if text.strip()], others


def _beside_letters(glyphs: Sequence[Glyph], lines: set[int]) -> set[int]:
    """Return those of some lines that have right-to-left letters at their height."""
    letters = {(glyph.base, glyph.em) for glyph in glyphs if glyph.kind == RTL}
    bands = {_band(base, em) + step for base, em in letters for step in (-1, 0, 1)}
    return {
        glyph.line
        for glyph in glyphs
        if glyph.line in lines and (glyph.kind == MARK or _band(glyph.base, glyph.em) in bands)
    }


def _is_mostly_rtl(glyphs: Sequence[Glyph]) -> bool:
    kinds = [glyph.kind for glyph in glyphs]
    return kinds.count(RTL) > kinds.count(LTR)


def _turning_lines(glyphs: Sequence[Glyph]) -> set[int]:
    """Return the lines that do not run from left to right.

    A glyph stands left of the one before in the file, or the line starts with a full stop.
    """
    starts = {glyph.line: glyph.text for glyph in reversed(glyphs) if glyph.kind != SPACE}
    turning = {line for line, text in starts.items() if text in STOP | PAUSE}
    return turning | {
        glyph.line
        for before, glyph in pairwise(glyphs)
        if glyph.line == before.line and glyph.pen < before.pen
    }


def _band(base: float, em: float) -> int:
    return round(base / max(MIN_BAND, BAND * em))
