"""An index from someone else: searched, while its files, history and aliases are left alone."""

from __future__ import annotations

import os
import stat
import subprocess
from pathlib import Path
from unittest.mock import patch

import pytest

from index import IndexWriter
from index.indexing.run import IndexingRun
from index.store import trust
from index.store.directory import IndexDirectory
from index.store.layout import ALIASES, HISTORY, MARKER
from search import Searcher
from tests.commands import indexed, run, written
from tests.piloted import played, screen

HOSTILE = [
    "-c:!touch owned", "+!touch owned", "|touch owned", "http://example.org/x",
    "file:///etc/passwd", "notes.txt", "../notes.txt", "{root}/../other/a.txt", "{root}/pipe",
    "/dev/zero", "/proc/self/environ", "{root}/out", "{root}/a\nb.txt", "%s", "~/a.txt",
    "a.txt:1:2", "{root}/a\0b", "{root}/" + "x" * 5000, "{root}/folder", "{root}/missing.txt",
    "{root}/caf\udce9.txt",
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


@pytest.mark.parametrize("rebuild", [(), ("--rebuild",)], ids=["update", "rebuild"])
def test_a_foreign_index_is_not_written_to(foreign: Path, rebuild: tuple[str, ...]) -> None:
    mine = written(foreign.parent / "mine", {"b.txt": "a private note"})
    before = {file.name: file.read_bytes() for file in foreign.iterdir()}
    for words in (["index", mine, *rebuild], ["forget", foreign.with_name("docs")]):
        ran = run(*words, "--index", foreign)
        assert ran.code == 2
        assert f"`dalil trust {foreign}`" in ran.err
    assert {file.name: file.read_bytes() for file in foreign.iterdir()} == before
    assert run("trust", foreign).code == 0
    assert run("index", mine, *rebuild, "--index", foreign).code == 0
    assert run("forget", mine, "--index", foreign).code == 0


def test_a_foreign_index_without_folders_is_not_written_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = indexed(written(tmp_path / "docs", {"a.txt": "oil"}))
    with IndexWriter.open(index) as writer:
        writer.catalog.roots = []
        writer._transaction._commit()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert (trust.stored_roots(index), trust.is_foreign(index)) == ([], True)


def test_a_new_an_empty_and_an_emptied_index_are_written_to(tmp_path: Path) -> None:
    docs, index = written(tmp_path / "docs", {"a.txt": "oil"}), tmp_path / "index"
    IndexDirectory.create(index)
    for _ in range(2):
        assert run("index", docs, "--index", index).code == 0
        assert run("forget", docs, "--index", index).code == 0


def test_a_moved_index_is_written_to_once_it_is_trusted(tmp_path: Path) -> None:
    docs = written(tmp_path / "docs", {"a.txt": "oil"})
    moved = indexed(docs).rename(tmp_path / "moved")
    assert run("index", "--index", moved).code == 2
    assert run("trust", moved).code == 0
    assert run("index", "--index", moved).code == 0


def test_without_a_place_for_records_the_users_own_index_is_written_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(written(tmp_path, {"file": ""}) / "file"))
    docs, index = written(tmp_path / "docs", {"a.txt": "oil"}), tmp_path / "index"
    for _ in range(2):
        assert run("index", docs, "--index", index).code == 0
    index.chmod(0o777)
    assert run("index", docs, "--index", index).code == 2


def test_a_folder_is_recorded_before_a_commit_names_it(tmp_path: Path) -> None:
    """Else a run that is killed in between would leave an index that counts as foreign."""
    index = indexed(written(tmp_path / "docs", {"a.txt": "oil"}))
    more = written(tmp_path / "more", {"b.txt": "gas"})
    with (
        IndexWriter.open(index) as writer,
        patch.object(IndexingRun, "begin", side_effect=KeyboardInterrupt),
        pytest.raises(KeyboardInterrupt),
    ):
        writer.add_path(more)
    assert str(more.resolve()) in (trust.own_roots(index) or ())


@pytest.mark.parametrize("which", ["index", "marker", "root", "writable root", "linked root"])
def test_an_older_index_of_which_a_part_is_not_the_users_is_foreign(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, which: str
) -> None:
    docs = written(tmp_path / "docs", {"a.txt": "oil"}).resolve()
    index = indexed(docs)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    others = {"index": index, "marker": index / MARKER, "root": docs}.get(which)
    if which == "writable root":
        docs.chmod(0o777)
    elif which == "linked root":
        docs.rename(docs.with_name("real"))
        docs.symlink_to("real")
    lstat = os.lstat

    def of_others(path: str | Path) -> os.stat_result:
        status = [*lstat(path)]
        if Path(path) == others:
            status[stat.ST_UID] = os.getuid() + 1
        return os.stat_result(status)

    with patch.object(os, "lstat", of_others):
        assert trust.own_roots(index) is None
        assert trust.is_foreign(index)


def test_folders_of_the_system_are_not_the_administrators_own_because_root_owns_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = indexed(written(tmp_path / "docs", {"a.txt": "oil"}))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setattr(trust, "_belongs_to_user", lambda *_: True)
    for user, adopted in ((0, False), (1000, True)):
        monkeypatch.setattr(os, "getuid", lambda user=user: user)
        assert trust._is_older_and_own(index, ["/etc"]) == adopted
        assert trust._is_older_and_own(index, [str(tmp_path)])


def test_a_file_that_is_replaced_after_the_check_is_not_the_same(tmp_path: Path) -> None:
    root = written(tmp_path / "root", {"a.txt": "a", "b.txt": "b"})
    path, roots = str(root / "a.txt"), (str(root),)
    with trust.open_document(path, roots) or pytest.fail("no document") as file:
        assert trust.is_still(file, path, roots)
        (root / "b.txt").replace(path)
        assert not trust.is_still(file, path, roots)
        Path(path).unlink()
        Path(path).symlink_to("/etc/passwd")
        assert not trust.is_still(file, path, roots)
        Path(path).unlink()
        assert not trust.is_still(file, path, roots)


def test_a_fifo_that_takes_the_place_of_a_file_is_not_waited_for(tmp_path: Path) -> None:
    root = written(tmp_path / "root", {"a.txt": "a"})
    os.mkfifo(root / "pipe")
    with patch.object(trust, "is_document", return_value=True):
        assert trust.open_document(str(root / "pipe"), (str(root),)) is None


def test_what_is_behind_a_link_is_not_examined(tmp_path: Path) -> None:
    root, other = (
        written(tmp_path / "root", {"a.txt": "a"}),
        written(tmp_path / "o", {"b.txt": "b"}),
    )
    (root / "out").symlink_to(other / "b.txt")
    (root / "folder").symlink_to(other)
    asked, lstat = [], os.lstat

    def asking(path: str) -> os.stat_result:
        asked.append(str(path))
        return lstat(path)

    with patch.object(os, "lstat", asking):
        for name in ("out", "folder/b.txt"):
            assert not trust.is_document(f"{root}/{name}", (str(root),))
    assert asked
    assert not [path for path in asked if path.startswith(str(other))]
    assert str(root / "folder" / "b.txt") not in asked


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


def test_roots_of_a_commit_that_another_takes_the_place_of_are_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    docs = written(tmp_path / "docs", {"a.txt": "oil"})
    index = indexed(docs)
    generations = [trust.latest_generation(index) - 1, trust.latest_generation(index)]
    monkeypatch.setattr(trust, "latest_generation", lambda _: generations.pop(0))
    assert trust.own_roots(index) == (str(docs.resolve()),)
