"""A rebuild is all or nothing: the old index answers until the new one is whole."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

import pytest

from index import IndexWriter
from index.errors import StorageFailed
from index.indexing import segment_batch
from index.indexing.transaction import Transaction
from index.store.directory import IndexDirectory
from index.store.verification import damaged_files
from search import Searcher
from tests.commands import indexed, written


def count(index: Path) -> int:
    with Searcher.open(index) as searcher:
        return searcher.search("wire", limit=0).total


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    return written(tmp_path / "docs", {f"{n}.txt": f"wire {n}" for n in range(12)})


@pytest.fixture
def index(docs: Path) -> Path:
    made = indexed(docs)
    (made / "aliases.txt").write_text("Tripoli = طرابلس\n", "utf-8")
    (docs / "more.txt").write_text("wire more")
    return made


def rebuild(index: Path, docs: Path) -> None:
    with (
        patch.object(segment_batch, "MAX_BATCH_DOCUMENTS", 2),
        IndexWriter.open(index, rebuild=True) as writer,
    ):
        writer.add_path(docs)


def test_readers_see_the_old_index_until_the_rebuild_is_whole(index: Path, docs: Path) -> None:
    seen = []
    add = Transaction.add_segment

    def noted(transaction: Transaction, segment: object) -> None:
        add(transaction, segment)  # type: ignore[arg-type]
        seen.append(count(index))

    with patch.object(Transaction, "add_segment", noted):
        rebuild(index, docs)
    assert len(seen) > 1
    assert set(seen) == {12}
    assert count(index) == 13
    assert (index / "aliases.txt").read_text("utf-8") == "Tripoli = طرابلس\n"
    assert IndexDirectory.open(index).last_catalog().roots == [str(docs)]


@pytest.mark.parametrize("step", ["add_segment", "finish", "_commit"])
def test_a_rebuild_that_ends_early_leaves_the_old_index(index: Path, docs: Path, step: str) -> None:
    with (
        patch.object(Transaction, step, side_effect=KeyboardInterrupt),
        pytest.raises(KeyboardInterrupt),
    ):
        rebuild(index, docs)
    assert count(index) == 12
    rebuild(index, docs)
    assert count(index) == 13
    assert damaged_files(index) == []


def test_a_rebuild_without_room_on_the_disk_is_refused_first(index: Path, docs: Path) -> None:
    with (
        patch("shutil.disk_usage", return_value=SimpleNamespace(free=1)),
        pytest.raises(StorageFailed, match="bytes free"),
    ):
        rebuild(index, docs)
    assert count(index) == 12
