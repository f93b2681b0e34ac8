"""The command line: the effect of each option, the two output streams, the exit codes."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from commands import Ran, command, environment, indexed, process, run, written

from search.cli import options as shared
from search.cli.argv import ordered, query_last
from search.cli.console import print_note
from search.cli.terminal_page import output_plan
from search.terminal import tmux

DOCS = {
    "en/summit.txt": "Libya and Russia met in Tripoli.\nThe second line is about Haftar.\n",
    "en/railway.md": "# The railway\n\nA railway from Sirte, with Russia.\n\nLibya pays.\n",
    "ar/wafd.txt": "وفد من ليبيا في موسكو.\nقال الدبيبة إن روسيا صديقة.\n",
    "mixed.txt": "Libya ليبيا Libya ليبيا",
    "page.html": '<html lang="en"><head><title>Old</title><meta property="article:published_time" '
    'content="2016-05-04"></head><body><article><p>Libya was in the news, they said at length, '
    "for the whole of that day and the day after it.</p></article></body></html>",
    "wire.jsonl": json.dumps(
        {"id": "w 1%", "title": "=1+1 Libya", "text": "=2 wire", "date": "2021-04-16"}
    )
    + "\n"
    + json.dumps({"id": "w2", "text": "Libya wire", "lang": "ar", "date": "2020-01-02"}),
}


@pytest.fixture(scope="module")
def docs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = written(tmp_path_factory.mktemp("cli") / "docs", DOCS)
    for path in folder.rglob("*.*"):
        os.utime(path, (1_500_000_000, 1_500_000_000))  # 2017-07-14
    return folder


@pytest.fixture(scope="module")
def index(docs: Path) -> Path:
    return indexed(docs)


@pytest.fixture
def search(index: Path, docs: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """``dalil search`` in the folder of the documents, without other spellings of names."""
    monkeypatch.chdir(docs)
    return lambda *arguments: run("search", *arguments, "--no-names", "--index", index)


def paths(ran: Ran) -> set[str]:
    return set(ran.out.splitlines())


# --- exit codes and streams ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "code", "out", "err"),
    [
        (["haftar"], 0, "en/summit.txt:2: ", ""),
        (["nowhere"], 1, "", "Nothing found. Try another spelling, its first letters and *, or"),
        (["nowhere", "-c"], 1, "0\n", "note: no document has nowhere\n"),
        (["nowhere", "--json"], 1, '{"query": "nowhere", "total": 0', "note: no document has"),
        (["nowhere", "--jsonl"], 1, "", "note: no document has nowhere\n"),
        (["libya", "-c"], 0, "6\n", ""),
        (["libya", "(", "-c"], 0, "6\n", "note: a bracket is never closed"),
        (["libya", "(", "--strict"], 2, "", "dalil: a bracket is never closed (at character 7)."),
        (["libya", "--after", "soon"], 2, "", "is no date"),
        (["libya", "--no-such-option"], 2, "", "No such option"),
        (["libya", "--lang", "fr"], 2, "", "'fr' is not one of"),
        (["libya", "-n", "-1"], 2, "", "--limit"),
        (["libya", "-n"], 2, "", "-n"),
        ([], 2, "", "nothing to search for"),
    ],
)  # fmt: skip
def test_results_alone_go_to_standard_output(
    search: Any, arguments: list[str], code: int, out: str, err: str
) -> None:
    ran = search(*arguments)
    assert ran.code == code, ran
    assert ran.out.startswith(out) if out else ran.out == ""
    assert err in ran.err if err else ran.err == ""


def test_without_arguments_help_is_shown() -> None:
    ran = run()
    assert (ran.code, ran.err) == (0, "")
    for name in ("index", "search", "batch", "show", "status", "analyze", "forget"):
        assert name in ran.out


@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help_is_no_error(option: str) -> None:
    assert run(option).code == run("search", option).code == 0


def test_the_version_is_printed() -> None:
    assert re.fullmatch(r"dalil \d+\.\d+\.\d+\n", run("--version").out)


def test_python_m_search_is_dalil_and_reads_dalil_index_from_the_environment(
    index: Path, docs: Path
) -> None:
    ran = process("search", "haftar", "-l", cwd=docs, DALIL_INDEX=str(index))
    assert ran == Ran(0, "en/summit.txt\n", "")


# --- arguments that look like options ---------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "arranged"),
    [
        (["search", "libya", "-haftar"], ["search", "--", "libya", "-haftar"]),
        (["search", "-haftar", "libya"], ["search", "--", "-haftar", "libya"]),
        (["search", "a", "-n", "3", "-b"], ["search", "-n", "3", "--", "a", "-b"]),
        (["search", "a", "-n3"], ["search", "-n3", "--", "a"]),
        (["search", "-lc", "a"], ["search", "-lc", "--", "a"]),
        (["search", "a", "--limit=3"], ["search", "--limit=3", "--", "a"]),
        (["search", "a", "--sort", "-b"], ["search", "--sort", "-b", "--", "a"]),
        (["search", "a", "-ليبيا"], ["search", "--", "a", "-ليبيا"]),
        (["search", "--", "--json", "-l"], ["search", "--", "--json", "-l"]),
        (["search", "-h"], ["search", "-h"]),
        (["show", "p", "a", "-b"], ["show", "--", "p", "a", "-b"]),
        (["analyze", "-x", "--json"], ["analyze", "--json", "--", "-x"]),
        (["index", "-q", "x"], ["index", "-q", "x"]),
        (["--version"], ["--version"]),
        ([], []),
    ],
)
def test_a_word_with_a_minus_is_no_option(given: list[str], arranged: list[str]) -> None:
    assert query_last(given) == arranged


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (["libya", "-haftar", "-railway", "-wire"], {"mixed.txt", "page.html"}),
        (["libya", "-haftar", "-railway", "-wire", "-ليبيا"], {"page.html"}),
        (["-libya"], {"ar/wafd.txt"}),
        (["libya", "+russia"], {"en/summit.txt", "en/railway.md"}),
        (["+haftar", "libya"], {"en/summit.txt"}),
        (["NOT", "libya"], {"ar/wafd.txt"}),
        (["russia", "AND", "sirte"], {"en/railway.md"}),
        (['"russia met"'], {"en/summit.txt"}),
        (["title:railway"], {"en/railway.md"}),
        (["haft*"], {"en/summit.txt"}),
        (["وروسيا"], {"ar/wafd.txt"}),
    ],
)
def test_operators_reach_the_query(search: Any, query: list[str], found: set[str]) -> None:
    assert paths(search(*query, "-l")) == found


# --- filters and order -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (["--lang", "ar"], {"mixed.txt", "wire.jsonl#w2"}),
        (["--lang", "en", "--type", "text"], {"en/summit.txt", "mixed.txt"}),
        (["--path", "en"], {"en/summit.txt", "en/railway.md"}),
        (["--path", "en/"], {"en/summit.txt", "en/railway.md"}),
        (["--path", "*.txt"], {"en/summit.txt", "mixed.txt"}),
        (["--path", "docs/en/*.md"], {"en/railway.md"}),
        (["--path", "wire.jsonl"], {"wire.jsonl#w 1%", "wire.jsonl#w2"}),
        (["--path", "n"], set()),
        (["--type", "html,markdown"], {"page.html", "en/railway.md"}),
        (["--type", "HTML"], {"page.html"}),
        (["--after", "2020"], {"wire.jsonl#w 1%", "wire.jsonl#w2"}),
        (["--before", "2016-05-04"], {"page.html"}),
        (["--after", "2016-05-05", "--before", "2020-01"],
         {"wire.jsonl#w2"}),
        (["--modified-after", "2017-07-14", "--modified-before", "2017-07", "--type", "text"],
         {"en/summit.txt", "mixed.txt"}),
        (["--modified-after", "2017-07-15"], set()),
        (["--modified-before", "2017-07-13"], set()),
        (["--after", "٢٠٢١"], {"wire.jsonl#w 1%"}),
    ],
)  # fmt: skip
def test_filters_keep_what_they_say(search: Any, options: list[str], found: set[str]) -> None:
    ran = search("libya", *options, "-l")
    assert paths(ran) == found
    assert ran.code == (0 if found else 1)


def test_a_path_may_be_absolute(search: Any, docs: Path) -> None:
    assert paths(search("libya", "--path", docs / "en", "-l")) == {"en/summit.txt", "en/railway.md"}
    assert search("libya", "--path", "/en", "-l").out == ""


@pytest.mark.parametrize(
    ("sort", "first", "last"),
    [("date", "wire.jsonl#w 1%", "en/summit.txt"), ("path", "en/railway.md", "wire.jsonl#w2")],
)
def test_hits_are_sorted_as_requested(search: Any, sort: str, first: str, last: str) -> None:
    lines = search("libya", "--sort", sort, "-l").out.splitlines()
    assert (lines[0], lines[-1]) == (first, last)


@pytest.mark.parametrize(("limit", "count"), [("1", 1), ("3", 3), ("100", 6)])
def test_the_limit_is_kept_and_the_total_does_not_know_it(
    search: Any, limit: str, count: int
) -> None:
    results = json.loads(search("libya", "--limit", limit, "--json").out)
    assert (len(results["hits"]), results["total"]) == (count, 6)


def test_exact_takes_words_as_spelled(search: Any) -> None:
    assert search("الدبيبه", "-c").out == "1\n"
    assert search("الدبيبه", "--exact", "-c").out == "0\n"


def test_names_are_found_in_every_spelling_by_default(index: Path) -> None:
    for options, total, note in [
        ([], 7, "note: libya: also ليبيا (2)\n"), (["--names"], 7, "note: libya: also ليبيا (2)\n"),
        (["--no-names"], 6, ""), (["--exact"], 6, ""),
    ]:  # fmt: skip
        assert run("search", "libya", "-c", *options, "--index", index) == Ran(
            0, f"{total}\n", note
        )


def test_json_has_notes_on_other_spellings(index: Path) -> None:
    results = json.loads(run("search", "libya", "--type", "text", "--json", "--index", index).out)
    assert results["notes"] == ["libya: also ليبيا (2)"]
    (hit,) = [hit for hit in results["hits"] if hit["path"].endswith("wafd.txt")]
    assert hit["matched"] == [{"query": "libya", "text": "ليبيا", "kind": "name"}]


def test_batch_finds_names_in_every_spelling_by_default(index: Path, tmp_path: Path) -> None:
    queries = written(tmp_path, {"queries.txt": "1\tlibya\n"}) / "queries.txt"
    for options, count in [([], 7), (["--no-names"], 6), (["--exact"], 6)]:
        ran = run("batch", queries, "--format", "trec", *options, "--index", index)
        assert (ran.code, len(ran.out.splitlines())) == (0, count)


def test_plain_has_no_operators(search: Any) -> None:
    ran = search("libya", "-haftar", "(", '"', "--plain", "-c")
    assert (ran.out, ran.err) == ("6\n", "")


# --- formats -----------------------------------------------------------------------------------

HIT = {"rank", "path", "id", "title", "language", "type", "date", "modified", "sha256", "score"}
HIT |= {"snippets", "matched"}
ADDED = {"copies", "state", "title_spans", "path_spans", "date_source", "date_marks", "author"}
ADDED |= {"tags", "own_tags", "own_note"}


def test_json_has_the_keys_that_were_promised(search: Any, docs: Path) -> None:
    results = json.loads(search("russia", "haftar", "--json").out)
    assert list(results) == ["query", "total", "seconds", "suggestion", "notes", "hits"]
    assert (results["query"], results["total"]) == ("russia haftar", 2)
    hit = results["hits"][0]
    assert HIT <= set(hit) <= HIT | ADDED
    assert set(hit["snippets"][0]) == {"text", "start", "line", "page", "spans"}
    assert hit["path"] == hit["id"] == str(docs / "en/summit.txt")
    assert (hit["rank"], hit["language"], hit["type"], hit["date"]) == (1, "en", "text", None)
    assert hit["modified"] == "2017-07-14T02:40:00Z"
    assert len(hit["sha256"]) == 64
    assert {"query": "haftar", "text": "Haftar", "kind": "exact"} in hit["matched"]
    (snippet,) = hit["snippets"]
    lit = [snippet["text"][a:b] for a, b in snippet["spans"]]
    assert lit == ["Russia", "Haftar"]
    assert DOCS["en/summit.txt"][snippet["start"] :].startswith(snippet["text"])


def test_jsonl_is_a_hit_a_line(search: Any) -> None:
    hits = [json.loads(line) for line in search("libya", "--jsonl").out.splitlines()]
    assert [hit["rank"] for hit in hits] == [1, 2, 3, 4, 5, 6]
    assert all(set(hit) >= HIT for hit in hits)


def test_csv_has_a_head_and_no_formulas(search: Any, docs: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(search("=2", "libya", "--csv").out)))
    row = next(row for row in rows if row["id"] == "w 1%")
    assert row["title"] == "'=1+1 Libya"
    assert row["snippet"] == "'=2 wire"
    assert row["query"] == "'=2 libya"
    assert row["path"] == f"{docs}/wire.jsonl#w 1%"
    assert not any(cell[:1] in tuple("=+-@") for row in rows for cell in row.values() if cell)


def test_nul_ends_each_path_on_request(search: Any) -> None:
    out = search("haftar", "railway", "-0").out
    assert set(out.split("\0")) == {"en/summit.txt", "en/railway.md", ""}
    assert search("haftar", "-l", "-0").out == "en/summit.txt\0"


def test_pipes_get_path_line_text_in_logical_order(search: Any) -> None:
    out = search("الدبيبة").out
    assert out.startswith("ar/wafd.txt:2: ")
    assert out.endswith("قال الدبيبة إن روسيا صديقة.\n")
    assert out.count("\n") == 1


def test_explain_says_what_matched_how(search: Any) -> None:
    out = search("الدبيبه", "--explain").out.splitlines()
    assert re.fullmatch(r"    score \d+\.\d{3}", out[1])
    assert out[2] == "    الدبيبه → الدبيبة (folded)"


def test_fragments_and_width_shape_what_is_shown(index: Path, tmp_path: Path) -> None:
    text = " ".join(["Libya", *["word"] * 300, "Libya", *["word"] * 300, "Libya"])
    one = indexed(written(tmp_path / "docs", {"long.txt": text}))
    lines = run("search", "libya", "--fragments", "3", "--width", "60", "--index", one).out
    assert lines.count("\n") == 3
    assert all(len(line.split(": ", 1)[1]) <= 90 for line in lines.splitlines())


@pytest.mark.parametrize(
    ("colour", "environ", "painted"),
    [("always", {"NO_COLOR": "1"}, True), ("never", {}, False), ("auto", {}, False)],
)
def test_colours_are_used_as_requested(
    search: Any, monkeypatch: pytest.MonkeyPatch, colour: str, environ: dict[str, str],
    painted: bool,
) -> None:  # fmt: skip
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    out = search("haftar", "--color", colour).out
    assert ("\x1b[30;103mHaftar\x1b[0m" in out) == painted
    assert ("\x1b" in out) == painted


# --- batch, show, analyze, status ----------------------------------------------------------------


def test_batch_takes_three_forms_of_lines(index: Path, tmp_path: Path) -> None:
    file = tmp_path / "queries"
    file.write_text("haftar\nq2\tsirte\n\nq 3%\tar\trailway\n  \nnowhere\n")
    ran = run("batch", file, "--format", "jsonl", "--index", index)
    answers = [json.loads(line) for line in ran.out.splitlines()]
    assert [(a["id"], a["query"]) for a in answers] == [
        ("1", "haftar"), ("q2", "sirte"), ("q 3%", "railway"),
    ]  # fmt: skip
    assert all(set(answer["hit"]) >= HIT for answer in answers)
    assert ran.code == 0


def test_batch_reads_standard_input(index: Path) -> None:
    ran = run("batch", "-", "--format", "jsonl", "--index", index, stdin="haftar\n")
    assert json.loads(ran.out)["id"] == "1"


def test_batch_keeps_the_ids_of_a_spreadsheet(index: Path, tmp_path: Path) -> None:
    file = tmp_path / "names.csv"
    file.write_bytes("الرقم;الاسم\r\nA-7;haftar\r\nA-9;حفتر\r\n".encode("windows-1256"))
    ran = run("batch", file, "--index", index)
    assert {json.loads(line)["id"] for line in ran.out.splitlines()} >= {"A-7"}
    assert "queries are from the column الاسم, ids from the column الرقم" in ran.err


def test_batch_refuses_what_is_no_text(index: Path, tmp_path: Path) -> None:
    file = tmp_path / "names.xlsx"
    file.write_bytes(b"PK\x03\x04" + bytes(90))
    ran = run("batch", file, "--index", index)
    assert (ran.code, "is not a list but a ZIP archive" in ran.err) == (2, True)


def test_the_order_that_a_query_asks_for_holds_in_a_batch_too(index: Path) -> None:
    def ids(query: str, *options: str) -> list[str]:
        ran = run("batch", "-", "--format", "trec", *options, "--index", index, stdin=query + "\n")
        return [row.split()[2] for row in ran.out.splitlines()]

    assert ids("libya sort:date") == ids("libya", "--sort", "date") != ids("libya")


def test_trec_columns_never_hold_a_space(index: Path) -> None:
    ran = run("batch", "-", "--format", "trec", "--index", index, stdin="q 1%\twire\n")
    rows = [line.split(" ") for line in ran.out.splitlines()]
    assert {len(row) for row in rows} == {6}
    assert {row[0] for row in rows} == {"q%201%25"}
    assert {row[2] for row in rows} == {"w%201%25", "w2"}
    assert [row[3] for row in rows] == ["1", "2"]
    assert {(row[1], row[5]) for row in rows} == {("Q0", "dalil")}
    assert float(rows[0][4]) >= float(rows[1][4]) > 0


def test_batch_writes_csv_with_the_id_first(index: Path) -> None:
    ran = run("batch", "-", "--format", "csv", "--index", index, stdin="=a\thaftar\n")
    head, row = csv.reader(io.StringIO(ran.out))
    assert len(head) == len(row)
    assert (row[0], row[head.index("query")], row[head.index("rank")]) == ("'=a", "haftar", "1")


def test_every_column_of_batch_has_a_name_of_its_own(index: Path) -> None:
    head = run("batch", "-", "--format", "csv", "--index", index, stdin="haftar\n").out
    names = head.splitlines()[0].split(",")
    assert len(names) == len(set(names))


@pytest.mark.parametrize(("stdin", "code"), [("nowhere\n", 1), ("", 1), ("nowhere\nhaftar\n", 0)])
def test_batch_ends_in_1_when_nothing_was_found(index: Path, stdin: str, code: int) -> None:
    assert run("batch", "-", "--format", "trec", "--index", index, stdin=stdin).code == code


def test_batch_without_its_file_is_an_error(index: Path, tmp_path: Path) -> None:
    ran = run("batch", tmp_path / "none", "--index", index)
    assert (ran.code, "There is no file" in ran.err) == (2, True)


@pytest.mark.parametrize("name", ["en/summit.txt", "{docs}/en/summit.txt", "./en/../en/summit.txt"])
def test_show_takes_a_path_in_any_form(
    index: Path, docs: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(docs)
    ran = run("show", name.format(docs=docs), "--index", index)
    assert ran == Ran(0, DOCS["en/summit.txt"] + "\n", "")


def test_show_takes_an_id_and_highlights_a_query(index: Path) -> None:
    ran = run("show", "w2", "libya", "-wire", "--color", "always", "--index", index)
    assert ran.out == "\x1b[30;103mLibya\x1b[0m wire\n"
    shown = json.loads(run("show", "w2", "libya", "--json", "--index", index).out)
    assert (shown["text"], shown["spans"]) == ("Libya wire", [[0, 5]])


def test_show_of_what_is_not_there_is_an_error(index: Path) -> None:
    ran = run("show", "no-such", "--index", index)
    assert (ran.code, ran.out) == (2, "")
    assert "The index holds no document no-such" in ran.err


def test_status_says_what_is_held(index: Path, docs: Path) -> None:
    facts = json.loads(run("status", "--json", "--index", index).out)
    assert (facts["documents"], facts["files"]) == (7, 6)
    assert facts["types"] == {"text": 3, "jsonl": 2, "html": 1, "markdown": 1}
    assert facts["roots"] == {str(docs): 6}
    assert facts["bytes"] > 1000
    out = run("status", "--index", index).out
    assert "documents  7 from 6 files" in out


def test_one_file_is_no_files(tmp_path: Path) -> None:
    written(tmp_path / "docs", {"a.txt": "Libya"})
    run("index", tmp_path / "docs", "--index", tmp_path / "ix")
    out = run("status", "--index", tmp_path / "ix").out
    assert "documents  1 from 1 file\n" in out
    assert "  1 file\n" in out.partition("from       ")[2]


def test_analyze_shows_every_step() -> None:
    (row, *_) = json.loads(run("analyze", "والدَّبِيبَة", "--json").out)
    assert (row["text"], row["folded"]) == ("والدَّبِيبَة", "والدبيبه")
    assert run("analyze", "...").code == 1


def test_analyze_shows_the_root_of_an_arabic_word_that_has_one() -> None:
    rows = json.loads(run("analyze", "مكتبات يد في library", "--json").out)
    assert [row["root"] for row in rows] == ["كتب", "", "", ""]
    heads, *lines = run("analyze", "مكتبات library").out.splitlines()
    assert heads.split()[-2:] == ["root", "language"]
    assert [line.split()[-2] for line in lines] == ["كتب", "librari"]


# --- what documents must not do ------------------------------------------------------------------

EVIL = "\x1b[31m\x1b]0;owned\x07\x9b2J\u202e\u2066\u2069\x7f\x00\r\u2028"
EVIL_ID = "id" + EVIL.replace("\x00", "")
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of documents with control characters."""
    name = EVIL.replace("\x00", "")
    wire = {"id": EVIL_ID, "title": f"Title{EVIL} wire", "text": f"wire{EVIL} body"}
    folder = written(
        tmp_path_factory.mktemp("hostile") / "docs",
        {
            f"wire{name}.txt": f"wire {EVIL} text".replace("\x00", ""),
            "w.jsonl": json.dumps(wire),
            f"skipped{name}.docx": "x",
        },
    )
    return indexed(folder)


SAYING: list[list[str]] = [
    ["search", "wire"],
    ["search", "wire", "--explain"],
    ["search", "wire", "-l"],
    ["search", "wire", "--csv"],
    ["search", "wire", "--json"],
    ["search", "wire", "--jsonl"],
    ["batch", "-", "--format", "trec"],
    ["batch", "-", "--format", "csv"],
    ["batch", "-", "--format", "jsonl"],
    ["show", EVIL_ID],
    ["show", EVIL_ID, "wire", "--json"],
    ["status"],
    ["status", "--json"],
    ["index", "--dry-run", "--rebuild"],
    ["index", "--dry-run", "--rebuild", "--json"],
    ["index"],
    ["analyze", f"wire{EVIL}"],
]


@pytest.mark.parametrize("arguments", SAYING, ids=lambda words: " ".join(map(repr, words)))
def test_no_control_character_of_a_document_is_written(hostile: Path, arguments: list[str]) -> None:
    index = [] if arguments[0] == "analyze" else ["--index", hostile]
    ran = run(*arguments, *index, stdin="wire\n")
    assert ran.code == 0, ran.err
    assert not FORBIDDEN.findall(ran.out)
    assert not FORBIDDEN.findall(ran.err)
    if "--json" in arguments:
        json.loads(ran.out)


OWN = re.compile(
    "\x1b\\[[0-9;]*m|\x1b\\[\\?\\d+[hl]|\x1b\\[\\d* k|\x1b\\[8[hl]|[\u2066-\u2069]|[\r\n]"
)
"""Colours, modes and isolates, which Dalil sends itself."""


@pytest.mark.parametrize("bidi", ["auto", "app", "terminal", "off"])
@pytest.mark.parametrize("arguments", [["search", "wire", "--explain"], ["show", EVIL_ID, "wire"]],
                         ids=["search", "show"])  # fmt: skip
def test_a_terminal_gets_only_our_own_sequences(
    hostile: Path, arguments: list[str], bidi: str
) -> None:
    ran = run(*arguments, "--bidi", bidi, "--color", "always", "--index", hostile, terminal=True)
    assert ran.code == 0
    assert "\x1b[30;103mwire\x1b[0m" in ran.out
    assert not FORBIDDEN.findall(OWN.sub("", ran.out))
    assert "\x1b[31m" not in ran.out
    assert not FORBIDDEN.findall(ran.err)


def test_a_real_terminal_gets_colours_and_arabic_at_its_right_edge(index: Path, docs: Path) -> None:
    pty = pytest.importorskip("pty", reason="the system has no pseudo-terminals")
    ours, theirs = pty.openpty()
    try:
        words = command("search", "الدبيبة", "--bidi", "terminal", "--index", index)
        environ = {**environment(TERM="xterm-256color"), "COLUMNS": "80"}
        del environ["NO_COLOR"]
        ran = subprocess.run(
            words, check=False, stdout=theirs, stderr=subprocess.PIPE, env=environ, cwd=docs
        )
        out = os.read(ours, 1 << 16).decode()
    finally:
        os.close(theirs)
        os.close(ours)
    assert ran.returncode == 0
    assert "1 document · " in ran.stderr.decode()
    (line,) = (line for line in out.splitlines() if "الدبيبة" in line)
    assert "\x1b[38;5;16;48;5;227mالدبيبة\x1b[0m" in line
    assert line.startswith(" " * 12)


@pytest.mark.parametrize(
    "arguments",
    [
        ["--index", "INDEX", "search", "haftar"],
        ["--index=INDEX", "--color", "never", "search", "haftar"],
        ["search", "haftar", "--index", "INDEX", "--color=never"],
        ["--color", "always", "status", "--index", "INDEX"],
        ["status", "--color", "never", "--index", "INDEX"],
        ["--index", "INDEX", "analyze", "haftar"],
        ["batch", "-", "--color", "never", "--index", "INDEX"],
    ],
    ids=" ".join,
)
def test_index_and_colour_may_be_given_to_any_command_and_before_it(
    index: Path, arguments: list[str]
) -> None:
    placed = [word.replace("INDEX", str(index)) for word in arguments]
    assert run(*placed, stdin="haftar\n").code == 0


@pytest.mark.parametrize(
    "arguments", [["--version"], ["search", "--version"], ["status", "--version"]]
)
def test_every_command_says_the_version(arguments: list[str]) -> None:
    ran = run(*arguments)
    assert (ran.code, ran.out.split()[0]) == (0, "dalil")


def test_words_after_two_dashes_are_the_query() -> None:
    assert ordered(["search", "--", "--version"]) == ["search", "--", "--version"]


def test_a_note_has_its_arabic_in_order_on_a_terminal_and_as_it_is_in_a_pipe(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    print_note("note: Dbeibah: also الدبيبة\x1b[2J")
    assert capsys.readouterr().err == "note: Dbeibah: also الدبيبة [2J\n"
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    print_note("note: also الدبيبة")
    assert capsys.readouterr().err == "\x1b[8lnote: also ﺔﺒﻴﺑﺪﻟﺍ\n\x1b[8h"
    print_note("note: nothing to put in order")
    assert capsys.readouterr().err == "note: nothing to put in order\n"


def test_a_note_follows_the_setting_for_arabic_as_results_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], index: Path
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    for setting, shown in (
        ("off", "note: الدبيبة\n"),
        ("nonsense", "\x1b[8lnote: ﺔﺒﻴﺑﺪﻟﺍ\n\x1b[8h"),
    ):
        monkeypatch.setenv("DALIL_BIDI", setting)
        print_note("note: الدبيبة")
        assert capsys.readouterr().err == shown
    monkeypatch.setenv("DALIL_BIDI", "app")
    shared.follow(shared.Bidi.AUTO)
    assert os.environ["DALIL_BIDI"] == "app"
    shared.follow(shared.Bidi.OFF)
    print_note("note: الدبيبة")
    assert capsys.readouterr().err == "note: الدبيبة\n"


@pytest.mark.parametrize(
    ("variables", "term", "mode"),
    [
        ({"VTE_VERSION": "7006", "TERM": "xterm-256color"}, "", "logical"),
        ({"KONSOLE_VERSION": "221203"}, "", "logical"),
        ({"VTE_VERSION": "7006", "TERM": "alacritty"}, "", "visual"),  # started from GNOME Terminal
        ({"VTE_VERSION": "7006", "TERM": "xterm-256color"}, "XTerm(379)", "visual"),
        ({"TERM": "xterm-256color"}, "", "visual"),
    ],
)
def test_tmux_is_shown_in_the_terminal_of_its_client(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], term: str, mode: str
) -> None:
    monkeypatch.setenv("TMUX", "/nowhere,1,0")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setattr(tmux, "_tmux", lambda *_: f"{term}|xterm-256color|12")
    monkeypatch.setattr(tmux, "_variables", lambda _pid: variables)
    assert output_plan("auto").mode == mode


def test_what_is_printed_in_tmux_is_for_the_terminal_around_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TMUX", "/nowhere,1,0")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setattr(tmux, "_tmux", lambda *_: "Konsole 22.12.3|xterm-256color")
    assert (output_plan("auto").mode, output_plan("auto").isolates) == ("logical", True)
    monkeypatch.setattr(tmux, "_tmux", lambda *_: None)
    assert output_plan("auto").mode == "visual"


@pytest.mark.parametrize(
    ("term", "shown"),
    [
        ("xterm", "\x1b[8lnote: also ﺔﺒﻴﺑﺪﻟﺍ (13), ﺎﻴﺒﻴﻟ (5)\n\x1b[8h"),
        ("vte", "\u2066note: also \u2068الدبيبة\u2069 (13), \u2068ليبيا\u2069 (5)\u2069\n"),
        ("mlterm", "note: also الدبيبة (13), ليبيا (5)\n"),
    ],
)
def test_a_note_has_each_count_behind_its_name(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], term: str, shown: str
) -> None:
    monkeypatch.setenv("TERM", term)
    if term == "vte":
        monkeypatch.setenv("VTE_VERSION", "7006")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    print_note("note: also الدبيبة (13), ليبيا (5)")
    assert capsys.readouterr().err == shown
