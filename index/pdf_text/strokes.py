"""Signs within Arabic words that are no letters: strokes that lengthen a word, unmapped marks."""

from __future__ import annotations

from index.pdf_text.glyph import Glyph
from index.pdf_text.kinds import DIGIT, LTR, OTHER, RTL

TOUCH = 0.06
"""Gap between a letter and the stroke that lengthens it, in em, less than."""
OVERLAP = 0.6
"""Part of a sign that lies over or under a letter, if it is a mark."""


def without_strokes(glyphs: list[Glyph]) -> list[Glyph]:
    """Return the glyphs of a line without signs that are no letters.

    LibreOffice lengthens justified words by a stroke that its map takes for a Latin letter; fonts
    have marks that no map names, which come as any sign. Both stand within an Arabic word, the one
    between its letters and touching both, the other over one of them.
    """
    kept: list[Glyph] = []
    place = 0
    while place < len(glyphs):
        end = _stroke_end(glyphs, place)
        if end > place:
            kept[-1].right = max(kept[-1].right, glyphs[end - 1].right)
            place = end
        else:
            kept.append(glyphs[place])
            place += 1
    return kept


def _stroke_end(glyphs: list[Glyph], start: int) -> int:
    """Return where a run of one sign ends that is a stroke or a mark; ``start`` if it is not."""
    sign = glyphs[start]
    if sign.kind not in (LTR, OTHER, DIGIT) or start == 0:
        return start
    if _is_over(sign, glyphs[start - 1]) or (
        start + 1 < len(glyphs) and _is_over(sign, glyphs[start + 1])
    ):
        return start + 1
    end = start
    while end < len(glyphs) and glyphs[end].text == sign.text and _touches(glyphs, end):
        end += 1
    if sign.kind != LTR or end == len(glyphs):
        return start
    is_inside = glyphs[start - 1].kind == glyphs[end].kind == RTL
    return end if is_inside and _touches(glyphs, end) else start


def _touches(glyphs: list[Glyph], place: int) -> bool:
    glyph, before = glyphs[place], glyphs[place - 1]
    return glyph.pen - before.right < TOUCH * glyph.em


def _is_over(sign: Glyph, letter: Glyph) -> bool:
    """Return whether most of a sign lies over or under an Arabic letter."""
    shared = min(sign.right, letter.right) - max(sign.left, letter.left)
    width = sign.right - sign.left
    return letter.kind == RTL and width > 0 and shared > OVERLAP * width
