"""A document that crashes its reader, or never ends, costs one file and is not tried again."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from commands import environment, run, until, written
from hypothesis import given
from hypothesis import strategies as st

from index import IndexReport, IndexWriter
from index.document import DATE_MARKS, DATE_SOURCES, Document, Part, Skipped
from index.errors import ReaderFailed
from index.extract.walk import Candidate
from index.sandbox import messages, system_calls
from index.sandbox.limits import Limits
from index.sandbox.messages import BadFrame, Failure, FileEnd
from index.sandbox.process import ReaderProcess, ReaderSettings
from index.sandbox.reader import SandboxedReader
from search.searcher import Searcher

HOSTILE_READER = """
import importlib.abc, importlib.util, os, signal, sys, time

class Finder(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name != "index.extract.plain":
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(name)
        execute = spec.loader.exec_module
        def replaced(module):
            execute(module)
            read = module.read
            def reads(source):
                kind = source.path.stem
                if kind == "crash": os.kill(os.getpid(), signal.SIGSEGV)
                if kind == "hang": time.sleep(1000)
                if kind == "eat": bytearray(3 << 30)
                return read(source)
            module.read = reads
        spec.loader.exec_module = replaced
        return spec

sys.meta_path.insert(0, Finder())
"""
"""A reader of plain text that fails for files of some names, for ``sitecustomize.py``."""
REASONS = {
    "crash.txt": "cannot be read: its reader crashed (SIGSEGV)",
    "eat.txt": "needs more memory than a file may take",
    "hang.txt": "takes more than 1 s to read",
}
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has this guard")


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path / "site", {"sitecustomize.py": HOSTILE_READER})
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "site"))
    monkeypatch.setattr(Limits, "for_files", classmethod(lambda cls, _: cls(base_seconds=1.0)))


def indexed(docs: Path, jobs: int = 1) -> IndexReport:
    with IndexWriter.open(docs.with_name("index"), jobs=jobs) as writer:
        return writer.add_path(docs)


def reasons(report: IndexReport) -> dict[str, str]:
    return {Path(skipped.path).name: skipped.reason for skipped in report.skipped}


@LINUX
@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.usefixtures("hostile")
def test_readers_that_fail_cost_their_files_and_no_others(tmp_path: Path, jobs: int) -> None:
    good = {f"{number:03}.txt": f"wire number{number}" for number in range(200)}
    docs = written(tmp_path / "docs", {**good, **dict.fromkeys(REASONS, "bad")})
    report = indexed(docs, jobs)
    assert (report.added, report.documents) == (200, 200)
    assert reasons(report) == REASONS
    assert all(skipped.problem for skipped in report.skipped)


@LINUX
@pytest.mark.parametrize("name", REASONS)
@pytest.mark.usefixtures("hostile")
def test_a_file_whose_reader_failed_is_read_again_only_when_it_changed(
    tmp_path: Path, name: str
) -> None:
    docs = written(tmp_path / "docs", {"a.txt": "wire", name: "bad"})
    indexed(docs)
    again = indexed(docs)
    assert (again.changed, again.unchanged, reasons(again).keys()) == (False, 2, {name})
    status = json.loads(run("status", "--json", "--index", docs.with_name("index")).out)
    assert (status["files"], status["documents"]) == (1, 1)
    assert status["roots"] == {str(docs): 1}
    (docs / name).rename(docs / "good.txt")
    moved = indexed(docs)
    assert (moved.added, moved.removed, moved.documents, moved.skipped) == (1, 0, 2, [])


@LINUX
@pytest.mark.usefixtures("hostile")
def test_a_file_whose_reader_failed_is_tried_again_when_it_is_named_alone(tmp_path: Path) -> None:
    docs = written(tmp_path / "docs", {"crash.txt": "wire"})
    indexed(docs)
    written(tmp_path / "site", {"sitecustomize.py": ""})
    assert indexed(docs).added == 0
    with IndexWriter.open(tmp_path / "index") as writer:
        report = writer.add_path(docs / "crash.txt")
    assert (report.added, report.skipped) == (1, [])


@LINUX
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_file_whose_reader_somebody_else_killed_is_read_once_more(
    tmp_path: Path, number: signal.Signals
) -> None:
    lines = "".join(f'{{"id": "{n}", "text": "{"wire " * 5000}"}}\n' for n in range(300))
    path = written(tmp_path, {"a.jsonl": lines}) / "a.jsonl"
    file = Candidate(path, tmp_path, path.stat().st_size, 0)
    with closing(SandboxedReader(Limits())) as reader:
        documents = reader.read(file)
        ids = [next(documents).path.rpartition("#")[2]]
        assert reader._process is not None
        os.kill(reader._process._process.pid, number)
        ids += [document.path.rpartition("#")[2] for document in documents]
    assert ids == [str(n) for n in range(300)]


@LINUX
@pytest.mark.usefixtures("hostile")
def test_old_documents_of_a_file_that_crashes_its_reader_now_are_gone(tmp_path: Path) -> None:
    docs = written(tmp_path / "docs", {"a.txt": "wire", "b.txt": "wire two"})
    indexed(docs)
    (docs / "b.txt").unlink()
    written(docs, {"crash.txt": "wire two"})
    assert indexed(docs).documents == 1
    with Searcher.open(tmp_path / "index") as searcher:
        assert searcher.search("two").total == 0


@LINUX
@pytest.mark.usefixtures("hostile")
def test_an_interrupt_ends_a_run_whose_reader_hangs_and_keeps_what_was_committed(
    tmp_path: Path,
) -> None:
    docs = written(tmp_path / "docs", {"a.txt": "wire"})
    index = tmp_path / "index"
    with IndexWriter.open(index) as writer:
        writer.add_path(docs)
    written(docs, {"hang.txt": "wire"})
    words = [sys.executable, "-m", "search", "index", str(docs), "--index", str(index)]
    with subprocess.Popen(words, env=environment(PYTHONPATH=os.environ["PYTHONPATH"])) as process:
        until(lambda: children(process.pid), lambda: "no process reads")
        (reader,) = children(process.pid)
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 130
    until(lambda: not Path(f"/proc/{reader}").exists(), lambda: "it still runs")
    with Searcher.open(index) as searcher:
        assert searcher.search("wire").total == 1


@LINUX
def test_a_reader_ends_with_its_parent(tmp_path: Path) -> None:
    code = (
        "from index.sandbox.process import *; import os, time\n"
        "process = ReaderProcess(ReaderSettings(1 << 30))\n"
        "print(process._process.pid, flush=True); time.sleep(100)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        reader = int(parent.stdout.readline())
        parent.kill()
    until(lambda: not Path(f"/proc/{reader}").exists(), lambda: "it still runs")


def children(process: int) -> list[int]:
    """Return the children of a process that run Python code of the sandbox."""
    found = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [int(n) for n in found if b"sandbox" in Path(f"/proc/{n}/cmdline").read_bytes()]


def test_one_process_reads_all_files_and_ends_with_the_run(tmp_path: Path) -> None:
    docs = written(tmp_path / "docs", {f"{n}.txt": f"text {n}" for n in range(20)})
    files = [Candidate(path, docs, 6, 0) for path in sorted(docs.iterdir())]
    with closing(SandboxedReader(Limits())) as reader:
        found = [item for file in reader.ahead(files) for item in reader.read(file)]
        process = reader._process
    assert [Path(document.path) for document in found] == [file.path for file in files]
    assert process is not None
    assert process._process.poll() is not None


# --- what a process may do ------------------------------------------------------------------

ATTEMPTS = {
    "a socket": "import socket; socket.socket()",
    "a program": "import subprocess; subprocess.run(['true'])",
    "a child": "import os; os.fork()",
    "a new file": "open('made', 'w')",
    "more of a file": "open('here', 'a')",
    "a name": "import os; os.rename('here', 'there')",
    "a file less": "import os; os.unlink('here')",
    "a folder": "import os; os.mkdir('made')",
    "a mode": "import os; os.chmod('here', 0o777)",
    "a time": "import os; os.utime('here')",
    "a shorter file": "import os; os.truncate('here', 0)",
    "a signal": "import os; os.kill(os.getppid(), 0)",
    "a trace": "import ctypes; assert ctypes.CDLL(None).ptrace(0, 0, 0, 0) == 0",
}
FORBIDDEN = "from index.sandbox import system_calls; assert system_calls.forbid()\n"


@LINUX
@pytest.mark.parametrize("attempt", ATTEMPTS.values(), ids=ATTEMPTS)
def test_a_process_that_reads_cannot_get(attempt: str, tmp_path: Path) -> None:
    (tmp_path / "here").write_text("here")
    before = sorted(path.name for path in tmp_path.iterdir())
    if not _runs(FORBIDDEN, tmp_path):
        pytest.skip("this kernel has no filter for system calls")
    assert _runs(attempt.replace("getppid()", "getpid()"), tmp_path)
    (tmp_path / "here").write_text("here")
    assert not _runs(FORBIDDEN + attempt, tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == before
    assert (tmp_path / "here").read_text() == "here"


@LINUX
def test_a_process_that_reads_can_read_and_start_threads(tmp_path: Path) -> None:
    (tmp_path / "here").write_text("here")
    reads = "import threading; t = threading.Thread(target=print); t.start(); t.join()\n"
    assert _runs(FORBIDDEN + reads + "assert open('here').read() == 'here'", tmp_path)


def _runs(code: str, folder: Path) -> bool:
    for made in ("made", "there"):
        path = folder / made
        if path.is_dir():
            path.rmdir()
        path.unlink(missing_ok=True)
    return subprocess.run([sys.executable, "-c", code], cwd=folder, check=False).returncode == 0


def test_no_two_rules_concern_one_call() -> None:
    for machine, forbidden in system_calls._FORBIDDEN.items():
        special = [*system_calls._OPEN[machine], *system_calls._KILL[machine]]
        numbers = [*forbidden.values(), *special, system_calls._CLONE[machine]]
        assert len(set(numbers)) == len(numbers)


# --- what it sends --------------------------------------------------------------------------

texts = st.text(st.characters(exclude_categories=["Cs"]))
plain_documents = st.builds(
    Document,
    path=texts,
    id=texts,
    text=texts,
    type=texts,
    modified=st.datetimes(datetime(1970, 1, 2), datetime(2100, 1, 1), timezones=st.just(UTC)),
    sha256=texts,
    title=texts,
    language=st.none() | texts,
    url=st.none() | texts,
    encoding=st.none() | texts,
    author=texts,
    tags=st.lists(texts).map(tuple),
    first_line=st.integers(1),
    repaired=st.lists(st.integers(1, 99)).map(tuple),
    doubtful=st.lists(st.integers(1, 99)).map(tuple),
)
dated_documents = st.builds(
    replace,
    plain_documents,
    date=st.dates(date(1, 1, 1), date(9999, 12, 31)),
    date_source=st.sampled_from(DATE_SOURCES),
    date_marks=st.lists(st.sampled_from(DATE_MARKS), unique=True).map(tuple),
)
documents = plain_documents | dated_documents
items = (
    documents
    | st.builds(Skipped, texts, texts, st.booleans())
    | st.builds(Failure, texts, texts, st.sampled_from(messages.FAILURES))
    | st.just(FileEnd())
)


def framed(**fields: object) -> bytes:
    """A frame of a document of four characters, with some of its fields replaced."""
    document = Document("a", "a", "wire", "text", datetime(2020, 1, 1, tzinfo=UTC), "0")
    head = [["document", {**messages._fields(document), **fields}, 4]]
    packed = json.dumps(head).encode()
    return messages.SIZES.pack(len(packed), 4) + packed + b"wire"


def decoded(frame: bytes) -> list[messages.Item]:
    head, text = messages.sizes(frame[: messages.SIZES.size])
    rest = frame[messages.SIZES.size :]
    assert len(rest) == head + text
    return messages.decode(rest[:head], rest[head:])


@given(st.lists(items))
def test_a_frame_is_decoded_to_what_was_encoded(sent: list[messages.Item]) -> None:
    assert decoded(messages.encode(sent)) == sent


@given(st.lists(items, min_size=1), st.data())
def test_any_bytes_are_items_or_a_bad_frame(sent: list[messages.Item], data: st.DataObject) -> None:
    frame = bytearray(messages.encode(sent))
    for _ in range(data.draw(st.integers(1, 4))):
        frame[data.draw(st.integers(messages.SIZES.size, len(frame) - 1))] = data.draw(
            st.integers(0, 255)
        )
    with suppress(BadFrame):
        decoded(bytes(frame))


def test_the_parts_of_a_document_are_as_they_were_sent() -> None:
    (document,) = decoded(framed(parts=[[1, "footnote"], [3, ""]]))
    assert isinstance(document, Document)
    assert document.parts == (Part(1, "footnote"), Part(3, ""))
    assert decoded(messages.encode([document])) == [document]


PARTS: dict[str, object] = {
    "outside the text": [[5, "footnote"]],
    "before the text": [[-1, "footnote"]],
    "out of order": [[3, ""], [1, "footnote"]],
    "no pair": [[1]],
    "no number": [["1", "footnote"]],
    "no label": [[1, None]],
    "a label without end": [[1, "x" * 1000]],
    "no list": 7,
}


@pytest.mark.parametrize("parts", PARTS.values(), ids=PARTS)
def test_parts_that_no_reader_sends_are_refused(parts: object) -> None:
    with pytest.raises(BadFrame):
        decoded(framed(parts=parts))


LIARS = {
    "another file": '[["skipped", "/etc/passwd", "x", false]]',
    "no JSON": "[[",
    "an unknown item": '[["run", "rm"]]',
    "a text that is not there": '[["document", {}, 9]]',
    "deep lists": "[" * 20_000,
}


@pytest.mark.parametrize("head", LIARS.values(), ids=LIARS)
def test_a_process_that_lies_is_a_reader_that_failed(
    head: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    frame = messages.SIZES.pack(len(head), 0) + head.encode()
    path = tmp_path / "a.txt"
    monkeypatch.setattr(
        "index.sandbox.process._START",
        "import sys; sys.path[:] = {path!r}; sys.stdin.readline();"
        f"sys.stdout.buffer.write(bytes.fromhex('{frame.hex()}')); sys.stdout.flush();"
        "sys.stdin.read()",
    )
    with (
        closing(SandboxedReader(Limits())) as reader,
        pytest.raises(ReaderFailed, match="cannot be read"),
    ):
        list(reader.read(Candidate(path, tmp_path, 0, 0)))


@pytest.fixture
def process() -> Iterator[ReaderProcess]:
    process = ReaderProcess(ReaderSettings(Limits().memory))
    yield process
    process.kill()


def test_a_process_that_is_idle_is_no_frame(process: ReaderProcess) -> None:
    with pytest.raises(TimeoutError):
        process.receive(0.01)


# --- too much text --------------------------------------------------------------------------


def test_a_text_of_too_many_words_is_one_problem(tmp_path: Path) -> None:
    words = " ".join(f"w{number}" for number in range(1_000_000))
    docs = written(tmp_path / "docs", {"a.txt": "wire", "words.txt": words})
    report = indexed(docs)
    assert (report.added, reasons(report)) == (
        1,
        {"words.txt": "has more than 800,000 different words"},
    )


def test_a_file_that_turns_into_control_characters_after_its_head_is_one_problem(
    tmp_path: Path,
) -> None:
    late = "wire " * 2000 + "\0" * (4 << 20)
    docs = written(tmp_path / "docs", {"a.txt": "wire", "late.txt": late})
    report = indexed(docs)
    assert (report.added, reasons(report)) == (
        1,
        {"late.txt": "is full of control characters: it is no text"},
    )


def test_many_bad_lines_of_a_file_are_counted(tmp_path: Path) -> None:
    docs = written(tmp_path / "docs", {"a.jsonl": "x\n" * 1500 + '{"id": "1", "text": "wire"}\n'})
    report = indexed(docs)
    assert (report.documents, len(report.skipped)) == (1, 1001)
    assert report.skipped[-1].reason == "500 more parts were left out"
