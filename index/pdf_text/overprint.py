"""What was drawn twice: letters printed again to look bold, letters and marks that both stand for
the same text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from index.pdf_text.glyph import Glyph
from index.pdf_text.kinds import KINDS, MARK, SPACE

OFFSET = 0.07
"""How far from the first a letter is printed again, in em; no letter is as narrow."""
WINDOW = 8
"""Glyphs of one cluster follow one another in the file."""


def is_vocal(glyph: Glyph) -> bool:
    """Return whether one glyph stands for a letter and its mark."""
    return len(glyph.text) > 1 and any(KINDS[char] == MARK for char in glyph.text)


def without_twins(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Return the glyphs of a page without marks whose text is that of a letter.

    Typst gives both the text of the cluster; the wider glyph is the letter.
    """
    kept: list[Glyph] = []
    for glyph in glyphs:
        twin = _twin(glyph, kept[-WINDOW:]) if is_vocal(glyph) else None
        if twin is None:
            kept.append(glyph)
        elif glyph.right - glyph.left > twin.right - twin.left:
            glyph.text = twin.text
            kept.remove(twin)
            kept.append(glyph)
    return kept


def _twin(glyph: Glyph, others: Iterable[Glyph]) -> Glyph | None:
    """Return the glyph that has the same text and overlaps; None if there is none."""
    letters = sorted(glyph.text)
    for other in others:
        overlaps = other.left < glyph.right and glyph.left < other.right
        if overlaps and len(other.text) > 1 and sorted(other.text) == letters:
            return other
    return None


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
