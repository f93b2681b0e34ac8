"""A damaged segment ends a search, or with ``--skip-damaged`` only its documents are missing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from index.codec.array_file import ArrayFile
from index.errors import IndexCorrupt
from index.store.directory import IndexDirectory
from search import Searcher
from search.options import Options
from tests.commands import run
from tests.library import build

TEXTS = {f"d{n:02}": f"libya report {n} wire{n} ليبيا" for n in range(20)}
MISSING = "1 of 5 segments is damaged: 4 of 20 documents were not searched"


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """An index of five segments with four documents each."""
    build(tmp_path, TEXTS, segments=5)
    return tmp_path / "index"


def segment(index: Path, number: int = 2) -> Path:
    """Return the file of a segment."""
    return IndexDirectory.open(index).snapshot().reader.segments[number].info.path(index)


def flip(path: Path, section: str) -> None:
    """Flip a bit in a section, which is noticed when it is read."""
    _, offset, _, _ = ArrayFile(path)._table[section]
    data = bytearray(path.read_bytes())
    data[offset] ^= 1
    path.write_bytes(data)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-20])


DAMAGE: dict[str, Callable[[Path], None]] = {
    "a file that is cut": cut,
    "a missing file": Path.unlink,
    "a table of zeros": lambda path: path.write_bytes(bytes(path.stat().st_size)),  # type: ignore[dict-item,return-value]
    "a posting": lambda path: flip(path, "stem/documents"),
    "a term": lambda path: flip(path, "stem/terms"),
    "a stored document": lambda path: flip(path, "stored/blocks"),
    "a position": lambda path: flip(path, "stem/positions"),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_the_segments_without_damage_answer_if_asked_to(
    index: Path, damage: Callable[[Path], None]
) -> None:
    damage(segment(index))
    ran = run("search", '"libya report"', "-n", "20", "--index", index)
    assert (ran.code, ran.out) == (2, "")
    assert "--skip-damaged" in ran.err
    ran = run("search", '"libya report"', "-n", "20", "--skip-damaged", "--index", index)
    assert ran.code == 0, ran.err
    assert len(ran.out.splitlines()) == 16
    assert f"note: {MISSING}" in ran.err


def test_json_says_what_was_not_searched(index: Path) -> None:
    flip(segment(index), "stem/documents")
    ran = run("search", "libya", "--json", "--skip-damaged", "--index", index)
    found = json.loads(ran.out)
    assert found["total"] == 16
    assert MISSING in found["notes"]


def test_batch_and_show_leave_damaged_segments_out_too(index: Path, tmp_path: Path) -> None:
    cut(segment(index))
    queries = tmp_path / "queries.txt"
    queries.write_text("libya\n")
    for command, argument, rest in (
        ("batch", queries, ("-n", "20")),
        ("show", "d01", ("libya",)),
    ):
        assert run(command, argument, *rest, "--index", index).code == 2
        ran = run(command, argument, *rest, "--skip-damaged", "--index", index)
        assert ran.code == 0, ran.err
        assert MISSING in ran.err


def test_damage_is_found_in_the_middle_of_a_query_and_stays_left_out(index: Path) -> None:
    with Searcher.open(index, skip_damaged=True) as searcher:
        flip(segment(index), "exact/documents")
        assert searcher.search('="libya"').total == 16
        assert searcher.search("libya").total == 16
        assert MISSING in searcher.search("report").notes
        assert len(searcher.rank("libya", Options(limit=20))) == 16
        with pytest.raises(Exception, match="d09"):
            searcher.documents("d09")
        assert searcher.documents("d01")


def test_several_damaged_segments_are_left_out_together(index: Path) -> None:
    damaged = [segment(index, number) for number in (0, 3)]
    flip(damaged[0], "stem/documents")
    cut(damaged[1])
    with Searcher.open(index, skip_damaged=True) as searcher:
        results = searcher.search("libya")
    assert results.total == 12
    assert "2 of 5 segments are damaged: 8 of 20 documents were not searched" in results.notes


def test_an_index_of_damaged_segments_alone_finds_nothing(index: Path) -> None:
    for number in range(5):
        IndexDirectory.open(index)
        flip(segment(index, number), "stem/documents")
    with Searcher.open(index, skip_damaged=True) as searcher:
        results = searcher.search("libya")
    assert results.total == 0
    assert any("20 of 20 documents were not searched" in note for note in results.notes)


def test_an_index_without_damage_has_no_note(index: Path) -> None:
    with Searcher.open(index, skip_damaged=True) as searcher:
        assert searcher.search("libya").notes == ()


@pytest.mark.parametrize("pattern", [r"catalog-\d+.json", r"_MAIN_\d+.toc"])
def test_a_damaged_commit_cannot_be_skipped(index: Path, pattern: str) -> None:
    (file,) = (path for path in index.iterdir() if re.fullmatch(pattern, path.name))
    cut(file)
    with pytest.raises(IndexCorrupt) as caught:
        Searcher.open(index, skip_damaged=True)
    assert "--rebuild" in caught.value.hint
