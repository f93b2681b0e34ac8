"""`search.dictionary`: near terms found all at once are those found one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import product
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from library import build

from index.codec.postings import FieldPostings
from search import Searcher
from search.dictionary.edit_distance import edit_distance, within_one_edit
from search.dictionary.folding import fold, without_article
from search.dictionary.fuzzy import accepted
from search.dictionary.ngram_similarity import (
    MAX_SIMILAR_TERMS,
    MIN_SIMILARITY,
    covering_pairs,
    ngrams,
    similar_terms,
)
from search.dictionary.one_edit import is_comparable, terms_within_one_edit
from search.parsing.tokens import query_tokens

LATIN, ARABIC = "abcé", "ابةأي"
ODD = [
    "ab'a",
    "a'b",
    "abac1",
    "ab日c",
    "abࢠ",
    "ابࢠب",
    "ابب1",
    "ابabب",
    "日本語",
    "абв",
    "ﻻب",
    "ab_b",
]
WORDS = st.one_of(st.text(LATIN + "'1", max_size=7), st.text(ARABIC + "ى1", max_size=7))


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    short = [
        "".join(word) for n in range(1, 5) for a in (LATIN, ARABIC) for word in product(a, repeat=n)
    ]
    random = Random(7)  # noqa: S311 (words, no secrets)
    long = ["".join(random.choices(a, k=random.randint(5, 12))) for a in (LATIN, ARABIC) * 600]
    words = short + long + ODD
    texts = {str(n): {"title": words[-n - 1], "text": " ".join(words[n::9])} for n in range(9)}
    with build(tmp_path_factory.mktemp("neighbours"), texts, segments=3) as searcher:
        yield searcher


def views(searcher: Searcher) -> Iterator[FieldPostings]:
    return searcher._engine.dictionary.exact_views()


@given(WORDS)
@example("ab")
@example("ابب")
def test_the_neighbours_of_a_word_are_those_that_an_automaton_accepts(
    searcher: Searcher, text: str
) -> None:
    for word in query_tokens(text):
        folded = word.term.folded
        found = accepted(list(views(searcher)), folded, 1)
        expected = {form: edit_distance(folded, fold(form)) for form in found}
        assert searcher._engine.dictionary.near(word.term, 1) == expected
        if is_comparable(folded):
            assert {
                form for view in views(searcher) for form in terms_within_one_edit(view, folded)
            } == found


def test_words_of_english_and_of_arabic_letters_are_compared_at_once() -> None:
    assert all(map(is_comparable, ("abc", "a1", "اب")))
    assert not any(map(is_comparable, ("", "é", "aب", "أب", "日本", "ab日")))


@given(*[st.text("abcdا", max_size=6)] * 2)
def test_words_are_near_that_one_edit_parts(one: str, other: str) -> None:
    assert within_one_edit(one, other) == (edit_distance(one, other) <= 1)


def one_by_one(view: FieldPostings, word: str) -> dict[str, float]:
    """What `similar_terms` is to find."""
    wanted, found = ngrams(word), {}
    for term in (term.decode() for term in view.terms()):
        likeness = 2 * len(wanted & ngrams(term)) / (len(wanted) + len(ngrams(term)))
        if likeness >= MIN_SIMILARITY and term != word:
            found[term] = likeness
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[:MAX_SIMILAR_TERMS])


@given(st.one_of(st.text(LATIN, min_size=4, max_size=12), st.text(ARABIC, min_size=4, max_size=12)))
@example("aaaaaaaa")
@example("ابابابابا")
@example("ééééé")
def test_similar_words_are_found_at_once_as_they_are_one_by_one(
    searcher: Searcher, word: str
) -> None:
    for view in views(searcher):
        assert list(similar_terms(view, word).items()) == list(one_by_one(view, word).items())


@given(st.one_of(st.text("abcdé", min_size=4), st.text("ابتث", min_size=4)))
def test_every_gram_of_a_word_holds_one_of_its_pairs(word: str) -> None:
    width = 2 if word[0] > "é" else 1
    letters = word.encode()
    found = [gram for pair in covering_pairs(word, width) for gram in pair.ngrams]
    assert len({(g.letters, g.first, g.last) for g in found}) == len(ngrams(word))
    for pair in covering_pairs(word, width):
        for gram in pair.ngrams:
            assert letters[gram.at : gram.end] == gram.letters
            assert gram.at <= pair.at <= gram.end - 2 * width


# -- beginnings --------------------------------------------------------------------


@given(st.one_of(st.text(LATIN, min_size=1, max_size=5), st.text(ARABIC, min_size=1, max_size=5)))
@example("ا")
@example("ال")
@example("الا")
@example("اب")
def test_words_that_begin_so_come_with_the_documents_that_hold_them(
    searcher: Searcher, text: str
) -> None:
    prefix = fold(text)
    wanted = without_article(prefix)
    expected: Counter[str] = Counter()
    for name in ("exact", "title_exact"):
        for term, frequency in searcher._reader.term_counts(name).items():
            folded = fold(term)
            if folded.startswith(prefix) or without_article(folded).startswith(wanted):
                expected[term] += frequency
    found = searcher._engine.dictionary.starting_with(prefix)
    assert found.items() <= expected.items()
    assert all("'" in word for word in expected.keys() - found.keys())
