"""`search.dictionary`: a look-up in all terms at once finds what one by one comparison finds."""

from __future__ import annotations

import doctest
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import product
from random import Random
from types import ModuleType

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from library import build

from index.codec.postings import FieldPostings
from index.codec.word_finder import ByPython
from search import Searcher
from search.dictionary import edit_distance as edit_distance_module
from search.dictionary import proclitics
from search.dictionary.edit_distance import edit_distance, within_one_edit
from search.dictionary.folding import fold, without_article
from search.dictionary.fuzzy import accepted, near
from search.dictionary.ngram_similarity import MAX_SIMILAR_TERMS, MIN_SIMILARITY, similar_terms
from search.dictionary.one_edit import is_comparable, terms_within_one_edit
from search.dictionary.prefix import commonest, commonest_completions
from search.dictionary.word_ngrams import covering_pairs, ngrams
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
    random = Random(7)
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
def test_the_terms_within_one_edit_are_those_that_an_automaton_accepts(
    searcher: Searcher, text: str
) -> None:
    for token in query_tokens(text):
        word = token.term.folded
        found = accepted(list(views(searcher)), word, 1)
        expected = {form: edit_distance(word, fold(form)) for form in found}
        assert searcher._engine.dictionary.near(token.term, 1) == expected
        if is_comparable(word):
            by_python = near(searcher._reader, token.term, 1, ByPython())
            assert searcher._engine.dictionary.near(token.term, 1) == by_python
            within = {
                form for view in views(searcher) for form in terms_within_one_edit(view, word)
            }
            assert within == found


def test_words_of_english_and_of_arabic_letters_are_comparable() -> None:
    assert all(map(is_comparable, ("abc", "a1", "اب")))
    assert not any(map(is_comparable, ("", "é", "aب", "أب", "日本", "ab日")))


@given(*[st.text("abcdا", max_size=6)] * 2)
def test_words_within_one_edit_have_an_edit_distance_of_at_most_one(word: str, other: str) -> None:
    assert within_one_edit(word, other) == (edit_distance(word, other) <= 1)


@pytest.mark.parametrize("module", [edit_distance_module, proclitics])
def test_the_examples_in_the_docstrings_hold(module: ModuleType) -> None:
    result = doctest.testmod(module)
    assert result.attempted
    assert not result.failed


# -- n-grams -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def ngrams_by_term(searcher: Searcher) -> list[dict[str, frozenset[str]]]:
    """The n-grams of every term, for each of the views."""
    return [
        {term.decode(): frozenset(ngrams(term.decode())) for term in view.terms()}
        for view in views(searcher)
    ]


def similar_one_by_one(terms: Mapping[str, frozenset[str]], word: str) -> dict[str, float]:
    own, similarities = ngrams(word), {}
    for term, others in terms.items():
        similarity = 2 * len(own & others) / (len(own) + len(others))
        if similarity >= MIN_SIMILARITY and term != word:
            similarities[term] = similarity
    ordered = sorted(similarities.items(), key=lambda pair: (-pair[1], pair[0]))
    return dict(ordered[:MAX_SIMILAR_TERMS])


@given(st.one_of(st.text(LATIN, min_size=4, max_size=12), st.text(ARABIC, min_size=4, max_size=12)))
@example("aaaaaaaa")
@example("ابابابابا")
@example("ééééé")
def test_similar_terms_are_those_that_are_found_one_by_one(
    searcher: Searcher, ngrams_by_term: list[dict[str, frozenset[str]]], word: str
) -> None:
    for view, terms in zip(views(searcher), ngrams_by_term, strict=True):
        expected = similar_one_by_one(terms, word)
        assert list(similar_terms(view, word).items()) == list(expected.items())


@given(st.one_of(st.text("abcdé", min_size=4), st.text("ابتث", min_size=4)))
def test_every_ngram_of_a_word_contains_one_of_the_covering_pairs(word: str) -> None:
    width = 2 if word[0] > "é" else 1
    letters = word.encode()
    pairs = covering_pairs(word, width)
    covered = {(g.letters, g.first, g.last) for pair in pairs for g in pair.ngrams}
    assert len(covered) == len(ngrams(word))
    for pair in pairs:
        for ngram in pair.ngrams:
            assert letters[ngram.at : ngram.end] == ngram.letters
            assert ngram.at <= pair.at <= ngram.end - 2 * width


@given(st.text(st.characters(), min_size=4))
def test_the_ngrams_of_a_word_cover_it_with_its_edges(word: str) -> None:
    assert all(len(ngram) == 4 for ngram in ngrams(word))
    assert set(f"_{word}_") == set("".join(ngrams(word)))


# -- prefixes ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def term_frequencies(searcher: Searcher) -> list[tuple[str, str, str, int]]:
    """Every term, as it is, folded and folded without its article, with its frequency."""
    return [
        (term, fold(term), without_article(fold(term)), frequency)
        for name in ("exact", "filename_exact")
        for term, frequency in searcher._reader.term_counts(name).items()
    ]


@given(st.one_of(st.text(LATIN, min_size=1, max_size=5), st.text(ARABIC, min_size=1, max_size=5)))
@example("ا")
@example("ال")
@example("الا")
@example("اب")
def test_terms_that_start_with_a_prefix_have_their_document_frequencies(
    searcher: Searcher, term_frequencies: list[tuple[str, str, str, int]], text: str
) -> None:
    prefix = fold(text)
    bare = without_article(prefix)
    expected: Counter[str] = Counter()
    for term, folded, without, frequency in term_frequencies:
        if folded.startswith(prefix) or without.startswith(bare):
            expected[term] += frequency
    counts = searcher._engine.dictionary.starting_with(prefix)
    assert counts.items() <= expected.items()
    assert all("'" in word for word in expected.keys() - counts.keys())


@given(
    st.one_of(st.text(LATIN, min_size=1, max_size=5), st.text(ARABIC, min_size=1, max_size=5)),
    st.sampled_from([1, 3, 40, 5000]),
)
@example("ا", 3)
@example("الا", 40)
@example("الال", 40)
@example("الالا", 40)
@example("الابا", 40)
@example("日", 40)
@example("а", 40)
@example("ab", 5000)
@example("a" * 70, 3)
def test_the_kernel_finds_the_commonest_terms_that_start_with_a_prefix(
    searcher: Searcher, text: str, most: int
) -> None:
    dictionary, folded = searcher._engine.dictionary, fold(text)
    counts = dictionary.starting_with(folded)
    found, words = dictionary.commonest_starting_with(folded, most)
    assert found == len(counts)
    assert list(words.items()) == list(commonest(counts, most).items())
    completions = dictionary.commonest_completions(folded, most)
    by_python = commonest_completions(searcher._reader, folded, most, ByPython())
    assert list(completions.items()) == list(by_python.items())
