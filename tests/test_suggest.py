"""`search.suggest`, `search.layouts`, `search.grams`: what to try, and that it finds something."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from library import build

from search import Searcher
from search.grams import grams
from search.layouts import other_layout
from search.suggest import corrected, suggestions

LETTERS = "ضصثقفغعهخحجدشسيبلاتنمكطئءؤرىةوزظ"


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    texts = {
        "a": {"text": "Lavrov met the government of Libya about oil contracts."},
        "b": {"text": "التقى لافروف برئيس الحكومة الدبيبة لبحث المستشفيات والاتفاقيات"},
        "c": {"text": "The governments spoke of hospitals."},
    }
    with build(tmp_path_factory.mktemp("suggest"), texts) as searcher:
        yield searcher


def test_a_word_typed_with_the_wrong_layout_is_recognised(searcher: Searcher) -> None:
    assert searcher.search("hg]fdfm").suggestion == "الدبيبة"
    assert searcher.search("مهلاغش").suggestion == "libya"


def test_a_word_that_no_document_holds_stands_for_the_nearest(searcher: Searcher) -> None:
    found = searcher.search("lavrvo")
    assert found.total == 1
    assert [(m.text, m.kind) for m in found.hits[0].matched] == [("Lavrov", "fuzzy")]
    assert found.suggestion == "lavrov"
    assert any("lavrov" in note for note in found.notes)


def test_a_word_that_shares_most_letters_in_a_row_is_met_and_called_gram(
    searcher: Searcher,
) -> None:
    found = searcher.search("intergovernments")
    assert {match.kind for hit in found.hits for match in hit.matched} == {"gram"}


def test_what_must_be_there_is_not_widened_but_corrected(searcher: Searcher) -> None:
    found = searcher.search("+goverment oil")
    assert (found.total, found.suggestion) == (0, "+government oil")


def test_a_word_that_is_there_is_not_widened(searcher: Searcher) -> None:
    found = searcher.search("government")
    assert found.suggestion is None
    assert not found.notes


@pytest.mark.parametrize(
    ("query", "tried"),
    [
        ("+libya +zzzzz", "without +zzzzz: +libya (1 document)"),
        ('"libya hospitals"', "without the quotes: libya hospitals (2 documents)"),
        ("governxyz", "words that begin so: govern* (2 documents)"),
    ],
)
def test_nothing_found_ends_in_something_to_try(searcher: Searcher, query: str, tried: str) -> None:
    found = searcher.search(query)
    assert tried in found.notes or found.total


def test_every_suggestion_finds_as_much_as_it_says(searcher: Searcher) -> None:
    def count(query: str) -> int:
        return searcher.search(query).total

    for query in ("hg]fdfm", "+goverment +oil", "+libya +zzzzz", '"oil hospitals"'):
        for suggestion in suggestions(query, {"goverment": ["government"]}, count):
            assert suggestion.total == count(suggestion.query) > 0


@given(st.text(LETTERS, min_size=1))
def test_what_one_layout_gives_the_other_gives_back(word: str) -> None:
    typed = other_layout(word)
    assert typed is not None
    if "لا" not in word:
        assert other_layout(typed) == word


@given(st.text(), st.text())
def test_no_text_is_too_odd(query: str, word: str) -> None:
    other_layout(word)
    corrected(query, {word: ["x"]} if word else {})
    suggestions(query, {}, lambda _: 0)


@given(st.text(st.characters(), min_size=4))
def test_the_grams_of_a_word_cover_it_with_its_edges(word: str) -> None:
    assert all(len(gram) == 4 for gram in grams(word))
    assert set(f"_{word}_") == set("".join(grams(word)))


def test_an_index_without_documents_has_nothing_to_suggest(tmp_path: Path) -> None:
    with build(tmp_path, {}) as searcher:
        found = searcher.search("lavrvo")
    assert (found.total, found.suggestion) == (0, None)


def test_what_has_digits_in_it_is_meant_as_it_stands(tmp_path: Path) -> None:
    with build(tmp_path, {"a": {"text": "resolution number2510"}}) as searcher:
        assert searcher.search("number2511").total == 0
