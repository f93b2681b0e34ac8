"""The text of a page: PDFium's own, or rebuilt if the page has right-to-left letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from index.pdf_text.brackets import unmirror
from index.pdf_text.characters import Characters, map_errors, read_characters
from index.pdf_text.direction import directions
from index.pdf_text.glyph import Glyph, read_glyphs
from index.pdf_text.inverse_bidi import logical_order
from index.pdf_text.kinds import MARK, RTL_LETTER
from index.pdf_text.ligatures import order_letters
from index.pdf_text.lines import Line, find_lines
from index.pdf_text.marks import attach_marks
from index.pdf_text.numbers import turn_telephone_numbers
from index.pdf_text.overprint import without_twins
from index.pdf_text.plausibility import (
    ERROR_SHARE,
    are_glyph_numbers,
    is_reversed,
)
from index.pdf_text.rows import find_rows
from index.pdf_text.silent import add_silent
from index.pdf_text.spacing import with_spaces

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
PRESENTATION_FORMS = re.compile("[\ufb1d-\ufdff\ufe70-\ufefc]+")
SIGN_AT_END = re.compile(r"(?<!\S)\+ *\n(?=\d)")
"""The sign of a number that was broken after it."""
STROKES = re.compile("\u0640+(?=[\u0620-\u064a])")


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
            return PageText(_plain(text), state)
        return _rebuilt(read_characters(layer.raw, count), page.raw)
    finally:
        layer.close()


def _plain(text: str) -> str:
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


def _rebuilt(characters: Characters, page: Any) -> PageText:
    glyphs = read_glyphs(characters)
    order_letters(glyphs)
    glyphs = add_silent(without_twins(glyphs), characters, page)
    kept = _kept_lines(glyphs)
    plain = _own_lines(characters, kept)
    glyphs = [glyph for glyph in glyphs if glyph.line not in kept]
    rows = find_rows(glyphs)
    attach_marks(glyphs, rows, characters)
    lines = find_lines(rows)
    texts = _texts(lines)
    text = _joined(plain, list(zip(lines, texts, strict=True)))
    return PageText(_plain(turn_telephone_numbers(_folded(text))), REPAIRED)


def _kept_lines(glyphs: Sequence[Glyph]) -> set[int]:
    """Return the lines of PDFium's that have no right-to-left letter on their height."""
    heights = {
        _height(glyph) + step
        for glyph in glyphs
        if RTL_LETTER.search(glyph.text)
        for step in (-1, 0, 1)
    }
    rebuilt = {g.line for g in glyphs if g.kind == MARK or _height(g) in heights} | {-1}
    return {glyph.line for glyph in glyphs} - rebuilt


def _height(glyph: Glyph) -> int:
    return round(glyph.base / max(2.0, 0.4 * glyph.em))


def _own_lines(characters: Characters, numbers: set[int]) -> list[tuple[int, str]]:
    """Return some of PDFium's lines, each with the index of its first character."""
    lines: list[tuple[int, str]] = []
    number, start, text = 0, 0, ""
    for index, code in enumerate([*characters.codes, 13]):
        if code in (10, 13):
            if text and number in numbers:
                lines.append((start, text))
            number, start, text = number + bool(text), index, ""
        elif 0 < code <= 0x10FFFF:
            text += chr(code)
    return lines


def _texts(lines: Sequence[Line]) -> list[str]:
    """Return the text of each line in logical order."""
    spaced = [with_spaces(line) for line in lines]
    sides = directions(lines)
    texts = [
        _text(logical_order(glyphs, is_rtl=side))
        for glyphs, side in zip(spaced, sides, strict=True)
    ]
    if is_reversed("\n".join(texts)):
        texts = [_text(logical_order(glyphs, is_rtl=False)) for glyphs in spaced]
        texts = [_text(glyphs) for glyphs in spaced]
    return unmirror(texts)


def _text(glyphs: Iterable[Glyph]) -> str:
    return "".join(glyph.text for glyph in glyphs)


def _joined(plain: Sequence[tuple[int, str]], lines: Sequence[tuple[Line, str]]) -> str:
    """Return the text of all lines in the order of the file, the cells of a row on one line."""
    parts: list[tuple[int, str]] = list(plain)
    row: list[tuple[Line, str]] = []
    for line, text in lines:
        if row and line.base != row[-1][0].base:
            parts.append(_row_text(row))
            row = []
        row.append((line, text))
    if row:
        parts.append(_row_text(row))
    return "\n".join(text for _, text in sorted(parts))


def _row_text(cells: Sequence[tuple[Line, str]]) -> tuple[int, str]:
    is_rtl = sum(line.letters for line, _ in cells) >= 0
    ordered = sorted(cells, key=lambda cell: -cell[0].right if is_rtl else cell[0].left)
    return min(line.first for line, _ in cells), "\t".join(text.strip() for _, text in ordered)


def _folded(text: str) -> str:
    """Return a text with letters for presentation forms, without the strokes of justified words."""
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    text = PRESENTATION_FORMS.sub(lambda m: unicodedata.normalize("NFKC", m.group()), text)
    return SIGN_AT_END.sub("\n+", STROKES.sub("", text))
