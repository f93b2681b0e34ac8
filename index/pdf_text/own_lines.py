"""Lines of PDFium's without right-to-left letters at their height: they are right as they are."""

from __future__ import annotations

from collections.abc import Sequence

from index.pdf_text.characters import Characters
from index.pdf_text.glyph import Glyph
from index.pdf_text.kinds import MARK, RTL

BAND = 0.4
"""Height in em of the bands in which letters are looked for: a line's own, above and below."""
MIN_BAND = 2.0
"""Its height in points, at least."""


def own_lines(
    glyphs: Sequence[Glyph], characters: Characters
) -> tuple[list[tuple[int, str]], list[Glyph]]:
    """Return these lines, each with the index of its first character, and all other glyphs."""
    bands = {_band(g) + step for g in glyphs if g.kind == RTL for step in (-1, 0, 1)}
    others = {g.line for g in glyphs if g.kind == MARK or _band(g) in bands}
    lines = _lines(characters.codes, {glyph.line for glyph in glyphs} - others)
    return lines, [glyph for glyph in glyphs if glyph.line < 0 or glyph.line in others]


def _band(glyph: Glyph) -> int:
    return round(glyph.base / max(MIN_BAND, BAND * glyph.em))


def _lines(codes: Sequence[int], numbers: set[int]) -> list[tuple[int, str]]:
    """Return the text of some lines by number, with the index of their first character."""
    lines: list[tuple[int, str]] = []
    number, start, text = 0, 0, ""
    for index, code in enumerate([*codes, 10]):
        if code in (10, 13):
            if number in numbers and text.strip():
                lines.append((start, text))
            number, start, text = number + bool(text), index, ""
        elif 0 < code <= 0x10FFFF:
            text += chr(code)
    return lines
