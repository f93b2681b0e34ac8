"""Names of files and of their folders are words that are found, below those of the title."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from commands import PROJECT, indexed, run, written
from hypothesis import given
from hypothesis import strategies as st

from index.schema import filename_span, filename_words

FILES = {
    "عقد إيجار برج الصنوبر 2019.txt": "نص عن أمر آخر",
    "Sarraj_letter_2016-03-12.txt": "another matter",
    "محضر السفارة/p1.txt": "a third matter",
    "wire.jsonl": '{"id": "1", "text": "first wire"}\n',
    "empty-Misrata.txt": "",
    "titled/a.md": "# Benghazi\n\na fourth matter\n",
    "Benghazi/b.md": "# Tobruk\n\na fifth matter\n",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return indexed(written(tmp_path_factory.mktemp("home") / "docs", FILES))


def found(index: Path, *query: str) -> list[str]:
    """Return the names of the files that a search finds, the best first."""
    ran = run("search", *query, "--json", "--index", index)
    return [Path(hit["path"]).name for hit in json.loads(ran.out)["hits"]]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("صنوبر", "عقد إيجار برج الصنوبر 2019.txt"),
        ("برج الصنوبر", "عقد إيجار برج الصنوبر 2019.txt"),
        ('"برج الصنوبر"', "عقد إيجار برج الصنوبر 2019.txt"),
        ("Sarraj", "Sarraj_letter_2016-03-12.txt"),
        ("السراج", "Sarraj_letter_2016-03-12.txt"),
        ("letters", "Sarraj_letter_2016-03-12.txt"),
        ("lett*", "Sarraj_letter_2016-03-12.txt"),
        ("سفارة", "p1.txt"),
        ("Misrata", "empty-Misrata.txt"),
    ],
)
def test_a_file_is_found_by_the_words_of_its_name_and_its_folders(
    index: Path, query: str, name: str
) -> None:
    assert found(index, query) == [name]


def test_a_word_of_the_name_weighs_less_than_one_of_the_title(index: Path) -> None:
    assert found(index, "benghazi") == ["a.md", "b.md"]
    assert found(index, "title:benghazi") == ["a.md"]


def test_the_name_of_a_file_of_lines_is_not_that_of_its_documents(index: Path) -> None:
    assert found(index, "wire") == ["wire.jsonl#1"]
    assert (
        json.loads(run("search", "wire", "--json", "--index", index).out)["hits"][0]["path_spans"]
        == []
    )


def test_hyphens_of_a_name_are_spaces_and_make_no_word_that_is_suggested(tmp_path: Path) -> None:
    docs = written(tmp_path / "docs", {"zuwara-inspection-2016-03-12.txt": "x"})
    index = indexed(docs)
    assert found(index, "zuwara inspection") == found(index, '"zuwara inspection"')
    assert found(index, "2016-03-12") == ["zuwara-inspection-2016-03-12.txt"]
    assert "zuwarainspection" not in run("search", "zzqqxx", "--index", index).err


def test_folders_above_the_one_that_is_indexed_and_suffixes_do_not_count(index: Path) -> None:
    assert found(index, "home") == found(index, "docs") == found(index, "txt") == []


def test_the_words_are_marked_in_the_name(index: Path) -> None:
    hit = json.loads(run("search", "سراج", "--json", "--index", index).out)["hits"][0]
    assert [hit["path"][start:end] for start, end in hit["path_spans"]] == ["Sarraj"]
    assert [match["kind"] for match in hit["matched"]] == ["name"]


def test_a_file_without_text_is_a_line_of_its_own(index: Path) -> None:
    ran = run("search", "Misrata", "--index", index)
    assert ran.out.endswith("empty-Misrata.txt:1: \n")


PATHS = st.text(min_size=1).map(lambda name: "/root/" + name)


@given(PATHS, st.sampled_from(["/", "/root", "/root/", "/other"]))
def test_words_stand_where_they_stand_in_the_path(path: str, root: str) -> None:
    begin, end = filename_span(path, root)
    assert 0 <= begin <= end <= len(path)
    words = filename_words(path, (begin, end))
    assert len(words) == end - begin
    assert all(word in (there, " ") for word, there in zip(words, path[begin:], strict=False))


# --- names that are not UTF-8 -----------------------------------------------------------------

OLD = "تقرير"
"""The name of a file and of its folder, on a Windows of old."""


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of a folder from an archive that was made on an Arabic Windows."""
    docs = tmp_path_factory.mktemp("old")
    name = OLD.encode("windows-1256")
    folder = docs / os.fsdecode(name)
    try:
        folder.mkdir()
    except OSError:
        pytest.skip("this system has no such names")
    (folder / os.fsdecode(name + b".txt")).write_text("وصل الوفد إلى طرابلس", "utf-8")
    return indexed(docs)


def test_a_file_whose_name_is_not_utf8_is_read_and_its_name_shown(old: Path) -> None:
    ran = run("search", "طرابلس", "--index", old)
    assert (ran.code, ran.err) == (0, "")
    assert f"{OLD}/{OLD}.txt:1: " in ran.out
    assert found(old, OLD) == found(old, f"path:*{OLD}*", "طرابلس") == [f"{OLD}.txt"]
    assert "skipped" not in run("status", "--index", old).out


def test_the_bytes_of_such_a_name_are_kept(old: Path) -> None:
    hit = json.loads(run("search", OLD, "--json", "--index", old).out)["hits"][0]
    assert hit["path"].endswith(f"/{OLD}/{OLD}.txt")
    assert hit["state"] == "current"
    path = bytes.fromhex(hit["path_bytes"])
    assert path.endswith(OLD.encode("windows-1256") + b".txt")
    assert Path(os.fsdecode(path)).is_file()
    assert [hit["path"][start:end] for start, end in hit["path_spans"]] == [OLD, OLD]


def test_a_program_gets_the_bytes_of_such_a_name(old: Path) -> None:
    program = [sys.executable, "-m", "search", "search", OLD, "-0", "--index", str(old)]
    ran = subprocess.run(program, capture_output=True, check=True, cwd=PROJECT)
    assert Path(os.fsdecode(ran.stdout.removesuffix(b"\0"))).is_file()


def test_show_takes_the_name_as_it_is_shown(old: Path) -> None:
    path = json.loads(run("search", OLD, "--json", "--index", old).out)["hits"][0]["path"]
    assert run("show", path, "--index", old).out == "وصل الوفد إلى طرابلس\n"


def test_a_second_run_reads_nothing(old: Path) -> None:
    assert run("index", "--index", old).err.startswith("Nothing has changed")
