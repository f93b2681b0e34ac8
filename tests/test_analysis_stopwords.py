"""`index.analysis.stopwords`: which words are stop words, and which only look like one."""

from collections import Counter
from pathlib import Path

import pytest

from index.analysis import analyze, stopwords
from index.analysis.normalizer import exact

LISTS = Path(stopwords.__file__).parent


def listed(name: str) -> list[str]:
    lines = (LISTS / name).read_text("utf-8").splitlines()
    return [word for line in lines if not line.startswith("#") for word in line.split()]


def stems(text: str) -> list[str]:
    return [token.term.stem for token in analyze(text) if token.term.stem is not None]


@pytest.mark.parametrize("name", ["arabic.txt", "arabic_kept.txt", "english.txt"])
def test_no_list_has_a_word_twice(name: str) -> None:
    assert [word for word, times in Counter(listed(name)).items() if times > 1] == []


def test_arabic_entries_are_in_their_compared_form() -> None:
    for word in listed("arabic.txt"):
        assert stopwords.compared_form(exact(word)) == word


def test_english_entries_are_in_exact_form() -> None:
    assert all(exact(word) == word for word in listed("english.txt"))


def test_every_exception_would_otherwise_be_a_stop_word() -> None:
    for word in listed("arabic_kept.txt"):
        assert stopwords.compared_form(exact(word)) in stopwords.arabic(), word


@pytest.mark.parametrize("word", sorted(listed("arabic.txt")))
def test_a_listed_word_is_among_its_spelling_variants(word: str) -> None:
    assert word in stopwords.spelling_variants(word)


@pytest.mark.parametrize(
    "word",
    [
        *("على", "عَلَى", "إلى", "الى", "في", "فی", "أن", "إنّ", "هذا", "أو", "أمام", "أية"),
        *("الذى", "التى", "فى", "هى", "اللى"),  # as in Egypt
        *("وعلى", "وفي", "فإن", "وهذا", "والذي", "والذى", "وال"),  # behind و and ف
        *("ماذا", "لماذا", "متى", "أين", "كيف", "هل", "من"),  # questions
        *("هو", "نحن", "الـ", "بـ", "لـ"),
    ],
)
def test_an_arabic_stop_word_has_no_stem(word: str) -> None:
    assert stems(word) == []


@pytest.mark.parametrize(
    "word",
    [
        *("علي", "عليّ", "وعلي", "منى", "أم", "خلف"),  # names, mother
        *("إمام", "آية", "آل", "أذن"),  # different by their hamza
        *("ولي", "فهم", "فلم", "فلك", "فتحت", "فقد", "وهم"),  # not behind و or ف
        *("ليبيا", "قال", "اليوم", "سنة"),
    ],
)
def test_an_arabic_word_that_is_not_a_stop_word_has_a_stem(word: str) -> None:
    assert len(stems(word)) == 1


@pytest.mark.parametrize("word", ["the", "The", "who", "Who", "it", "us", "don't", "don’t", "al-"])
def test_an_english_stop_word_has_no_stem(word: str) -> None:
    assert stems(word) == []


@pytest.mark.parametrize("word", ["WHO", "IT", "US", "May", "may", "mine", "oil", "U.S.", "u.s."])
def test_an_english_word_that_is_not_a_stop_word_has_a_stem(word: str) -> None:
    assert len(stems(word)) == 1


@pytest.mark.parametrize(
    ("word", "other"),
    [("الذى", "الذي"), ("الذي", "الذى"), ("إلي", "إلى"), ("فى", "في"), ("ان", "أن"), ("ان", "إن")],
)
def test_spelling_variants_of_a_stop_word(word: str, other: str) -> None:
    assert exact(other) in stopwords.spelling_variants(exact(word))


def test_ali_is_not_a_spelling_variant_of_on() -> None:
    assert "علي" not in stopwords.spelling_variants("على")


def test_many_words_are_looked_up_as_each_of_them() -> None:
    words = ["على", "علي", "", "إمام", "فى", "الی", "ٱلذي", "libya", *stopwords.arabic_kept()]
    words += sorted(stopwords.arabic())
    each = [stopwords.is_arabic_stop_word(word) for word in words]
    assert stopwords.are_arabic_stop_words(words) == each
    assert {True, False} == set(each)
    assert stopwords.are_arabic_stop_words([]) == []
