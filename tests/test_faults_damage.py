"""Damage of index files gives an error or the right answer, never a wrong one."""

from __future__ import annotations

from pathlib import Path

import pytest

from index import IndexWriter
from tests.faults import damage

SAFE = {"right", "error"}


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("damage")
    index = folder / "index"
    with IndexWriter.open(index) as writer:
        writer.add_path(damage.documents(folder / "docs"))
    return index


def test_a_flipped_bit_in_what_a_query_reads_is_no_wrong_answer(
    sound: Path, tmp_path: Path
) -> None:
    found = damage.aimed_flips(sound, tmp_path / "room", seed=1, count=6)
    assert set(found) <= SAFE, found
    assert found["error"] > 0


@pytest.mark.slow
def test_a_mutated_file_of_an_index_is_no_wrong_answer(sound: Path, tmp_path: Path) -> None:
    found = damage.mutations(sound, tmp_path / "room", seed=2, count=60)
    assert set(found) <= SAFE, found


@pytest.mark.slow
def test_a_merge_gives_damage_no_new_checksum(sound: Path, tmp_path: Path) -> None:
    found = damage.damaged_merges(sound, tmp_path, seed=3, count=4)
    assert set(found) <= {"error", "detected"}, found
