"""`search.tui.widgets.pager`: a long text a screen at a time."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.bidi import Mode, clean
from search.tui.widgets.pager import MAX_BLOCK, Pager, Row
from search.tui.widgets.text_structure import TextStructure

WORDS = st.lists(st.sampled_from(["oil", "ليبيا", "النفط", "الحُكومة", "漢字", "a", "👍🏽"]),
                 max_size=25).map(" ".join)  # fmt: skip
TEXTS = st.lists(WORDS | st.text(max_size=40), max_size=12).map("\n".join)
LONG = {
    "Arabic": "وصل الوفد إلى طرابلس أمس " * 900,
    "no spaces": "x" * 30_000,
    "Arabic without spaces": "ليبيا" * 6_000,
    "behind a short one": "begin\n" + "word " * 5_000 + "\nend",
    "blank": " " * 20_000 + "end",
}


def pager(text: str, width: int = 30, **more: object) -> Pager:
    return Pager(text, (), width, "visual", **more)  # type: ignore[arg-type]


def all_rows(made: Pager, page: int = 7) -> list[Row]:
    """The rows of a text as one who reads on sees them, a page after another."""
    rows = made.rows(0, page)
    while len(more := made.rows(rows[-1].start, page + 1)) > 1:
        rows += more[1:]
    return rows


def seen(rows: list[Row], text: str) -> str:
    return "".join(text[row.start : row.end] for row in rows)


@given(TEXTS, st.integers(2, 50))
def test_a_row_is_never_wider_than_its_column(text: str, width: int) -> None:
    for row in pager(text, width).rows(0, 50):
        assert row.line is None or row.line.width <= width


@given(TEXTS, st.integers(2, 50), st.integers(1, 9))
def test_reading_on_shows_the_whole_text_once(text: str, width: int, page: int) -> None:
    made = pager(text, width)
    ends = [(row.start, row.end) for row in all_rows(made, page)]
    assert ends == sorted(ends)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(ends))
    shown = {n for start, end in ends for n in range(start, end)}
    left_out = "".join(char for n, char in enumerate(text) if n not in shown)
    assert not any(char.isalnum() for char in left_out)


@given(TEXTS, st.integers(2, 50), st.integers(1, 9))
def test_reading_back_shows_the_same_rows(text: str, width: int, page: int) -> None:
    made = pager(text, width)
    forward = [row.start for row in all_rows(made)]
    place, back = forward[-1], [forward[-1]]
    while place > forward[0]:
        place = made.back(place, 1)
        back.append(max(place, forward[0]))
    assert back[::-1] == forward
    assert made.back(forward[-1], page) == (forward[-1 - page] if page < len(forward) else 0)


def test_an_invisible_character_is_in_the_first_row_of_its_paragraph() -> None:
    made = pager("a a\n\u00ad0", 2)
    assert made.rows(4, 1)[0].start == 4


@given(TEXTS, st.integers(2, 50), st.data())
def test_every_character_is_in_the_row_that_is_asked_for(
    text: str, width: int, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(text)))
    made = pager(text, width)
    starts = [row.start for row in all_rows(made)]
    holding = max((start for start in starts if start <= place), default=starts[0])
    assert made.rows(place, 1)[0].start == holding


@given(WORDS, WORDS, WORDS, st.integers(4, 40))
def test_a_span_is_lit_however_it_is_broken(
    before: str, inside: str, behind: str, width: int
) -> None:
    text = f"{before}\n{inside} {behind}"
    start = len(before) + 1
    spans = ((start, start + len(inside)),)
    for current, style in ((0, "current"), (None, "match")):
        rows = Pager(text, spans, width, "logical", current).rows(0, 200)
        lit = [s.text for row in rows if row.line for s in row.line.segments if s.style == style]
        assert "".join(lit).replace(" ", "") == clean(inside).replace(" ", "")


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_a_paragraph_of_any_length_is_read_through_and_back(text: str) -> None:
    made = pager(text)
    rows = all_rows(made, 30)
    assert seen(rows, text).replace(" ", "") == text.replace(" ", "").replace("\n", "")
    place = made.back(len(text), 10**9)
    assert place == 0
    middle = made.rows(len(text) // 2, 3)
    assert middle[0].start <= len(text) // 2 < middle[-1].end
    assert made.back(middle[1].start, 1) == middle[0].start


def test_what_is_laid_out_does_not_grow_with_the_text() -> None:
    text = "وصل الوفد " * 400_000
    row = pager(text).rows(2_000_000, 5)[0]
    assert row.start > 2_000_000 - MAX_BLOCK


def test_all_of_a_long_arabic_paragraph_is_at_the_right_edge() -> None:
    text = "Reuters: " + "قال الوزير في ليبيا " * 20 + "Libya Russia oil " * 10
    text = text * 8
    assert len(text) > 2 * MAX_BLOCK
    assert {row.line.rtl for row in all_rows(pager(text)) if row.line} == {True}


def test_blank_lines_stay_blank_lines() -> None:
    rows = pager("one\n\n\ntwo").rows(0, 9)
    assert [row.line is None for row in rows] == [False, True, True, False]


def test_each_paragraph_has_the_direction_of_most_of_its_letters() -> None:
    text = "needlexyz هذا ملف عن النفط.\nThe minister of oil قال.\n2021"
    rows = Pager(text, (), 60, "visual", structure=TextStructure(rtl=True)).rows(0, 9)
    assert [row.line.rtl for row in rows if row.line] == [True, False, True]


TABLE = "Who\tWhat\tYear\n\nHaftar\toil\t2016\nلا إله\tغاز\t2021\n\tport\t2020\nEnd."
MARKDOWN = TextStructure("markdown")
CELLS = st.sampled_from(["", "oil", "لا إله", "الحُكومة", "漢字", " a", "2016 ", "x" * 20])
TABLES = st.lists(
    st.lists(CELLS, min_size=1, max_size=4).map("\t".join) | st.just(""), min_size=1, max_size=8
).map("\n".join)


def bars(row: Row) -> list[int]:
    """The cells of the bars of a row, from the side where it begins."""
    shown = "".join(part.text for part in row.line.segments) if row.line else ""
    shown = shown[::-1] if row.line and row.line.rtl else shown
    return [at for at, char in enumerate(shown) if char == "│"]


@pytest.mark.parametrize("mode", ["visual", "words"])
def test_the_columns_of_a_table_stand_below_each_other(mode: Mode) -> None:
    made = Pager(TABLE, (), 40, mode, structure=MARKDOWN)
    columns = [7, 14]
    assert list(map(bars, all_rows(made))) == [columns, [], columns, columns, columns, []]
    made = Pager(TABLE, (), 40, mode, structure=TextStructure("text"))
    assert not any(map(bars, all_rows(made)))


def test_a_table_that_does_not_fit_is_drawn_row_by_row() -> None:
    made = Pager(TABLE, (), 19, "visual", structure=MARKDOWN)
    assert [bars(row) for row in all_rows(made)][:3] == [[4, 11], [], [7, 13]]


def test_rows_of_a_table_without_end_are_drawn_at_once() -> None:
    made = Pager("a\tb\n" * 100_000, (), 40, "visual", structure=MARKDOWN)
    assert [bars(row) for row in made.rows(200_000, 3)] == [[2]] * 3


@given(TABLES, st.integers(2, 60), st.sampled_from(["visual", "words", "logical"]))
def test_a_table_is_read_whole_and_every_letter_is_under_its_cell(
    text: str, width: int, mode: Mode
) -> None:
    made = Pager(text, (), width, mode, structure=MARKDOWN)
    rows = made.rows(0, 200)
    assert [row.start for row in rows] == sorted(row.start for row in rows)
    assert not text[rows[-1].end :].strip()
    for row in rows:
        assert row.line is None or row.line.width <= max(width, 2)
        for start, end in made.cells(row).spans:
            assert row.start <= start <= end <= row.end
