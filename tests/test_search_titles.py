"""The words of a title count in the text, and no phrase runs from one into the other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from library import build, ids, thinned

from index.codec.title_gap import TITLE_GAP
from search import Hit, Searcher
from search.hits.lazy_results import HighlightedDocument

LONG = "filler " * 300
TEXTS = {
    "both": {"title": "Harbour customs", "text": "Customs were paid at the harbour gate."},
    "title": {"title": "Harbour tariff", "text": f"Nothing of the sort. {LONG}closing words"},
    "text": {"title": "Letters", "text": "The harbour tariff of the year."},
    "none": {"title": "", "text": "A quiet town."},
    "ends": {"title": "gate opens", "text": "They went to the narrow"},
    "arabic": {"title": "ميناء المدينة", "text": "فتحت البوابة في الصباح"},
}


@pytest.fixture(scope="module", params=[1, 3])
def searcher(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Searcher]:
    with build(tmp_path_factory.mktemp("t"), TEXTS, segments=request.param) as opened:
        yield opened


def in_snippets(hit: Hit) -> list[str]:
    return [each.text[start:end] for each in hit.snippets for start, end in each.spans]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ('"harbour tariff"', {"title", "text"}),
        ('"narrow gate"', set()),
        ('"narrow gate"~999', set()),
        (f'"narrow gate"~{TITLE_GAP}', set()),
        ('"narrow gate"~99999', set()),
        ('"gate narrow"~99999', set()),
        ('="narrow gate"~99999', set()),
        ('"closing Harbour"~5000', set()),
        ('title:"gate opens"', {"ends"}),
        ("title:narrow", set()),
        ("+narrow +opens", {"ends"}),
        ('"ميناء المدينة"', {"arabic"}),
    ],
)
def test_a_phrase_is_in_the_text_or_in_the_title(
    searcher: Searcher, query: str, expected: set[str]
) -> None:
    assert set(ids(searcher, query)) == expected


def test_a_distance_beyond_the_gap_is_noted(searcher: Searcher) -> None:
    (note,) = searcher.search('"the gate"~5000').notes
    assert f"{TITLE_GAP:,} words apart" in note
    assert not searcher.search(f'"the gate"~{TITLE_GAP}').notes


def test_a_word_of_the_title_counts_a_document_once(searcher: Searcher) -> None:
    dictionary = searcher._engine.dictionary
    assert dictionary.total_frequency("exact", "harbour") == 3
    assert dictionary.total_frequency("stem", "gate") == 2
    assert dictionary.document_frequency("title_exact", "harbour") == 2
    assert dictionary.starting_with("harb") == {"harbour": 3}


def test_what_the_title_repeats_ranks_first(searcher: Searcher) -> None:
    assert ids(searcher, "harbour customs")[0] == "both"
    assert ids(searcher, "harbour")[-1] == "title"


def test_words_of_the_title_are_highlighted_there_and_not_in_the_text(searcher: Searcher) -> None:
    (hit,) = searcher.search("tariff gate -letters -customs -narrow").hits
    assert (hit.id, hit.title_spans) == ("title", ((8, 14),))
    assert not hit.snippets[0].spans
    assert hit.snippets[0].start == 0
    for hit in searcher.search("harbour gate opens").hits:
        text = TEXTS[hit.id]["text"].casefold()
        assert all(word.casefold() in text for word in in_snippets(hit))


def test_the_whole_text_is_highlighted_without_the_title(searcher: Searcher) -> None:
    results = searcher.look("harbour narrow tariff closing")
    for number, _ in results.rows:
        passage = results.passage(number)
        assert isinstance(passage, HighlightedDocument)
        words = [passage.text[start:end].casefold() for start, end in passage.spans]
        typed = {"harbour", "narrow", "tariff", "closing"}
        expected = [w for w in passage.text.casefold().replace(".", " ").split() if w in typed]
        assert words == expected


def test_merging_keeps_what_bodies_and_titles_have(tmp_path: Path) -> None:
    many = {f"{name}{n}": each for n in range(4) for name, each in TEXTS.items()}
    with thinned(tmp_path, many, segments=2) as parted:
        for query in ('"narrow gate"~999', '"harbour tariff"', "harbour"):
            for hit in parted.search(query, limit=50).hits:
                name = hit.id.rstrip("0123456789")
                assert name in {"both", "title", "text"}
                text = TEXTS[name]["text"].casefold()
                assert all(word.casefold() in text for word in in_snippets(hit))
