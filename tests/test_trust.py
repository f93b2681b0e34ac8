"""An index from someone else: searched, while its files, history and aliases are left alone."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from unittest.mock import patch

import pytest

from index.store import trust
from index.store.layout import ALIASES, HISTORY
from search import Searcher
from tests.commands import indexed, run, written
from tests.piloted import played, screen

HOSTILE = [
    "-c:!touch owned", "+!touch owned", "|touch owned", "http://example.org/x",
    "file:///etc/passwd", "notes.txt", "../notes.txt", "{root}/../other/a.txt", "{root}/pipe",
    "/dev/zero", "/proc/self/environ", "{root}/out", "{root}/a\nb.txt", "%s", "~/a.txt",
    "a.txt:1:2", "{root}/a\0b", "{root}/" + "x" * 5000, "{root}/folder", "{root}/missing.txt",
    "{other}/a.txt", "", "mailto:a@example.org", "--version", "{root}/a\x1b.txt",
]  # fmt: skip


@pytest.fixture
def foreign(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An index that another user made: this one's records begin after it was unpacked."""
    index = indexed(written(tmp_path / "docs", {"a.txt": "oil and pipelines"}))
    (index / HISTORY).write_text("theirs\n", "utf-8")
    (index / ALIASES).write_text("petrol = oil\n", "utf-8")
    here = tmp_path / "data"
    (here / "dalil").mkdir(parents=True)
    since = here / "dalil" / "since"
    since.touch()
    os.utime(since, (0, 0))
    monkeypatch.setenv("XDG_DATA_HOME", str(here))
    return index


@pytest.mark.parametrize("path", HOSTILE)
def test_a_hostile_path_is_no_document(tmp_path: Path, path: str) -> None:
    root = written(tmp_path / "root", {"folder/a.txt": "a", "a\nb.txt": "b"})
    other = written(tmp_path / "other", {"a.txt": "a"})
    os.mkfifo(root / "pipe")
    (root / "out").symlink_to(other / "a.txt")
    stored = path.replace("{root}", str(root)).replace("{other}", str(other))
    assert not trust.is_document(stored, (str(root),))


def test_a_path_that_fails_by_its_name_is_not_touched() -> None:
    with patch.object(os, "lstat", side_effect=AssertionError):
        assert not trust.is_document("/elsewhere/a.txt", ("/root",))
        assert not trust.is_document("/proc/self/environ", ("/",))
        assert not trust.is_document("/root/a.txt", None)


def test_files_of_a_foreign_index_are_not_looked_at(foreign: Path) -> None:
    asked: list[str] = []
    real = os.stat

    def stat(path: object, *rest: object, **named: object) -> object:
        asked.append(str(path))
        return real(path, *rest, **named)  # type: ignore[arg-type]

    with patch.object(os, "stat", stat):
        for words in (["search", "oil"], ["status"], ["show", "a"]):
            run(*words, "--index", foreign)
    docs = str(foreign.with_name("docs"))
    assert not [path for path in asked if path.startswith(docs + os.sep) or path == docs]


def test_a_foreign_index_is_searched_without_its_aliases_until_it_is_trusted(foreign: Path) -> None:
    ran = run("search", "petrol", "--index", foreign)
    assert ran.code == 1
    assert "foreign index" in ran.err
    ran = run("trust", foreign)
    assert (ran.code, ran.out.strip()) == (0, str(foreign.with_name("docs").resolve()))
    ran = run("search", "petrol", "--index", foreign)
    assert ran.code == 0
    assert "foreign" not in ran.err


def test_a_foreign_index_is_not_refreshed_from_its_own_roots(foreign: Path) -> None:
    for words in (["index"], ["index", "--rebuild"], ["index", "--dry-run"]):
        ran = run(*words, "--index", foreign)
        assert ran.code != 0
        assert "not indexed here" in ran.err


def test_an_index_with_one_more_root_becomes_foreign(tmp_path: Path) -> None:
    index = indexed(written(tmp_path / "docs", {"a.txt": "oil"}))
    with patch.object(trust, "stored_roots", return_value=[str(tmp_path / "docs"), "/"]):
        assert trust.own_roots(index) is None
    assert trust.own_roots(index) == (str((tmp_path / "docs").resolve()),)


def test_an_index_from_before_the_records_becomes_the_users_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = indexed(written(tmp_path / "docs", {"a.txt": "oil"}))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    with Searcher.open(index) as searcher:
        assert searcher.roots is not None
    records = list((tmp_path / "data/dalil/indexes").iterdir())
    assert [file.stat().st_mode & 0o777 for file in records] == [0o600]


@played
async def test_the_screen_says_that_an_index_is_foreign_and_opens_nothing(foreign: Path) -> None:
    async with screen(foreign) as on:
        await on.ask("oil")
        assert f"foreign index: dalil trust {foreign.name}" in on.text
        with (
            patch.object(subprocess, "run", side_effect=AssertionError),
            patch.object(subprocess, "Popen", side_effect=AssertionError),
        ):
            await on.press("enter", "e", "o")
        assert "not opened: foreign index" in on.text
    assert (foreign / HISTORY).read_text("utf-8") == "theirs\n"
