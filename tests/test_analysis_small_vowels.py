"""`index.analysis.small_vowels`: vowels written as small signs are spelled out beside the word."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis import analyze, normalizer
from index.analysis.small_vowels import SMALL_VOWELS, spelled_out
from index.codec.text_inverter import TextInverter

arabic_words = st.text(
    st.sampled_from("اأإآٱبتجدرسعفقلمنهويىةء\u0640\u064b\u064e\u064f\u0650\u0651\u0652\u0653\u0654")
    | st.sampled_from([*SMALL_VOWELS]),
    max_size=12,
)


def stems(text: str) -> set[str | None]:
    return {token.term.stem for token in analyze(text)} - {None}


@pytest.mark.parametrize(
    ("written", "modern"),
    [
        ("خَٰلِد", "خالد"),
        ("خٰلد", "خالد"),
        ("إِسْمَـٰعِيلَ", "إسماعيل"),
        ("هَٰرُونَ", "هارون"),
        ("ٱلْقِيَٰمَةِ", "القيامة"),
        ("وَٱلْجِبَالِ وَٱلصَّٰلِحَٰتِ", "الصالحات"),
        ("ٱلسَّمَٰوَٰتِ", "السماوات"),
        ("ٱلسَّمَٰوَٰتِ", "السموات"),
        ("ٱلزَّكَوٰةَ", "الزكاة"),
        ("كَمِشْكَوٰةٍ", "كمشكاة"),
        ("ٱلرِّبَوٰا۟", "الربا"),
        ("ٱلتَّوْرَىٰةَ", "التوراة"),
        ("ءَاتَىٰكُمُ", "ءاتاكم"),
        ("ٱلنَّبِيِّـۧنَ", "النبيين"),
        ("ٱلْحَوَارِيِّۦنَ", "الحواريين"),
        ("دَاوُۥدَ", "داوود"),
        ("ٱلْغَاوُۥنَ", "الغاوون"),
        ("إِۦلَٰفِهِمْ", "إيلافهم"),
        ("نُـۨجِى", "ننجي"),
        ("يَٰقَوْمِ", "قوم"),
        ("اِسۡمٰعِيۡلُ", "إسماعيل"),
        ("داو\u0657د", "داوود"),
        ("\ufc5bلك\ufc5c", "ذالكرا"),  # ligatures of dhal and reh with a dagger alef
    ],
)
def test_a_small_vowel_is_the_letter_it_writes(written: str, modern: str) -> None:
    assert stems(written) & stems(modern)


@pytest.mark.parametrize("written", ["الرحمٰن", "هٰذا", "ذٰلك", "لٰكن", "إِلَٰه", "خَٰلِد", "دَاوُۥد"])
def test_a_word_is_still_found_as_it_is_spelled_without_them(written: str) -> None:
    bare = "".join(char for char in written if unicodedata.category(char) not in ("Mn", "Lm"))
    (alone,) = analyze(bare)
    (word,) = (token for token in analyze(written) if not token.alternative)
    assert word.term == alone.term


@pytest.mark.parametrize(
    "word",
    [
        "عَلَىٰ",  # over a final yeh it is that letter
        "مُوسَىٰ",
        "عیسیٰ",
        "اٰمن",  # over an alef it is a madda
        "هٰاذا",  # before an alef it is that letter
        "لَهُۥ",  # at the end it is pronounced and not spelled
        "بِهِۦ",
        "عَلَيْهِمُۥ",
        "كتاب",
        "",
    ],
)
def test_a_small_vowel_that_nobody_spells_gives_no_other_word(word: str) -> None:
    assert spelled_out(word) == ()


@pytest.mark.parametrize("word", ["هٰذا", "ذٰلِكَ", "أُو۟لَٰٓئِكَ", "اللّٰه", "للّٰهِ", "واللّٰه"])
def test_stop_words_and_god_have_one_spelling(word: str) -> None:
    assert len(list(analyze(word))) == 1


@given(arabic_words)
def test_every_other_spelling_is_a_plain_word(word: str) -> None:
    for spelling in spelled_out(word):
        assert spelling
        assert normalizer.exact(spelling) == normalizer.exact(
            unicodedata.normalize("NFKC", spelling)
        )
        assert not set(spelling) & set(SMALL_VOWELS)


@given(arabic_words)
def test_no_term_stands_twice_at_one_position(word: str) -> None:
    found = list(analyze(f"ب{word}"))
    for form in ("exact", "stem"):
        terms = [(token.position, text) for token in found if (text := getattr(token.term, form))]
        assert len(terms) == len(set(terms)), found


@given(st.lists(arabic_words, max_size=6).map(" ".join))
def test_other_spellings_take_no_position_of_their_own(text: str) -> None:
    bare = "".join(char for char in text if char not in SMALL_VOWELS)
    assert TextInverter().add(text).words == TextInverter().add(bare).words
