"""The text of a page: PDFium's own, or rebuilt if the page has right-to-left letters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from index.pdf_text.calls import address_of
from index.pdf_text.character_arrays import map_errors
from index.pdf_text.characters import Characters, read_characters
from index.pdf_text.kinds import RTL_LETTER
from index.pdf_text.pictures import has_picture
from index.pdf_text.plausibility import (
    ERROR_SHARE,
    are_glyph_numbers,
    has_foreign_signs,
    may_be_glyph_numbers,
    mostly_arabic,
)
from index.pdf_text.rebuild import rebuild

OK: Final = "ok"
"""PDFium's own text."""
REPAIRED: Final = "repaired"
"""Rebuilt from the places of the glyphs."""
DOUBTFUL: Final = "doubtful"
"""The words are implausible."""
UNREADABLE: Final = "unreadable"
"""The fonts have no usable map from glyphs to letters: what PDFium gives is not text."""
PICTURE: Final = "picture"
"""There is a picture and no text."""

MAX_CHARACTERS = 100_000
"""Characters of a page that are rebuilt at most; a page of a newspaper has up to 20,000."""
SAMPLE = 64
"""Characters whose map is checked at first on a page that is not rebuilt."""

# PDFium replaces the hyphen of a word broken over two lines by a character that is not a letter.
BROKEN_WORD = re.compile("[\x02\ufffe](?:\r?\n)?")


@dataclass(frozen=True, slots=True)
class PageText:
    """The text of a page, and how far it is to be trusted."""

    text: str
    state: str = OK


def page_text(page: Any) -> PageText:
    r"""Return the text of a page of PDFium.

    Lines end in ``\n``; the cells of a row of a table are parted by tabs.
    """
    layer = page.get_textpage()
    try:
        text = layer.get_text_bounded()
        count = layer.count_chars()
        if count <= MAX_CHARACTERS and RTL_LETTER.search(text):
            return _rebuilt(read_characters(layer.raw, count), page.raw)
        state = _state(layer.raw, count)
    finally:
        layer.close()
    if not text.strip() and has_picture(page.raw):
        return PageText("", PICTURE)
    return PageText("" if state == UNREADABLE else plain_text(text), state)


def plain_text(text: str) -> str:
    r"""Return a text with ``\n`` for line ends, and without the hyphens of broken words."""
    text = BROKEN_WORD.sub("", text)
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def _state(text_page: Any, count: int) -> str:
    """Return the state of a page of which the text is PDFium's, by a sample of its characters."""
    for size in (SAMPLE, 8 * SAMPLE):
        indices = range(0, count, 1 + count // size)
        errors = map_errors(address_of(text_page), indices)
        if len(errors) <= ERROR_SHARE * len(indices):
            return OK
    if are_glyph_numbers(errors):
        return UNREADABLE
    return DOUBTFUL if may_be_glyph_numbers(errors) else OK


def _rebuilt(characters: Characters, page: Any) -> PageText:
    """Return the text of a page with right-to-left letters, without the numbers of glyphs."""
    unmapped = characters.arrays.unmapped
    is_faulty = are_glyph_numbers([chr(characters.codes[i] & 0xFFFF) for i in unmapped])
    for index in unmapped if is_faulty else ():
        characters.drop(index)
    text = plain_text(rebuild(characters, page))
    is_faulty = is_faulty and len(unmapped) > ERROR_SHARE * len(characters.codes)
    if is_faulty and not mostly_arabic(text):
        return PageText("", UNREADABLE)
    return PageText(text, DOUBTFUL if is_faulty or has_foreign_signs(text) else REPAIRED)
