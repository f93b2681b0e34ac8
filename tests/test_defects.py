"""An exception that no code expected is a sentence with its place, and never a traceback."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path

import pytest
from commands import indexed, run, written

from index.errors import InternalError
from search.bidi import terminal_plan
from search.cli.commands.interactive import interactive
from search.searcher import Searcher
from search.tui.app import DalilApp
from tests.piloted import played, screen


def fails(*_: object, **__: object) -> None:
    raise ZeroDivisionError("by zero \x1b[31m")


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return indexed(written(tmp_path / "docs", {"a.txt": "wire"}))


@pytest.mark.parametrize("command", [("search", "wire"), ("status",), ("show", "a.txt")])
def test_a_defect_of_a_command_is_a_sentence(
    command: tuple[str, ...], index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Searcher, "open", fails)
    ran = run(*command, "--index", index)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("dalil: Dalil has a defect: ZeroDivisionError in ")
    assert "test_defects.py:" in ran.err
    assert "\x1b" not in ran.err
    assert "Traceback" not in ran.err


def test_a_user_who_asks_for_it_gets_the_calls_too(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Searcher, "open", fails)
    monkeypatch.setenv("DALIL_TRACEBACK", "1")
    ran = run("search", "wire", "--index", index)
    assert "Traceback" in ran.err
    assert "\x1b" not in ran.err


def test_too_little_memory_is_no_defect() -> None:
    assert InternalError.of(MemoryError()).message == "There is not enough memory"


async def _ended_by_a_defect(index: Path) -> None:
    async with screen(index) as opened:
        opened.app.call_later(fails)
        await opened.pilot.pause()
        assert isinstance(opened.app.defect, ZeroDivisionError)
        assert opened.app._exit_renderables == []


@played
async def test_a_defect_of_the_screen_ends_it_without_a_traceback(index: Path) -> None:
    with pytest.raises(ZeroDivisionError):  # the pilot raises again what ended the screen
        await _ended_by_a_defect(index)


def test_a_defect_of_the_screen_is_a_sentence_after_it(
    index: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def ends(app: DalilApp) -> None:
        app.defect = ZeroDivisionError("by zero")

    monkeypatch.setattr(DalilApp, "run", ends)
    monkeypatch.setattr(
        "search.terminal.session.screen_plan", lambda *_: terminal_plan({}, screen=True, tty=True)
    )
    monkeypatch.setattr("search.terminal.session.reordering_off", lambda *_: nullcontext())
    for stream in (sys.stdin, sys.stdout):
        monkeypatch.setattr(stream, "isatty", lambda: True)
    with pytest.raises(SystemExit) as ended:
        interactive(index=index)
    assert ended.value.code == 2
    assert "dalil: Dalil has a defect: ZeroDivisionError in " in capsys.readouterr().err
