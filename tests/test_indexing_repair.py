"""``dalil index --repair`` reads the files of damaged segments again, in one commit."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from index import IndexWriter
from index.errors import IndexCorrupt
from index.store.directory import IndexDirectory
from index.store.layout import latest_generation
from search import Searcher
from tests.commands import run
from tests.library import unmerged


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    return tmp_path / "docs"


@pytest.fixture
def index(docs: Path, tmp_path: Path) -> Path:
    """An index of three segments with four files each."""
    docs.mkdir()
    with unmerged(), IndexWriter.open(tmp_path / "index") as writer:
        for group in range(3):
            for number in range(4):
                (docs / f"g{group}n{number}.txt").write_text(f"libya group{group} wire{number}")
            writer.add_path(docs)
    return tmp_path / "index"


def segment(index: Path, number: int) -> Path:
    """Return the file of a segment."""
    return IndexDirectory.open(index).snapshot().reader.segments[number].info.path(index)


def spoil(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 64] = b"\x55" * 64
    path.write_bytes(data)


def total(index: Path, query: str) -> int:
    with Searcher.open(index) as searcher:
        return searcher.search(query).total


@pytest.mark.parametrize("damage", [spoil, Path.unlink])
def test_a_repaired_index_answers_as_before_in_one_commit(
    index: Path, damage: Callable[[Path], None]
) -> None:
    damage(segment(index, 1))
    before = latest_generation(index)
    ran = run("index", "--repair", "--index", index)
    assert ran.code == 0, ran.err
    assert "Updated 4 files" in ran.err
    assert latest_generation(index) == before + 1
    assert (total(index, "libya"), total(index, "group1")) == (12, 4)
    assert run("status", "--verify", "--index", index).code == 0
    assert "Nothing has changed" in run("index", "--index", index).err


def test_files_that_are_gone_are_named(index: Path, docs: Path) -> None:
    spoil(segment(index, 1))
    (docs / "g1n2.txt").unlink()
    ran = run("index", "--repair", "--index", index)
    assert ran.code == 0, ran.err
    assert f"{docs / 'g1n2.txt'} is gone: its documents are lost" in ran.err
    assert (total(index, "libya"), total(index, "group1")) == (11, 3)


def test_files_of_a_folder_that_is_away_are_read_when_it_is_back(index: Path, docs: Path) -> None:
    spoil(segment(index, 1))
    away = docs.with_name("away")
    docs.rename(away)
    ran = run("index", "--repair", "--index", index)
    assert ran.code == 0, ran.err
    assert ran.err.count("is gone") == 4
    assert total(index, "libya") == 8
    away.rename(docs)
    assert run("index", "--index", index, "-q").code == 0
    assert total(index, "libya") == 12


def test_a_repair_that_is_cut_short_leaves_the_last_commit(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.indexing.segment_batch.MAX_BATCH_DOCUMENTS", 1)
    spoil(segment(index, 1))
    before = sorted(path.name for path in index.iterdir())

    def stop(progress: object) -> None:
        if getattr(progress, "files", 0) == 2:
            raise KeyboardInterrupt

    with (
        pytest.raises(KeyboardInterrupt),
        IndexWriter.open(index, repair=True, on_progress=stop) as writer,
    ):
        writer.repair()
    assert sorted(path.name for path in index.iterdir()) == before
    assert run("index", "--repair", "--index", index, "-q").code == 0
    assert total(index, "libya") == 12


def test_a_file_whose_documents_are_in_several_segments_is_read_once_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.indexing.segment_batch.MAX_BATCH_DOCUMENTS", 3)
    lines = "".join(f'{{"id": "d{n}", "text": "libya wire{n}"}}\n' for n in range(9))
    (tmp_path / "lines.jsonl").write_text(lines)
    with unmerged(), IndexWriter.open(tmp_path / "index") as writer:
        writer.add_path(tmp_path / "lines.jsonl")
    spoil(segment(tmp_path / "index", 1))
    assert run("index", "--repair", "--index", tmp_path / "index", "-q").code == 0
    assert total(tmp_path / "index", "libya") == 9


def test_an_index_without_damage_stays_as_it_is(index: Path) -> None:
    before = latest_generation(index)
    ran = run("index", "--repair", "--index", index)
    assert ran.code == 0
    assert "no segment is damaged" in ran.err
    assert latest_generation(index) == before


@pytest.mark.parametrize("pattern", ["catalog-*.json", "_MAIN_*.toc"])
def test_a_damaged_commit_can_only_be_built_again(index: Path, docs: Path, pattern: str) -> None:
    (file,) = index.glob(pattern)
    file.write_bytes(file.read_bytes()[:-3])
    with pytest.raises(IndexCorrupt) as caught:
        IndexWriter.open(index, repair=True)
    assert "--rebuild" in caught.value.hint
    ran = run("index", "--repair", "--index", index)
    assert (ran.code, ran.out) == (2, "")
    assert run("index", "--rebuild", docs, "--index", index, "-q").code == 0
    assert total(index, "libya") == 12


@pytest.mark.parametrize("more", [["--rebuild"], ["--dry-run"], ["."]])
def test_a_repair_goes_with_nothing_else(index: Path, more: list[str]) -> None:
    ran = run("index", "--repair", *more, "--index", index)
    assert ran.code == 2
    assert "alone" in ran.err


def test_a_repair_of_a_copy_asks_for_trust(index: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(index, tmp_path / "copy")
    spoil(segment(copy, 1))
    ran = run("index", "--repair", "--index", copy)
    assert ran.code == 2
    assert "dalil trust" in ran.err
