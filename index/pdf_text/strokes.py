"""Signs within Arabic words that are no letters: strokes that lengthen a word, unmapped marks."""

from __future__ import annotations

import re

from index.pdf_text.characters import Characters
from index.pdf_text.glyph import Glyph
from index.pdf_text.kinds import DIGIT, LTR, OTHER, RTL

TOUCH = 0.06
"""Gap between a letter and the stroke that lengthens it, in em, less than."""
THIN = 0.2
"""Height of a stroke above the baseline, in em, less than…"""
FULL = 0.8
"""…and the part of its width that is ink, at least: that of a full stop is half of it."""
SIGN = re.compile(f"[{LTR}{OTHER}{DIGIT}]")
BESIDE_LETTER = re.compile(f"{RTL}{SIGN.pattern}|{SIGN.pattern}{RTL}")
"""In the kinds of a line, a sign beside a letter."""
OVERLAP = 0.6
"""Part of a sign that lies over or under a letter, if it is a mark."""


def without_strokes(glyphs: list[Glyph], characters: Characters) -> list[Glyph]:
    """Return the glyphs of a line without signs that are no letters.

    LibreOffice lengthens justified words by a stroke that its map takes for any sign; fonts have
    marks that no map names, which come as any sign too. Both stand within an Arabic word, the one
    on the baseline between its letters, the other over one of them.
    """
    kinds = "".join([glyph.kind for glyph in glyphs])
    if not BESIDE_LETTER.search(kinds):
        return glyphs
    dropped: set[int] = set()
    before = glyphs[0]
    for match in SIGN.finditer(kinds, 1):
        place = match.start()
        if place - 1 not in dropped:
            before = glyphs[place - 1]
        following = glyphs[place + 1] if place + 1 < len(glyphs) else before
        if RTL in (before.kind, following.kind) and _is_no_letter(
            glyphs[place], before, following, characters
        ):
            dropped.add(place)
    if not dropped:
        return glyphs
    return [glyph for place, glyph in enumerate(glyphs) if place not in dropped]


def _is_no_letter(sign: Glyph, before: Glyph, following: Glyph, characters: Characters) -> bool:
    """Return whether a sign between two glyphs is no letter; what a stroke lengthens is wider."""
    if _is_over(sign, before) or _is_over(sign, following):
        return True
    if before.kind != RTL or not _is_stroke(sign, before, characters):
        return False
    before.right = max(before.right, sign.right)
    return True


def _is_stroke(sign: Glyph, before: Glyph, characters: Characters) -> bool:
    """Return whether a sign is a line along the baseline that touches the letter before."""
    if sign.kind == DIGIT or sign.pen - before.right >= TOUCH * sign.em:
        return False
    ink = characters.ink(sign.first)
    is_flat = -THIN * sign.em < ink.bottom - sign.base <= ink.top - sign.base < THIN * sign.em
    return is_flat and ink.right - ink.left > FULL * (sign.right - sign.left)


def _is_over(sign: Glyph, letter: Glyph) -> bool:
    """Return whether most of a sign lies over or under an Arabic letter."""
    if letter.kind != RTL:
        return False
    shared = min(sign.right, letter.right) - max(sign.left, letter.left)
    return shared > OVERLAP * (sign.right - sign.left) > 0
