"""A run of the indexer: the files it reads, keeps, moves and drops, and its report."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from commands import indexed, run, written
from extracted import in_this_process
from hypothesis import given
from hypothesis import strategies as st

from index import IndexReport, IndexWriter, extract
from index.codec.chunk_table import ChunkTable
from index.codec.piece_table import PieceTable
from index.document import Document, Skipped
from index.errors import BadOption, NotFound, StorageFailed, WorkerLost
from index.extract import jsonl
from index.extract.walk import Candidate
from index.indexing import segment_batch as batch
from index.indexing import worker_pool
from index.indexing.report import Progress
from index.indexing.work_sharing import WorkQueue
from index.sandbox.reader import SandboxedReader
from index.store.directory import IndexDirectory
from search.options import Options
from search.searcher import Searcher

FILES = {
    "a.txt": "Libya and Russia met in Tripoli",
    "b.txt": "وفد من ليبيا في موسكو",
    "sub/c.md": "# Railway\n\nSirte to Benghazi",
    "lines.jsonl": '{"id": "1", "text": "first wire"}\n{"id": "2", "text": "second wire"}\n',
}


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    return written(tmp_path / "docs", FILES)


@pytest.fixture
def made(docs: Path) -> Path:
    return indexed(docs)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Record the names of the files that are read."""
    names: list[str] = []
    read = SandboxedReader.read

    def noting(reader: SandboxedReader, file: Candidate) -> Iterator[Document | Skipped]:
        names.append(file.path.name)
        return read(reader, file)

    monkeypatch.setattr(SandboxedReader, "read", noting)
    return names


def again(index: Path, *paths: Path, **options: Any) -> IndexReport:
    """Run the indexer once more."""
    with IndexWriter.open(index, **options) as opened:
        return opened.add_paths(paths) if paths else opened.refresh()


def found(index: Path, query: str) -> list[str]:
    """Return the sorted names of the documents that match a query without name spellings."""
    with Searcher.open(index) as searcher:
        hits = searcher.search(query, options=Options(limit=50, names=False)).hits
        return sorted(Path(path).name for hit in hits for path in (hit.path, *hit.copies))


def counts(report: IndexReport) -> dict[str, int]:
    names = ("added", "updated", "moved", "removed", "unchanged")
    return {name: n for name in names if (n := getattr(report, name))}


def later(path: Path, seconds: int = 5) -> None:
    """Move the time of a file's last change."""
    facts = path.stat()
    os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns + seconds * 10**9))


# --- what is read ------------------------------------------------------------------------


def test_a_second_run_reads_nothing_and_commits_nothing(
    made: Path, docs: Path, opened: list[str]
) -> None:
    before = {path.name for path in made.iterdir()}
    report = again(made, docs)
    assert (counts(report), opened, report.documents) == ({"unchanged": 4}, [], 5)
    assert not report.changed
    assert {path.name for path in made.iterdir()} == before


def test_only_a_changed_file_is_read_and_its_old_words_are_gone(
    made: Path, docs: Path, opened: list[str]
) -> None:
    written(docs, {"a.txt": "Moscow and Cairo met in Tripoli"})
    assert counts(again(made, docs)) == {"updated": 1, "unchanged": 3}
    assert opened == ["a.txt"]
    assert found(made, "libya") == []
    assert found(made, "cairo") == ["a.txt"]


def test_a_change_that_keeps_the_size_is_noticed(made: Path, docs: Path) -> None:
    written(docs, {"a.txt": FILES["a.txt"].replace("Libya", "Egypt")})
    later(docs / "a.txt")
    assert counts(again(made, docs)) == {"updated": 1, "unchanged": 3}


def test_a_touched_file_is_not_read_now_nor_hashed_next_time(
    made: Path, docs: Path, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    later(docs / "a.txt")
    monkeypatch.setattr("index.extract.walk.time_ns", lambda: time.time_ns() + 10**10)
    assert counts(again(made, docs)) == {"unchanged": 4}
    assert opened == []
    monkeypatch.setattr(
        "index.indexing.sync_plan.digest", lambda path: pytest.fail(f"hashed {path}")
    )
    assert counts(again(made, docs)) == {"unchanged": 4}
    with Searcher.open(made) as searcher:
        assert searcher.search("libya").hits[0].state == "current"


def test_a_new_file_is_added_and_a_removed_one_goes_from_the_results(
    made: Path, docs: Path
) -> None:
    written(docs, {"new.txt": "Libya anew"})
    (docs / "a.txt").unlink()
    report = again(made)
    assert counts(report) == {"added": 1, "removed": 1, "unchanged": 3}
    assert found(made, "libya") == ["new.txt"]


# --- moves ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("old", "word"), [("a.txt", "tripoli"), ("lines.jsonl", "second")])
def test_a_moved_file_is_known_by_its_content(made: Path, docs: Path, old: str, word: str) -> None:
    new = docs / "sub" / f"moved-{old}"
    (docs / old).rename(new)
    report = again(made, docs)
    assert counts(report) == {"moved": 1, "unchanged": 3}
    (path,) = found(made, word)
    assert path.startswith(f"moved-{old}")
    with Searcher.open(made) as searcher:
        assert str(docs / old) not in searcher.catalog.files
        assert str(new) in searcher.catalog.files


def test_a_file_that_moved_from_one_folder_to_another_is_one_move(
    made: Path, docs: Path, tmp_path: Path
) -> None:
    other = written(tmp_path / "other", {"x.txt": "x"})
    again(made, other)
    (docs / "a.txt").rename(other / "a.txt")
    assert counts(again(made)) == {"moved": 1, "unchanged": 4}
    assert found(made, "libya") == ["a.txt"]


def test_one_of_two_equal_files_that_moved_is_one_move(made: Path, docs: Path) -> None:
    written(docs, {"a2.txt": FILES["a.txt"]})
    again(made, docs)
    (docs / "a2.txt").rename(docs / "a3.txt")
    assert counts(again(made, docs)) == {"moved": 1, "unchanged": 4}
    assert found(made, "libya") == ["a.txt", "a3.txt"]


# --- what is kept, and what is dropped -----------------------------------------------------


def test_a_root_that_is_missing_keeps_its_documents_with_a_warning(made: Path, docs: Path) -> None:
    written(docs, {"lines.jsonl": FILES["lines.jsonl"] + "bad\n"})
    again(made, docs)
    docs.rename(docs.with_name("unmounted"))
    for paths in ([], [docs]):
        report = again(made, *paths)
        assert counts(report) == {}
        assert report.warnings == [f"{docs} is not there; its documents are kept"]
    assert found(made, "libya") == ["a.txt"]
    with Searcher.open(made) as searcher:
        assert searcher.search("libya").hits[0].state == "missing"
        assert len(searcher.catalog.skipped) == 1
    assert "warning" in run("index", "--index", made).err
    assert run("forget", docs, "--index", made, "-q").code == 0
    assert found(made, "libya") == []
    assert counts(again(made)) == {}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({".gitignore": "a.txt"}, "ignored by .gitignore or .ignore"),
        ({".ignore": "a*"}, "ignored by .gitignore or .ignore"),
        ({"a.txt": "Libya " * 500}, "and 1.953 kB is the limit: see --max-size"),
    ],
)
def test_a_file_that_is_now_left_out_is_dropped(
    made: Path, docs: Path, change: dict[str, str], reason: str
) -> None:
    written(docs, change)
    report = again(made, docs, max_size=2000)
    assert counts(report) == {"removed": 1, "unchanged": 3}
    assert [s.reason[-len(reason) :] for s in report.skipped if "a.txt" in s.path] == [reason]
    assert found(made, "libya") == []


def test_a_folder_that_is_now_hidden_is_dropped(made: Path, docs: Path) -> None:
    (docs / "sub").rename(docs / ".sub")
    assert counts(again(made, docs)) == {"removed": 1, "unchanged": 3}
    assert found(made, "railway") == []


@pytest.mark.parametrize("error", [PermissionError(13, "Permission denied"), OSError(5, "I/O")])
def test_a_folder_that_cannot_be_opened_keeps_its_documents(
    made: Path, docs: Path, monkeypatch: pytest.MonkeyPatch, error: OSError
) -> None:
    written(docs, {"subway.txt": "Libya"})
    again(made, docs)
    (docs / "subway.txt").unlink()
    scandir = os.scandir

    def closed(path: Any) -> Any:
        if Path(path).name == "sub":
            raise error
        return scandir(path)

    monkeypatch.setattr(os, "scandir", closed)
    report = again(made, docs)
    assert counts(report) == {"removed": 1, "unchanged": 3}
    assert [(Path(s.path).name, s.problem) for s in report.skipped] == [("sub", True)]
    assert found(made, "railway") == ["c.md"]


def test_a_file_that_cannot_be_opened_keeps_its_documents(
    made: Path, docs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_this_process(monkeypatch)
    written(docs, {"a.txt": "now about Cairo and closed"})

    def closed(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", closed)
    report = again(made, docs)
    assert counts(report) == {"unchanged": 3}
    assert [s.problem for s in report.skipped] == [True]
    monkeypatch.undo()
    assert found(made, "libya") == ["a.txt"]
    assert counts(again(made, docs)) == {"updated": 1, "unchanged": 3}


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n" * 20, b"\x00\x01\x02" * 900])
def test_a_file_that_is_a_text_no_longer_is_dropped(made: Path, docs: Path, data: bytes) -> None:
    written(docs, {"a.txt": data})
    report = again(made, docs)
    assert found(made, "libya") == []
    assert [Path(s.path).name for s in report.skipped] == ["a.txt"]


@pytest.mark.parametrize("data", [b"", b"\n\n", b"not JSON\n"])
def test_lines_that_are_all_gone_go_from_the_results(made: Path, docs: Path, data: bytes) -> None:
    written(docs, {"lines.jsonl": data})
    again(made, docs)
    assert found(made, "wire") == []


def test_a_reader_that_stumbles_stops_nothing_but_its_file(
    made: Path, docs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(docs, {"a.txt": "one", "b.txt": "two cities"})
    read = extract.read

    def stumbling(path: Path, **options: Any) -> Iterator[Document | Skipped]:
        if path.name == "a.txt":
            raise RecursionError("too deep")
        return read(path, **options)

    in_this_process(monkeypatch)
    monkeypatch.setattr(extract, "read", stumbling)
    report = again(made, docs)
    assert ["too deep" in s.reason for s in report.skipped] == [True]
    assert found(made, "cities") == ["b.txt"]


def test_the_index_never_reads_itself(docs: Path) -> None:
    index = docs / "index"
    for _ in range(3):
        assert run("index", docs, "--index", index, "-q").code == 0
    with Searcher.open(index) as searcher:
        assert {Path(path).name for path in searcher.catalog.files} == {
            Path(name).name for name in FILES
        }
        reasons = [s.reason for s in searcher.catalog.skipped if s.path == str(index)]
    assert reasons == ["the index itself"]


# --- forget --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "left"),
    [("sub", 3), ("a.txt", 3), ("sub/c.md", 3), (".", 0), ("sub/../a.txt", 3)],
)
def test_forget_drops_a_file_or_a_folder(made: Path, docs: Path, target: str, left: int) -> None:
    with IndexWriter.open(made) as opened:
        report = opened.forget([docs / target])
    assert report.removed == 4 - left
    with Searcher.open(made) as searcher:
        assert len(searcher.catalog.files) == left
        assert searcher.catalog.roots == ([str(docs)] if left else [])


def test_forget_through_a_link_drops_the_root_as_well(
    made: Path, docs: Path, tmp_path: Path
) -> None:
    (tmp_path / "link").symlink_to(docs)
    assert run("forget", tmp_path / "link", "--index", made).code == 0
    assert counts(again(made)) == {}


def test_forget_says_when_the_next_run_would_add_it_again(made: Path, docs: Path) -> None:
    ran = run("forget", docs / "a.txt", "--index", made)
    assert ran.code == 0
    assert "the next run adds it again" in ran.err


def test_forgetting_what_is_not_known_is_an_error_and_drops_nothing(made: Path, docs: Path) -> None:
    ran = run("forget", docs / "a.txt", docs / "no.txt", "--index", made)
    assert (ran.code, ran.out) == (2, "")
    assert f"The index holds nothing at {docs / 'no.txt'}" in ran.err
    assert "dalil status" in ran.err
    assert found(made, "libya") == ["a.txt"]


def test_forgetting_makes_no_index(tmp_path: Path) -> None:
    assert run("forget", tmp_path, "--index", tmp_path / "none").code == 2
    assert not (tmp_path / "none").exists()


def test_what_was_said_of_a_forgotten_file_is_forgotten(made: Path, docs: Path) -> None:
    written(docs, {"lines.jsonl": FILES["lines.jsonl"] + "bad\n"})
    again(made, docs)
    with IndexWriter.open(made) as opened:
        assert opened.catalog.skipped
        opened.forget([docs / "lines.jsonl"])
        assert not opened.catalog.skipped


def test_adding_what_is_not_there_is_an_error(made: Path, docs: Path) -> None:
    with IndexWriter.open(made) as opened, pytest.raises(NotFound, match="no file or folder"):
        opened.add_path(docs / "none")


# --- JSONL ---------------------------------------------------------------------------------


def test_of_one_id_twice_in_a_file_the_last_wins_and_it_is_said(tmp_path: Path) -> None:
    docs = written(
        tmp_path / "docs",
        {"w.jsonl": '{"id":"7","text":"early"}\n{"id":"8","text":"x"}\n{"id":"7","text":"late"}\n'},
    )
    index = tmp_path / "index"
    report = again(index, docs)
    assert report.documents == 2
    assert [(Path(s.path).name, s.reason) for s in report.skipped] == [
        ("w.jsonl#7", "a later line of the file has the same id")
    ]
    assert found(index, "early") == []
    assert found(index, "late") == ["w.jsonl#7"]


def test_of_one_id_twice_the_last_wins_over_a_commit_in_between(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch, "MAX_BATCH_DOCUMENTS", 2)
    lines = [{"id": str(n % 3), "text": f"wire number{n}"} for n in range(8)]
    docs = written(tmp_path / "docs", {"w.jsonl": "\n".join(map(json.dumps, lines))})
    index = tmp_path / "index"
    assert again(index, docs).documents == 3
    assert found(index, "wire") == ["w.jsonl#0", "w.jsonl#1", "w.jsonl#2"]
    assert [found(index, f"number{n}") for n in (0, 3, 6)] == [[], [], ["w.jsonl#0"]]


def test_one_id_in_two_files_is_two_documents_and_show_lists_both(tmp_path: Path) -> None:
    docs = written(
        tmp_path / "docs",
        {"v.jsonl": '{"id":"7","text":"one wire"}\n', "w.jsonl": '{"id":"7","text":"two wire"}\n'},
    )
    index = indexed(docs)
    assert found(index, "wire") == ["v.jsonl#7", "w.jsonl#7"]
    ran = run("show", "7", "--index", index)
    assert (ran.code, ran.out) == (2, "")
    assert f"{docs}/v.jsonl#7" in ran.err
    assert f"{docs}/w.jsonl#7" in ran.err
    assert run("show", f"{docs}/w.jsonl#7", "--index", index).out == "two wire\n"


def test_what_is_wrong_with_a_line_is_still_said_after_a_run_that_reads_nothing(
    tmp_path: Path,
) -> None:
    docs = written(tmp_path / "docs", {"w.jsonl": '{"id":"1","text":"x"}\nbad\n'})
    index = tmp_path / "index"
    first = again(index, docs)
    assert [Path(s.path).name for s in first.skipped] == ["w.jsonl:2"]
    for paths in ([docs], [docs / "w.jsonl"], []):
        assert again(index, *paths).skipped == first.skipped
        assert run("status", "--index", index).out.count("w.jsonl:2") == 1
    assert run("index", docs, "--strict", "--index", index).code == 2
    written(docs, {"w.jsonl": '{"id":"1","text":"x"}\n'})
    assert again(index, docs).skipped == []


def test_a_large_document_begins_a_batch_so_that_two_never_add_up_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch, "LARGE_DOCUMENT", 40)
    long = "wire " * 20
    lines = [{"id": str(n), "text": long if n == 2 else "wire"} for n in range(5)]
    files = {"a.txt": "wire", "b.txt": long, "w.jsonl": "\n".join(map(json.dumps, lines))}
    index = tmp_path / "index"
    sizes: list[int] = []
    write = batch.SegmentBuilder.write

    def noting(builder: batch.SegmentBuilder, path: Path) -> None:
        sizes.append(builder.count)
        write(builder, path)

    monkeypatch.setattr(batch.SegmentBuilder, "write", noting)
    report = again(index, written(tmp_path / "docs", files), jobs=1)
    assert (report.added, report.documents) == (3, 7)
    assert sizes == [1, 3, 3]
    assert len(found(index, "wire")) == 7


def test_a_run_of_more_words_than_a_table_holds_finds_all_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for table in (ChunkTable, PieceTable):
        monkeypatch.setattr(table, "most", 12)
    monkeypatch.setattr(batch, "GROUP_DOCUMENTS", 2)
    lines = [{"id": str(n), "text": f"wire w{n}a w{n}b w{n % 3}c"} for n in range(20)]
    docs = written(tmp_path / "docs", {"w.jsonl": "\n".join(map(json.dumps, lines))})
    index = tmp_path / "index"
    begun: list[int] = []
    builder = batch.SegmentBuilder

    def noting(pieces: ChunkTable | PieceTable) -> batch.SegmentBuilder:
        begun.append(len(pieces))
        return builder(pieces)

    monkeypatch.setattr(batch, "SegmentBuilder", noting)
    assert again(index, docs, jobs=1).documents == 20
    assert len(begun) > 2
    assert max(begun) <= 12 * batch.KEPT_WORDS
    assert [len(found(index, f"w{n}a")) for n in range(20)] == [1] * 20


class _Stopped(Exception):
    """Ends a run in the middle."""


def test_a_file_of_lines_that_was_interrupted_is_completed_without_doubles(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch, "MAX_BATCH_DOCUMENTS", 4)
    lines = [{"id": str(n), "text": f"wire number{n}"} for n in range(10)]
    docs = written(tmp_path / "docs", {"w.jsonl": "\n".join(map(json.dumps, lines))})
    index = tmp_path / "index"

    def stop(progress: Progress) -> None:
        if progress.documents == 8:
            raise _Stopped

    with pytest.raises(_Stopped):
        again(index, docs, on_progress=stop)
    assert len(found(index, "wire")) == 8
    report = again(index, docs)
    assert counts(report) == {"updated": 1}
    assert report.documents == 10
    assert len(found(index, "wire")) == 10
    assert counts(again(index, docs)) == {"unchanged": 1}


def test_a_file_of_lines_whose_disk_failed_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    docs = written(tmp_path / "docs", {"w.jsonl": '{"id":"1","text":"x"}\n{"id":"2","text":"y"}'})
    index = tmp_path / "index"
    lines = jsonl._lines

    def failing(stream: Any) -> Iterator[bytes | None]:
        yield next(lines(stream))
        raise OSError(5, "Input/output error")

    in_this_process(monkeypatch)
    monkeypatch.setattr("index.extract.jsonl._lines", failing)
    assert [s.problem for s in again(index, docs).skipped] == [True]
    monkeypatch.undo()
    report = again(index, docs)
    assert (counts(report), report.documents) == ({"updated": 1}, 2)


def test_identical_copies_are_one_hit_that_knows_the_others(tmp_path: Path) -> None:
    docs = written(tmp_path / "docs", dict.fromkeys(["a.txt", "b.txt", "c/d.txt"], "Libya met"))
    index = indexed(docs)
    with Searcher.open(index) as searcher:
        (hit,) = searcher.search("libya").hits
    assert sorted([hit.path, *hit.copies]) == [str(docs / n) for n in ("a.txt", "b.txt", "c/d.txt")]
    hits = json.loads(run("search", "libya", "--json", "--index", index).out)["hits"]
    assert [len(hit["copies"]) for hit in hits] == [2]
    assert len(run("search", "libya", "-l", "--index", index).out.splitlines()) == 3


# --- options of a run ------------------------------------------------------------------------


def test_a_dry_run_says_what_would_be_done_and_does_nothing(made: Path, docs: Path) -> None:
    written(docs, {"new.txt": "new", "b.txt": "other", ".hidden": "x"})
    (docs / "a.txt").rename(docs / "z.txt")
    (docs / "sub/c.md").unlink()
    before = {path: path.stat().st_mtime_ns for path in made.iterdir()}
    ran = run("index", docs, "--dry-run", "--index", made)
    assert ran.code == 0
    assert ran.out.splitlines() == [
        f"add\t{docs}/new.txt",
        f"update\t{docs}/b.txt",
        f"move\t{docs}/a.txt → {docs}/z.txt",
        f"remove\t{docs}/sub/c.md",
        f"skip\t{docs}/.hidden → hidden",
    ]
    plan = json.loads(run("index", docs, "--dry-run", "--json", "--index", made).out)
    assert plan["move"] == {f"{docs}/a.txt": f"{docs}/z.txt"}
    assert {path: path.stat().st_mtime_ns for path in made.iterdir()} == before
    assert found(made, "libya") == ["a.txt"]
    assert len(run("index", docs, "--dry-run", "--rebuild", "--index", made).out.splitlines()) == 5


def test_a_dry_run_works_before_there_is_an_index_and_makes_none(
    docs: Path, tmp_path: Path
) -> None:
    ran = run("index", docs, "--dry-run", "--index", tmp_path / "none")
    assert ran.code == 0
    assert len(ran.out.splitlines()) == 4
    assert not (tmp_path / "none").exists()
    assert run("index", "--dry-run", "--index", tmp_path / "none").code == 2


def test_rebuilding_starts_from_nothing_but_the_paths(
    made: Path, docs: Path, tmp_path: Path, opened: list[str]
) -> None:
    other = written(tmp_path / "other", {"x.txt": "Libya elsewhere"})
    again(made, other)
    opened.clear()
    assert run("index", "--rebuild", docs, "--index", made, "-q").code == 0
    assert sorted(opened) == ["a.txt", "b.txt", "c.md", "lines.jsonl"]
    assert found(made, "libya") == ["a.txt"]


def test_an_encoding_that_is_ordered_is_used(tmp_path: Path) -> None:
    docs = written(tmp_path / "docs", {"a.txt": "ليبيا".encode("windows-1256"), "b.md": "Libya"})
    index = indexed(docs, "--encoding", "a.txt=koi8-r")
    assert found(index, "ليبيا") == []
    assert run("index", docs, "--encoding", "*.txt=cp1256", "--index", index, "-q").code == 0
    assert found(index, "ليبيا") == ["a.txt"]
    assert "windows-1256 1" in run("status", "--index", index).out
    assert counts(again(index, docs)) == {"unchanged": 2}


@pytest.mark.parametrize(
    ("option", "message"),
    [
        (("--encoding", "*.txt=no-such"), "No encoding is called 'no-such'"),
        (("--encoding", "*.txt"), "has no '='"),
        (("--encoding", "=utf-8"), "has no '='"),
        (("--max-size", "big"), "is no size"),
        (("--max-size", ""), "is no size"),
        (("--max-size", "-1"), "is no size"),
    ],
)
def test_an_option_that_makes_no_sense_is_told_before_anything_is_done(
    docs: Path, tmp_path: Path, option: tuple[str, str], message: str
) -> None:
    ran = run("index", docs, *option, "--rebuild", "--index", tmp_path / "i")
    assert (ran.code, message in ran.err) == (2, True)
    assert not (tmp_path / "i").exists()


@pytest.mark.parametrize(
    ("size", "added"),
    [("10", 1), ("1k", 5), ("1K", 5), ("1kB", 5), ("64 MB", 5), ("1GiB", 5), ("0", 1), ("٩٩٩", 5)],
)
def test_sizes_are_written_as_people_write_them(docs: Path, size: str, added: int) -> None:
    written(docs, {"d.txt": "longer than ten bytes"})
    out = run("index", docs, "--max-size", size, "--json", "--index", docs.with_name("i")).out
    assert json.loads(out)["added"] == added  # lines are read one by one, however many


def test_strict_ends_in_2_when_a_file_cannot_be_read_and_not_when_it_is_left_out(
    tmp_path: Path,
) -> None:
    docs = written(tmp_path / "docs", {"a.txt": "Libya", ".hidden": "x"})
    index = tmp_path / "index"
    assert run("index", docs, "--strict", "--index", index).code == 0
    written(docs, {"b.docx": "no ZIP archive"})
    assert run("index", docs, "--index", index).code == 0
    ran = run("index", docs, "--strict", "-q", "--index", index)
    assert (ran.code, "b.docx" in ran.err, "hidden" in ran.err) == (2, True, False)
    assert found(index, "libya") == ["a.txt"]


def test_the_report_as_json_is_all_of_it_and_alone_on_standard_output(docs: Path) -> None:
    written(docs, {".hidden": "x"})
    ran = run("index", docs, "--json", "--index", docs.with_name("i"))
    report = json.loads(ran.out)
    assert ran.err == ""
    assert report.pop("seconds") > 0
    assert report == {
        "added": 4, "updated": 0, "moved": 0, "removed": 0, "unchanged": 0, "documents": 5,
        "skipped": [{"path": f"{docs}/.hidden", "reason": "hidden", "problem": False}],
        "warnings": [],
    }  # fmt: skip


def test_a_report_is_a_sentence(docs: Path) -> None:
    index = docs.with_name("i")
    assert "Added 4 files in " in (ran := run("index", docs, "--index", index)).err
    assert "The index holds 5 documents." in ran.err
    assert "Nothing has changed" in run("index", docs, "--index", index).err
    assert run("index", docs, "-q", "--index", index).err == ""


def test_roots_within_roots_are_remembered_once(docs: Path) -> None:
    index = docs.with_name("i")
    for path, roots in [(docs / "sub", ["docs/sub"]), (docs, ["docs"]), (docs / "a.txt", ["docs"])]:
        again(index, path)
        with Searcher.open(index) as searcher:
            assert searcher.catalog.roots == [str(docs.parent / root) for root in roots]


# --- several jobs ----------------------------------------------------------------------------


def mixed(folder: Path) -> Path:
    """Write files of all kinds, some of which are skipped or have skipped lines."""
    twice = [{"id": str(n % 9), "text": f"wire number{n}"} for n in range(14)]
    written(folder, FILES | {f"many/{n:02}.txt": f"Libya number{n}" for n in range(30)})
    return written(
        folder,
        {
            "twice.jsonl": "\n".join(map(json.dumps, twice)),
            "bad.jsonl": '{"id": "1", "text": "x"}\nbad\n{"id": "2", "text": "y"}\n',
            "b.docx": "no ZIP archive",
            "z.txt": b"\x00\x01" * 900,
            "empty.txt": "",
            ".hidden": "x",
        },
    )


def change(folder: Path) -> None:
    """Update, move, remove and add files."""
    written(folder, {"a.txt": "now Cairo", "bad.jsonl": "{}\n", "new.txt": "Libya anew"})
    (folder / "b.txt").rename(folder / "sub/b2.txt")
    (folder / "twice.jsonl").rename(folder / "sub/twice.jsonl")
    (folder / "many/07.txt").unlink()
    later(folder / "many/08.txt")


def facts(report: IndexReport) -> dict[str, Any]:
    return {name: fact for name, fact in report.to_json().items() if name != "seconds"}


@pytest.mark.slow
def test_several_jobs_do_what_one_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "MAX_BATCH_DOCUMENTS", 4)
    docs = mixed(tmp_path / "docs")
    one, three = tmp_path / "one", tmp_path / "three"
    for alter in (lambda folder: None, change):
        alter(docs)
        reports = [again(one, docs, jobs=1), again(three, docs, jobs=3)]
        assert facts(reports[0]) == facts(reports[1])
        assert reports[0].skipped
        catalogs = [IndexDirectory.open(index).last_catalog() for index in (one, three)]
        assert catalogs[0].files == catalogs[1].files
        assert (catalogs[0].roots, catalogs[0].skipped) == (catalogs[1].roots, catalogs[1].skipped)
        for query in ("libya", "wire", "number3 OR number9", "moscow", "cairo", "ليبيا"):
            assert found(one, query) == found(three, query)
        assert found(three, "wire")


@pytest.mark.slow
def test_progress_of_several_jobs_is_their_sum_and_ends_with_all(tmp_path: Path) -> None:
    docs = written(tmp_path / "docs", {f"{n}.txt": "wire" for n in range(9)})
    reports: list[Progress] = []
    again(tmp_path / "index", docs, jobs=2, on_progress=reports.append)
    assert [r.of for r in reports] == [9] * len(reports)
    assert reports == sorted(reports, key=lambda r: (r.files, r.documents))
    assert (reports[-1].files, reports[-1].documents) == (9, 9)


@pytest.mark.slow
def test_a_worker_that_is_killed_gives_a_message_and_what_was_committed_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch, "MAX_BATCH_DOCUMENTS", 300)
    lines = "".join(json.dumps({"id": str(n), "text": "wire"}) + "\n" for n in range(1200))
    docs = written(tmp_path / "docs", {f"{n}.jsonl": lines for n in range(6)})
    index = tmp_path / "index"

    def kill(progress: Progress) -> None:
        if progress.documents >= 300:
            for worker in multiprocessing.active_children():
                worker.kill()

    with pytest.raises(WorkerLost, match="was ended by signal 9") as caught:
        again(index, docs, jobs=2, on_progress=kill)
    assert "fewer `--jobs`" in caught.value.hint
    assert multiprocessing.active_children() == []
    assert list(index.glob("*.new")) == []
    assert again(index, docs).documents == 6 * 1200


@pytest.mark.slow
def test_what_a_worker_cannot_write_gives_the_message_of_one_job(tmp_path: Path) -> None:
    docs = written(tmp_path / "docs", {f"{n}.txt": f"Libya {n}" for n in range(20)})
    index = tmp_path / "index"
    with IndexWriter.open(index, jobs=2) as opened:
        index.chmod(0o500)
        index.rename(index.with_name("away"))
        with pytest.raises(StorageFailed, match="cannot be written"):
            opened.add_path(docs)
        index.with_name("away").rename(index)
        index.chmod(0o700)
    assert multiprocessing.active_children() == []
    assert again(index, docs).documents == 20


def test_no_jobs_at_all_is_an_option_that_makes_no_sense(docs: Path, tmp_path: Path) -> None:
    with pytest.raises(BadOption, match="0 jobs"):
        IndexWriter.open(tmp_path / "i", jobs=0)
    assert run("index", docs, "--jobs", "0", "--index", tmp_path / "i").code == 2
    assert not (tmp_path / "i").exists()


def candidates(*sizes: int) -> list[Candidate]:
    root = Path("/docs").absolute()
    return [Candidate(root / f"{n:04}.txt", root, size, 0) for n, size in enumerate(sizes)]


def test_little_to_read_is_read_by_one_process_and_much_by_a_few() -> None:
    assert worker_pool.default_jobs(candidates(10, 20)) == 1
    able = worker_pool.default_jobs(candidates(*[worker_pool.MIN_PARALLEL_BYTES] * 50))
    assert able == min(os.cpu_count() or 1, worker_pool.MAX_JOBS)


@given(
    sizes=st.lists(st.integers(0, 1 << 20), min_size=1),
    jobs=st.integers(1, 6),
    chance=st.randoms(use_true_random=False),
)
def test_every_file_is_given_to_one_job_whoever_asks_when(
    sizes: list[int], jobs: int, chance: random.Random
) -> None:
    files = candidates(*sizes)
    work = WorkQueue(files, jobs)
    given_out: list[Candidate] = []
    while chunk := work.next_files(chance.randrange(jobs)):
        given_out += chunk
    assert sorted(given_out, key=lambda file: file.path) == files
    assert [work.next_files(job) for job in range(jobs)] == [[]] * jobs


def test_one_huge_file_among_small_ones_is_given_out_first_and_alone() -> None:
    work = WorkQueue(candidates(*[1000] * 40, 9_000_000, *[1000] * 40), 2)
    first = [work.next_files(job) for job in range(2)]
    assert [9_000_000] in [[file.size for file in chunk] for chunk in first]
    assert len(max(first, key=len)) > 5


def test_a_job_that_has_finished_helps_the_others() -> None:
    work = WorkQueue(candidates(*[1000] * 40), 2)
    while chunk := work.next_files(0):
        last = chunk
    assert last[0].path.name >= "0020.txt"


def test_the_python_interface_of_the_readme_works(docs: Path) -> None:
    index = docs.with_name("i")
    with IndexWriter.open(str(index)) as opened:
        assert opened.add_path(str(docs)).added == 4
        assert opened.add_path(docs / "sub").unchanged == 1
        assert opened.refresh().unchanged == 4
    with Searcher.open(str(index)) as searcher:
        results = searcher.search("ليبيا موسكو", limit=10)
    assert (results.total, Path(results.hits[0].path).name) == (2, "b.txt")
    (snippet,) = results.hits[0].snippets
    assert [snippet.text[a:b] for a, b in snippet.spans] == ["ليبيا", "موسكو"]
