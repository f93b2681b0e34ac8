"""The text of a page: PDFium's own, or rebuilt if the page has right-to-left letters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from index.pdf_text.characters import map_errors, read_characters
from index.pdf_text.kinds import RTL_LETTER
from index.pdf_text.plausibility import ERROR_SHARE, are_glyph_numbers
from index.pdf_text.rebuild import rebuild

OK: Final = "ok"
"""PDFium's own text."""
REPAIRED: Final = "repaired"
"""Rebuilt from the places of the glyphs."""
DOUBTFUL: Final = "doubtful"
"""The words are implausible."""
UNREADABLE: Final = "unreadable"
"""The fonts have no usable map from glyphs to letters: the text is not text."""

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
        if count > MAX_CHARACTERS or not RTL_LETTER.search(text):
            state = UNREADABLE if _has_no_map(layer.raw, count) else OK
            return PageText(plain_text(text), state)
        rebuilt = rebuild(read_characters(layer.raw, count), page.raw)
        return PageText(plain_text(rebuilt), REPAIRED)
    finally:
        layer.close()


def plain_text(text: str) -> str:
    r"""Return a text with ``\n`` for line ends, and without the hyphens of broken words."""
    text = BROKEN_WORD.sub("", text)
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def _has_no_map(text_page: Any, count: int) -> bool:
    """Return whether the characters of a page, by a sample, are numbers of glyphs."""
    for size in (SAMPLE, 8 * SAMPLE):
        indices = range(0, count, 1 + count // size)
        errors = map_errors(text_page, indices)
        if len(errors) <= ERROR_SHARE * len(indices):
            return False
    return are_glyph_numbers(errors)
