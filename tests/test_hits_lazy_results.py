"""`search.hits.lazy_results`: rows made when they are shown, and a query being typed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from index.codec.array_file import ArrayFile
from search import Hit, Searcher
from search.hits.lazy_results import LazyResults
from search.options import Options
from search.results import Span
from tests.commands import indexed, written

TYPING = Options(typing=True)
TEXTS = {
    "a.txt": "The ministry of oil met the ministers.",
    "b.txt": "Ministry men in Tripoli.",
    "c.txt": "وزارة النفط في طرابلس",
    "d.txt": "الأمن والاستقرار في ليبيا",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return indexed(written(tmp_path_factory.mktemp("listing") / "docs", TEXTS))


def names(listing: LazyResults) -> set[str]:
    return {Path(hit.path).name for hit in listing.window(0, 10)}


# -- a query that is being typed ---------------------------------------------------


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("mini", {"a.txt", "b.txt"}),
        ("tripoli mini", {"a.txt", "b.txt"}),
        ("+tripoli +mini", {"b.txt"}),
        ("طراب", {"c.txt"}),
        ("الام", {"d.txt"}),  # the hamza is not typed
        ("النف", {"c.txt"}),
    ],
)
def test_the_word_that_is_typed_stands_for_words_that_begin_so(
    index: Path, query: str, found: set[str]
) -> None:
    with Searcher.open(index) as searcher:
        listing = searcher.look(query, TYPING)
        assert names(listing) == found
        assert "words that begin so" in " ".join(listing.notes)
        assert {match.kind for hit in listing.window(0, 9) for match in hit.matched} >= {"prefix"}
        assert listing.settled


@pytest.mark.parametrize("query", ["ministr ", "ministr oil", "ministr)", "mi"])
def test_a_word_that_is_finished_or_hardly_begun_stands_for_itself(index: Path, query: str) -> None:
    with Searcher.open(index) as searcher:
        listing = searcher.look(query, TYPING)
        assert not any("begin" in note for note in listing.notes)


def test_a_word_that_documents_hold_is_no_beginning(index: Path) -> None:
    with Searcher.open(index) as searcher:
        assert names(searcher.look("men", TYPING)) == {"b.txt"}


def test_words_that_are_nowhere_are_looked_for_once_the_query_is_whole(index: Path) -> None:
    with Searcher.open(index) as searcher:
        for query in ("tripolli", "tripolli oil"):
            typing = searcher.look(query, replace(TYPING, names=False))
            whole = searcher.look(query, Options(names=False))
            assert "b.txt" not in names(typing)
            assert not typing.settled
            assert "b.txt" in names(whole)
            assert whole.settled


NAMES = {"a.txt": "Khalifa Haftar came.", "b.txt": "جاء خال", "c.txt": "الدبيبة and Dabaiba"}


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return indexed(written(tmp_path_factory.mktemp("named") / "docs", NAMES))


def test_a_name_is_found_in_its_other_spellings_while_it_is_typed(named: Path) -> None:
    with Searcher.open(named) as searcher:
        for options in (TYPING, Options()):
            listing = searcher.look("Dbeibah", options)
            assert names(listing) == {"c.txt"}
            assert listing.notes == ("Dbeibah: also الدبيبة (1), Dabaiba (1)",)
            assert listing.settled


def test_what_sounds_like_a_name_may_still_be_the_beginning_of_another(named: Path) -> None:
    with Searcher.open(named) as searcher:
        assert names(searcher.look("Khal")) == {"b.txt"}
        typing = searcher.look("Khal", TYPING)
        assert names(typing) == {"a.txt"}
        assert typing.settled


def test_a_short_word_that_is_held_is_taken_for_a_name_once_the_query_is_whole(
    named: Path,
) -> None:
    with Searcher.open(named) as searcher:
        typing = searcher.look("خال", TYPING)
        assert not typing.settled
        assert searcher.look("came خال ", TYPING).settled


# -- copies ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten documents one after another, of which each second has a copy right behind it."""
    files = {}
    for n in range(10):
        text = "oil " * (20 - n) + f"and number{n}"
        files[f"{n}.txt"] = text
        if n % 2:
            files[f"{n}-copy.txt"] = text
    return indexed(written(tmp_path_factory.mktemp("copied") / "docs", files))


def whole(listing: LazyResults, document: int) -> tuple[Hit, str, list[Span]]:
    """A document with all its matches."""
    passage = listing.passage(document)
    assert passage is not None
    return passage.hit, passage.text, list(passage.spans)


def test_rows_that_were_given_out_stay_when_a_copy_leaves_the_list(copied: Path) -> None:
    with Searcher.open(copied) as searcher:
        listing = searcher.look("oil")
        before = listing.rows
        kept = list(before)
        assert len(listing.window(0, 20)) == len(listing) == 10
        assert list(before) == kept
        assert len(kept) == listing.total == 15
        gone = [number for number, _ in kept if listing.shown_by(number) != number]
        assert len(gone) == 5
        assert not {number for number, _ in listing.rows} & set(gone)
        for number in gone:
            assert whole(listing, number) == whole(listing, listing.shown_by(number))


def test_a_hit_is_found_by_its_path_unless_it_is_a_copy_or_does_not_match(copied: Path) -> None:
    with Searcher.open(copied) as searcher:
        listing = searcher.look("oil")
        hits = listing.window(0, 20)
        again = searcher.look("oil")
        assert [again.by_path(hit.path) for hit in hits] == [replace(hit, rank=0) for hit in hits]
        assert {again.by_path(path) for hit in hits for path in hit.copies} == {None}
        assert searcher.look("number0").by_path(hits[1].path) is None
        assert listing.by_path("/elsewhere") is None


def test_ranks_are_those_of_the_rows_as_they_are_then(copied: Path) -> None:
    with Searcher.open(copied) as searcher:
        listing = searcher.look("oil")
        assert [hit.rank for hit in listing.window(6, 4)] == [7, 8, 9, 10]
        assert [hit.rank for hit in listing.window(0, 20)] == list(range(1, 11))


def test_what_was_made_is_known_and_nothing_else(copied: Path) -> None:
    with Searcher.open(copied) as searcher:
        listing = searcher.look("oil")
        numbers = [number for number, _ in listing.rows]
        assert [listing.known(number) for number in numbers] == [None] * 15
        listing.window(3, 1)
        assert [n for n in numbers if listing.known(n)] == [numbers[3]]
        passage = listing.passage(numbers[0])
        assert passage is not None
        assert passage.text.startswith("oil oil")
        assert passage.hit == listing.known(numbers[0])


def test_a_long_document_that_is_no_longer_wanted_is_not_read_to_its_end(tmp_path: Path) -> None:
    index = indexed(written(tmp_path / "docs", {"a.txt": "oil and gas\n" * 5_000}))
    asked: list[bool] = []

    def wanted() -> bool:
        asked.append(len(asked) < 3)
        return asked[-1]

    with Searcher.open(index) as searcher:
        listing = searcher.look("oil")
        assert listing.passage(listing.rows[0][0], wanted) is None
        assert asked == [True, True, True, False]


def test_memory_that_was_let_go_is_read_again(copied: Path) -> None:
    with Searcher.open(copied) as searcher:
        before = searcher.look("oil")
        hits = before.window(0, 4)
        searcher.release()
        assert searcher.look("oil").window(0, 4) == hits
        assert len(before.window(0, 20)) == 10


def test_every_open_file_of_an_index_is_let_go(
    copied: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[ArrayFile] = []
    let_go: list[ArrayFile] = []
    read_table = ArrayFile._read_table

    def noted(file: ArrayFile, size: int) -> Any:
        opened.append(file)
        return read_table(file, size)

    def noted_release(file: ArrayFile) -> None:
        let_go.append(file)

    monkeypatch.setattr(ArrayFile, "_read_table", noted)
    monkeypatch.setattr(ArrayFile, "release", noted_release)
    with Searcher.open(copied) as searcher:
        searcher.search("oil")
        searcher.release()
    assert opened
    assert {id(file) for file in let_go} == {id(file) for file in opened}
