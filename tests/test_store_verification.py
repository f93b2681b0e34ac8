"""``dalil status --verify`` names every damaged file of an index folder, with its remedy."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from index.errors import IndexCorrupt
from index.store.catalog import Catalog, CatalogReader, FileState
from index.store.verification import damaged_files
from tests.commands import indexed, run, written


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return indexed(written(tmp_path / "docs", {"a.txt": "libya", "b.txt": "russia"}))


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 3] ^= 4
    path.write_bytes(data)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-5])


@pytest.mark.parametrize("pattern", ["MAIN_*.arr", "catalog-*.json", "_MAIN_*.toc", "dalil.json"])
@pytest.mark.parametrize("damage", [flip, cut, Path.unlink])
def test_a_damaged_file_is_named_with_its_remedy(
    index: Path, pattern: str, damage: Callable[[Path], None]
) -> None:
    (file,) = index.glob(pattern)
    if (pattern, damage) == ("_MAIN_*.toc", Path.unlink):
        pytest.skip("there is no commit without it")
    damage(file)
    ran = run("status", "--verify", "--index", index)
    assert (ran.code, ran.out) == (2, "")
    if (pattern, damage) != ("dalil.json", Path.unlink):  # then it is no index
        assert file.name in ran.err
        assert ("--repair" if "arr" in pattern else "--rebuild") in ran.err


def test_all_damaged_files_are_named_together(index: Path) -> None:
    (segment,), (toc,) = index.glob("MAIN_*.arr"), index.glob("_MAIN_*.toc")
    (index / "aliases.txt").write_bytes(b"libya = \xff\n")
    (index / "history.txt").write_bytes(b"\xfe\n")
    flip(segment)
    flip(toc)
    names = [file.name for file in damaged_files(index)]
    assert sorted(names) == sorted([segment.name, toc.name, "aliases.txt", "history.txt"])
    ran = run("status", "--verify", "--index", index)
    assert all(name in ran.err for name in names)


def test_segments_are_verified_also_if_the_catalog_is_damaged(index: Path) -> None:
    (segment,), (catalog,) = index.glob("MAIN_*.arr"), index.glob("catalog-*.json")
    cut(segment)
    flip(catalog)
    assert {file.name for file in damaged_files(index)} == {segment.name, catalog.name}


def test_a_whole_index_has_no_damaged_file(index: Path) -> None:
    (index / "aliases.txt").write_text("libya = ليبيا\n", "utf-8")
    assert damaged_files(index) == []


def states(count: int) -> Catalog:
    state = FileState("/r", 3, 17, "ab", 1, "utf-8")
    return Catalog(files={f"/r/{number:05}": state for number in range(count)})


def test_a_changed_row_of_the_catalog_is_noticed_when_it_is_read(tmp_path: Path) -> None:
    text = states(2000).to_lines()
    (tmp_path / "catalog-1.json").write_text(
        text.replace('"/r/01500", "/r", 3', '"/r/01500", "/r", 8')
    )
    reader = CatalogReader(tmp_path, 1)
    assert reader.state("/r/00010") is not None
    with pytest.raises(IndexCorrupt, match="catalog"):
        reader.state("/r/01500")


def test_a_catalog_without_checksums_of_its_pages_is_read(tmp_path: Path) -> None:
    text = states(3).to_lines()
    _, head, rest = text.split("\n", 2)
    older = head[: head.rindex(', "pages"')] + "}"
    from index.store.catalog import _sum  # noqa: PLC0415 (only to make an older catalog)

    (tmp_path / "catalog-1.json").write_text(f"{_sum(older)}\n{older}\n{rest}")
    assert CatalogReader(tmp_path, 1).state("/r/00001") == states(3).files["/r/00001"]
