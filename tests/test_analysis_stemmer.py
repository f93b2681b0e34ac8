"""`index.analysis.stemmer`: each affix is stripped, and what only looks like one is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis.normalizer import exact, folded
from index.analysis.stemmer import (
    ARTICLES,
    CONJUNCTION,
    SUFFIXES,
    arabic,
    english,
    strip_prefixes,
    strip_suffixes,
)


def stem(word: str) -> str:
    return arabic(folded(word), exact(word))


@pytest.mark.parametrize("article", ARTICLES)
def test_an_article_is_stripped(article: str) -> None:
    assert strip_prefixes(article + "حكوم") == "حكوم"


@pytest.mark.parametrize("article", ARTICLES)
def test_an_article_is_stripped_behind_a_conjunction(article: str) -> None:
    assert strip_prefixes(CONJUNCTION + article + "حكوم") == "حكوم"


@pytest.mark.parametrize("article", ARTICLES)
def test_an_article_stays_when_one_letter_would_be_left(article: str) -> None:
    assert strip_prefixes(article + "ب") == article + "ب"


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_an_ending_is_stripped(suffix: str) -> None:
    assert strip_suffixes("حكم" + suffix) == "حكم"


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_an_ending_stays_when_two_letters_would_be_left(suffix: str) -> None:
    assert strip_suffixes("حك" + suffix) in ("حك" + suffix, "حك" + suffix[:-1])
    assert len(strip_suffixes("حك" + suffix)) >= 3


def test_a_conjunction_is_stripped() -> None:
    assert strip_prefixes("وليبيا") == "ليبيا"


@pytest.mark.parametrize("word", ["ورد", "وطن", "وفد", "وعد"])
def test_a_conjunction_stays_on_three_letters(word: str) -> None:
    assert strip_prefixes(word) == word


@pytest.mark.parametrize("word", ["وزير", "وزراء", "واشنطن", "وكالة", "وثائق", "والد", "والدة"])
def test_a_waw_of_the_word_stays(word: str) -> None:
    assert strip_prefixes(folded(word)) == folded(word)
    assert stem("ال" + word) == stem(word)


@pytest.mark.parametrize("word", ["والدفاع", "والدول", "والدكتور", "والديمقراطية"])
def test_a_word_that_only_begins_like_father_loses_its_conjunction(word: str) -> None:
    assert stem(word) == stem(word[1:])


@pytest.mark.parametrize("word", ["ألمانيا", "إلغاء", "ألف", "آلات", "وألمانيا"])
def test_alef_with_a_written_hamza_is_no_article(word: str) -> None:
    assert "ال" in stem(word)


@pytest.mark.parametrize(("word", "other"), [("وزيرا", "وزير"), ("شخصًا", "شخص"), ("ليبيا", "ليبي")])
def test_a_final_alef_is_stripped(word: str, other: str) -> None:
    assert stem(word) == stem(other)


def test_a_final_alef_stays_on_three_letters() -> None:
    assert strip_suffixes("عصا") == "عصا"


@pytest.mark.parametrize("word", ["الله", "والله", "بالله", "لله", "ولله", "فالله"])
def test_god_is_one_stem(word: str) -> None:
    assert stem(word) == "له"


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("الدُّبَيْبَة", "الدبيبة"),
        ("الدبيبـــة", "الدبيبة"),
        ("الدبيبه", "الدبيبة"),
        ("دبيبة", "الدبيبة"),
        ("والدبيبة", "الدبيبة"),
        ("وللدبيبة", "الدبيبة"),
        ("وزير", "وزیر"),
        ("الازمة", "الأزمة"),
        ("الأعمال", "الاعمال"),
        ("علاقة", "العلاقات"),
        ("وليبيا", "ليبيا"),
        ("الألمانية", "الالمانية"),
    ],
)
def test_words_have_one_stem(word: str, other: str) -> None:
    assert stem(word) == stem(other)


@pytest.mark.parametrize(
    ("word", "other"),
    [("مكتبة", "كاتب"), ("على", "علم"), ("بريد", "ريد"), ("كتاب", "تاب"), ("فيلم", "يلم")],
)
def test_words_have_different_stems(word: str, other: str) -> None:
    assert stem(word) != stem(other)


@given(st.text(st.sampled_from("ابتدرسلمنهويىةأإآ"), min_size=1, max_size=10))
def test_a_stem_is_part_of_its_word_and_never_shorter_than_it_may_be(word: str) -> None:
    stemmed = stem(word)
    assert stemmed in folded(word)
    assert len(stemmed) >= min(len(word), 2)
    assert len(strip_suffixes(folded(word))) >= min(len(word), 3)


@pytest.mark.parametrize(
    ("word", "expected"),
    [("relations", "relat"), ("relation", "relat"), ("oil", "oil"), ("ministries", "ministri")],
)
def test_english_is_snowball(word: str, expected: str) -> None:
    assert english(word) == expected
