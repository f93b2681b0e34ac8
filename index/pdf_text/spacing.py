"""Spaces between words, where a line has a gap and the file no space."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from index.pdf_text.glyph import Glyph
from index.pdf_text.kinds import SPACE

GAP = 0.13
"""Gap between two words, in em, at least: half a narrow space."""
GAP_OF_CUT = 0.05
"""For neighbours in the file that PDFium parted: it knows their widths."""
GAP_OF_MARK = 0.25
"""For letters with a mark between them in the file, where PDFium parts words too."""
GAP_OF_RAISED = 0.35
"""Beside a letter whose width is not known."""
GAP_OF_WORD = 0.6
"""For neighbours in the file that PDFium did not part."""


def with_spaces(glyphs: Sequence[Glyph], em: float) -> list[Glyph]:
    """Return the glyphs of a line from left to right, with a space for each gap between words."""
    gaps = [glyph.pen - before.right for before, glyph in pairwise(glyphs)]
    smallest = _usual_gap(glyphs, gaps) + GAP_OF_CUT * em
    spaced = list(glyphs[:1])
    for place, gap in enumerate(gaps):
        before, glyph = glyphs[place], glyphs[place + 1]
        if gap > smallest and glyph.kind != SPACE and before.kind != SPACE:
            if gap > smallest + (_limit(before, glyph) - GAP_OF_CUT) * em:
                spaced.append(_space(before, glyph))
        spaced.append(glyph)
    return spaced


def _usual_gap(glyphs: Sequence[Glyph], gaps: Sequence[float]) -> float:
    """Return the gap between letters that are set apart: the median of the line, 0 at least."""
    kinds = [glyph.kind for glyph in glyphs]
    between = sorted(
        gap
        for gap, before, kind in zip(gaps, kinds, kinds[1:], strict=False)
        if kind != SPACE and before != SPACE
    )
    return max(0.0, between[len(between) // 2]) if between else 0.0


def _limit(before: Glyph, glyph: Glyph) -> float:
    if before.is_raised or glyph.is_raised:
        return GAP_OF_RAISED
    if abs(before.number - glyph.number) != 1 or before.kind != glyph.kind:
        return GAP
    later = max(before, glyph, key=lambda one: one.number)
    return {None: GAP_OF_MARK, True: GAP_OF_CUT, False: GAP_OF_WORD}[later.is_parted]


def _space(before: Glyph, glyph: Glyph) -> Glyph:
    return Glyph(
        " ", SPACE, before.right, glyph.left, before.right, glyph.base, glyph.em, -1, glyph.line
    )
