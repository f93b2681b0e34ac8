"""`index.analysis.cut_text`: what the kernel cuts is what the patterns cut."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from test_analysis_tokenizer import any_text, mixed_text

from index.analysis import tokenizer
from index.analysis.analyzer import _analyze_at, analyze_at
from index.analysis.character_classes import CharacterClass, classes
from index.analysis.cut_text import CutText
from index.analysis.tokenizer import pieces
from index.kernel.library import function, state

pytestmark = pytest.mark.skipif(function("dalil_cut", None) is None, reason=state())

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


def cut(text: str, start: int, end: int) -> list[tuple[str, int, int, str]]:
    found = CutText.of(text, start, end)
    return [] if found is None else list(found.pieces())


@given(SPACED | mixed_text | any_text)
@example("AB12 ABCD EFGH IJKL and (021) 333 4455")
@example("a\u200b\u034f\u200bb ا\u200b\u034fب 1\u200e/2 12 2016 \ufdfa\ufdfd x\U0001f600y")
@example("-".join("abcdefghij" * 8) + " " + "'".join("abc" * 30) + "x" * 2000 + "-y")
def test_the_pieces_are_those_of_the_patterns(text: str) -> None:
    assert cut(text, 0, len(text)) == list(pieces(text))


@given(SPACED | mixed_text, st.data())
def test_the_tokens_of_a_part_are_those_of_the_patterns(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    positions = data.draw(st.sets(st.integers(3, 30)))
    assert cut(text, start, end) == list(pieces(text, start, end))
    found = list(analyze_at(text, positions, start, end, 3))
    assert found == list(_analyze_at(text, positions, start, end, 3))


@pytest.mark.parametrize(
    ("inside", "wanted"),
    [
        (r"\w", CharacterClass.ALPHANUMERIC),
        (r"\d", CharacterClass.DIGIT),
        (r"\s", CharacterClass.BLANK),
        (tokenizer.INVISIBLE, CharacterClass.HIDDEN),
        (tokenizer.ARABIC_LETTERS, CharacterClass.ARABIC_FIRST),
        (tokenizer.MARKS, CharacterClass.MARK),
        (tokenizer._LETTER[1:-1], CharacterClass.LETTER),
    ],
)
def test_a_class_is_that_of_the_pattern(inside: str, wanted: CharacterClass) -> None:
    pattern = re.compile(f"[{inside}]")
    known = [code for code in range(0x10000) if classes()[code] != CharacterClass.UNSURE]
    differing = [
        hex(code)
        for code in known
        if bool(classes()[code] & wanted) != bool(pattern.match(chr(code)))
        and not classes()[code] & CharacterClass.UNSURE
    ]
    assert differing == []
