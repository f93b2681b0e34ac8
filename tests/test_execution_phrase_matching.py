"""`search.query.phrase`: documents in which words stand in a row or near each other."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from library import Texts, build, highlighted
from stock import array_searcher
from whoosh_queries import Locator

from index.codec.title_gap import TITLE_GAP
from search import Searcher

TEXTS: Texts = {
    "row": "the council of state met in Tripoli",
    "apart": "the state has a council that met",
    "twice": "met in Tripoli and met in Tripoli again",
    "title": {"title": "council of state", "text": "nothing here"},
    "split": {"title": "council of", "text": "state"},
    "compound": "the UN-backed council of the high-level state",
    "arabic": "اجتمع مجلس الدولة في طرابلس",
    "stop": "وقف على باب المجلس",
    "amounts": "on 12/10/2023 the council met",
    "ends": "council. Of state",
    "lines": "council\n\nof\tstate",
}


@pytest.fixture(scope="module", params=[1, 4])
def searcher(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Searcher]:
    folder = tmp_path_factory.mktemp("phrase")
    with build(folder, TEXTS, segments=request.param) as opened:
        yield opened


FOUND = [
    ('"council of state"', "row title ends lines"),
    ('"of state"', "row title ends lines"),
    ('"state council"', ""),
    ('"state council"~2', "row title ends lines"),
    ('"state council"~3', "row apart title ends lines"),
    ('"council state"~3', "row apart title ends lines"),
    ('"council state"~6', "row apart title ends lines compound"),
    ('"met in met"~6', "twice"),
    ('"Tripoli Tripoli"~9', "twice"),
    ('"in in"~2', ""),
    ('"met in Tripoli"', "row twice"),
    ('"UN backed council"', "compound"),
    ('"UN-backed council"', "compound"),
    ('"high level state"', "compound"),
    ('"on 12/10/2023 the"', "amounts"),
    ('"مجلس الدوله"', "arabic"),
    ('"المجلس دولة"', "arabic"),
    ('"وقف علي باب"', "stop"),
    ('"وقف على باب"', "stop"),
    ('"وقف إلى باب"', ""),
    ('"الدولة فى طرابلس"', "arabic"),
    ('title:"council of state"', "title"),
    ('title:"met in"', ""),
    ('+"council of" -"of state"', "compound split"),
    ('"council of state" OR "UN backed"', "row title ends lines compound"),
    ('"council of state" AND Tripoli', "row"),
    ('Tripoli -"council of state"', "twice"),
    ('"council" "state"', "row apart title split compound amounts ends lines"),
    ('"no such words"', ""),
]


@pytest.mark.parametrize(("query", "expected"), FOUND)
def test_a_phrase_finds(searcher: Searcher, query: str, expected: str) -> None:
    results = searcher.search(query, limit=50)
    assert {hit.id for hit in results.hits} == set(expected.split())


def test_every_word_of_a_phrase_is_highlighted_where_it_matches(searcher: Searcher) -> None:
    (row,) = (h for h in searcher.search('"met in Tripoli"').hits if h.id == "row")
    assert highlighted(row) == ["met", "in", "Tripoli"]
    (twice,) = (h for h in searcher.search('"met in Tripoli"').hits if h.id == "twice")
    assert highlighted(twice) == ["met", "in", "Tripoli"] * 2
    (near,) = (h for h in searcher.search('"state council"~3').hits if h.id == "apart")
    assert highlighted(near) == ["state", "council"]


def test_a_phrase_scores_what_its_words_score(searcher: Searcher) -> None:
    (phrase,) = searcher.search('"council of state" AND Tripoli').hits
    assert phrase.score > searcher.search("Tripoli").hits[0].score


def test_whoosh_finds_the_positions_of_terms_over_the_arrays(searcher: Searcher) -> None:
    for segment, _ in array_searcher(searcher).leaf_searchers():
        reader = segment.reader()
        numbers = list(reader.all_doc_ids())
        together = Locator(reader, [("exact", "met"), ("exact", "council"), ("exact", "nowhere")])
        for number in numbers:
            stored = reader.stored_fields(number)["stored"]
            text, title = (stored[key].replace("-", " ").split() for key in ("text", "title"))
            words = dict(enumerate(text)) | dict(enumerate(title, len(text) + TITLE_GAP))
            expected = [n for n, word in words.items() if word.strip(".") in ("met", "council")]
            assert together.positions(number) == expected
