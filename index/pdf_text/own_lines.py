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
    bands = {
        _band(base, em) + step
        for base, em in {(glyph.base, glyph.em) for glyph in glyphs if glyph.kind == RTL}
        for step in (-1, 0, 1)
    }
    levels = {(glyph.line, glyph.base, glyph.em) for glyph in glyphs}
    others = {line for line, base, em in levels if _band(base, em) in bands}
    others |= {glyph.line for glyph in glyphs if glyph.kind == MARK or glyph.line < 0}
    own = {line for line, _, _ in levels} - others
    if not own:
        return [], list(glyphs)
    return _lines(characters.codes, own), [glyph for glyph in glyphs if glyph.line not in own]


def _band(base: float, em: float) -> int:
    return round(base / max(MIN_BAND, BAND * em))


def _lines(codes: Sequence[int], numbers: set[int]) -> list[tuple[int, str]]:
    """Return the text of some lines by number, with the index of their first character."""
    lines: list[tuple[int, str]] = []
    number, start, text = 0, 0, ""
    for index, code in enumerate([*codes, 10]):
        if code in (10, 13):
            if number in numbers and text.strip():
                lines.append((start, text))
            number, start, text = number + 1, index, ""
        elif code > 0:
            text += chr(code)
    return lines
