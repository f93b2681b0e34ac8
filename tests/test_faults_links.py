"""A link in an index folder leads no write, change of mode or deletion outside it."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path
from zlib import crc32

import pytest

from index import IndexWriter
from index.errors import DalilError
from index.store.catalog import Catalog
from index.store.directory import IndexDirectory
from index.store.layout import catalog_name, latest_generation
from index.store.verification import damaged_files
from search import Searcher
from search.tui.interaction.history import History
from tests.commands import indexed, written

NAMES = ("MAIN_WRITELOCK", "dalil.json.new", "history.txt.new", "catalog-2.json", "_MAIN_2.toc.new")


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return indexed(written(tmp_path / "docs", {"a.txt": "libya", "b.txt": "russia"}))


@pytest.fixture
def victim(tmp_path: Path) -> Path:
    path = written(tmp_path / "outside", {"victim": "precious"}) / "victim"
    path.chmod(0o644)
    return path


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("rebuild", [False, True], ids=["update", "rebuild"])
def test_a_file_behind_a_link_is_not_changed(
    index: Path, victim: Path, name: str, *, rebuild: bool
) -> None:
    (index / name).unlink(missing_ok=True)
    (index / name).symlink_to(victim)
    (index.parent / "docs" / "c.txt").write_text("wire")
    try:
        with IndexWriter.open(index, rebuild=rebuild) as writer:
            writer.add_path(index.parent / "docs")
        History(index).add("a private query")
    except DalilError:
        pass
    assert victim.read_text() == "precious"
    assert stat.S_IMODE(victim.stat().st_mode) == 0o644


def test_a_folder_behind_a_link_keeps_its_files(index: Path, victim: Path) -> None:
    (index / "MAIN.tmp").symlink_to(victim.parent, target_is_directory=True)
    (index.parent / "docs" / "c.txt").write_text("wire")
    with IndexWriter.open(index) as writer:
        writer.add_path(index.parent / "docs")
    assert victim.read_text() == "precious"
    assert not (index / "MAIN.tmp").exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no FIFOs")
@pytest.mark.parametrize("name", ["catalog-1.json", "_MAIN_1.toc", "dalil.json"])
def test_a_fifo_is_an_error_and_never_waited_for(index: Path, name: str) -> None:
    (index / name).unlink(missing_ok=True)
    os.mkfifo(index / name)
    with pytest.raises(DalilError):
        Searcher.open(index)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no FIFOs")
def test_aliases_that_are_a_fifo_are_not_waited_for(index: Path) -> None:
    os.mkfifo(index / "aliases.txt")
    try:
        with Searcher.open(index) as searcher:
            assert searcher.search("libya").total == 1
    except DalilError as error:
        assert "aliases.txt" in str(error)  # noqa: PT017 (either is right)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no FIFOs")
@pytest.mark.parametrize("name", ["catalog-1.json", "_MAIN_1.toc", "dalil.json", "MAIN_WRITELOCK"])
@pytest.mark.parametrize("rebuild", [False, True], ids=["update", "rebuild"])
def test_a_writer_does_not_wait_for_a_fifo(index: Path, name: str, *, rebuild: bool) -> None:
    (index / name).unlink(missing_ok=True)
    os.mkfifo(index / name)
    with suppress(DalilError), IndexWriter.open(index, rebuild=rebuild) as writer:
        writer.add_path(index.parent / "docs")


@pytest.mark.parametrize("rebuild", [False, True], ids=["update", "rebuild"])
def test_a_folder_with_the_name_of_a_segment_leads_no_deletion_outside(
    index: Path, victim: Path, *, rebuild: bool
) -> None:
    written(index / "MAIN_x.y", {"file": "theirs"})
    (index / "MAIN_x.y" / "linked").symlink_to(victim.parent)
    (index / "MAIN_x.y" / "link").symlink_to(victim)
    (index.parent / "docs" / "c.txt").write_text("wire")
    with suppress(DalilError), IndexWriter.open(index, rebuild=rebuild) as writer:
        writer.add_path(index.parent / "docs")
    assert victim.read_text() == "precious"


@pytest.mark.parametrize("name", ["../outside/victim", "MAIN_x.y/../../outside/victim"])
@pytest.mark.parametrize("rebuild", [False, True], ids=["update", "rebuild"])
def test_a_catalog_that_names_a_file_outside_changes_and_reads_nothing_there(
    index: Path, victim: Path, name: str, monkeypatch: pytest.MonkeyPatch, *, rebuild: bool
) -> None:
    catalog = Catalog.read(index, latest_generation(index))
    (index / "MAIN_x.y").mkdir()
    catalog.checksums[name] = (8, crc32(b"precious"))
    (index / catalog_name(latest_generation(index))).write_text(catalog.to_lines(), "ascii")
    opened, really = [], os.open

    def opening(path: str | Path, *rest: int, **named: int) -> int:
        opened.append(Path(path).name)
        return really(path, *rest, **named)

    monkeypatch.setattr(os, "open", opening)
    for _ in range(2):
        with suppress(DalilError):
            IndexDirectory.open(index)
            damaged_files(index)
        with suppress(DalilError), IndexWriter.open(index, rebuild=rebuild) as writer:
            writer.add_path(index.parent / "docs")
    assert victim.name not in opened
    assert victim.read_text() == "precious"
