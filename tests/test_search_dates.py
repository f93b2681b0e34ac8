"""Searching by date: only what is stated counts, and the day of a file has filters of its own."""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path
from typing import Any

import pytest
from commands import Ran, indexed, run, written
from library import build, index_files, unmerged

from index import IndexWriter
from index.document import DATE_MARKS, DATE_SOURCES
from index.sandbox import messages
from search import Searcher
from search.hits.facets import NO_DATE
from search.options import Options
from search.results import shown_date
from search.tui.widgets.side_panel import entries

DOCS = {
    "stated.md": "---\ndate: 2019-09-17\n---\nA school in Sebha.",
    "line.txt": "A school\nSebha, 3 May 2018\n\nIt has opened.",
    "2020-01-31-school.txt": "A school.",
    "either.md": "---\ndate: 05/06/2018\n---\nA school.",
    "hijri.txt": "مدرسة school\n٢٧ رجب ١٤٤٠هـ\n",
    "plain.txt": "A school without a date.",
    "other.txt": "Another school.",
}
UNDATED = {"plain.txt", "other.txt"}
MODIFIED = 1_600_000_000  # 2020-09-13


@pytest.fixture(scope="module")
def docs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = written(tmp_path_factory.mktemp("dates") / "docs", DOCS)
    for path in folder.iterdir():
        os.utime(path, (MODIFIED, MODIFIED))
    os.utime(folder / "plain.txt", (MODIFIED + 864_000, MODIFIED + 864_000))  # 2020-09-23
    return folder


@pytest.fixture(scope="module")
def index(docs: Path) -> Path:
    return indexed(docs)


@pytest.fixture
def search(index: Path, docs: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.chdir(docs)
    return lambda *arguments: run("search", "school", *arguments, "--index", index)


def paths(ran: Ran) -> list[str]:
    return ran.out.splitlines()


# --- filters and order -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (["--after", "2019"], {"stated.md", "2020-01-31-school.txt", "hijri.txt"}),
        (["--before", "2018"], {"line.txt", "either.md"}),
        (["--after", "2018-06", "--before", "2018-06"], {"either.md"}),
        (["date:2019-04-03"], {"hijri.txt"}),
        (["--after", "2020-09"], set()),
    ],
)
def test_a_filter_by_date_leaves_out_what_has_none_and_says_so(
    search: Any, options: list[str], found: set[str]
) -> None:
    ran = search(*options, "-l")
    assert set(paths(ran)) == found
    assert ran.err.count("note: 2 documents without a date were left out\n") == 1


def test_the_note_counts_what_passes_the_other_filters(search: Any) -> None:
    ran = search("another", "+another", "--after", "2019", "-c")
    assert ran.out == "0\n"
    assert ran.err.startswith("note: 1 document without a date was left out\n")
    assert search("--after", "2019", "--type", "markdown", "-c").err == ""
    assert search("--after", "2019", "--path", "plain.txt", "-c").err.startswith("note: 1 doc")


@pytest.mark.parametrize("query", ["", "-date:2018", "(date:2018 OR sebha)", "modified:2020.."])
def test_without_a_filter_by_date_nothing_is_left_out(search: Any, query: str) -> None:
    assert "without a date" not in search(*query.split(), "-l").err


def test_a_batch_notes_what_is_left_out_too(index: Path, tmp_path: Path) -> None:
    queries = written(tmp_path, {"q.txt": "s\tschool\n"}) / "q.txt"
    ran = run("batch", queries, "--after", "2019", "--index", index)
    assert len(paths(ran)) == 3
    assert "note: s: 2 documents without a date were left out" in ran.err


def test_documents_without_a_date_come_last(search: Any) -> None:
    found = paths(search("--sort", "date", "-l"))
    assert found[:5] == [
        "2020-01-31-school.txt", "stated.md", "hijri.txt", "either.md", "line.txt",
    ]  # fmt: skip
    assert set(found[5:]) == UNDATED


def test_documents_without_a_date_are_searched_by_none(search: Any) -> None:
    assert set(paths(search("date:none", "-l"))) == UNDATED
    assert set(paths(search("-date:none", "-l"))) == DOCS.keys() - UNDATED
    assert "left out" not in search("date:none", "-l").err


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (["--modified-after", "2020-09-14"], {"plain.txt"}),
        (["--modified-before", "2020-09-13"], DOCS.keys() - {"plain.txt"}),
        (["--modified-after", "2020", "--modified-before", "2020"], DOCS.keys()),
        (["modified:2020-09-23"], {"plain.txt"}),
        (["modified:..2019"], set()),
        (["--modified-after", "2020-09-01", "--before", "2018"], {"line.txt", "either.md"}),
    ],
)
def test_the_day_of_the_file_has_filters_of_its_own(
    search: Any, options: list[str], found: set[str]
) -> None:
    assert set(paths(search(*options, "-l"))) == found


@pytest.mark.parametrize("option", ["--after", "--before", "--modified-after", "--modified-before"])
def test_a_date_that_is_none_is_an_error_with_advice_once(search: Any, option: str) -> None:
    ran = search(option, "soon")
    assert ran.code == 2
    assert ran.err == "dalil: 'soon' is no date.\n  Write 2016, 2016-05 or 2016-05-01.\n"


def test_days_stay_with_their_documents_when_segments_are_merged(tmp_path: Path) -> None:
    folder = written(tmp_path / "docs", {})
    index = tmp_path / "index"
    with unmerged(), IndexWriter.open(index) as writer:
        for name, text in DOCS.items():
            written(folder, {name: text})
            os.utime(folder / name, (MODIFIED, MODIFIED))
            writer.add_path(folder)
    with Searcher.open(index) as searcher:
        assert len(searcher._reader.segments) == len(DOCS)
    with IndexWriter.open(index) as writer:
        written(folder, {"late.txt": "A late school."})
        writer.add_path(folder)
    with Searcher.open(index) as searcher:
        assert len(searcher._reader.segments) < len(DOCS)
        assert searcher.search("school date:2019..").total == 3
        assert searcher.search("school date:none").total == 3
        assert searcher.search("school modified:2020").total == len(DOCS)


# --- what is shown -------------------------------------------------------------------------------


def hits(search: Any) -> dict[str, dict[str, Any]]:
    found = json.loads(search("--json", "-n", "20").out)["hits"]
    return {Path(hit["path"]).name: hit for hit in found}


def test_json_says_how_a_date_is_known(search: Any) -> None:
    known = {
        name: (hit["date"], hit["date_source"], hit["date_marks"])
        for name, hit in hits(search).items()
    }
    assert known == {
        "stated.md": ("2019-09-17", "stated", []),
        "line.txt": ("2018-05-03", "dateline", []),
        "2020-01-31-school.txt": ("2020-01-31", "file name", []),
        "either.md": ("2018-06-05", "stated", ["ambiguous"]),
        "hijri.txt": ("2019-04-03", "dateline", ["hijri"]),
        "plain.txt": (None, None, []),
        "other.txt": (None, None, []),
    }
    assert hits(search)["plain.txt"]["modified"] == "2020-09-23T12:26:40Z"


def test_csv_says_how_a_date_is_known(search: Any) -> None:
    rows = {Path(row["path"]).name: row for row in csv.DictReader(io.StringIO(search("--csv").out))}
    assert (rows["hijri.txt"]["date_source"], rows["hijri.txt"]["date_marks"]) == (
        "dateline",
        "hijri",
    )
    assert (rows["plain.txt"]["date"], rows["plain.txt"]["date_source"]) == ("", "")


def test_a_terminal_shows_what_is_uncertain_and_no_day_of_a_file(index: Path, docs: Path) -> None:
    out = run("search", "school", "--index", index, terminal=True).out
    for shown in ("2019-09-17", "2018-06-05 (ambiguous)", "2019-04-03 (hijri date converted)"):
        assert shown in out
    assert "2020-09" not in out
    shown = run("show", docs / "either.md", "--index", index, terminal=True).out
    assert "2018-06-05 (ambiguous)" in shown


def test_a_date_is_shown_with_all_that_is_uncertain_of_it() -> None:
    assert shown_date("2018-01-21", DATE_MARKS) == "2018-01-21 (ambiguous, hijri date converted)"
    assert shown_date("2018-01-21", ["\x1b[31m"]) == "2018-01-21"
    assert shown_date(None, DATE_MARKS) == ""


def test_the_facet_of_years_has_a_value_for_documents_without_a_date(index: Path) -> None:
    with Searcher.open(index) as searcher:
        facets = searcher.look("school", Options(names=False)).facets()
        assert facets.years == (("2020", 1), ("2019", 2), ("2018", 2), (NO_DATE, 2))
        (entry,) = (entry for entry in entries(facets) if entry.label == NO_DATE)
        assert (entry.count, entry.clause) == (2, "date:none")


def test_dates_of_every_year_are_counted(tmp_path: Path) -> None:
    texts = {"a": {"text": "school", "date": "0622-07-16"}, "b": {"text": "school", "date": "soon"}}
    with build(tmp_path, texts) as searcher:
        assert searcher.look("school").facets().years == (("0622", 1), (NO_DATE, 1))
        assert searcher.search("school date:0001..9999").total == 1


def test_a_line_of_jsonl_has_the_dateline_of_its_text_and_no_date_of_its_file(
    tmp_path: Path,
) -> None:
    lines = [{"id": "1", "text": "Sebha, 3 May 2018\nA school"}, {"id": "2", "text": "A school"}]
    file = {"2020-01-31.jsonl": "\n".join(map(json.dumps, lines))}
    with index_files(tmp_path, file) as searcher:
        dates = {hit.id: (hit.date, hit.date_source) for hit in searcher.search("school").hits}
    assert dates == {"1": ("2018-05-03", "dateline"), "2": (None, None)}


# --- what a reader process sends ---------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        {"date_source": "modified"}, {"date_source": None}, {"date_marks": ["new"]},
        {"date_marks": 7}, {"date_marks": [["hijri"]]}, {"date": 10**9}, {"date": "2018"},
        {"tags": [7]}, {"tags": None}, {"author": None}, {"first_line": 0}, {"first_line": "1"},
        {"end": -1}, {"end": None},
    ],
)  # fmt: skip
def test_fields_that_are_not_known_are_refused(change: dict[str, Any]) -> None:
    fields = {
        **dict.fromkeys(("path", "id", "type", "sha256", "title", "author"), "a"),
        **dict.fromkeys(("language", "url", "encoding")),
        "modified": 0.0, "date": 737_000, "date_source": DATE_SOURCES[0], "date_marks": [],
        "tags": [], "pages": [], "parts": [], "repaired": [], "doubtful": [], "first_line": 1,
        "end": 0,
    }  # fmt: skip
    (document,) = messages.decode(json.dumps([["document", fields, 0]]).encode(), b"")
    assert document
    with pytest.raises(messages.BadFrame):
        messages.decode(json.dumps([["document", fields | change, 0]]).encode(), b"")
