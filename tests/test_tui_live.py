"""The screen follows its index: what another process commits is shown, and nothing is lost."""

from __future__ import annotations

import asyncio
import shutil
import time
from pathlib import Path
from unittest.mock import patch

import pytest

from index import IndexWriter
from index.errors import IndexMissing
from index.store.catalog_changes import CatalogChanges
from index.store.directory import IndexDirectory
from search import Searcher
from search.tui.app import DalilApp
from tests.piloted import Screen, played, screen


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of three documents, indexed at ``tmp_path / "index"``."""
    folder = tmp_path / "docs"
    folder.mkdir()
    for name in ("alpha", "beta", "gamma"):
        (folder / f"{name}.txt").write_text(f"railway {name}\n\n" + "more words\n" * 200)
    _refresh(folder)
    return folder


def _refresh(folder: Path, **settings: bool) -> None:
    with IndexWriter.open(folder.parent / "index", **settings) as writer:
        writer.add_path(folder)


def _paths(on: Screen) -> list[str]:
    listing = on.app.listing
    assert listing is not None
    return sorted(Path(hit.path).name for hit in listing.window(0, 50))


async def _renewed(on: Screen) -> None:
    on.app.renew()
    await on.settle()


@played
async def test_a_new_document_appears_on_the_open_screen(folder: Path) -> None:
    async with screen(folder.parent / "index") as on:
        await on.ask("railway")
        (folder / "delta.txt").write_text("railway delta")
        (folder / "beta.txt").unlink()
        _refresh(folder)
        await _renewed(on)
        assert _paths(on) == ["alpha.txt", "delta.txt", "gamma.txt"]
        assert "index renewed: +1 −1" in on.text


@played
async def test_a_commit_that_a_slow_look_has_seen_is_shown_though_another_look_begins(
    folder: Path,
) -> None:
    async with screen(folder.parent / "index") as on:
        await on.ask("railway")
        (folder / "delta.txt").write_text("railway delta")
        _refresh(folder)
        renew = on.app.session.renew

        def slow() -> CatalogChanges | None:
            changes = renew()
            time.sleep(0.3)
            return changes

        with patch.object(on.app.session, "renew", slow):
            on.app.renew()
            await asyncio.sleep(0.1)
            await _renewed(on)
        assert len(_paths(on)) == 4


@played
async def test_the_selected_hit_and_the_place_in_it_stay_when_the_index_is_renewed(
    folder: Path,
) -> None:
    async with screen(folder.parent / "index") as on:
        await on.ask("railway")
        await on.press("down", "down", "enter", "pagedown", "pagedown")
        title, rows = on.title, [row.start for row in on.app.document.rows]
        (folder / "aleph.txt").write_text("railway railway railway")  # ranks first
        _refresh(folder)
        await _renewed(on)
        assert on.title == title
        assert [row.start for row in on.app.document.rows] == rows


@played
async def test_a_rebuilt_index_is_seen(folder: Path) -> None:
    async with screen(folder.parent / "index") as on:
        (folder / "delta.txt").write_text("railway delta")
        _refresh(folder, rebuild=True)
        await _renewed(on)
        await on.ask("delta")
        assert _paths(on) == ["delta.txt"]


@played
async def test_an_index_that_is_gone_is_said_once_and_seen_when_it_returns(folder: Path) -> None:
    index = folder.parent / "index"
    async with screen(index) as on:
        await on.ask("railway")
        shutil.move(index, folder.parent / "away")
        with patch.object(DalilApp, "notify") as notify:
            await _renewed(on)
            await _renewed(on)
        assert notify.call_count == 1
        assert "no index" in notify.call_args.args[0]
        assert len(_paths(on)) == 3  # the files that are open stay
        (folder / "delta.txt").write_text("railway delta")
        _refresh(folder)
        await _renewed(on)
        assert len(_paths(on)) == 4


@played
async def test_r_reads_what_changed_in_the_folders(folder: Path) -> None:
    async with screen(folder.parent / "index") as on:
        await on.ask("railway")
        (folder / "delta.txt").write_text("railway delta")
        await on.press("tab", "R")
        assert len(_paths(on)) == 4
        assert "Added 1 file" in on.text


@played
async def test_a_refresh_while_another_process_writes_is_refused_with_a_sentence(
    folder: Path,
) -> None:
    directory = IndexDirectory.open(folder.parent / "index")
    directory.lock()
    try:
        async with screen(folder.parent / "index") as on:
            on.app.action_refresh_folders()
            await on.settle()
            assert "Another process is writing" in " ".join(on.text.split())
    finally:
        directory.unlock()


@played
async def test_leaving_the_screen_stops_a_refresh(folder: Path) -> None:
    async with screen(folder.parent / "index") as on:
        for number in range(40):
            (folder / f"{number}.txt").write_text(f"railway {number}")
        on.app.action_refresh_folders()
        await on.pilot.pause()
        on.app.exit()
    with Searcher.open(folder.parent / "index") as searcher:
        assert searcher.search("railway").total >= 3


def test_a_searcher_renews_itself_when_it_is_asked(folder: Path) -> None:
    with Searcher.open(folder.parent / "index") as searcher:
        assert searcher.renew() is None
        before = searcher.search("railway")
        (folder / "alpha.txt").write_text("railway changed")
        (folder / "beta.txt").unlink()
        _refresh(folder)
        assert searcher.search("railway").total == before.total  # its own snapshot
        changes = searcher.renew()
        assert changes is not None
        assert (changes.came, changes.went, changes.changed) == (0, 1, 1)
        assert str(changes) == "−1, 1 changed"
        assert searcher.search("railway").total == before.total - 1
        assert searcher.renew() is None


def test_a_searcher_without_its_folder_answers_as_before(folder: Path) -> None:
    with Searcher.open(folder.parent / "index") as searcher:
        shutil.rmtree(folder.parent / "index")
        with pytest.raises(IndexMissing):
            searcher.renew()
        assert searcher.search("railway").total == 3


def test_an_index_made_anew_in_the_folder_is_another_even_with_the_same_number(
    folder: Path,
) -> None:
    with Searcher.open(folder.parent / "index") as searcher:
        shutil.rmtree(folder.parent / "index")
        (folder / "alpha.txt").unlink()
        _refresh(folder)
        assert searcher.renew() is not None
        assert searcher.search("railway").total == 2
