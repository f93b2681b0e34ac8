"""Letters that are printed twice, to look bold."""

from __future__ import annotations

from collections.abc import Sequence

from index.pdf_text.glyph import Glyph
from index.pdf_text.kinds import SPACE

OFFSET = 0.07
"""How far from the first a letter is printed again, in em; no letter is as narrow."""


def without_copies(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Return the glyphs of a row, sorted by the pen, without those that repeat the one before."""
    kept: list[Glyph] = []
    for glyph in glyphs:
        if not (kept and _is_copy(glyph, kept[-1])):
            kept.append(glyph)
    return kept


def _is_copy(glyph: Glyph, other: Glyph) -> bool:
    is_beside = glyph.pen - other.pen < OFFSET * glyph.em
    return is_beside and glyph.text == other.text and glyph.kind != SPACE
