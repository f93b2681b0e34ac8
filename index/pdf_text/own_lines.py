"""Lines of PDFium's without right-to-left letters at their height: they are right as they are."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from index.pdf_text.characters import Characters
from index.pdf_text.glyph import Glyph
from index.pdf_text.kinds import LTR, MARK, PAUSE, RTL, SPACE, STOP

Place = tuple[int, float, int]
"""A place in reading order: by PDFium's line, downwards, then by PDFium's character."""
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
    bands = {
        _band(base, em) + step
        for base, em in {(glyph.base, glyph.em) for glyph in glyphs if glyph.kind == RTL}
        for step in (-1, 0, 1)
    }
    levels = {(glyph.line, glyph.base, glyph.em) for glyph in glyphs}
    others = {line for line, base, em in levels if _band(base, em) in bands}
    others |= {glyph.line for glyph in glyphs if glyph.kind == MARK or glyph.line < 0}
    own = {line for line, _, _ in levels} - others
    if own and _is_mostly_rtl(glyphs):
        own -= _turning_lines(glyphs)
    if not own:
        return [], list(glyphs)
    return _lines(characters.codes, own), [glyph for glyph in glyphs if glyph.line not in own]


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


def _lines(codes: Sequence[int], numbers: set[int]) -> list[tuple[Place, str]]:
    """Return the text of some lines by number, with their place in reading order."""
    lines: list[tuple[Place, str]] = []
    number, start, text = 0, 0, ""
    for index, code in enumerate([*codes, 10]):
        if code in (10, 13):
            if number in numbers and text.strip():
                lines.append(((number, 0.0, start), text))
            number, start, text = number + 1, index, ""
        elif code > 0:
            text += chr(code)
    return lines
