"""Letters that are printed twice, to look bold."""

from __future__ import annotations

from index.pdf_text.glyph import Glyph
from index.pdf_text.kinds import SPACE

OFFSET = 0.07
"""How far from the first a letter is printed again, in em; no letter is as narrow."""


def is_copy(glyph: Glyph, other: Glyph) -> bool:
    """Return whether a glyph has the text of the one before it in its row, and its place."""
    if glyph.text != other.text or glyph.kind == SPACE:
        return False
    return glyph.pen - other.pen < OFFSET * glyph.em
