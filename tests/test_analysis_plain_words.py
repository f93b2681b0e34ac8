"""`index.analysis.plain_words`: what the kernel cuts is what the patterns cut."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from test_analysis_tokenizer import any_text, mixed_text

from index.analysis import plain_words as cutter
from index.analysis.plain_words import ARABIC_WORD, STRETCH, WORD, plain_words
from index.analysis.tokenizer import places, places_by_patterns
from index.kernel.library import state

pytestmark = pytest.mark.skipif(cutter._plain_words is None, reason=state())

SPACED = st.lists(
    st.sampled_from(
        [
            *("Libya", "ليبيا", "وَال", "x", "AB12", "ABCD", "EFGH", "021", "333", "4455", "12"),
            *("2016", "(", ")", "+", "/", "-", ".", ",", "“", "”", "«", "»", "’", "_", "@", "·"),
            *("U.N.", "www.", "http://", "a@b.cd", "\u200f", "ﷺ", "½", "²", "٣", "\u0301", "ـ"),
        ]
    )
    | st.just(" ")
    | st.sampled_from(["\n", "\u00a0", "\u2009", "  "]),
    max_size=30,
).map("".join)


@given(SPACED | mixed_text | any_text)
@example("AB12 ABCD EFGH IJKL and (021) 333 4455")
@example("«ليبيا»، قال. (Libya) said: “well”")
def test_the_pieces_are_those_of_the_patterns(text: str) -> None:
    assert [*places(text, 0, len(text))] == [*places_by_patterns(text, 0, len(text))]


@given(SPACED | mixed_text, st.data())
def test_the_pieces_of_a_part_are_those_of_the_patterns(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert [*places(text, start, end)] == [*places_by_patterns(text, start, end)]


def test_signs_around_a_word_are_left_out_and_numbers_are_a_stretch() -> None:
    assert plain_words("(Libya), «ليبيا» in 2011 - 2012.", 0, 32) == [
        *(1, 6, WORD), *(10, 15, ARABIC_WORD), *(17, 19, WORD), *(20, 32, STRETCH),
    ]  # fmt: skip


def test_a_long_text_is_left_to_the_patterns() -> None:
    assert plain_words("a " * 5000, 0, 10_000) is None
    assert len([*places("a " * 5000, 0, 10_000)]) == 5000
