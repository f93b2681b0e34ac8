"""Selected cells are a slice of the text as it was written, in both scripts and every mode."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.style import Style

from search import Hit, Snippet
from search.bidi import Mode, cell_spans, cell_width, layout
from search.tui.interaction.caret import Caret, paragraph_at, word_at
from search.tui.widgets.card import GUTTER, HEIGHT, NAMES, Card, CardStyle
from search.tui.widgets.card_text import CardText
from search.tui.widgets.cells import Cells, Touch, swept
from search.tui.widgets.pager import Pager

MODES: list[Mode] = ["visual", "words", "logical"]
TEXTS = st.text(
    st.sampled_from("لاأإبتقه ًّ\u0670ـabcXY 0123٤٥().,:\u200c\u202e漢\t\x1b\n-"), max_size=80
)


def _shown(row_text: str) -> list[str]:
    """What is in each cell of a row, marks with the letter before them."""
    cells: list[str] = []
    for char in row_text:
        width = cell_width(char)
        if width:
            cells += [char] * width
        elif cells:
            cells[-1] += char
    return cells


def _letters(text: str) -> set[str]:
    """The letters and digits of a text, whatever their form."""
    return {char for char in unicodedata.normalize("NFKC", text) if char.isalnum()}


@given(TEXTS, st.integers(2, 30), st.sampled_from(MODES), st.data())
def test_what_is_swept_is_a_slice_with_all_that_was_under_the_cells(
    text: str, width: int, mode: Mode, data: st.DataObject
) -> None:
    pager = Pager(text, (), width, mode)
    rows = pager.rows(0, 100)
    one, other = sorted(data.draw(st.integers(0, len(rows) - 1)) for _ in range(2))
    first_x, last_x = (data.draw(st.integers(0, width - 1)) for _ in range(2))
    touches = Touch(pager.cells(rows[one]), first_x), Touch(pager.cells(rows[other]), last_x)
    start, end = swept(*touches)
    assert 0 <= start <= end <= len(text)
    assert swept(*reversed(touches)) == (start, end)
    for row in rows[one + 1 : other]:
        assert start <= row.start <= row.end <= end
    for row, x in ((rows[one], first_x), (rows[other], last_x)):
        if row.line is not None and mode == "visual":
            cells = _shown("".join(part.text for part in row.line.segments))
            left = width - row.line.width if row.line.rtl else 0
            under = cells[max(0, min(x - left, len(cells) - 1))]
            assert _letters(under) <= _letters(text[start:end])


@given(TEXTS, st.integers(2, 30), st.booleans())
def test_each_cell_has_the_letter_that_is_drawn_in_it(text: str, width: int, rtl: bool) -> None:
    lines = layout(text, (), width, mode="visual", rtl=rtl)
    under = cell_spans(text, width, mode="visual", rtl=rtl)
    for line, spans in zip(lines, under, strict=True):
        cells = _shown("".join(part.text for part in line.segments))
        assert len(cells) == len(spans) == line.width
        for cell, (start, end) in zip(cells, spans, strict=True):
            assert _letters(cell) == _letters(text[start:end])


@given(TEXTS, st.integers(2, 30), st.sampled_from(MODES))
def test_all_of_a_row_is_under_its_cells_once(text: str, width: int, mode: Mode) -> None:
    for line, spans in zip(
        layout(text, (), width, mode=mode), cell_spans(text, width, mode=mode), strict=True
    ):
        assert len(spans) == line.width
        assert (min(spans)[0], max(end for _, end in spans)) == (line.start, line.end)
        for one, other in zip(sorted(set(spans)), sorted(set(spans))[1:], strict=False):
            assert one[1] <= other[0]


@pytest.mark.parametrize("mode", ["logical", "words"])
def test_where_the_terminal_turns_a_word_its_last_letter_is_at_the_left(mode: Mode) -> None:
    (spans,) = cell_spans("ab قلم", 20, mode=mode, rtl=False)
    assert spans == ((0, 1), (1, 2), (2, 3), (5, 6), (4, 5), (3, 4))


def test_between_two_cells_of_a_row_is_all_that_lies_between_them() -> None:
    pager = Pager("قال 123 نعم", (), 20, "visual")
    cells = pager.cells(pager.rows(0, 1)[0])
    right = 19
    assert swept(Touch(cells, right), Touch(cells, right - 2)) == (0, 3)
    assert swept(Touch(cells, right), Touch(cells, right - 4)) == (0, 7)  # the number is whole
    assert swept(Touch(cells, right - 9), Touch(cells, 0)) == (9, 11)


def test_a_row_without_text_has_an_empty_slice() -> None:
    assert swept(Touch(Cells(7), 3), Touch(Cells(7), 9)) == (7, 7)


@given(TEXTS, st.integers(0, 80), st.booleans())
def test_an_end_that_moves_by_words_passes_the_whole_text(
    text: str, place: int, forward: bool
) -> None:
    caret = Caret(min(place, len(text)), min(place, len(text)))
    for _ in range(len(text) + 1):
        before, caret = caret, caret.by_word(text, forward)
        assert caret.moving >= before.moving if forward else caret.moving <= before.moving
    assert caret.moving == (len(text) if forward else 0)
    start, end = caret.span
    assert 0 <= start <= end <= len(text)


def test_a_word_is_without_the_signs_around_it() -> None:
    text = "قالت «الوِزارة» (in 2021).\nend"
    assert [text[slice(*word_at(text, place))] for place in (1, 5, 8, 17, 24)] == [
        "قالت", "الوِزارة", "الوِزارة", "in", "2021",
    ]  # fmt: skip
    assert word_at(text, 4) == (4, 4)
    assert text[slice(*paragraph_at(text, 5))] == text.split("\n", maxsplit=1)[0]
    assert text[slice(*paragraph_at(text, len(text)))] == "end"


# -- cards -------------------------------------------------------------------------

PLAIN = CardStyle(Style(), {name: Style() for name in NAMES})


def _hit(title: str, snippet: str, path: str) -> Hit:
    fragment = Snippet(snippet, 0, 1, None, ())
    return Hit(1, path, (), path, title, (), "ar", "text", None, "", "", 1.0, (fragment,), ())


@given(TEXTS, TEXTS, st.text(st.sampled_from("abcل /.م٣4"), max_size=60), st.integers(14, 60))
def test_each_cell_of_a_card_has_the_letter_that_is_drawn_in_it(
    title: str, snippet: str, path: str, room: int
) -> None:
    hit = _hit(title, snippet, "/" + path)
    text = CardText(hit, room, "visual")
    drawn = Card(1, room + GUTTER, "visual", PLAIN, selected=False).render(hit, 1.0)
    for row in range(len(drawn)):
        cells, shown = text.cells(row), _shown(drawn[row].crop(GUTTER).text)
        for x, (start, end) in enumerate(cells.spans):
            assert 0 <= start <= end <= len(text.whole)
            at = x + cells.left
            if at < len(shown) and shown[at] != "…":
                assert _letters(shown[at]) <= _letters(text.whole[start:end])


@given(TEXTS, TEXTS, st.integers(14, 60), st.sampled_from(MODES), st.data())
def test_what_is_swept_in_a_card_is_a_slice_of_its_text_in_order(
    title: str, snippet: str, room: int, mode: Mode, data: st.DataObject
) -> None:
    text = CardText(_hit(title, snippet, "/home/reports/oil.txt"), room, mode)
    rows = sorted(data.draw(st.integers(0, HEIGHT - 1)) for _ in range(2))
    first, last = (Touch(text.cells(row), data.draw(st.integers(0, room - 1))) for row in rows)
    start, end = swept(first, last)
    assert 0 <= start <= end <= len(text.whole)


def test_what_an_ellipsis_hides_is_selected_with_it() -> None:
    long = "the oil ministry and the national oil company in Tripoli"
    text = CardText(_hit(long, "", "/srv/archive/of/many/reports/oil.txt"), 30, "visual")
    title, location = text.cells(0), text.cells(3)
    assert text.whole[slice(*title.hull(0, 99))] == long
    at = text.location.index("…")
    hidden = text.whole[slice(*location.hull(at, at))]
    assert "/srv/archive/of/many/reports".endswith(hidden)
    assert (
        text.whole[slice(*location.hull(0, 99))] == "/srv/archive/of/many/reports/oil.txt · no date"
    )
