"""An index is at a commit, whatever happens to a writer."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from commands import environment, indexed, run, written

from index import IndexWriter
from index.errors import IndexMissing
from index.indexing import segment_batch as batch
from index.store.directory import IndexDirectory
from index.store.verification import damaged_files
from search.searcher import Searcher

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def _no_records(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the record of trusted folders: it is written once, outside the index."""
    monkeypatch.setattr("index.indexing.writer.record", lambda *_: None)
    monkeypatch.setattr("index.indexing.writer.is_foreign", lambda *_: False)


needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork, to be quick")


def lines(count: int, word: str) -> str:
    return "".join(f'{{"id": "{n}", "text": "wire {word} line{n}"}}\n' for n in range(count))


BEFORE = {
    **{f"{n:02}.txt": f"wire old{n}" for n in range(12)},
    "w.jsonl": lines(9, "old"),
    "gone.jsonl": lines(3, "gone"),
}
AFTER = {
    **{f"{n:02}.txt": f"wire new{n} and more" for n in range(8)},
    **{f"moved/{n:02}.txt": f"wire old{n}" for n in range(8, 12)},
    **{f"new/{n:02}.txt": f"wire number{n}" for n in range(16)},
    "w.jsonl": lines(17, "new"),
}
BATCH = 5
FILES, LINES = 24, 700


def index_all(docs: Path, index: Path, jobs: int = 1) -> None:
    """Run the indexer with several commits and a merge."""
    batch.MAX_BATCH_DOCUMENTS = BATCH
    with IndexWriter.open(index, jobs=jobs) as writer:
        writer.add_path(docs)


# --- killed at one moment after the other ----------------------------------------------------


def count_moments(index: Path, at: Callable[[int, int | None], None]) -> None:
    """Call ``at`` with a number before every change to the folder of an index.

    A change is a file that is opened for writing, renamed, deleted, made private or
    synchronised; in the last case ``at`` also receives the descriptor of the file.
    """
    moments = 0
    inside = str(index)
    fsync = os.fsync

    def met(descriptor: int | None = None) -> None:
        nonlocal moments
        moments += 1
        at(moments, descriptor)

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event in ("os.rename", "os.remove", "os.chmod", "os.mkdir") or (
            event == "open" and isinstance(arguments[2], int) and arguments[2] & 3
        ):
            named = arguments[0]
            if isinstance(named, str | os.PathLike) and os.fspath(named).startswith(inside):
                met()

    def noting(descriptor: int) -> None:
        met(descriptor)
        fsync(descriptor)

    sys.addaudithook(hook)
    os.fsync = noting


def in_a_child(work: Callable[[], None]) -> int:
    """Run a function in a process of its own; return the exit code."""
    child = multiprocessing.get_context("fork").Process(target=work)
    child.start()
    child.join(60)
    assert child.exitcode is not None
    return child.exitcode


def killed_at(moment: int, docs: Path, index: Path, jobs: int = 1) -> None:
    """Index, and die at a moment; a file that is being synchronised then is cut in half."""

    def at(number: int, descriptor: int | None) -> None:
        if number == moment:
            if descriptor is not None and stat.S_ISREG(os.fstat(descriptor).st_mode):
                os.truncate(descriptor, os.fstat(descriptor).st_size // 2)
            os.kill(os.getpid(), signal.SIGKILL)

    def work() -> None:
        count_moments(index, at)
        index_all(docs, index, jobs)

    assert in_a_child(work) == -signal.SIGKILL, f"moment {moment} never came"


def moments_of(docs: Path, index: Path, jobs: int = 1) -> int:
    """Count the moments of a whole run."""
    counted = index.with_name("moments")

    def work() -> None:
        met: list[int] = []
        count_moments(index, lambda number, _: met.append(number))
        index_all(docs, index, jobs)
        counted.write_text(str(len(met)))

    assert in_a_child(work) == 0
    return int(counted.read_text())


def stored(index: Path) -> Iterator[dict[str, Any]]:
    """Yield the stored fields of every live document of the last commit."""
    for segment, _ in IndexDirectory.open(index).snapshot().reader:
        yield from (
            segment.stored(n) for n in range(segment.count) if n not in segment.info.deleted
        )


def assert_consistent(index: Path) -> None:
    """Check that the index holds the documents of the catalog as they were read, and no others."""
    directory = IndexDirectory.open(index)
    assert damaged_files(index) == []
    catalog = directory.last_catalog()
    found: dict[str, list[dict[str, Any]]] = {}
    for document in stored(index):
        found.setdefault(document["path"].partition("#")[0], []).append(document)
    assert set(found) == set(catalog.files)
    for path, state in catalog.files.items():
        documents = found[path]
        assert len(documents) == state.documents, path
        if path.endswith(".txt"):
            assert documents[0]["sha256"] == state.sha256
        else:
            assert {d["id"] for d in documents} == {str(n) for n in range(state.documents)}
            assert len({d["text"].split()[1] for d in documents}) == 1, "of two versions"
    with Searcher.open(index) as searcher:
        assert searcher.search("wire", limit=0).total == sum(map(len, found.values()))


def assert_complete(docs: Path, index: Path) -> None:
    """Check that the folder is in the index, and no file of another commit is left."""
    texts = {str(docs / name): text for name, text in AFTER.items() if name.endswith(".txt")}
    texts |= {f"{docs}/w.jsonl#{n}": f"wire new line{n}" for n in range(17)}
    assert {d["path"]: d["text"] for d in stored(index)} == texts
    snapshot = IndexDirectory.open(index).snapshot()

    assert {p.name for p in index.iterdir()} == {
        *snapshot.catalog.checksums, f"catalog-{snapshot.generation}.json",
        "dalil.json", "MAIN_WRITELOCK",
    }  # fmt: skip


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as it is now, and an index of its former state."""
    place = tmp_path_factory.mktemp("durable")
    docs = written(place / "docs", BEFORE)
    in_a_child(lambda: index_all(docs, place / "index"))
    for n in range(8, 12):  # moved, not written anew
        (docs / "moved").mkdir(exist_ok=True)
        (docs / f"{n:02}.txt").rename(docs / f"moved/{n:02}.txt")
    (docs / "gone.jsonl").unlink()
    written(docs, {name: text for name, text in AFTER.items() if not name.startswith("moved")})
    return place


def again_from(place: Path, index: Path) -> Path:
    """Copy the index as it was before to another place."""
    shutil.rmtree(index, ignore_errors=True)
    shutil.copytree(place / "index", index)
    return index


def chosen(count: int, moments: int) -> list[int]:
    """Choose ``count`` moments, including the first and the last, the same on every run."""
    between = random.Random(7).sample(range(2, moments), count - 2)
    return sorted([1, *between, moments])


@needs_fork
@pytest.mark.parametrize(("jobs", "kills"), [(1, 50), (2, 3)])
def test_a_writer_that_is_killed_at_any_moment_leaves_a_commit_that_the_next_completes(
    started: Path, tmp_path: Path, jobs: int, kills: int
) -> None:
    docs, index = started / "docs", tmp_path / "index"
    moments = moments_of(docs, again_from(started, index), jobs)
    assert_complete(docs, index)
    generations = set()
    for moment in chosen(kills, moments - 20 * (jobs - 1)):  # two jobs differ from run to run
        killed_at(moment, docs, again_from(started, index), jobs)
        assert_consistent(index)
        generations.add(IndexDirectory.open(index).snapshot().generation)
        with IndexWriter.open(index) as writer:
            writer.add_path(docs)
        assert_complete(docs, index)
    assert len(generations) >= min(kills, 10) - 1, "the moments lie in different commits"


@needs_fork
def test_an_index_whose_making_is_killed_is_missing_or_at_a_commit(
    started: Path, tmp_path: Path
) -> None:
    docs, index = started / "docs", tmp_path / "index"
    for moment in range(1, 25, 2):
        shutil.rmtree(index, ignore_errors=True)
        killed_at(moment, docs, index)
        with suppress(IndexMissing):
            assert_consistent(index)
        with IndexWriter.open(index) as writer:
            writer.add_path(docs)
        assert_complete(docs, index)


def test_what_a_killed_writer_left_goes_though_there_is_nothing_to_do(tmp_path: Path) -> None:
    docs = written(tmp_path / "docs", {"a.txt": "wire"})
    index = indexed(docs)
    before = {path.name for path in index.iterdir()}
    left = ["MAIN_0left.arr", "0left.arr.new", "_MAIN_99.toc.new", "catalog-99.json"]
    written(index, {**dict.fromkeys(left, "x"), "MAIN.tmp/0left": "x", "notes.txt": "mine"})
    with IndexWriter.open(index) as writer:
        assert writer.add_path(docs).unchanged == 1
    assert {path.name for path in index.iterdir()} == {*before, "notes.txt"}


# --- several processes -------------------------------------------------------------------------


def gone(group: int, seconds: float = 20) -> bool:
    """Whether all processes of a group end within a generous time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.02)
    return False


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """Documents that take some seconds to index, in files of one batch each."""
    names = [f"{n:02}.jsonl" for n in range(FILES)]
    return written(tmp_path / "docs", {name: lines(LINES, name[:2]) for name in names})


@pytest.fixture
def at_work(many: Path, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A command with two workers in a group of its own that has written segments."""
    index = tmp_path / "index"
    code = (
        f"import index.indexing.segment_batch as b; b.MAX_BATCH_DOCUMENTS = {LINES}\n"
        "from search.__main__ import main\n"
    )
    words = [sys.executable, "-c", code + "main()", "index", str(many), "--index", str(index)]
    child = subprocess.Popen(
        [*words, "--jobs", "2"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env=environment(), start_new_session=True,
    )  # fmt: skip
    deadline = time.monotonic() + 60
    while not list(index.glob("_MAIN_[3-9].toc")) and time.monotonic() < deadline:
        time.sleep(0.01)
    yield child
    if not gone(child.pid, 0.1):
        os.killpg(child.pid, signal.SIGKILL)


def ends_whole(many: Path, index: Path) -> None:
    """Check that the index is at a commit, and that the next run completes it."""
    assert_consistent(index)
    assert 0 < len(list(stored(index))) < FILES * LINES
    report = json.loads(run("index", many, "--json", "--index", index).out)
    assert report["documents"] == FILES * LINES
    assert not list(index.glob("*.new"))


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="needs groups of processes")
def test_control_c_ends_all_workers_in_130_with_a_message(
    at_work: subprocess.Popen[str], many: Path, tmp_path: Path
) -> None:
    os.killpg(at_work.pid, signal.SIGINT)  # as a terminal does: to everyone
    out, err = at_work.communicate(timeout=30)
    assert (at_work.returncode, out) == (130, "")
    assert err.startswith("dalil: Interrupted.\n  What was committed is kept")
    assert "Traceback" not in err
    assert gone(at_work.pid)
    assert not list((tmp_path / "index").glob("*.new"))
    ends_whole(many, tmp_path / "index")


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="needs groups of processes")
def test_workers_do_not_outlive_a_command_that_is_killed(
    at_work: subprocess.Popen[str], many: Path, tmp_path: Path
) -> None:
    at_work.kill()
    at_work.communicate(timeout=30)
    assert gone(at_work.pid)
    ends_whole(many, tmp_path / "index")


# --- nothing is unpickled ----------------------------------------------------------------------

REFUSE = """
import pickle
def refuse(*arguments, **options):
    raise AssertionError("unpickled")
pickle.loads = pickle.load = pickle._loads = pickle._load = refuse
class Refusing:
    __init__ = refuse
pickle.Unpickler = pickle._Unpickler = Refusing
"""
EVERYTHING = """
import sys
from pathlib import Path
from index import IndexWriter
from index.indexing import segment_batch as batch
from search import Searcher
batch.MAX_BATCH_DOCUMENTS = 2
docs, index = map(Path, sys.argv[1:])
with IndexWriter.open(index, jobs=1) as writer:
    writer.add_path(docs)
segments = len(list(index.glob("*.arr")))
with IndexWriter.open(index, jobs=1) as writer:
    writer.forget([docs / "00.txt"])
with Searcher.open(index) as searcher:
    words = searcher.search("wire", limit=100).total
    phrases = searcher.search('"wire old" OR lin* OR olt~').total
print(segments, words, bool(phrases))
"""


def test_nothing_is_unpickled_by_indexing_merging_forgetting_and_searching(tmp_path: Path) -> None:
    docs = written(tmp_path / "docs", BEFORE)
    ran = subprocess.run(
        [sys.executable, "-c", REFUSE + EVERYTHING, docs, tmp_path / "index"],
        check=False, capture_output=True, text=True, env=environment(), timeout=60,
    )  # fmt: skip
    assert ran.stderr == ""
    segments, *rest = ran.stdout.split()
    assert rest == ["23", "True"]
    assert int(segments) < 24 / 2, "segments were merged"


# --- the order of a commit ---------------------------------------------------------------------


def test_a_commit_is_on_the_disk_before_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    docs = written(tmp_path / "docs", {"a.txt": "wire"})
    index = tmp_path / "index"
    with IndexWriter.open(index) as writer:
        done: list[str] = []
        fsync, replace = os.fsync, os.replace

        def syncing(descriptor: int) -> None:
            (name,) = (
                path.name
                for path in (index, *index.iterdir())
                if os.path.samestat(path.stat(), os.fstat(descriptor))
            )
            done.append(f"sync {name}")
            fsync(descriptor)

        def renaming(old: Path, new: Path) -> None:
            done.append(f"rename {Path(old).name} {Path(new).name}")
            replace(old, new)

        monkeypatch.setattr(os, "fsync", syncing)
        monkeypatch.setattr(os, "replace", renaming)
        writer.add_path(docs)
        monkeypatch.setattr(os, "fsync", fsync)
        monkeypatch.setattr(os, "replace", replace)
    (segment,) = (path.name.removeprefix("MAIN_") for path in index.glob("*.arr"))
    assert done == [
        f"sync {segment}.new",
        f"rename {segment}.new MAIN_{segment}",
        "sync catalog-1.json",
        "sync _MAIN_1.toc.new",
        "sync index",
        "rename _MAIN_1.toc.new _MAIN_1.toc",
        "sync index",
    ]


# --- readers -----------------------------------------------------------------------------------


def test_a_reader_keeps_its_snapshot_while_its_segments_are_merged_away(tmp_path: Path) -> None:
    docs, index = tmp_path / "docs", tmp_path / "index"
    with IndexWriter.open(index) as writer:
        for n in range(3):
            writer.add_path(written(docs, {f"{n}.txt": f"wire old{n}"}))
        with Searcher.open(index) as before:
            open_then = {path.name for path in index.glob("*.arr")}
            (docs / "0.txt").unlink()
            for n in range(3, 12):
                writer.add_path(written(docs, {f"{n}.txt": f"wire new{n}"}))
            assert len(open_then) == 3
            assert open_then.isdisjoint(path.name for path in index.glob("*.arr"))
            hits = before.search("wire OR old0 OR new3", limit=100).hits
            assert sorted(Path(hit.path).name for hit in hits) == ["0.txt", "1.txt", "2.txt"]
            assert {hit.snippets[0].text for hit in hits} == {f"wire old{n}" for n in range(3)}
            assert before.search("new3").total == 0
    with Searcher.open(index) as after:
        assert (after.search("wire").total, after.search("old0").total) == (11, 0)
