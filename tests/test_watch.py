"""``dalil watch``: the index follows its folders until it is stopped."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import Event, Thread

import pytest

from index import IndexWriter
from index.indexing import folder_watch
from index.indexing.folder_watch import FolderWatch
from index.store.catalog import Catalog
from index.store.directory import IndexDirectory
from search import Searcher
from tests.commands import command, environment, run, until


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of two documents, indexed at ``tmp_path / "index"``; a watch looks every 0.3 s."""
    monkeypatch.setattr(folder_watch, "QUIET_MS", 50)
    monkeypatch.setattr(folder_watch, "LOOK_MS", 300)
    folder = tmp_path / "docs"
    folder.mkdir()
    for name in ("alpha", "beta"):
        (folder / f"{name}.txt").write_text(f"railway {name}")
    with IndexWriter.open(tmp_path / "index") as writer:
        writer.add_path(folder)
    return folder


@contextmanager
def _watched(folder: Path) -> Iterator[list[str]]:
    """Watch in a thread while the block runs; the list has the counts of each report."""
    index, stop, seen = folder.parent / "index", Event(), list[str]()
    watch = FolderWatch(index, partial(IndexWriter.open, index), stop)

    def run_to_its_end() -> None:
        seen.extend(f"+{r.added} ~{r.updated} >{r.moved} -{r.removed}" for r in watch.reports())

    thread = Thread(target=run_to_its_end)
    thread.start()
    try:
        yield seen
    finally:
        stop.set()
        thread.join(20)
        assert not thread.is_alive()


def _found(folder: Path, query: str = "railway") -> list[str]:
    with Searcher.open(folder.parent / "index") as searcher:
        return sorted(Path(hit.path).name for hit in searcher.search(query, limit=100).hits)


def _until_found(folder: Path, *names: str, query: str = "railway") -> None:
    until(lambda: _found(folder, query) == sorted(names), lambda: f"{_found(folder, query)}")


def test_new_changed_moved_and_removed_files_are_followed(folder: Path) -> None:
    with _watched(folder):
        (folder / "gamma.txt").write_text("railway gamma")
        _until_found(folder, "alpha.txt", "beta.txt", "gamma.txt")
        (folder / "alpha.txt").write_text("harbour alpha")
        _until_found(folder, "beta.txt", "gamma.txt")
        (folder / "sub").mkdir()
        (folder / "beta.txt").rename(folder / "sub" / "delta.txt")
        _until_found(folder, "delta.txt", "gamma.txt")
        shutil.rmtree(folder / "sub")
        _until_found(folder, "gamma.txt")


def test_a_change_before_the_watch_began_is_read(folder: Path) -> None:
    (folder / "gamma.txt").write_text("railway gamma")
    with _watched(folder):
        _until_found(folder, "alpha.txt", "beta.txt", "gamma.txt")


def test_many_changes_at_once_are_few_commits(folder: Path) -> None:
    with _watched(folder) as seen:
        for number in range(300):
            (folder / f"{number}.txt").write_text(f"harbour {number}")
        with Searcher.open(folder.parent / "index") as searcher:

            def count() -> int:
                searcher.renew()
                return searcher.document_count

            until(lambda: count() == 302, lambda: f"{count()} documents after {seen}")
    assert len(seen) < 30


def test_what_is_ignored_stays_ignored(folder: Path) -> None:
    (folder / ".ignore").write_text("drafts/\n")
    with _watched(folder):
        (folder / "drafts").mkdir()
        (folder / "drafts" / "x.txt").write_text("railway draft")
        (folder / ".hidden.txt").write_text("railway hidden")
        (folder / "gamma.txt").write_text("railway gamma")
        _until_found(folder, "alpha.txt", "beta.txt", "gamma.txt")
        (folder / ".ignore").write_text("gamma.txt\n")
        _until_found(folder, "alpha.txt", "beta.txt", "x.txt")


def test_a_folder_that_goes_keeps_its_documents_and_is_watched_when_it_returns(
    folder: Path,
) -> None:
    away = folder.parent / "away"
    with _watched(folder):
        folder.rename(away)
        (away / "gamma.txt").write_text("railway gamma")
        assert _found(folder) == ["alpha.txt", "beta.txt"]
        away.rename(folder)
        _until_found(folder, "alpha.txt", "beta.txt", "gamma.txt")
        (folder / "delta.txt").write_text("railway delta")
        _until_found(folder, "alpha.txt", "beta.txt", "delta.txt", "gamma.txt")


def test_a_file_that_was_named_alone_is_followed_also_when_an_editor_replaces_it(
    folder: Path,
) -> None:
    single = folder.parent / "single.txt"
    single.write_text("railway single")
    with IndexWriter.open(folder.parent / "index") as writer:
        writer.add_path(single)
    with _watched(folder):
        new = folder.parent / "single.txt~"
        for word in ("harbour", "station"):
            new.write_text(f"{word} single")
            new.replace(single)
            _until_found(folder, "single.txt", query=word)
        assert _found(folder, "single") == ["single.txt"]  # nothing beside it


def test_an_idle_watch_reads_the_catalog_once_for_each_commit(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []
    last_catalog = IndexDirectory.last_catalog

    def counted(directory: IndexDirectory) -> Catalog:
        read.append(1)
        return last_catalog(directory)

    monkeypatch.setattr(IndexDirectory, "last_catalog", counted)
    with _watched(folder):
        Event().wait(1.5)  # five looks
        idle = len(read)
        with IndexWriter.open(folder.parent / "index") as writer:
            writer.add_path(_written_folder(folder.parent / "more"))
        (folder.parent / "more" / "delta.txt").write_text("railway delta")
        _until_found(folder, "alpha.txt", "beta.txt", "delta.txt", "gamma.txt")
    assert idle <= 3


def _written_folder(folder: Path) -> Path:
    folder.mkdir()
    (folder / "gamma.txt").write_text("railway gamma")
    return folder


def test_changes_wait_while_another_process_writes(folder: Path) -> None:
    with _watched(folder):
        directory = IndexDirectory.open(folder.parent / "index")
        until(lambda: _locked(directory), lambda: "the watch kept the lock")
        (folder / "gamma.txt").write_text("railway gamma")
        Event().wait(0.6)
        assert _found(folder) == ["alpha.txt", "beta.txt"]
        directory.unlock()
        _until_found(folder, "alpha.txt", "beta.txt", "gamma.txt")


def _locked(directory: IndexDirectory) -> bool:
    try:
        directory.lock()
    except Exception:
        return False
    return True


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 0)])
def test_a_signal_ends_the_command_and_what_was_committed_stays(
    folder: Path, number: int, code: int
) -> None:
    arguments = command("watch", "--index", folder.parent / "index")
    process = subprocess.Popen(
        arguments, stderr=subprocess.PIPE, text=True, env={**os.environ, **environment()}
    )
    try:
        assert process.stderr is not None
        assert "Ctrl-C ends it" in process.stderr.readline()
        (folder / "gamma.txt").write_text("railway gamma")
        _until_found(folder, "alpha.txt", "beta.txt", "gamma.txt")
        process.send_signal(number)
        assert process.wait(20) == code
    finally:
        process.kill()


def test_without_an_index_the_command_says_what_to_do(tmp_path: Path) -> None:
    ran = run("watch", "--index", tmp_path / "index")
    assert ran.code == 2
    assert "dalil index FOLDER" in ran.err


def test_a_search_does_not_import_the_watch() -> None:
    code = "import sys, search.cli.commands.search; print('watchfiles' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"
