"""`index.analysis.script`: the character classes agree with Unicode."""

import re
import sys
import unicodedata

import pytest

from index.analysis.ligatures import PHRASE_LIGATURES
from index.analysis.normalizer import exact, folded
from index.analysis.script import (
    ARABIC_BLOCKS,
    ARABIC_LETTERS,
    INVISIBLE,
    MARK_LIKE,
    MARKS,
    SUPERSCRIPT_DIGITS,
    is_arabic,
    language_of,
)

EVERY = [chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000]
PLANE_0 = [char for char in EVERY if ord(char) < 0x10000]


def members(inside: str) -> set[str]:
    return set(re.findall(f"[{inside}]", "".join(EVERY)))


def test_arabic_letters_are_those_of_unicode_except_phrases_and_mark_like_ones() -> None:
    named = {
        char
        for char in PLANE_0
        if unicodedata.category(char)[0] == "L" and "ARABIC" in unicodedata.name(char, "")
    }
    assigned = {c for c in members(ARABIC_LETTERS) if unicodedata.category(c) != "Cn"}
    assert assigned == named - set(PHRASE_LIGATURES) - members(MARK_LIKE)


def test_only_mark_like_arabic_letters_fold_to_nothing() -> None:
    for char in members(ARABIC_LETTERS):
        assert exact(char)
        assert folded(char)
    assert {exact(char) + folded(char) for char in members(MARK_LIKE)} == {""}


def test_marks_are_all_of_the_first_plane() -> None:
    assert members(MARKS) == {c for c in PLANE_0 if unicodedata.category(c)[0] == "M"}


def test_superscript_digits_are_those_of_unicode() -> None:
    digits = (c for c in EVERY if unicodedata.digit(c, -1) >= 0)
    raised = {c for c in digits if unicodedata.decomposition(c).startswith("<super>")}
    assert members(SUPERSCRIPT_DIGITS) == raised


def test_invisible_characters_have_no_shape() -> None:
    assert len(set(INVISIBLE)) == len(INVISIBLE)
    assert {unicodedata.category(char) for char in INVISIBLE} == {"Cf", "Mn"}
    assert [c for c in INVISIBLE if unicodedata.category(c) == "Mn"] == ["\u034f"]


def test_every_control_of_direction_is_invisible() -> None:
    kinds = {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}
    controls = {char for char in EVERY if unicodedata.bidirectional(char) in kinds}
    assert controls | {"\u061c", "\u200e", "\u200f"} <= set(INVISIBLE)


def test_arabic_letters_lie_in_the_arabic_blocks() -> None:
    assert all(map(is_arabic, members(ARABIC_LETTERS)))


def test_blocks_ascend_without_overlap() -> None:
    ends = [end for block in ARABIC_BLOCKS for end in block]
    assert ends == sorted(set(ends))


@pytest.mark.parametrize(
    ("word", "language"),
    [
        ("ليبيا", "ar"),
        ("کوردستان", "ar"),
        ("ﻟﻴﺒﻴﺎ", "ar"),
        ("ࡰ", "ar"),
        ("Libya", "en"),
        ("Erdoğan", "en"),
        ("Øst", "en"),
        ("5G", "en"),
        ("20م", "ar"),
        ("Привет", ""),
        ("Ελλάδα", ""),
        ("שלום", ""),
        ("漢字", ""),
        ("2016", ""),
        ("", ""),
    ],
)
def test_language_follows_the_script_of_the_first_letter(word: str, language: str) -> None:
    assert language_of(word) == language
