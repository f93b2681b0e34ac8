"""Words of one root find each other, weakest of all; and forms with a pronoun or two proclitics."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from library import build, highlighted, ids

from index.analysis import analyze
from index.analysis.roots import root_of, skeleton
from index.analysis.stemmer import ARTICLES, PROCLITICS
from search import Hit, Searcher
from search.options import Options

TEXTS = {
    "schools": "فتحت المدارس أبوابها صباحا",
    "teacher": {"title": "المدرس", "text": "وقف أمام الصف"},
    "study": "دراسة جديدة عن المياه",
    "lesson": "انتهى الدرس",
    "desert": "قافلة في الصحراء",
    "embassy": "زار السفارة أمس",
    "her embassy": "اتصل بسفارتها في روما",
    "their embassy": "نقلت سفارتهم إلى مبنى آخر",
    "ambassador": "وصل السفير",
    "english": "a lesson about water",
}


@pytest.fixture(scope="module", params=[1, 4])
def searcher(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Searcher]:
    with build(tmp_path_factory.mktemp("r"), TEXTS, segments=request.param) as opened:
        yield opened


def kinds(hit: Hit) -> dict[str, str]:
    return {match.text: match.kind for match in hit.matched}


def test_words_of_a_root_find_each_other(searcher: Searcher) -> None:
    for query in ("مدرسة", "دروس", "مدرس"):
        assert set(ids(searcher, query)) >= {"schools", "teacher", "study", "lesson"}, query
    assert ids(searcher, "صحراء") == ["desert"]


def test_a_root_is_the_weakest_kind_and_highlighted(searcher: Searcher) -> None:
    first, *others = searcher.search("درس").hits
    assert (first.id, kinds(first)) == ("lesson", {"الدرس": "stem"})
    found = {hit.id: (kinds(hit), highlighted(hit)) for hit in others}
    assert found["schools"] == ({"المدارس": "root"}, ["المدارس"])
    assert found["teacher"] == ({"المدرس": "root"}, ["المدرس"])
    assert all(hit.score < first.score for hit in others)


@pytest.mark.parametrize(
    "query", ["+درس", "درس AND انتهى", '"درس"', "title:درس", '="درس"', "درس -مدرس -مدارس -دراسة"]
)
def test_what_must_match_does_not_match_by_its_root(searcher: Searcher, query: str) -> None:
    assert set(ids(searcher, query)) <= {"lesson"}


def test_exact_options_switch_roots_off(searcher: Searcher) -> None:
    assert ids(searcher, "الدرس", options=Options(exact=True)) == ["lesson"]
    assert ids(searcher, "مدرسة", options=Options(exact=True)) == []


def test_no_note_and_no_count_mentions_a_root(searcher: Searcher) -> None:
    options = Options(names=False)
    assert not searcher.search("الدرس", options=options).notes
    words = dict(searcher.look("الدرس", options).facets().words)
    assert words == {"الدرس": 1}


@pytest.mark.parametrize(
    ("query", "kind"),
    [("سفارة", "stem"), ("السفارة", "stem"), ("وبسفارتها", "stem"), ("سفارتهم", "stem")],
)
def test_a_feminine_word_is_found_before_a_pronoun(
    searcher: Searcher, query: str, kind: str
) -> None:
    hits = {hit.id: hit for hit in searcher.search(query, options=Options(names=False)).hits}
    assert hits["embassy"].matched[0].kind in ("exact", "folded", kind)
    if query.endswith("ة"):
        assert kinds(hits["her embassy"]) == {"بسفارتها": kind}
        assert kinds(hits["their embassy"]) == {"سفارتهم": kind}


@pytest.mark.parametrize("proclitic", [*PROCLITICS, *ARTICLES, "و", "وب", "ول", "وبال", "فبال"])
def test_every_chain_of_proclitics_is_found_and_finds(tmp_path: Path, proclitic: str) -> None:
    word = proclitic + "مزرعة"
    texts = {"bare": "مزرعة كبيرة", "also": "مزرعة أخرى", "joined": f"ذهب {word} أمس"}
    with build(tmp_path, texts) as small:
        options = Options(names=False)
        assert set(ids(small, "مزرعة", options=options)) == texts.keys()
        assert set(ids(small, word, options=options)) == texts.keys()
        for hit in small.search(word, options=options).hits:
            assert "root" not in kinds(hit).values()


@given(st.text("ابتثجدرزسشعفقكلمنهويةىءأإآؤئ", max_size=12))
def test_a_skeleton_has_at_least_three_consonants_in_their_order(stem: str) -> None:
    found = skeleton(stem)
    if found is not None:
        assert len(found) >= 3
        rest = iter(stem)
        assert all(letter in rest for letter in found)
        assert not set(found) & set("اويىءآأإؤئ")


@given(st.text(max_size=40))
def test_only_arabic_words_have_a_root(text: str) -> None:
    for token in analyze(text):
        root = root_of(token.term)
        assert root is None or (token.term.language == "ar" and token.term.stem is not None)
