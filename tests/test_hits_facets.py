"""`search.hits.facets`: the filters' counts, which their own heading does not narrow down."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from search import Searcher
from search.hits.facets import BOTH, Facets
from search.tui.interaction.filter_edit import only
from search.tui.interaction.filter_rows import path_value
from search.tui.interaction.folder_tree import folder_rows
from tests.commands import indexed, written

FILES = {
    "a/one/2019-01-02.txt": "oil one",
    "a/one/2020-01-02.txt": "oil two",
    "a/two/x [1], y.md": "oil three النفط في طرابلس وليبيا",
    "a/two/deep/er/four.txt": "النفط oil في طرابلس",
    "a/two/deep/er/2020-05-05.html": "<p>oil five</p>",
    "b 1/six.txt": "وزارة النفط في طرابلس",
    "b 1/seven.md": "nothing of it",
}
FILTERS = [
    "",
    "type:text",
    "-type:text",
    "lang:ar",
    "lang:ar,en",
    "date:2020",
    "-date:none",
    "path:a",
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("facets") / "docs", FILES)


@pytest.fixture(scope="module")
def index(folder: Path) -> Path:
    return indexed(folder)


def without(query: str, field: str) -> str:
    return " ".join(part for part in query.split() if part.lstrip("-").split(":")[0] != field)


@pytest.mark.parametrize("words", ["oil", "oil -two", "+oil", ""])
def test_a_count_is_what_the_query_finds_with_that_value_alone(index: Path, words: str) -> None:
    with Searcher.open(index) as searcher:
        for filters in itertools.combinations(FILTERS, 2):
            query = " ".join([words, *filters]).strip()
            facets = searcher.look(query).facets() if query else Facets()
            for field, counts in (
                ("lang", facets.languages),
                ("type", facets.types),
                ("date", facets.years),
                ("path", [(path_value(path), count) for path, count in facets.folders]),
            ):
                for value, count in counts:
                    alone = only(without(query, field), field, value.replace("no date", "none"))
                    assert searcher.look(alone).total == count, (query, alone)


def test_the_counts_of_a_heading_do_not_vanish_with_its_own_filter(index: Path) -> None:
    with Searcher.open(index) as searcher:
        before, after = (searcher.look(f"oil {f}").facets() for f in ("", "type:markdown"))
        assert after.types == before.types
        assert after.folders != before.folders
        assert searcher.look("type:markdown").facets().types == (
            ("text", 4), ("markdown", 2), ("html", 1),
        )  # fmt: skip


def test_counting_stops_when_nobody_wants_the_counts(index: Path) -> None:
    with Searcher.open(index) as searcher:
        wanted = iter([True, True])
        assert searcher.look("oil").wanted_facets(lambda: next(wanted, False)) is None


def test_documents_in_both_languages_are_counted_together_too(index: Path) -> None:
    with Searcher.open(index) as searcher:
        counts = dict(searcher.look("oil").facets().languages)
        assert 0 < counts[BOTH] == searcher.look(f"oil lang:{BOTH}").total < counts["en"]


def test_folders_have_rows_below_the_folder_of_all_documents(index: Path, folder: Path) -> None:
    with Searcher.open(index) as searcher:
        counts = searcher.look("oil OR النفط").facets().folders
    rows = folder_rows(counts, ())
    assert [(row.path.removeprefix(str(folder)), row.count, row.depth) for row in rows] == [
        ("", 6, 0), ("/a", 5, 1), ("/b 1", 1, 1),
    ]  # fmt: skip
    assert [row.unfolded for row in rows] == [True, False, None]
    unfolded = folder_rows(counts, {str(folder / "a"), str(folder / "a/two")})
    inside = [tuple(p.removeprefix(str(folder)) for p in (r.path, r.above)) for r in unfolded]
    assert inside[2:] == [
        ("/a/two", "/a"), ("/a/two/deep/er", "/a/two"), ("/a/one", "/a"), ("/b 1", ""),
    ]  # fmt: skip
    assert [row.path for row in folder_rows(counts, {str(folder)})] == [str(folder)]
    assert folder_rows((), ()) == []
