"""The folder of an index: whose it is, what damage does to it, and who may write."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import pytest
from commands import indexed, run, written

from index.errors import (
    DalilError,
    IndexCorrupt,
    IndexForeign,
    IndexLocked,
    IndexMissing,
    IndexOutdated,
)
from index.indexing.writer import IndexWriter
from index.schema import SCHEMA_VERSION
from index.store.directory import IndexDirectory
from search.searcher import Searcher


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    return written(tmp_path / "docs", {"a.txt": "Libya and Russia", "b.txt": "مصر والسودان"})


@pytest.fixture
def made(docs: Path) -> Path:
    return indexed(docs)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes."""
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def only(folder: Path, pattern: str) -> Path:
    (found,) = folder.glob(pattern)
    return found


# --- whose folder it is --------------------------------------------------------------

FOREIGN: dict[str, dict[str, str]] = {
    "a text": {"notes.txt": "mine"},
    "another Whoosh index": {"_MAIN_1.toc": "x", "MAIN_abc.seg": "x", "MAIN_WRITELOCK": ""},
    "another program's dalil.json": {"dalil.json": '{"name": "dalil"}', "catalog-1.json": "{}"},
    "a list called dalil.json": {"dalil.json": "[1]"},
    "a broken dalil.json beside a text": {"dalil.json": "{", "thesis.doc": "x"},
    "aliases alone": {"aliases.txt": "x"},
}


@pytest.mark.parametrize("files", FOREIGN.values(), ids=FOREIGN)
@pytest.mark.parametrize("option", [(), ("--rebuild",)], ids=["plain", "rebuild"])
def test_a_folder_of_someone_else_is_never_written_to(
    tmp_path: Path, docs: Path, files: dict[str, str], option: tuple[str, ...]
) -> None:
    theirs = written(tmp_path / "theirs", files)
    theirs.chmod(0o755)
    before = contents(theirs)
    ran = run("index", docs, "--index", theirs, *option)
    assert ran.code == 2
    assert "is not an index of Dalil" in ran.err
    assert contents(theirs) == before
    assert stat.S_IMODE(theirs.stat().st_mode) == 0o755


def test_a_file_is_no_index(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("x")
    with pytest.raises(IndexForeign):
        IndexDirectory.open(file)


@pytest.mark.parametrize("make", [lambda p: None, Path.mkdir], ids=["nothing", "empty folder"])
def test_where_nothing_is_an_index_is_missing(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path / "x")
    with pytest.raises(IndexMissing) as caught:
        IndexDirectory.open(tmp_path / "x")
    assert "dalil index FOLDER" in caught.value.hint


def test_a_run_that_was_killed_before_its_marker_was_named_can_start_again(
    tmp_path: Path,
) -> None:
    written(tmp_path / "x", {"dalil.json.new": '{"form'})
    with IndexWriter.open(tmp_path / "x"):
        pass
    assert IndexDirectory.open(tmp_path / "x").snapshot().catalog.whole.files == {}


# --- versions ------------------------------------------------------------------------


@pytest.mark.parametrize("version", [0, SCHEMA_VERSION + 1, None, "one"])
def test_an_index_of_another_version_says_how_to_rebuild_and_rebuilding_works(
    tmp_path: Path, docs: Path, version: object
) -> None:
    with (
        patch("index.store.toc.SCHEMA_VERSION", version),
        patch("index.store.directory.SCHEMA_VERSION", version),
    ):
        made = indexed(docs)
    with pytest.raises(IndexOutdated, match="schema version") as caught:
        Searcher.open(made)
    assert "dalil index --rebuild FOLDER" in caught.value.hint
    assert run("search", "libya", "--index", made).code == 2
    assert run("index", docs, "--index", made).code == 2
    assert run("index", "--rebuild", docs, "--index", made, "-q").code == 0
    assert run("search", "libya", "-l", "--index", made).out.endswith("a.txt\n")


def test_rebuilding_without_a_path_takes_the_known_folders(made: Path) -> None:
    assert run("index", "--rebuild", "--index", made, "-q").code == 0
    assert run("search", "مصر", "-c", "--index", made).out == "1\n"


def test_rebuilding_from_what_is_not_there_keeps_the_index(made: Path, docs: Path) -> None:
    before = contents(made)
    ran = run("index", "--rebuild", docs / "typo", "--index", made)
    assert (ran.code, "There is no file or folder" in ran.err) == (2, True)
    docs.rename(docs.with_name("moved"))
    ran = run("index", "--rebuild", "--index", made)
    assert (ran.code, "There is no file or folder" in ran.err) == (2, True)
    assert contents(made) == before


def test_rebuilding_keeps_the_aliases_and_whatever_else_is_not_ours(made: Path, docs: Path) -> None:
    written(made, {"aliases.txt": "x = y", "catalog-of-books.txt": "b", "MAIN": "c"})
    assert run("index", "--rebuild", docs, "--index", made, "-q").code == 0
    assert {"aliases.txt", "catalog-of-books.txt", "MAIN"} <= {p.name for p in made.iterdir()}


# --- damage --------------------------------------------------------------------------


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def garble(path: Path) -> None:
    """As many bytes, others."""
    path.write_bytes(bytes(byte ^ 0xFF for byte in path.read_bytes()))


DAMAGE: dict[str, tuple[str, Callable[[Path], object]]] = {
    "a segment cut short": ("MAIN_*.*", cut),
    "a segment gone": ("MAIN_*.*", Path.unlink),
    "a segment emptied": ("MAIN_*.*", lambda p: p.write_bytes(b"")),
    "a catalog cut short": ("catalog-*", cut),
    "a catalog garbled": ("catalog-*", garble),
    "a catalog gone": ("catalog-*", Path.unlink),
    "a table of contents cut short": ("_MAIN_*.toc", cut),
    "a table of contents garbled": ("_MAIN_*.toc", garble),
    "a table of contents emptied": ("_MAIN_*.toc", lambda p: p.write_bytes(b"")),
    "a marker emptied": ("dalil.json", lambda p: p.write_bytes(b"")),
    "a marker cut short": ("dalil.json", cut),
    "a marker garbled": ("dalil.json", garble),
}


@pytest.mark.parametrize(("pattern", "damage"), DAMAGE.values(), ids=DAMAGE)
def test_damage_gives_a_message_and_rebuilding_mends_it(
    made: Path, docs: Path, pattern: str, damage: Callable[[Path], object]
) -> None:
    damage(only(made, pattern))
    with pytest.raises(IndexCorrupt) as caught:
        Searcher.open(made)
    assert "dalil index --rebuild FOLDER" in caught.value.hint
    for arguments in (["search", "libya"], ["index", docs], ["index"], ["status", "--verify"]):
        ran = run(*arguments, "--index", made)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.startswith("dalil: ")
        assert "Traceback" not in ran.err
    assert run("index", "--rebuild", docs, "--index", made, "-q").code == 0
    assert run("status", "--verify", "--index", made).code == 0
    assert run("search", "libya", "-c", "--index", made).out == "1\n"


def test_verify_finds_one_flipped_bit_anywhere(made: Path) -> None:
    assert "every checksum is right" in run("status", "--verify", "--index", made).out
    for file in (*made.glob("MAIN_*.*"), *made.glob("_MAIN_*"), *made.glob("catalog-*")):
        data = file.read_bytes()
        for place in {0, len(data) // 3, len(data) // 2, len(data) - 1}:
            file.write_bytes(data[:place] + bytes([data[place] ^ 4]) + data[place + 1 :])
            ran = run("status", "--verify", "--index", made)
            assert (ran.code, ran.out) == (2, ""), (file.name, place)
        file.write_bytes(data)
    assert run("status", "--verify", "--index", made).code == 0


def test_a_flipped_byte_in_a_segment_never_ends_in_a_traceback(made: Path) -> None:
    segment = only(made, "MAIN_*.*")
    data = segment.read_bytes()
    for place in range(0, len(data), max(1, len(data) // 60)):
        segment.write_bytes(data[:place] + bytes([data[place] ^ 0x55]) + data[place + 1 :])
        try:
            with Searcher.open(made) as searcher:
                searcher.search("libya مصر russ*")
        except DalilError:
            pass


# --- one writer, many readers ----------------------------------------------------------


def test_a_second_writer_is_asked_to_wait_and_searching_goes_on(made: Path, docs: Path) -> None:
    with IndexWriter.open(made):
        with pytest.raises(IndexLocked, match="Another process"):
            IndexWriter.open(made)
        for arguments in (["index", docs], ["index", "--rebuild", docs], ["forget", docs]):
            ran = run(*arguments, "--index", made)
            assert ran.code == 2
            assert "Another process is writing" in ran.err
        assert run("search", "libya", "-c", "--index", made).out == "1\n"
        assert run("index", docs, "--dry-run", "--index", made).code == 0
    with IndexWriter.open(made) as writer:
        assert writer.add_path(docs).unchanged == 2


def test_a_writer_keeps_the_lock_between_its_commits(made: Path, docs: Path) -> None:
    with IndexWriter.open(made) as writer:
        written(docs, {"c.txt": "Moscow"})
        writer.add_path(docs)
        with pytest.raises(IndexLocked):
            IndexWriter.open(made)


def test_a_reader_keeps_its_snapshot_while_a_writer_commits(made: Path, docs: Path) -> None:
    with Searcher.open(made) as before:
        (docs / "a.txt").unlink()
        written(docs, {"c.txt": "Libya again and again"})
        assert run("index", docs, "--index", made, "-q").code == 0
        assert [Path(hit.path).name for hit in before.search("libya").hits] == ["a.txt"]
    with Searcher.open(made) as after:
        assert [Path(hit.path).name for hit in after.search("libya").hits] == ["c.txt"]


# --- what lies there -------------------------------------------------------------------


def test_the_index_is_for_its_owner_alone(made: Path, docs: Path) -> None:
    with IndexWriter.open(made) as writer:
        for name in ("index of an open writer", "index after a run"):
            assert stat.S_IMODE(made.stat().st_mode) == 0o700
            modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in made.iterdir() if p.is_file()}
            assert set(modes.values()) == {0o600}, (name, modes)
            written(docs, {"c.txt": "Moscow"})
            writer.add_path(docs)


def test_an_empty_folder_that_others_may_read_is_closed_to_them(tmp_path: Path) -> None:
    folder = tmp_path / "x"
    folder.mkdir(mode=0o755)
    with IndexWriter.open(folder):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_run_leaves_only_the_files_of_its_commit(made: Path, docs: Path) -> None:
    for text in ("Moscow", "Tripoli"):
        written(docs, {"c.txt": text})
        run("index", docs, "--index", made, "-q")
        run("index", docs, "--index", made, "-q")
        run("index", docs, "--index", made, "--dry-run")
    catalog = IndexDirectory.open(made).snapshot().catalog
    names = {path.name for path in made.iterdir()}
    (listed,) = (name for name in names if name.startswith("catalog-"))
    assert names == {*catalog.checksums, listed, "dalil.json", "MAIN_WRITELOCK"}


def test_a_folder_that_may_not_be_written_gives_a_message(docs: Path, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    if os.access(closed, os.W_OK):
        pytest.skip("the superuser may write anywhere")
    ran = run("index", docs, "--index", closed / "x")
    assert ran.code == 2
    assert "cannot be written" in ran.err


def test_a_path_that_cannot_be_a_folder_gives_a_message(docs: Path) -> None:
    ran = run("index", docs, "--index", docs / "a.txt" / "x")
    assert ran.code == 2
    assert "cannot be written" in ran.err
