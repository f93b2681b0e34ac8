"""Which files of a known folder are read again: by stamps, and by content where stamps may lie."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from index import IndexWriter
from index.extract.walk import Candidate
from index.indexing import change_detection, run, sync_plan
from index.indexing.change_detection import has_same_stamps, may_hide_change
from index.store.catalog import Catalog, FileState
from search import Searcher
from tests.commands import indexed, written
from tests.commands import run as dalil

SECOND = 10**9
OLD = 1_000_000_000 * SECOND
LINES = '{"id": "1", "text": "libya"}\n{"id": "2", "text": "oil"}\n'


class _Clock:
    """The clock by which files are examined, and the names of the files that were hashed."""

    def __init__(self) -> None:
        self.ahead = 0.0
        """Seconds before the clock of the system."""
        self.hashed: list[str] = []

    def time_ns(self) -> int:
        return time.time_ns() + int(self.ahead * SECOND)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> _Clock:
    clock, digest = _Clock(), sync_plan.digest

    def noting(path: Path) -> str:
        clock.hashed.append(path.name)
        return digest(path)

    monkeypatch.setattr("index.extract.walk.time_ns", clock.time_ns)
    monkeypatch.setattr(sync_plan, "digest", noting)
    return clock


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    docs = written(tmp_path / "docs", {"a.txt": "libya", "b.txt": "russia", "c.jsonl": LINES})
    for file in docs.iterdir():
        os.utime(file, ns=(OLD, OLD))
    return docs


def _found(index: Path, query: str) -> list[str]:
    with Searcher.open(index) as searcher:
        return sorted(Path(hit.path).name for hit in searcher.search(query).hits)


def _write_again(file: Path, old: str, new: str) -> None:
    """Replace a word by one of the same length, and set the time back."""
    status = file.stat()
    file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))


def _replace_file(file: Path, old: str, new: str) -> None:
    other = file.with_name("other")
    other.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
    os.utime(other, ns=(OLD, OLD))
    other.replace(file)


def _again(index: Path, docs: Path, *, checksum: bool = False) -> dict[str, int]:
    with IndexWriter.open(index, checksum=checksum) as writer:
        report = writer.add_path(docs)
    return {"updated": report.updated, "unchanged": report.unchanged}


@pytest.mark.parametrize("change", [_write_again, _replace_file])
@pytest.mark.parametrize(
    ("name", "hit"), [("a.txt", "a.txt"), ("c.jsonl", "c.jsonl#1")], ids=["text", "jsonl"]
)
def test_other_content_of_the_same_size_and_time_is_noticed(
    docs: Path, clock: _Clock, name: str, hit: str, change: Callable[[Path, str, str], None]
) -> None:
    index = indexed(docs)
    change(docs / name, "libya", "egypt")
    clock.ahead = 10
    assert _again(index, docs) == {"updated": 1, "unchanged": 2}
    assert _found(index, "egypt") == [hit]


def test_new_attributes_of_a_file_do_not_read_it_again(docs: Path, clock: _Clock) -> None:
    clock.ahead = 10
    index = indexed(docs)
    (docs / "a.txt").chmod(0o600)
    os.link(docs / "c.jsonl", docs.with_name("d.jsonl"))
    assert _again(index, docs) == {"updated": 0, "unchanged": 3}
    clock.hashed.clear()
    clock.ahead = 20
    assert _again(index, docs) == {"updated": 0, "unchanged": 3}
    assert clock.hashed == []


def test_files_that_were_new_when_read_are_hashed_once_and_then_settled(
    docs: Path, clock: _Clock
) -> None:
    index = indexed(docs)
    hashed = []
    for ahead in (3, 6, 9):
        clock.hashed.clear()
        clock.ahead = ahead
        assert _again(index, docs) == {"updated": 0, "unchanged": 3}
        hashed.append(sorted(clock.hashed))
    assert hashed == [["a.txt", "b.txt", "c.jsonl"], [], []]


def test_a_change_within_the_tick_of_the_clock_is_noticed(
    docs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file system with stamps of two seconds gives both versions the same."""
    stamp = time.time_ns()
    ns = {"mtime_ns": stamp, "ctime_ns": stamp, "inode": 7}

    def coarse(path: Path, root: Path, status: os.stat_result, examined_ns: int) -> Candidate:
        return Candidate(path, root, status.st_size, **ns, examined_ns=examined_ns)

    monkeypatch.setattr("index.extract.walk._candidate", coarse)
    monkeypatch.setattr(change_detection, "_is_as_examined", lambda file: True)
    index = indexed(docs)
    (docs / "a.txt").write_text("egypt")
    written(docs, {"c.jsonl": LINES.replace("oil", "gas")})
    assert _again(index, docs) == {"updated": 2, "unchanged": 1}
    assert _found(index, "egypt") == ["a.txt"]
    assert _found(index, "gas") == ["c.jsonl#2"]


def test_a_time_in_the_future_is_hashed_once_when_the_clock_has_reached_it(
    docs: Path, clock: _Clock
) -> None:
    clock.ahead = 10
    in_an_hour = time.time_ns() + 3600 * SECOND
    os.utime(docs / "a.txt", ns=(in_an_hour, in_an_hour))
    index = indexed(docs)
    hashed = []
    for ahead in (20, 1800, 3700, 3800):
        clock.hashed.clear()
        clock.ahead = ahead
        assert _again(index, docs) == {"updated": 0, "unchanged": 3}
        hashed.append([*clock.hashed])
    # The file was last examined before its own time: only then can that time come again.
    assert hashed == [[], [], ["a.txt"], []]


def test_after_the_clock_went_back_each_file_is_hashed_once(docs: Path, clock: _Clock) -> None:
    clock.ahead = 86_400
    index = indexed(docs)
    clock.ahead = 10
    _again(index, docs)
    assert sorted(clock.hashed) == ["a.txt", "b.txt", "c.jsonl"]
    clock.hashed.clear()
    clock.ahead = 20
    _again(index, docs)
    assert clock.hashed == []


def test_a_state_of_an_older_catalog_counts_by_size_and_time(
    docs: Path, clock: _Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "state_of_read_file", lambda state, file: state)
    index = indexed(docs)
    _write_again(docs / "a.txt", "libya", "egypt")
    assert _again(index, docs) == {"updated": 0, "unchanged": 3}
    assert clock.hashed == []
    assert _again(index, docs, checksum=True) == {"updated": 1, "unchanged": 2}


def test_a_catalog_without_the_new_fields_is_read() -> None:
    state = FileState("/r", 3, 17, "ab", 1, "utf-8")
    text = Catalog(files={"/r/a": state}).to_lines()
    assert Catalog.from_lines(text).files == {"/r/a": state}
    file = Candidate(Path("/r/a"), Path("/r"), 3, 17, 5, 6, 7)
    assert has_same_stamps(state, file)
    assert not may_hide_change(state, 18)


def test_checksum_hashes_all_files_and_reads_those_that_differ(docs: Path, clock: _Clock) -> None:
    clock.ahead = 10
    index = indexed(docs)
    before = {path.name for path in index.iterdir()}
    ran = dalil("index", docs, "--checksum", "--index", index)
    assert "Nothing has changed" in ran.err
    assert sorted(clock.hashed) == ["a.txt", "b.txt", "c.jsonl"]
    assert {path.name for path in index.iterdir()} == before
    _write_again(docs / "c.jsonl", "libya", "egypt")
    ran = dalil("index", docs, "--checksum", "--dry-run", "--index", index)
    assert ran.out == f"update\t{docs / 'c.jsonl'}\n"
    assert _again(index, docs, checksum=True) == {"updated": 1, "unchanged": 2}


def test_a_streamed_file_that_is_written_while_it_is_read_is_read_again(
    docs: Path, clock: _Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its digest is taken after its lines: it may be that of lines that were never read."""
    take, file = run.state_of_read_file, docs / "c.jsonl"

    def late(state: FileState, candidate: Candidate) -> FileState:
        if candidate.path == file:
            written(docs, {"c.jsonl": LINES.replace("libya", "egypt")})
            state = replace(state, sha256=sync_plan.digest(file))
        return take(state, candidate)

    with monkeypatch.context() as patched:
        patched.setattr(run, "state_of_read_file", late)
        index = indexed(docs)
    assert _found(index, "libya") == ["a.txt", "c.jsonl#1"]
    clock.ahead = 10
    assert _again(index, docs) == {"updated": 1, "unchanged": 2}
    assert _found(index, "egypt") == ["c.jsonl#1"]
