"""Text in Quranic spelling and signs of a phrase are found by the words that people type."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from library import build, highlighted, ids

from search import Searcher
from search.options import Options

TEXTS = {
    "verse": "قَالَ يُوسُفُ لِصَٰحِبِهِۦ إِنَّ ٱلْكِتَٰبَ نَزَلَ مِنَ ٱلسَّمَٰوَٰتِ ٱلْعُلَى",
    "modern": "قال يوسف لصاحبه إن الكتاب نزل من السماوات العلى",
    "sign": "﷽ ثم بدأ الخطيب كلامه",
    "slave": "التقى عبد اﷲ الحسني جاره",
    "open": "افتتح عبد الرحمٰن المعرض",
}
PLAIN = Options(limit=100, names=False)


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    with build(tmp_path_factory.mktemp("letters"), TEXTS) as opened:
        yield opened


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("الكتاب", {"verse", "modern"}),
        ("لصاحبه", {"verse", "modern"}),
        ("السموات", {"verse"}),
        ("ٱلسَّمَٰوَٰتِ", {"verse", "modern"}),
        ("صَٰحِب", {"verse", "modern"}),
        ('"الكتاب نزل من السماوات العلى"', {"verse", "modern"}),
        ('"ٱلْكِتَٰبَ نَزَلَ"', {"verse", "modern"}),
        ('"نزل السماوات"', set()),
        ("الرحمن", {"sign", "open"}),
        ("الرحمان", {"sign", "open"}),  # one of them by its root
        ('"بسم الله الرحمن الرحيم ثم بدأ"', {"sign"}),
        ("﷽", {"sign", "open", "slave"}),
        ('"عبد الله الحسني"', {"slave"}),
        ('"عبد ﷲ"', {"slave"}),
    ],
)
def test_a_query_finds(searcher: Searcher, query: str, expected: set[str]) -> None:
    assert {hit.id for hit in searcher.search(query, options=PLAIN).hits} == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("صاحبه", ["لِصَٰحِبِهِۦ"]),
        ('"الكتاب نزل"', ["ٱلْكِتَٰبَ", "نَزَلَ"]),
        ("السماوات", ["ٱلسَّمَٰوَٰتِ"]),
        ("الرحيم", ["﷽"]),
        ('"الرحمن الرحيم ثم"', ["﷽", "ثم"]),
        ('"عبد الله"', ["عبد", "اﷲ"]),
    ],
)
def test_the_whole_word_as_written_is_highlighted(
    searcher: Searcher, query: str, expected: list[str]
) -> None:
    hits = [hit for hit in searcher.search(query, options=PLAIN).hits if hit.id != "modern"]
    assert highlighted(hits[0]) == expected


def test_a_name_in_latin_letters_finds_its_quranic_spelling(tmp_path: Path) -> None:
    with build(tmp_path, {"verse": "وَإِذِ ٱبْتَلَىٰٓ إِبْرَٰهِـۧمَ رَبُّهُۥ"}) as opened:
        assert ids(opened, "Ibrahim") == ["verse"]


@pytest.mark.parametrize("spelling", ["الرحمٰن", "الرحمان", "الرحمن"])
def test_a_word_as_it_is_spelled_is_found_in_both_spellings(
    searcher: Searcher, spelling: str
) -> None:
    assert "open" in ids(searcher, spelling, options=Options(exact=True))
