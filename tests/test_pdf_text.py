"""`index.pdf_text`: pages with right-to-left letters, made glyph by glyph."""

from __future__ import annotations

import pypdfium2
import pytest
from glyph_pdf import Drawn, glyph_pdf, visual_line
from hypothesis import given
from hypothesis import strategies as st

from index.pdf_text import page as pages
from index.pdf_text.page import DOUBTFUL, OK, REPAIRED, UNREADABLE, PageText, page_text


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


@pytest.mark.parametrize("space", [*"\n\r\t\x0b\x85\u2028\u2029", "ب\n"])
def test_a_glyph_that_stands_for_a_line_end_ends_no_line(space: str) -> None:
    glyphs = [Drawn("ب", 100), Drawn(space, 105), Drawn("ا", 110), Drawn("ب", 100, 680)]
    first, *rest = text_of(*glyphs).split("\n")
    assert rest == ["ب"]
    assert (first[0], first[-1]) == ("ا", "ب")


places = st.floats(-50, 700).map(lambda place: round(place, 1))
glyphs = st.builds(
    Drawn,
    st.text(
        "ابلهأ\u0651\u064f\u0640\ufdf2\ufefb12+-.()« aV\u200f\U0001ee00", min_size=1, max_size=4
    ),
    places,
    places,
    st.sampled_from([0.0, 2.0, 5.0, 40.0]),
    st.sampled_from([-3.0, 0.0, 8.0]),
    st.sampled_from([1.0, 7.0, 9.0]),
    st.sampled_from(["", "", "ب\u064f", "كلمة أخرى"]),
    st.booleans(),
)


@given(st.lists(glyphs, max_size=30))
def test_any_glyphs_at_any_places_are_a_page(drawn: list[Drawn]) -> None:
    assert isinstance(read_page(*drawn), PageText)


@pytest.mark.parametrize(
    "matrix", ["1 0 0 1 0 0", "0 1 -1 0 750 0", "-1 0 0 -1 600 1400", "0 -1 1 0 -200 700"]
)
def test_lines_of_any_direction_are_read(matrix: str) -> None:
    line = [*visual_line("12.5 ملاس ةملك"), Drawn("\u064f", 136, width=2, low=8, high=9)]
    with pypdfium2.PdfDocument(glyph_pdf(line, matrix=matrix)) as pdf:
        assert page_text(pdf[0]).text.replace("\u064f", "") == "كلمة سالم 12.5"


def test_a_letter_whose_text_its_mark_has_is_read_at_its_own_place() -> None:
    """As Chromium draws it: the mark first, and the text of both as ActualText."""
    seen, mark, jeem, dal = (
        "س",
        Drawn("\u064f", 111, width=2, low=8, high=9, span="ج\u064f"),
        "x",
        "د",
    )
    word = [Drawn(dal, 100), mark, Drawn(jeem, 105, span="ج\u064f"), Drawn(seen, 112)]
    others = visual_line("ةملك ةملك", y=680)
    assert text_of(*word, *others).split("\n")[0] == "سج\u064fد"


def test_a_mark_whose_map_names_its_letter_too_is_a_mark() -> None:
    """As WeasyPrint maps it: every damma has the text of the first letter with one."""
    letters = visual_line("بتك")
    mark = Drawn("أ\u064f", letters[2].x + 1, width=2, low=8, high=9)
    assert text_of(mark, *letters) == "ك\u064fتب"


def test_strokes_that_lengthen_a_word_are_no_letters() -> None:
    word = [Drawn("ب", 100), *(Drawn("V", x, high=1) for x in (105, 110)), Drawn("ل", 115)]
    assert text_of(*word, Drawn("ط", 120)) == "طلب"


def test_a_sign_over_a_letter_is_a_mark_without_a_map() -> None:
    word = [*visual_line("نإ"), Drawn("2", 101, width=2, low=8, high=9)]
    assert text_of(*word) == "إن"


@pytest.mark.parametrize(
    ("visual", "text"),
    [
        (".ملاس ةملك", "كلمة سالم."),
        ("ملاس (ةيناث) ةملك", "كلمة (ثانية) سالم"),
        ("7890 654 21 962+ فتاه", "هاتف +962 21 654 7890"),
        ("+962 21 654 7890 فتاه", "هاتف +962 21 654 7890"),  # written as one run
        ("Word ملاس is here.", "Word سالم is here."),
        ("ali@example.org ديرب", "بريد ali@example.org"),
    ],
)
def test_a_line_is_read_in_the_direction_of_its_paragraph(visual: str, text: str) -> None:
    lines = visual_line("ةملك ةملك ةملك ةملك ةملك ةملك ةملك", y=740)
    shifted = visual_line(visual, x=100 if text[0].isascii() else 200)
    assert text_of(*lines, *shifted).split("\n")[-1] == text


@pytest.mark.parametrize("turn", ["", "()"])
def test_brackets_that_span_lines_are_unmirrored(turn: str) -> None:
    """The map of a font gives the shape that is seen, or the character that was written."""
    seen = str.maketrans(turn, turn[::-1])
    first = visual_line("ةملك) ةملك".translate(seen))
    second = visual_line("ةملك (ةملك".translate(seen), y=688)
    assert text_of(*first, *second) == "كلمة (كلمة\nكلمة) كلمة"


def test_an_address_broken_over_two_lines_is_whole() -> None:
    first = visual_line("https://example.org/ عقوم ةملك ةملك", x=200)
    second = visual_line("ةملك news.html", x=310, y=688)
    assert text_of(*first, *second) == "كلمة كلمة موقع https://example.org/news.html\nكلمة"


def test_a_page_of_numbers_of_glyphs_is_unreadable() -> None:
    glyphs = [Drawn("", 100 + 6 * n, is_mapped=False, high=n) for n in range(1, 40)]
    page = read_page(*glyphs)
    assert page == PageText("", UNREADABLE)


def test_words_with_signs_of_another_script_are_doubtful() -> None:
    words = visual_line("Fيل Gاكن ةملك ةملك")
    page = read_page(*words)
    assert page.state == DOUBTFUL
    assert "كلمة كلمة" in page.text


def test_a_page_of_very_many_characters_keeps_the_text_of_the_library(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pages, "MAX_CHARACTERS", 5)
    assert read_page(*visual_line("ةملك ةملك")).state == OK
