"""The screen without documents: picking a folder, what is in it, and the run that indexes it."""

from __future__ import annotations

import threading
from pathlib import Path
from unittest.mock import patch

import pytest

from index.indexing.report import IndexReport, Progress
from search.tui.interaction.folder_contents import FolderContents, folder_contents
from search.tui.interaction.indexing_pace import IndexingPace, shown_seconds
from search.tui.interaction.progress_relay import ProgressRelay
from search.tui.interaction.search_session import SearchSession
from search.tui.widgets.folder_tree import FolderTree
from search.tui.widgets.welcome import Welcome
from tests.commands import indexed, run, written
from tests.piloted import Screen, played, screen

FILES = {"a.txt": "oil", "b.txt": "ليبيا", ".hidden": "x", "skip.log": "no", ".ignore": "*.log\n"}


async def _counted(on: Screen) -> None:
    """Wait until the folder is counted."""
    for _ in range(200):
        await on.settle()
        if "counting" not in on.text:
            return


async def _shown(on: Screen, text: str) -> None:
    """Wait until a text is seen: the tree reads folders in its own time."""
    for _ in range(200):
        if text in on.text:
            return
        await on.pilot.pause(0.02)
    raise AssertionError(f"{text} is not in {on.text}")


@pytest.fixture
def docs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = written(tmp_path / "docs", FILES)
    monkeypatch.chdir(folder)
    return folder


@played
async def test_an_empty_index_shows_the_welcome_again(tmp_path: Path, docs: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    index = tmp_path / "index"
    run("index", empty, "--index", index)
    async with screen(index) as on:
        assert on.app.query(Welcome)
        assert "is empty" in on.text
        assert "the index is empty" in on.app.status.text
        await on.press("enter")
        assert not on.app.query(Welcome)
        assert on.app.status.text.startswith("2 documents")


@played
async def test_a_folder_without_documents_leaves_the_welcome_and_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(written(tmp_path / "pictures", {"a.png": b"\x89PNG\r\n\x1a\n" + b"\0" * 64}))
    async with screen(tmp_path / "index") as on:
        await on.press("enter")
        assert on.app.query(Welcome)
        assert "No document was found" in on.text
        assert "not a type that is read 1" in " ".join(on.text.split())
        assert on.focus == "make"


@played
async def test_the_welcome_counts_what_would_be_indexed_and_asks(
    tmp_path: Path, docs: Path
) -> None:
    async with screen(tmp_path / "index") as on:
        await _counted(on)
        size = sum((docs / name).stat().st_size for name in ("a.txt", "b.txt"))
        assert f"2 files, {size} bytes: index this folder?" in on.text


@played
async def test_another_folder_can_be_typed_and_is_counted_before_it_is_indexed(
    tmp_path: Path, docs: Path
) -> None:
    written(tmp_path / "other", {f"{n}.txt": f"gas {n}" for n in range(3)})
    async with screen(tmp_path / "index") as on:
        box = on.app.query_one("#folder")
        box.focus()
        box.fill(str(tmp_path / "nowhere"))  # type: ignore[attr-defined]
        await _counted(on)
        assert "There is no such folder." in on.text
        await on.press("enter")
        assert not (tmp_path / "index" / "dalil.json").exists()
        box.fill(str(tmp_path / "other"))  # type: ignore[attr-defined]
        await _counted(on)
        assert "3 files, 15 bytes: index this folder?" in on.text
        await on.press("enter")
        assert on.app.status.text.startswith("3 documents")


@played
async def test_a_folder_is_chosen_in_the_tree(
    tmp_path: Path, docs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    written(tmp_path / "وثائق", {"one.txt": "gas"})
    written(tmp_path / "[b]\x1b[31mbad", {"one.txt": "gas"})
    async with screen(tmp_path / "index") as on:
        tree = on.app.query_one(FolderTree)
        await _shown(on, "ﻖﺋﺎﺛﻭ")
        assert "\x1b" not in on.text
        assert "[b]" in on.text
        tree.focus()
        await on.settle()
        tree.cursor_line = tree.last_line
        await on.press("enter")
        await _counted(on)
        assert "1 file, 3 bytes: index this folder?" in on.text
        await on.press("escape", "enter")
        assert on.app.status.text.startswith("1 document ")


@played
async def test_the_welcome_says_what_is_true_while_it_indexes(tmp_path: Path, docs: Path) -> None:
    gate = threading.Event()
    index = SearchSession.index

    def slow(session: SearchSession, folder: Path, relay: ProgressRelay) -> IndexReport:
        relay.put(Progress(1, 2, 1, "a.txt"))
        gate.wait(10)
        return index(session, folder, relay)

    with patch.object(SearchSession, "index", slow):
        async with screen(tmp_path / "index", (80, 24)) as on:
            await on.pilot.press("enter")
            await on.pilot.pause(0.3)
            assert "There is no index" not in on.text
            assert "no index yet" not in on.text
            assert on.app.status.text == f"indexing {docs}"
            assert "what is committed stays" in on.text
            assert "1 of 2 files, 1 documents" in on.text
            await on.pilot.press("escape")
            assert on.app.hints.text == "Ctrl+C stop; what is committed stays"
            gate.set()
            await on.settle()
            assert "2 documents, 3 left out" in on.text


@pytest.mark.parametrize("size", [(30, 10), (50, 20), (200, 50)])
@played
async def test_the_welcome_asks_at_any_size(
    tmp_path: Path, docs: Path, size: tuple[int, int]
) -> None:
    async with screen(tmp_path / "index", size) as on:
        await _counted(on)
        assert "Index this folder" in on.text
        assert on.app.query_one("#folder").region.bottom < size[1]


def test_counting_stops_when_nobody_waits_and_at_its_limit(tmp_path: Path) -> None:
    folder = written(tmp_path / "docs", {f"{n}.txt": "oil" for n in range(5)})
    assert folder_contents(folder, lambda: True, lambda _: None) == FolderContents(5, 15)
    with patch("search.tui.interaction.folder_contents.MAX_FILES", 3):
        found = folder_contents(folder, lambda: True, lambda _: None)
    assert str(found) == "more than 3 files, 9 bytes"
    with patch("search.tui.interaction.folder_contents.time.monotonic", iter(range(99)).__next__):
        assert folder_contents(folder, lambda: False, lambda _: None) is None


def test_the_pace_says_how_long_the_rest_takes() -> None:
    pace = IndexingPace(Progress(files=25, of=100, documents=500, path=""), seconds=10)
    assert str(pace) == "25%, 25 of 100 files, 500 documents, 50 a second, 30 s left"
    large = Progress(files=0, of=2, documents=500, path="a.jsonl", bytes=50, of_bytes=100)
    assert IndexingPace(large, 10).seconds_left == 10
    assert str(IndexingPace(large, 10)).startswith("50%, 0 of 2 files")
    assert IndexingPace(Progress(0, 0, 0, ""), 10).seconds_left is None
    assert [shown_seconds(s) for s in (59.4, 60, 3600)] == ["59 s", "1 min 0 s", "1 h 0 min"]


@played
async def test_an_index_with_documents_shows_no_welcome(tmp_path: Path, docs: Path) -> None:
    async with screen(indexed(docs)) as on:
        assert not on.app.query(Welcome)
