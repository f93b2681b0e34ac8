"""What is broken, hostile or interrupted: a sentence, the right exit code, nothing lost."""

from __future__ import annotations

import errno
import gzip
import json
import multiprocessing
import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from commands import Ran, command, environment, indexed, run, written
from extracted import in_this_process

from index import IndexWriter, extract
from index.document import Document, Skipped
from index.errors import StorageFailed
from index.extract.walk import Candidate
from index.indexing import segment_batch as batch
from index.sandbox.reader import SandboxedReader
from index.store import commit as commit_module
from index.store.verification import damaged_files
from search.searcher import Searcher

GOOD = {"a.txt": "Libya and Russia met", "b.txt": "مصر والسودان", "who.txt": "the one and only"}


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index that is only read."""
    return indexed(written(tmp_path_factory.mktemp("shared") / "docs", GOOD))


def total(index: Path, query: str) -> int:
    with Searcher.open(index) as searcher:
        return searcher.search(query).total


def no_traceback(ran: Ran) -> bool:
    return "Traceback" not in ran.err and "Error(" not in ran.err


# --- files -----------------------------------------------------------------------------------

LINE = '{"id": "%d", "text": "wire %d"}\n'
PACKED = gzip.compress("".join(LINE % (n, n) for n in range(800)).encode())

BROKEN: dict[str, tuple[str, bytes, str | None]] = {
    "empty text": ("x.txt", b"", None),
    "empty Markdown": ("x.md", b"", None),
    "empty HTML": ("x.html", b"", None),
    "empty lines": ("x.jsonl", b"", None),
    "only a byte-order mark": ("x.txt", b"\xef\xbb\xbf", None),
    "invalid UTF-8": ("x.txt", b"caf\xff\xfe and \xc3 Tripoli", None),
    "a PNG called text": ("x.txt", b"\x89PNG\r\n\x1a\n" + b"\x00" * 99, "is named like a text"),
    "NUL bytes": ("x.txt", b"a\x00b\x00\x01" * 99, "NUL bytes"),
    "a program": ("x", b"\x7fELF" + b"\x00" * 99, "not a type that is read"),
    "no PDF": ("x.pdf", b"%PDF-1.7 and no more", "x.pdf"),
    "an empty PDF": ("x.pdf", b"", "x.pdf"),
    "no DOCX": ("x.docx", b"PK\x03\x04 and no more", "x.docx"),
    "an empty DOCX": ("x.docx", b"", "x.docx"),
    "truncated gzip": ("x.jsonl.gz", PACKED[: len(PACKED) // 2], "ends early or is damaged"),
    "a gzip's first bytes": ("x.jsonl.gz", PACKED[:5], "ends early or is damaged"),
    "no gzip": ("x.jsonl.gz", b"plain", "is not compressed with gzip"),
    "empty gzip": ("x.jsonl.gz", b"", "is not compressed with gzip"),
    "a bad line": ("x.jsonl", b'{"id":"1","text":"Tripoli"}\n{"id"\n', "not valid JSON"),
    "a line without id": ("x.jsonl", b'{"text": "x"}', 'no "id"'),
    "a line too deep": ("x.jsonl", b"[" * 100_000, "lists too deep"),
    "no object": ("x.jsonl", b"[1]", "not a JSON object"),
    "UTF-16 lines": ("x.jsonl", '{"id":"1","text":"x"}'.encode("utf-16"), "UTF-16"),
    "HTML that nests": ("x.html", b"<div>" * 50_000 + b"Tripoli", None),
    "one endless word": ("x.txt", b"x" * 3_000_000, "encoded data or code"),
}

ON_PURPOSE = ("not a type", "encoded data")
"""How the reasons begin for which a file is left out though nothing is wrong with it."""


@pytest.mark.parametrize(("name", "data", "reason"), BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_reported_and_the_run_goes_on(
    tmp_path: Path, name: str, data: bytes, reason: str | None
) -> None:
    docs = written(tmp_path / "docs", {**GOOD, name: data})
    index = tmp_path / "index"
    ran = run("index", docs, "--index", index)
    assert (ran.code, ran.out) == (0, "")
    assert no_traceback(ran)
    assert total(index, "libya") == 1
    told = [line for line in ran.err.splitlines() if line.startswith("skipped")]
    assert [str(reason) in line for line in told] == ([True] if reason else [])
    if reason and not reason.startswith(ON_PURPOSE):
        assert run("index", docs, "--strict", "--index", index).code == 2
    if reason:
        assert reason in run("status", "--index", index).out


def test_text_before_the_damage_is_found(tmp_path: Path) -> None:
    docs = written(tmp_path / "docs", {"x.jsonl.gz": PACKED[: len(PACKED) // 2]})
    assert total(indexed(docs), "wire") > 20


def test_a_text_of_200_megabytes_is_skipped_and_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    docs = written(tmp_path / "docs", {**GOOD, "big.txt": b"x"})
    os.truncate(docs / "big.txt", 200 << 20)
    opened: list[str] = []
    read = SandboxedReader.read

    def noting(reader: SandboxedReader, file: Candidate) -> Iterator[Document | Skipped]:
        opened.append(file.path.name)
        return read(reader, file)

    monkeypatch.setattr(SandboxedReader, "read", noting)
    ran = run("index", docs, "--strict", "--index", tmp_path / "index")
    assert ran.code == 0
    assert "big.txt: 200 MB, and 64 MB is the limit: see --max-size" in ran.err
    assert sorted(opened) == sorted(GOOD)


@pytest.mark.parametrize("gone", ["file", "folder"])
def test_what_is_deleted_while_indexing_is_reported_and_the_rest_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gone: str
) -> None:
    docs = written(tmp_path / "docs", {**GOOD, "sub/x.txt": "Tripoli", "sub/y.txt": "Sirte"})
    read = extract.read

    def deleting(path: Path, **options: Any) -> Iterator[Document | Skipped]:
        if path.name == "x.txt":
            path.unlink()
            if gone == "folder":
                (path.parent / "y.txt").unlink()
                path.parent.rmdir()
        return read(path, **options)

    in_this_process(monkeypatch)
    monkeypatch.setattr(extract, "read", deleting)
    ran = run("index", docs, "--index", tmp_path / "index")
    assert ran.code == 0
    assert ran.err.count("disappeared while it was being read") == (1 if gone == "file" else 2)
    assert total(tmp_path / "index", "libya") == 1
    monkeypatch.undo()
    assert run("index", docs, "--strict", "--index", tmp_path / "index").code == 0


def test_a_folder_without_permission_is_reported_and_the_rest_is_read(tmp_path: Path) -> None:
    docs = written(tmp_path / "docs", {**GOOD, "closed/x.txt": "Tripoli"})
    (docs / "closed").chmod(0)
    if os.access(docs / "closed", os.R_OK):
        pytest.skip("the superuser may read anything")
    try:
        ran = run("index", docs, "--index", tmp_path / "index")
    finally:
        (docs / "closed").chmod(0o700)
    assert ran.code == 0
    assert "closed: may not be opened: permission denied" in ran.err
    assert total(tmp_path / "index", "libya") == 1


# --- queries ---------------------------------------------------------------------------------

ODD: dict[str, tuple[str, int, str]] = {
    "10,000 words": (
        " ".join(f"word{n}" for n in range(10_000)) + " libya",
        1,
        "500 words",
    ),
    "10,000 times one word": ("libya " * 10_000, 0, ""),
    "100 prefixes": (
        "".join(f"li{n}* " for n in range(100)) + "libya",
        0,
        "32 words with * or ~",
    ),
    "100 fuzzy words": (
        "".join(f"libya{n}~ " for n in range(100)),
        0,
        "32 words with * or ~",
    ),
    "one word of 100,000 letters": ("x" * 100_000, 1, ""),
    "stop words": ("the and of", 0, "very common"),
    "an Arabic stop word": ("من", 1, ""),
    "punctuation": ("!!! ... ؟؟ ،،", 1, "no words"),
    "nothing": ("", 1, "no words"),
    "spaces": ("  \t ", 1, "no words"),
    "an open quotation mark": ('"libya', 0, "quotation mark is never closed (at character 1)"),
    "an Arabic one": ("«مصر", 0, "quotation mark is never closed (at character 1)"),
    "an open bracket": ("libya (russia", 0, "bracket is never closed (at character 7)"),
    "a closed bracket": ("libya) russia", 0, "never opened (at character 6)"),
    "brackets alone": ("(((", 1, "never closed"),
    "an operator alone": ("AND", 1, "AND stands where a word should"),
    "a loose end": ("libya AND", 0, "nothing follows AND"),
    "no date": ("libya date:soon", 0, "is no date"),
    "no language": ("libya lang:xx", 0, "neither ar nor en"),
    "a lone star": ("libya *", 0, ""),
    "controls": ("libya\x1b[31m\x00\x07", 0, ""),
    "half a character": ("libya \udce9\udcff", 0, ""),
}
BAD = {name for name, (_, _, note) in ODD.items() if "character" in note or "behind" in note}


@pytest.mark.parametrize(("query", "code", "note"), ODD.values(), ids=ODD)
def test_an_odd_query_is_answered_with_a_note(
    shared: Path, query: str, code: int, note: str
) -> None:
    ran = run("search", query, "--index", shared)
    assert (ran.code, bool(ran.out)) == (code, code == 0)
    assert note in ran.err
    assert no_traceback(ran)
    assert "\x1b" not in ran.err


@pytest.mark.parametrize("name", sorted(BAD))
def test_strict_refuses_what_does_not_parse_and_points_at_the_place(
    shared: Path, name: str
) -> None:
    query, _, note = ODD[name]
    ran = run("search", query, "--strict", "--index", shared)
    assert (ran.code, ran.out) == (2, "")
    assert note in ran.err
    assert "(at character " in ran.err


@pytest.mark.parametrize(
    "query",
    [
        "title:" * 5_000 + "libya",
        "name:" * 5_000 + "x",
        "(" + "word " * 10_000 + ")",
        "+word " * 10_000,
        "-word " * 10_000,
    ],
    ids=["title:title:", "name:name:", "bracketed", "required", "excluded"],
)
def test_a_query_that_is_long_in_depth_or_breadth_is_answered(shared: Path, query: str) -> None:
    ran = run("search", query, "libya", "--index", shared)
    assert ran.code in (0, 1)


# --- indexes ---------------------------------------------------------------------------------

ALL = (
    ["search", "libya"], ["status"], ["status", "--verify"], ["show", "a.txt"], ["index"],
    ["forget", "a.txt"],
)  # fmt: skip


@pytest.mark.parametrize("arguments", ALL, ids=" ".join)
def test_a_missing_index_says_how_to_make_one(tmp_path: Path, arguments: list[str]) -> None:
    ran = run(*arguments, "--index", tmp_path / "none")
    assert (ran.code, ran.out) == (2, "")
    assert f"There is no index at {tmp_path / 'none'}" in ran.err
    assert "dalil index FOLDER" in ran.err
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("arguments", ALL, ids=" ".join)
def test_a_folder_of_another_program_is_refused(tmp_path: Path, arguments: list[str]) -> None:
    written(tmp_path / "theirs", {"x.txt": "y"})
    ran = run(*arguments, "--index", tmp_path / "theirs")
    assert (ran.code, ran.out) == (2, "")
    assert no_traceback(ran)
    assert sorted(p.name for p in (tmp_path / "theirs").iterdir()) == ["x.txt"]


# --- interruptions ---------------------------------------------------------------------------


def many(folder: Path, files: int = 40, lines: int = 40) -> Path:
    """Documents enough for several small commits; every one of them has `wire`."""
    texts = {f"{n:03}.txt": f"wire number{n}" for n in range(files)}
    return written(folder, {**texts, "w.jsonl": "".join(LINE % (n, n) for n in range(lines))})


def _index(docs: Path, index: Path, size: int) -> None:
    batch.MAX_BATCH_DOCUMENTS = size
    with IndexWriter.open(index) as writer:
        writer.add_path(docs)


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork, to be quick")
def test_a_run_that_is_killed_at_any_moment_leaves_its_last_commit(tmp_path: Path) -> None:
    docs, index = many(tmp_path / "docs"), tmp_path / "index"
    _index(written(tmp_path / "first", {"first.txt": "wire zero"}), index, 100)
    chance = random.Random(7)
    for _ in range(8):
        child = multiprocessing.get_context("fork").Process(target=_index, args=(docs, index, 5))
        child.start()
        time.sleep(chance.uniform(0.01, 0.25))
        assert child.pid is not None
        os.kill(child.pid, signal.SIGKILL)
        child.join()
        with Searcher.open(index) as searcher:
            count = searcher.document_count
            assert searcher.search("wire").total == count >= 1
        assert damaged_files(index) == []
    report = run("index", docs, "--json", "--index", index)
    assert (report.code, json.loads(report.out)["documents"]) == (0, 81)
    assert total(index, "wire") == 81
    with Searcher.open(index) as searcher:
        names = set(searcher.catalog.checksums)
    stray = {p.name for p in index.iterdir()} - names - {"dalil.json", "MAIN_WRITELOCK"}
    assert {name.split("-")[0] for name in stray} == {"catalog"}


SLOWLY = """
import sys, time
import index.indexing.segment_batch, index.extract
index.indexing.segment_batch.MAX_BATCH_DOCUMENTS = 5
read = index.extract.read
def slowly(path, **options):
    time.sleep(0.02)
    return read(path, **options)
index.extract.read = slowly
from search.__main__ import main
main()
"""


@pytest.mark.parametrize("name", ["clean_files", "sync_folder"])
def test_control_c_just_after_the_commit_was_named_keeps_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    docs = written(tmp_path / "docs", GOOD)
    index = indexed(docs)
    written(docs, {"c.txt": "Libya again"})
    committed = index / "_MAIN_2.toc"
    then = getattr(commit_module, name)

    def interrupted(*arguments: Any) -> Any:
        if committed.exists():
            raise KeyboardInterrupt
        return then(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(commit_module, name, interrupted)
        assert run("index", docs, "--index", index).code == 130
    assert committed.exists()
    assert total(index, "libya") == 2
    assert run("status", "--verify", "--index", index).code == 0


@pytest.mark.slow
def test_control_c_ends_in_130_with_a_message_and_keeps_what_was_committed(
    tmp_path: Path,
) -> None:
    docs, index = many(tmp_path / "docs", files=400), tmp_path / "index"
    words = [sys.executable, "-c", SLOWLY, "index", str(docs), "--index", str(index)]
    child = subprocess.Popen(
        words, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment()
    )
    deadline = time.monotonic() + 30
    while not list(index.glob("_MAIN_[3-9].toc")) and time.monotonic() < deadline:
        time.sleep(0.02)
    child.send_signal(signal.SIGINT)
    out, err = child.communicate(timeout=30)
    assert (child.returncode, out) == (130, "")
    assert err.startswith("dalil: Interrupted.\n  What was committed is kept")
    assert "Traceback" not in err
    assert 5 <= total(index, "wire") < 440
    assert run("index", docs, "-q", "--index", index).code == 0
    assert total(index, "wire") == 440


# --- no room ---------------------------------------------------------------------------------


def full(*_: Any, **__: Any) -> Any:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


NO_ROOM: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "bringing it to the disk": lambda patch: patch.setattr(os, "fsync", full),
    "the catalog": lambda patch: patch.setattr("index.store.disk.create_file", full),
    "naming the commit": lambda patch: patch.setattr(Path, "replace", full),
    "the segment": lambda patch: patch.setattr("index.codec.segment_builder.write_arrays", full),
}


@pytest.mark.parametrize("break_it", NO_ROOM.values(), ids=NO_ROOM)
@pytest.mark.parametrize("size", [1, 1000], ids=["small batches", "one batch"])
def test_a_full_disk_gives_a_message_and_the_last_commit_stays(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    break_it: Callable[[pytest.MonkeyPatch], None],
    size: int,
) -> None:
    docs = written(tmp_path / "docs", GOOD)
    index = indexed(docs)
    written(docs, {"c.txt": "Libya again", "d.jsonl": LINE % (1, 1) + LINE % (2, 2)})
    with monkeypatch.context() as patch:
        patch.setattr(batch, "MAX_BATCH_DOCUMENTS", size)
        break_it(patch)
        ran = run("index", docs, "--index", index)
    assert ran.code == 2
    assert f"The index at {index} cannot be written: No space left on device." in ran.err
    assert "What was committed before is safe" in ran.err
    assert total(index, "libya") == 1
    assert run("status", "--verify", "--index", index).code == 0
    assert run("index", docs, "--index", index).code == 0
    assert (total(index, "libya"), total(index, "wire")) == (2, 2)


@contextmanager
def files_no_larger_than(size: int) -> Iterator[None]:
    """As `ulimit -f`: the system itself refuses to write more."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("size", [10, 500, 3_000, 15_000])
def test_a_disk_that_fills_up_at_any_point_gives_the_same_message(
    tmp_path: Path, size: int
) -> None:
    index = indexed(written(tmp_path / "docs", GOOD))
    more = many(tmp_path / "more", files=100)
    with files_no_larger_than(size), pytest.raises(StorageFailed, match="cannot be written"):
        _index(more, index, 10_000)
    assert (total(index, "libya"), total(index, "wire")) == (1, 0)
    assert run("index", more, "-q", "--index", index).code == 0
    assert total(index, "wire") == 140


# --- output ----------------------------------------------------------------------------------


def ended(words: list[str], stdout: Any) -> tuple[int, str]:
    ran = subprocess.run(
        words, check=False, stdout=stdout, stderr=subprocess.PIPE, env=environment()
    )
    return ran.returncode, ran.stderr.decode()


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")
@pytest.mark.parametrize("arguments", [["search", "libya"], []], ids=str)
def test_an_output_that_cannot_be_written_gives_a_message(
    shared: Path, arguments: list[str]
) -> None:
    index = ["--index", str(shared)] if arguments else []
    with Path("/dev/full").open("w") as nowhere:
        code, err = ended(command(*arguments, *index), nowhere)
    assert code == 2
    assert err.startswith("dalil: The system refused: No space left on device.")
    assert "Exception ignored" not in err


@pytest.mark.slow
@pytest.mark.parametrize(
    "arguments", [["search", "libya", "--json"], ["search", "nothing", "-c"]], ids=str
)
def test_an_output_that_is_closed_is_no_error(shared: Path, arguments: list[str]) -> None:
    index = ["--index", str(shared)]
    reading, writing = os.pipe()
    os.close(reading)
    try:
        code, err = ended(command(*arguments, *index), writing)
        assert code == 0
        assert all(line.startswith("note: ") for line in err.splitlines())
    finally:
        os.close(writing)
