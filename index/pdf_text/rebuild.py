"""A page with right-to-left letters, from its characters to the text of its lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from index.pdf_text.brackets import unmirror
from index.pdf_text.characters import Characters
from index.pdf_text.direction import balance, directions
from index.pdf_text.glyph import Glyph
from index.pdf_text.inverse_bidi import logical_order
from index.pdf_text.ligatures import order_letters
from index.pdf_text.line_ends import join_broken
from index.pdf_text.lines import Line, find_lines
from index.pdf_text.marks import attach_marks
from index.pdf_text.numbers import turn_hyphened
from index.pdf_text.own_lines import Place, own_lines
from index.pdf_text.page_glyphs import page_glyphs
from index.pdf_text.plausibility import is_reversed
from index.pdf_text.presentation_forms import fold
from index.pdf_text.rows import find_rows
from index.pdf_text.silent import add_silent

LINE_SIGN = "\0"
"""What parts the lines while all are folded at once: it stands in no line."""


def rebuild(characters: Characters, page: Any) -> str:
    """Return the text of a page in the order of its file; ``page`` is PDFium's raw page.

    The cells of a row of a table are on one line, with tabs between.
    """
    glyphs = page_glyphs(characters)
    order_letters(glyphs)
    glyphs = add_silent(glyphs, characters, page)
    own, glyphs = own_lines(glyphs, characters)
    rows = find_rows(glyphs)
    attach_marks(glyphs, rows, characters)
    lines = find_lines(rows, characters)
    texts = fold(LINE_SIGN.join(_texts(lines))).split(LINE_SIGN) if lines else []
    rows_of_text = _rows(list(zip(lines, texts, strict=True)), is_rtl=balance(lines) >= 0)
    return join_broken("\n".join(text for _, text in sorted([*own, *rows_of_text])))


def _texts(lines: Sequence[Line]) -> list[str]:
    """Return the text of each line in logical order."""
    sides = directions(lines)
    texts = [_text(line.glyphs, is_rtl=side) for line, side in zip(lines, sides, strict=True)]
    if is_reversed("\n".join(texts)):
        texts = ["".join(glyph.text for glyph in line.glyphs) for line in lines]
    return unmirror(texts)


def _text(glyphs: Sequence[Glyph], *, is_rtl: bool) -> str:
    text = "".join([glyph.text for glyph in logical_order(glyphs, is_rtl=is_rtl)])
    return turn_hyphened(text) if is_rtl else text


def _rows(cells: Iterable[tuple[Line, str]], *, is_rtl: bool) -> list[tuple[Place, str]]:
    """Return the text of each row, with its place in reading order.

    Lines that follow one another in the file and have one baseline are the cells of one row.
    """
    rows: list[list[tuple[Line, str]]] = []
    for line, text in cells:
        if rows and line.base == rows[-1][-1][0].base:
            rows[-1].append((line, text))
        else:
            rows.append([(line, text)])
    return [_row(row, is_rtl=is_rtl) for row in rows]


def _row(cells: list[tuple[Line, str]], *, is_rtl: bool) -> tuple[Place, str]:
    cells.sort(key=lambda cell: -cell[0].right if is_rtl else cell[0].left)
    return min(line.place for line, _ in cells), "\t".join(text.strip() for _, text in cells)
