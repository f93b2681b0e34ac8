"""`index.pdf_text.plausibility`: which texts cannot be what was written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.pdf_text.plausibility import (
    are_glyph_numbers,
    has_foreign_signs,
    is_reversed,
    may_be_glyph_numbers,
    mostly_arabic,
)

RIGHT = """قال عبد الله إن الهيئة الوطنية للانتخابات أعلنت النتائج النهائية، و"الآباء" حضروا
1445هـ مع شركة وGoogle وشركة الـIBM في 12/5/2024 (الدائرة الثالثة) مجلس الوزراء الأعلى"""
LETTERS = st.characters(min_codepoint=0x620, max_codepoint=0x6D3, categories=["Lo", "Mn"])
MORE_LETTERS = st.characters(min_codepoint=0x750, max_codepoint=0x77F)


def test_right_text_is_plausible() -> None:
    assert not has_foreign_signs(RIGHT)
    assert not is_reversed(RIGHT)
    assert is_reversed(RIGHT[::-1])


@given(st.lists(st.text(LETTERS | MORE_LETTERS, min_size=1)).map(" ".join))
def test_words_in_arabic_script_of_any_language_are_plausible(text: str) -> None:
    assert not has_foreign_signs(text)


@pytest.mark.parametrize(
    "text",
    ["لأوF قاF كلمة", "طر'بلس كلمة كلمة", "خلا* Fيل كلمة", "مصر\u0396ف كلمة", "كل\ue000مة كلمة"],
)
def test_words_with_signs_of_another_script_are_not(text: str) -> None:
    assert has_foreign_signs(text)


@given(st.text(st.characters(codec="latin-1", categories=["L", "N", "P", "Z"]), min_size=20))
def test_codes_that_are_latin_letters_are_no_glyph_numbers(text: str) -> None:
    """As in figures by matplotlib, whose fonts have no map."""
    assert not are_glyph_numbers(text)


@pytest.mark.parametrize(
    ("text", "numbers", "maybe"),
    [
        ("\x01\x02\x03abc\x04", True, False),
        ("ƯǰʃԂabcdefgh", True, False),
        ("éàüñôîç", False, True),  # a list of accents
        ("のはひらがなカタカナです", False, False),
        ("", False, False),
    ],
)
def test_codes_far_from_letters_are_glyph_numbers(text: str, numbers: bool, maybe: bool) -> None:
    assert (are_glyph_numbers(text), may_be_glyph_numbers(text)) == (numbers, maybe)


def test_half_of_the_words_make_a_text_arabic() -> None:
    assert mostly_arabic("كلمة word")
    assert not mostly_arabic("كلمة two words")
