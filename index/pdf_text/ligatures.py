"""The letters of one glyph in logical order: لا, لله, a letter with its marks.

PDFium turns a right-to-left run character by character, also the characters that one ligature
stands for. Which way round they are is known of some: no glyph starts with a mark, lam precedes
alef, and الله is a word. Where PDFium cut the box of the glyph into slices, the first letter is on
the right. For the rest, the known ones of the page decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from index.pdf_text.glyph import Glyph, Slice
from index.pdf_text.kinds import ALEFS, KINDS, LTR, MARK, OTHER, RTL, RTL_LETTER
from index.pdf_text.plausibility import turned_words

PHRASE = 5
"""Letters from which on the text of a glyph is that of words: ActualText of a whole phrase."""
WIDE = 0.7
"""Width of the glyph لله, in em, at least; لا is half as wide."""

_RIGHT = {"لله", "الله"} | {f"ل{alef}" for alef in ALEFS}
_WRONG = {letters[::-1] for letters in _RIGHT}


def order_letters(glyphs: Iterable[Glyph]) -> None:
    """Put the letters of each glyph that stands for several into logical order."""
    votes = 0
    unknown = []
    for glyph in glyphs:
        if glyph.slices is None:
            continue
        text = "".join(part.char for part in glyph.slices)
        count = sum(KINDS[char] == RTL for char in text)
        if count >= PHRASE:
            glyph.text, glyph.kind = _phrase(text), RTL
        elif not RTL_LETTER.search(text):
            glyph.text = text
        else:
            is_right = _order(glyph, glyph.slices)
            votes += {True: 1, False: -1, None: 0}[is_right]
            if is_right is None and not _are_apart(glyph.slices):
                unknown.append(glyph)
    if votes <= 0:
        for glyph in unknown:
            glyph.text = _marks_last(glyph.text[::-1])


def _order(glyph: Glyph, slices: Sequence[Slice]) -> bool | None:
    """Order the letters of a glyph; return whether they were in order, None if not known."""
    if _are_apart(slices):
        slices = sorted(slices, key=lambda part: -part.left)
    text = _readable(_marks_last("".join(part.char for part in slices)), glyph)
    is_right = _is_right(text)
    glyph.text = text[::-1] if is_right is False else text
    glyph.kind = _kind(text)
    glyph.is_vocal = len(text) > 1 and any(KINDS[char] == MARK for char in text)
    return is_right


def _are_apart(slices: Sequence[Slice]) -> bool:
    """Return whether PDFium cut the box of a glyph for its characters."""
    return len({part.left for part in slices}) > 1


def _phrase(text: str) -> str:
    """Return a phrase in logical order: PDFium turns it as a whole, unless its words look right."""
    return text if turned_words(text) < 0 else text[::-1]


def _readable(text: str, glyph: Glyph) -> str:
    """Return the characters without those of another script, which a damaged map has put there.

    Ghostscript keeps one letter of a ligature and makes a sign of the others; of the ligatures
    that are as wide as لله, only that one is common.
    """
    kept = "".join(char for char in text if KINDS[char] not in (LTR, OTHER))
    is_cut = kept == "ل" != text and glyph.right - glyph.left > WIDE * glyph.em
    return "لله" if is_cut else kept or text


def _marks_last(text: str) -> str:
    """Return the text, turned if it starts with a mark and does not end with one."""
    starts, ends = KINDS[text[0]] == MARK, KINDS[text[-1]] == MARK
    return text[::-1] if starts and not ends else text


def _is_right(text: str) -> bool | None:
    """Return whether characters are in logical order; None if they do not tell."""
    starts, ends = KINDS[text[0]] == MARK, KINDS[text[-1]] == MARK
    if starts != ends:
        return ends
    letters = "".join(c for c in text if KINDS[c] != MARK)
    if letters in _RIGHT or letters in _WRONG:
        return letters in _RIGHT
    return None


def _kind(text: str) -> str:
    kinds = [KINDS[char] for char in text]
    return RTL if RTL in kinds else next((kind for kind in kinds if kind != MARK), MARK)
