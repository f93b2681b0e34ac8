"""The interactive screen: what is copied, and what is said about it."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.terminal.clipboard import Tool
from tests.piloted import played, screen


@played
async def test_the_message_names_the_program_that_copied(
    seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "xclip"
    program.write_text(f"#!/bin/sh\n/bin/cat > {tmp_path}/got\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    async with screen(seeds, tools=(Tool("xclip", (), lambda _: True),)) as on:
        await on.ask("القنصلية")
        await on.press("enter", "y")
        assert on.toasts == ["path copied by xclip"]
        assert on.app.hits.hit is not None
        assert (tmp_path / "got").read_text("utf-8") == on.app.hits.hit.path
        await on.press("Y")
        assert on.toasts[-1] == "passage with its source copied by xclip"


@played
async def test_a_copy_that_only_the_terminal_got_can_be_written_to_a_file(
    seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    async with screen(seeds) as on:
        await on.ask("القنصلية")
        await on.press("enter", "D")
        assert on.toasts == ["nothing was copied yet: y, Y or a selection and Ctrl+C"]
        await on.press("Y")
        assert on.toasts[-1].endswith("sent to the terminal; D writes it to a file")
        await on.press("D")
        (file,) = tmp_path.iterdir()
        assert on.toasts[-1] == f"written to {file}"
        assert file.read_text("utf-8") == on.app.clipboard + "\n"


@played
async def test_a_file_that_cannot_be_written_is_said(
    seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "gone"))
    async with screen(seeds) as on:
        await on.ask("القنصلية")
        await on.press("enter", "y", "D")
        assert on.toasts[-1] == "not written: No such file or directory"


@played
async def test_ctrl_c_copies_what_is_selected_in_the_box_and_quits_otherwise(seeds: Path) -> None:
    async with screen(seeds) as on:
        await on.ask("truce libya")
        await on.press("ctrl+shift+left", "ctrl+c")
        assert on.app.clipboard == "libya"
        assert on.app.is_running
        await on.press("end", "ctrl+c")
        assert not on.app.is_running
