"""`index.store.layout`: one table of the files of an index folder."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from commands import indexed, run, written

from index.errors import IndexCorrupt, IndexForeign
from index.store.directory import IndexDirectory
from index.store.layout import FILES, MARKER, FileKind, is_ours
from search.tui.interaction.history import History

EXAMPLES = [pytest.param(kind, id=kind.example) for kind in FILES]
OTHERS = [
    "notes.txt",
    "dalil.json.bak",
    "MAIN_",
    "catalog-x.json",
    "history.txt.old",
    "Aliases.txt",
]


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    return written(tmp_path / "docs", {"a.txt": "Libya"})


@pytest.mark.parametrize("kind", EXAMPLES)
def test_an_index_whose_marker_is_damaged_is_rebuilt_whatever_dalil_has_made_there(
    docs: Path, kind: FileKind
) -> None:
    index = indexed(docs)
    if not (index / kind.example).exists():
        (index / kind.example).write_text("")
    (index / MARKER).write_text("{")
    with pytest.raises(IndexCorrupt):
        IndexDirectory.open(index)
    assert run("index", docs, "--index", index, "--rebuild", "-q").code == 0
    assert run("search", "libya", "-c", "--index", index).out == "1\n"


def test_an_index_whose_marker_is_damaged_is_rebuilt_after_the_screen_was_used(docs: Path) -> None:
    index = indexed(docs)
    History(index).add("libya")
    (index / MARKER).write_text("{")
    assert run("index", docs, "--index", index, "--rebuild", "-q").code == 0
    assert History(index).queries == ["libya"]


@pytest.mark.parametrize("name", OTHERS)
def test_a_folder_with_any_other_file_is_never_emptied(docs: Path, name: str) -> None:
    index = indexed(docs)
    (index / name).write_text("mine")
    (index / MARKER).write_text("{")
    with pytest.raises(IndexForeign):
        IndexDirectory.open(index)
    assert run("index", docs, "--index", index, "--rebuild", "-q").code == 2
    assert (index / name).read_text() == "mine"


@pytest.mark.parametrize("kind", EXAMPLES)
def test_the_example_of_a_kind_has_its_name_and_no_other_kind_has_it(kind: FileKind) -> None:
    kinds = [other for other in FILES if re.fullmatch(other.pattern, kind.example)]
    assert kinds == [kind] or kind.example == "MAIN_WRITELOCK"
    assert is_ours(kind.example)


def test_all_that_commands_leave_in_a_folder_is_in_the_table(docs: Path) -> None:
    index = indexed(docs)
    History(index).add("libya")
    assert {entry.name for entry in index.iterdir() if not is_ours(entry.name)} == set()
