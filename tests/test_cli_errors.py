"""What the command line says to arguments that cannot be meant, and to what finds nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from commands import command, environment, indexed, process, run, written

from search.cli.console import print_warning

DOCS = {
    "a.txt": "Libya and Russia met.",
    "b.md": "# Note\n\nقال الدبيبة إن ليبيا",
    ".hidden.txt": "x",
    ".ignore": "left.txt\n",
    "left.txt": "x",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return indexed(written(tmp_path_factory.mktemp("errors") / "docs", DOCS))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("search x --json --csv", "--json and --csv exclude each other.\n  Choose one format."),
        ("search x -c -l", "--paths and --count exclude each other"),
        ("search x --lang fr", "'--lang': 'fr' is not one of 'ar', 'en'."),
        ("search x -n x", "it takes a whole number."),
        ("search x -n 0", "-n 0 leaves no hits.\n  Give a number; a search has --count for"),
        ("search x -n", "requires an argument."),
        ("search x --bogus", "No such option: --bogus.\n  `dalil search --help` lists"),
        ("libya", "`dalil search libya` searches for it, `dalil -q libya` on the screen."),
        ("libya russia", "`dalil -q 'libya russia'` on the screen."),
        ("serach libya", "There is no command serach.\n  Did you mean `dalil search libya`?\n"),
        ("li\x1b[2J", "There is no command li [2J."),
        ("--no-such", "No such option: --no-such"),
    ],
)
def test_a_wrong_argument_is_an_error_that_names_the_choices(arguments: str, message: str) -> None:
    ran = run(*arguments.split(" "))
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err
    assert ran.err.startswith("dalil: ")
    assert "\x1b" not in ran.err


def test_words_in_a_pipe_are_told_where_they_go() -> None:
    ran = subprocess.run(
        command(), input=b"libya\n", capture_output=True, env=environment(), check=False
    )
    assert ran.returncode == 0
    assert "`dalil batch -` for each line" in ran.stderr.decode()


@pytest.mark.parametrize("options", [["-q", "libya"], ["--query=libya"], ["--pick"]])
def test_the_screen_without_a_terminal_is_an_error(options: list[str]) -> None:
    words = command(*options)
    ran = subprocess.run(
        words, capture_output=True, stdin=subprocess.DEVNULL, env=environment(), check=False,
        start_new_session=True,
    )  # fmt: skip
    assert ran.returncode == 2
    assert ran.stderr.decode().startswith("dalil: The screen needs a terminal.")


@pytest.mark.parametrize("words", [["search", "libya"], ["search", "x", "--json"], ["batch", "-"]])
def test_an_empty_index_says_that_it_is_empty(tmp_path: Path, words: list[str]) -> None:
    (tmp_path / "docs").mkdir()
    run("index", tmp_path / "docs", "--index", tmp_path / "index")
    ran = run(*words, "--index", tmp_path / "index", stdin="libya\n")
    assert (ran.code, ran.out) == (2, "")
    assert f"The index at {tmp_path / 'index'} is empty.\n  Fill it with `dalil index F" in ran.err


def test_a_type_that_no_document_has_is_named_with_those_that_there_are(index: Path) -> None:
    for words in (["libya", "--type", "doc"], ["libya", "type:doc"]):
        ran = run("search", *words, "--index", index)
        named = ran.err.partition("note: no document has the type doc; types are ")[2]
        assert set(named.splitlines()[0].split(", ")) == {"text", "markdown"}
    assert "no document has" not in run("search", "libya", "--type", "text", "--index", index).err


@pytest.mark.parametrize(
    ("query", "noted"),
    [
        ("author:smith", True), ("+from:me libya", True), ("title:x", False),
        ("https://x.org", False), ("12:30", False), ('"re:this"', False), ("said: this", False),
    ],
)  # fmt: skip
def test_a_word_that_looks_like_a_field_is_noted(index: Path, query: str, noted: bool) -> None:
    err = run("search", *query.split(" "), "--index", index).err
    assert ("is no field; fields are title, name, path, type," in err) is noted
    assert "is no field" not in run("search", query, "--plain", "--index", index).err


def test_a_query_in_the_wrong_keyboard_is_searched_with_a_note(index: Path) -> None:
    ran = run("search", "hg]fdfm", "-l", "--index", index)
    assert ran.out.endswith("b.md\n")
    assert "searched as الدبيبة, with the other keyboard; +hg]fdfm finds what was" in ran.err
    for options in (["--exact"], ["--plain"]):
        assert run("search", "hg]fdfm", *options, "-c", "--index", index).out == "0\n"
    assert run("search", "+hg]fdfm", "-c", "--index", index).out == "0\n"


# --- what the indexer prints ---------------------------------------------------------------------


def test_what_is_left_out_on_purpose_is_one_sentence(tmp_path: Path) -> None:
    docs = written(tmp_path / "docs", DOCS)
    ran = run("index", docs, "--index", tmp_path / "index")
    assert "3 left out on purpose (2 hidden, 1 ignored)." in ran.err
    assert "skipped" not in ran.err
    status = run("status", "--index", tmp_path / "index").out
    assert status.count("\nskipped ") == 3


def test_what_cannot_be_read_is_listed(tmp_path: Path) -> None:
    docs = written(tmp_path / "docs", {**DOCS, "x.docx": "no zip"})
    err = run("index", docs, "--index", tmp_path / "index").err
    listed = [line for line in err.splitlines() if line.startswith("skipped")]
    assert len(listed) == 1
    assert "x.docx: " in listed[0]


def test_what_cannot_be_read_is_yellow_on_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    print_warning("skipped a\x1b[2J: x")
    assert capsys.readouterr().err == "skipped a [2J: x\n"
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    print_warning("skipped a: x")
    assert capsys.readouterr().err == "\x1b[33mskipped a: x\x1b[0m\n"


def test_an_empty_folder_is_no_success(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    ran = run("index", tmp_path / "docs", "--index", tmp_path / "index")
    assert (ran.code, "There is nothing to read in " in ran.err) == (1, True)


def test_a_folder_that_may_not_be_read_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    docs = written(tmp_path / "docs", DOCS)
    scan = os.scandir

    def refused(path: Path) -> object:
        if str(path) == str(docs):
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refused)
    ran = run("index", docs, "--index", tmp_path / "index")
    assert ran.code == 2
    assert f"{docs} may not be opened: permission denied.\n  Check who may read it." in ran.err
    report = run("index", docs, "--json", "--index", tmp_path / "index")
    assert report.code == 2
    assert json.loads(report.out)["documents"] == 0


def test_the_version_needs_no_library() -> None:
    assert process("--version").out.startswith("dalil ")
