"""`index.pdf_text`: the inverse of the bidirectional algorithm, numbers and brackets."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from bidi.algorithm import get_display
from hypothesis import given
from hypothesis import strategies as st

from index.pdf_text.brackets import unmirror
from index.pdf_text.inverse_bidi import logical_order
from index.pdf_text.kinds import KINDS
from index.pdf_text.presentation_forms import fold


@dataclass(frozen=True)
class Item:
    """A character in a line."""

    text: str

    @property
    def kind(self) -> str:
        return KINDS[self.text]


def read_line(visual: str, *, is_rtl: bool = True) -> str:
    items = logical_order([Item(char) for char in visual], is_rtl=is_rtl)
    return unmirror(["".join(item.text for item in items)])[0]


ARABIC = st.text("ابتثجحخدذرزسشصضطظعغفقكلمنهوي", min_size=1, max_size=6)
LATIN = st.text("abcdefgxyzABC", min_size=1, max_size=6)
LATIN_RUNS = st.one_of(
    LATIN,
    st.lists(LATIN, min_size=2, max_size=4).map(" ".join),
    st.builds("{}@{}.org".format, LATIN, LATIN),
    st.builds("https://{}.{}/{}-2".format, LATIN, LATIN, LATIN),
    st.builds("{}-{:d}".format, LATIN, st.integers(1, 99)),
)
NUMBERS = st.one_of(
    st.integers(0, 10**7).map(str),
    st.integers(0, 10**7).map("{:,}".format),
    st.builds("{:02}/{:02}/{}".format, st.integers(1, 31), st.integers(1, 12), st.just(2019)),
    st.builds("{}.{}".format, st.integers(0, 99), st.integers(0, 99)),
    st.builds("{:02}:{:02}".format, st.integers(0, 23), st.integers(0, 59)),
    st.builds("0{}-{}-{}".format, *[st.integers(10, 999)] * 3),
    st.integers(1, 10**9).map("+{}".format),
    st.text("٠١٢٣٤٥٦٧٨٩", min_size=1, max_size=5),
)
INNER = st.one_of(LATIN_RUNS, NUMBERS)
BRACKETED = st.builds("{0[0]}{1}{0[1]}".format, st.sampled_from(["()", "[]", "«»"]), ARABIC)


@st.composite
def arabic_lines(draw: st.DrawFn) -> str:
    """A line of Arabic in which no two runs of other directions are neighbours."""
    words = [draw(ARABIC)]
    for _ in range(draw(st.integers(0, 4))):
        words += [draw(st.one_of(INNER, BRACKETED)), draw(ARABIC)]
    return " ".join(words) + draw(st.sampled_from(["", ".", "،", "؟", ":"]))


@given(arabic_lines())
def test_an_arabic_line_is_read_as_it_was_written(line: str) -> None:
    assert read_line(get_display(line, base_dir="R")) == line


@st.composite
def english_lines(draw: st.DrawFn) -> str:
    """A line of English with Arabic phrases, which may have numbers between their words."""
    words = [draw(LATIN)]
    for _ in range(draw(st.integers(0, 3))):
        phrase = draw(st.lists(ARABIC, min_size=1, max_size=3))
        words += [" ".join(phrase), draw(LATIN_RUNS)]
    return " ".join(words) + draw(st.sampled_from(["", ".", "?"]))


@given(english_lines())
def test_an_english_line_is_read_as_it_was_written(line: str) -> None:
    assert read_line(get_display(line, base_dir="L"), is_rtl=False) == line


@given(st.text("اب12.,/()ab @-+%\u0651\u200f", max_size=30), st.booleans())
def test_no_character_is_lost(visual: str, is_rtl: bool) -> None:
    items = [Item(char) for char in visual]
    assert sorted(item.text for item in logical_order(items, is_rtl=is_rtl)) == sorted(visual)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("\ufedf\ufe8e \ufb01le", "لا \ufb01le"),  # those of Latin letters are left
        ("عبد ا\ufdf2", "عبد الله"),
        ("\ufdf2 ربي", "الله ربي"),
        ("طـــلب 1440هـ", "طلب 1440هـ"),
        ("o\u6600\ucf00ce \u6600\u6900le \u6600", "office file \u6600"),  # as by Ghostscript
    ],
)
def test_presentation_forms_become_letters(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("visual", "line"),
    [
        ("Office 2019 جمانرب", "برنامج Office 2019"),
        ("(Office) 2019 ةنس", "سنة 2019 (Office)"),
        ("%12.5 ةبسن", "نسبة 12.5%"),
    ],
)
def test_a_number_and_a_latin_word_are_told_apart_by_brackets(visual: str, line: str) -> None:
    assert read_line(visual) == line
