"""`index.pdf_text`: pages with right-to-left letters, made glyph by glyph."""

from __future__ import annotations

import pypdfium2
import pytest
from glyph_pdf import Drawn, glyph_pdf, visual_line

from index.pdf_text.page import OK, REPAIRED, PageText, page_text


def read_page(*glyphs: Drawn) -> PageText:
    with pypdfium2.PdfDocument(glyph_pdf(glyphs)) as pdf:
        return page_text(pdf[0])


def text_of(*glyphs: Drawn) -> str:
    return read_page(*glyphs).text


def test_a_page_without_right_to_left_letters_keeps_the_text_of_the_library() -> None:
    glyphs = [*visual_line("ab c"), *visual_line("12 (x)", y=680)]
    with pypdfium2.PdfDocument(glyph_pdf(glyphs)) as pdf:
        own = pdf[0].get_textpage().get_text_bounded().replace("\r\n", "\n")
    assert read_page(*glyphs) == PageText(own, OK)


@pytest.mark.parametrize(
    ("clusters", "text"),
    [
        (["م", "لا", "س"], "سلام"),  # lam-alef as one glyph
        (["م", "ال", "س"], "سلام"),  # the same, turned in the map
        (["لله", "ا", " ", "د", "ب", "ع"], "عبد الله"),
        (["\ufe8e", "\ufee3"], "ما"),  # presentation forms
        (["\u0651ب", "ر"], "رب\u0651"),  # a mark and its letter as one glyph
        (["ب", "\u0640", "\u0640", "ل", "ط"], "طلب"),  # strokes
        (["\u0640", "ه", "1", "4", "4", "0"], "1440هـ"),  # a tatweel that is written
        ([*"ةكرش Ltd Xy كنب"], "بنك Ltd Xy شركة"),
    ],
)  # fmt: skip
def test_letters_of_a_line_are_in_logical_order(clusters: list[str], text: str) -> None:
    page = read_page(*visual_line(clusters))
    assert page == PageText(text, REPAIRED)
    assert read_page(*visual_line(clusters)[::-1]) == page


def test_marks_follow_the_letter_over_which_they_stand() -> None:
    letters = visual_line("مسا")
    mark = Drawn("\u064f", letters[1].x + 1, letters[1].y, width=2, low=8, high=9)
    below = Drawn("\u0650", letters[0].x + 1, letters[0].y - 1, width=2, low=-3, high=-2)
    assert text_of(*letters, mark, below) == "اس\u064fم\u0650"
    assert text_of(mark, below, *letters) == "اس\u064fم\u0650"


def test_letters_printed_twice_count_once() -> None:
    line = visual_line("ررب")
    again = [Drawn(g.text, g.x + 0.3, g.y) for g in line]
    assert text_of(*line, *again) == "برر"


def test_cells_of_a_row_are_parted_by_a_tab_from_the_right() -> None:
    rows = [(*visual_line("مسا", x=400, y=y), *visual_line("12.5", x=250, y=y)) for y in (700, 680)]
    assert text_of(*rows[0], *rows[1]) == "اسم\t12.5\nاسم\t12.5"


def test_columns_are_read_one_after_the_other() -> None:
    def column(x: float) -> list[Drawn]:
        lines = [visual_line("ةملك ةملك ةملك ةملك", x=x, y=700 - 14 * n) for n in range(4)]
        return [glyph for line in lines for glyph in line]

    left = column(100)
    right = [Drawn(g.text.replace("ة", "ى"), g.x, g.y) for g in column(220)]
    line = "كلمة كلمة كلمة كلمة"
    expected = [line.replace("ة", "ى")] * 4 + [line] * 4
    assert text_of(*right, *left).split("\n") == expected


def test_a_page_turned_by_a_quarter_is_read() -> None:
    pdf = pypdfium2.PdfDocument(glyph_pdf(visual_line("ملاس")))
    pdf[0].set_rotation(90)
    assert page_text(pdf[0]).text == "سالم"
