"""`search.dictionary.wildcard`: words that fit a pattern with ``?`` and ``*``."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from library import build, highlighted, ids

from search import Searcher
from search.dictionary.folding import fold
from search.options import Options
from search.parsing.parser import parse
from search.planning.context import MAX_EXPANDED
from search.planning.expansion_queries import MAX_EXPANSIONS

TEXTS = {
    "libya": "Libya has a coast",
    "libra": "Libra is a sign",
    "nubya": "Nubya plays",
    "libyan": "the Libyan ports",
    "lybia": "Lýbïa with accents",
    "arabic": "زار ليبيا وفد",
    "article": "الليبيون في البلاد",
    "hamza": "أحمد وإحسان",
    "dotless": "مستشفى كبير",
    "dotted": "مستشفي صغير",
    "hyphen": "a UN-backed plan",
    "quoted": "what is lib a",
    "code": "the year 2016 was long",
    "apostrophe": "the Sana'a airport",
}
PLAIN = Options(limit=100, names=False)
LETTERS = ["a", "b", "é", "e", "ا", "أ", "ل", "ي", "ى", "ب", "ة", "ه"]


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    with build(tmp_path_factory.mktemp("patterns"), TEXTS, segments=2) as opened:
        yield opened


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("lib?a", {"libya", "libra"}),
        ("LIB?A", {"libya", "libra"}),
        ("*bya", {"libya", "nubya"}),
        ("?ibya", {"libya"}),
        ("l*a", {"libya", "libra", "lybia"}),
        ("l?bi*", {"lybia"}),
        ("*by*", {"libya", "nubya", "libyan"}),
        ("*ليبي*", {"arabic", "article"}),
        ("لي؟يا", {"arabic"}),
        ("ليبي?ن", {"article"}),
        ("الليبي*ن", {"article"}),
        ("?حمد", {"hamza"}),
        ("ا?مد", {"hamza"}),
        ("مستشف?", {"dotless", "dotted"}),
        ("*شفى", {"dotless", "dotted"}),
        ("sana?", {"apostrophe"}),
        ("san*a", {"apostrophe"}),
        ("UN-b?ck*", {"hyphen"}),
        ("XX-b?ck*", set()),
        ("20?6", {"code"}),
        ("libya?", {"libya", "libyan"}),
        ("+coast +lib?a", {"libya"}),
        ("lib?a -*bya", {"libra"}),
        ("title:lib?a", set()),
        ('"lib?a"', {"quoted"}),
        ('="lib*a"', {"quoted"}),
        ("has libya?", {"libya"}),
        ("zz?zz", set()),
    ],
)
def test_a_pattern_finds(searcher: Searcher, query: str, expected: set[str]) -> None:
    assert {*ids(searcher, query, options=PLAIN)} == expected


@pytest.mark.parametrize(
    ("query", "identifier", "word"),
    [("l?bya", "libya", "Libya"), ("*ليبي*", "article", "الليبيون"), ("lyb?a", "lybia", "Lýbïa")],
)
def test_the_word_is_highlighted_as_a_prefix_is(
    searcher: Searcher, query: str, identifier: str, word: str
) -> None:
    hits = searcher.search(query, options=PLAIN).hits
    (hit,) = (hit for hit in hits if hit.id == identifier)
    assert highlighted(hit) == [word]
    assert [(match.text, match.kind) for match in hit.matched] == [(word, "prefix")]


def test_a_pattern_of_too_many_words_is_noted(tmp_path: Path) -> None:
    words = [f"w{n:04}x" for n in range(MAX_EXPANSIONS + 9)]
    with build(tmp_path, {"many": " ".join(words)}) as opened:
        (note,) = opened.search("w*x", options=PLAIN).notes
    assert note.startswith(f"w*x stands for more than {MAX_EXPANSIONS} words")


def test_patterns_count_as_expansions(searcher: Searcher) -> None:
    text = " ".join(f"ab?d{n}" for n in range(MAX_EXPANDED + 1))
    notes = searcher.search(text, options=PLAIN).notes
    assert any(f"more than {MAX_EXPANDED} words with * or ~" in note for note in notes)


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Searcher, list[str]]]:
    forms = [
        "".join((a, b, c, d)) for a in LETTERS for b in LETTERS for c in "ab" for d in ("", "ل")
    ]
    forms = ["".join(form) for form in {*forms, *("ال" + form for form in forms[::5])}]
    with build(tmp_path_factory.mktemp("words"), {"all": " ".join(sorted(forms))}) as opened:
        held = {term for view in opened._engine.dictionary.exact_views() for term in view.terms()}
        yield opened, sorted(term.decode() for term in held)


@given(st.lists(st.sampled_from([*LETTERS, "?", "*", "*"]), min_size=2, max_size=5).map("".join))
def test_a_pattern_finds_what_comparing_each_word_finds(
    words: tuple[Searcher, list[str]], pattern: str
) -> None:
    opened, terms = words
    if not any(letter.isalpha() for letter in pattern):
        return
    folded = "".join(letter if letter in "?*" else fold(letter) for letter in pattern)
    found = {*opened._engine.dictionary.fitting(pattern)}
    assert {term for term in terms if fnmatchcase(fold(term), folded)} <= found
    for term in found:
        bare = fold(term)
        options = {bare, bare.removeprefix("ال"), "ال" + bare.removeprefix("ال")}
        assert any(fnmatchcase(option, folded) for option in options)


PATTERN_TEXTS = st.lists(st.sampled_from([*"?*؟-'", "a", "ل", "é", "ab", " ", "\u0301", "5"]))


@given(PATTERN_TEXTS.map("".join) | st.text(max_size=20))
def test_no_pattern_fails(searcher: Searcher, text: str) -> None:
    searcher.search(text, options=PLAIN)


@pytest.mark.parametrize(
    "pattern", ["*a" * 300 + "b", "a" + "?" * 3000 + "b", "a*" * 5000 + "b", "*" + "ab" * 999]
)
def test_a_nasty_pattern_is_compared_at_once(tmp_path: Path, pattern: str) -> None:
    with build(tmp_path, {"long": "a" * 1000 + " " + "ab" * 400}) as opened:
        opened.search(pattern, options=PLAIN)


@pytest.mark.parametrize("text", ["ab? " * 30_000, "a?b*" * 30_000])
def test_many_question_marks_are_read_at_once(text: str) -> None:
    parse(text)


@pytest.mark.parametrize("query", ["ـ*ـ", "ـ?ـ", "\u064b*\u064b"])
def test_a_pattern_of_signs_that_folding_drops_is_no_word(searcher: Searcher, query: str) -> None:
    assert searcher.search(query).total == 0
