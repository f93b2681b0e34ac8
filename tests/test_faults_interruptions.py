"""A cut of power, a kill, a failing disk, writers beside readers: what was committed is kept.

A few tries of each attack; ``python -m tests.faults.run`` makes many.
"""

from __future__ import annotations

import random
from contextlib import suppress
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from index.store import commit
from index.store.disk import write_synced
from tests.faults import corpus, disk_errors, kills, power_cut, race

pytestmark = pytest.mark.slow


def test_after_a_cut_of_power_the_last_commit_answers_and_the_next_run_needs_no_hand(
    tmp_path: Path,
) -> None:
    found = power_cut.power_cuts(tmp_path, tmp_path / "room", seed=1, count=60)
    assert set(found) <= {"kept", "before the first commit"}, found
    assert found["kept"] > 30


def test_a_disk_that_forgets_what_was_not_synced_is_noticed(tmp_path: Path) -> None:
    """The simulator finds a fault if nothing is ever synced."""
    (tmp_path / "room").mkdir()
    recording = power_cut.record(tmp_path / "docs", tmp_path / "index", seed=1)
    unsynced = [power_cut.Event(event.files) for event in recording.events]
    states = power_cut.states(
        power_cut.Recording(unsynced, recording.commits), power_cut.random.Random(1)
    )
    commits = [held for _, held in recording.commits]
    late = next(state for state in states if state.acknowledged == len(commits))
    found = power_cut.outcome(late, commits, tmp_path / "docs", tmp_path / "room" / "state")
    assert found == "lost all"


def test_a_command_that_is_killed_loses_nothing_and_leaves_nothing(tmp_path: Path) -> None:
    found = kills.kills(tmp_path, tmp_path / "room", seed=1, count=5)
    assert set(found) <= kills.SAFE, found
    assert found["kept"] > 0


def test_a_run_that_is_acknowledged_and_incomplete_breaks_a_promise() -> None:
    before, after = {"a": "old", "b": "same"}, {"a": "new", "b": "same"}
    cases = {"acknowledged and incomplete": before, "lost documents": {"a": "new"}}
    for fault, found in cases.items():
        acknowledged = fault.startswith("acknowledged")
        assert fault == corpus.broken_promise(
            found, before, after, acknowledged=acknowledged, one_commit=False
        )
    assert not corpus.broken_promise(after, before, after, acknowledged=True, one_commit=True)


def test_an_error_of_the_disk_is_a_sentence_and_loses_nothing(tmp_path: Path) -> None:
    found = disk_errors.disk_errors(tmp_path, tmp_path / "room", seed=1, count=30)
    assert set(found) <= {"refused", "went on"}, found
    assert found["refused"] > 20


def test_a_run_that_hides_an_error_of_a_sync_is_noticed(tmp_path: Path) -> None:
    def hiding(path: Path, data: bytes) -> None:
        with suppress(OSError):
            write_synced(path, data)

    class Syncs(random.Random):
        def choice(self, options: Any) -> Any:
            return next((o for o in ("forget", "fsync") if o in options), super().choice(options))

    with (
        patch.object(commit, "write_synced", hiding),
        patch.object(disk_errors.random, "Random", Syncs),
    ):
        found = disk_errors.disk_errors(tmp_path, tmp_path / "room", seed=4100, count=20)
    assert any(how.startswith("acknowledged after") for how in found), found


def test_every_answer_belongs_to_one_commit_while_others_write_and_rebuild(tmp_path: Path) -> None:
    found = race.race(tmp_path, tmp_path / "room", seed=1, count=4)
    assert set(found) <= race.SAFE, found
    assert found["right"] > 0
    assert found["commits"] > 0
