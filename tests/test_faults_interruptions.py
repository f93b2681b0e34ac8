"""A cut of power, a kill, a failing disk, writers beside readers: what was committed is kept.

A few tries of each attack; ``python -m tests.faults.run`` makes many.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults import disk_errors, kills, power_cut, race

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
    assert set(kills.kills(tmp_path, tmp_path / "room", seed=1, count=5)) == {"kept"}


def test_an_error_of_the_disk_is_a_sentence_and_loses_nothing(tmp_path: Path) -> None:
    found = disk_errors.disk_errors(tmp_path, tmp_path / "room", seed=1, count=30)
    assert set(found) <= {"refused", "went on"}, found
    assert found["refused"] > 20


def test_every_answer_belongs_to_one_commit_while_others_write_and_rebuild(tmp_path: Path) -> None:
    found = race.race(tmp_path, tmp_path / "room", seed=1, count=4)
    assert set(found) <= race.SAFE, found
    assert found["right"] > 0
    assert found["commits"] > 0
