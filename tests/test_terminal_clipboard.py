"""Copying: by which program, tmux's buffer or sequence, and what is said about it."""

from __future__ import annotations

import base64
import os
import stat
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.bidi import without_controls
from search.terminal import clipboard, tmux
from search.terminal.clipboard import MAX_SEQUENCE_BYTES, TOOLS, Copied, copy
from search.terminal.copied_file import write_copied

Install = Callable[..., Path]
LOCAL_X = {"DISPLAY": ":0"}
OVER_SSH = {"SSH_CONNECTION": "10.0.0.1 1 10.0.0.2 22"}
ARABIC = "قالت وزارة النفط\nin 2021"


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Put a program in a folder that alone is on PATH; what it reads goes to a file."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))

    def installed(name: str, script: str = "") -> Path:
        got = tmp_path / f"{name}.got"
        program = folder / name
        program.write_text(f"#!/bin/sh\n{script or f'/bin/cat > {got}'}\n")
        program.chmod(0o755)
        return got

    return installed


def usable(environ: dict[str, str]) -> list[str]:
    return [tool.name for tool in TOOLS if tool.usable(environ)]


def test_a_program_of_the_desktop_comes_first_and_is_named(install: Install) -> None:
    got = install("xclip")
    copied = copy(ARABIC, LOCAL_X)
    assert got.read_text("utf-8") == ARABIC
    assert copied.sentence == "copied by xclip"
    assert copied.sequence


def test_a_program_that_fails_is_not_believed_and_the_next_is_asked(install: Install) -> None:
    install("xclip", "/bin/cat > /dev/null; exit 1")
    got = install("xsel")
    assert copy("a", LOCAL_X).sentence == "copied by xsel"
    assert got.read_text() == "a"


def test_a_program_that_goes_on_to_hold_the_text_is_not_waited_for(install: Install) -> None:
    install("xclip", "/bin/cat > /dev/null; /bin/sleep 5 &")
    begun = time.monotonic()
    assert copy("a", LOCAL_X).tool == "xclip"
    assert time.monotonic() - begun < 2


def test_a_program_that_hangs_is_given_up(
    install: Install, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clipboard, "_TIMEOUT", 0.1)
    install("xclip", "exec /bin/sleep 60")
    assert not copy("a", LOCAL_X).tool


def test_a_program_of_the_current_folder_is_not_started(
    install: Install, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    got = install("xclip")
    monkeypatch.chdir(tmp_path / "bin")
    monkeypatch.setenv("PATH", ".")
    assert not copy("a", LOCAL_X).tool
    assert not got.exists()


@pytest.mark.parametrize(
    ("environ", "names"),
    [
        ({}, []),
        (LOCAL_X, ["xclip", "xsel"]),
        ({"WAYLAND_DISPLAY": "wayland-0", **LOCAL_X}, ["wl-copy", "xclip", "xsel"]),
        ({"WSL_DISTRO_NAME": "Debian"}, ["clip.exe"]),
        ({**OVER_SSH, **LOCAL_X, "WAYLAND_DISPLAY": "wayland-0"}, []),
        ({**OVER_SSH, "DISPLAY": "unix:0", "WSL_DISTRO_NAME": "Debian"}, []),
        ({"SSH_TTY": "/dev/pts/1", **LOCAL_X}, []),
        ({**OVER_SSH, "DISPLAY": "localhost:10.0"}, ["xclip", "xsel"]),
    ],
)
def test_over_a_connection_the_clipboard_of_the_other_machine_is_left_alone(
    environ: dict[str, str], names: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    assert usable(environ) == names


def test_on_a_mac_it_is_pbcopy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "darwin")
    assert usable({}) == ["pbcopy"]
    assert usable(OVER_SSH) == []


def test_windows_gets_the_encoding_that_it_reads(install: Install) -> None:
    got = install("clip.exe")
    assert copy(ARABIC, {"WSL_DISTRO_NAME": "Debian"}).tool == "clip.exe"
    assert got.read_bytes().decode("utf-16-le") == ARABIC


# -- the sequence and tmux ---------------------------------------------------------


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_the_sequence_carries_the_text_and_nothing_else(text: str) -> None:
    sequence = copy(text, {}).sequence
    content = sequence.removeprefix("\x1b]52;c;").removesuffix("\a")
    assert base64.b64decode(content, validate=True).decode() == text


def test_a_text_that_is_too_long_for_a_terminal_is_not_sent() -> None:
    assert copy("a" * MAX_SEQUENCE_BYTES, {}).sequence
    long = copy("ن" * (MAX_SEQUENCE_BYTES // 2 + 1), {})
    assert not long.sequence
    assert long.sentence == (
        "not sent to the terminal; longer than the 74,994 bytes it can take: D writes it to a file"
    )


@pytest.mark.parametrize(
    ("environ", "sentence"),
    [
        ({}, "sent to the terminal; D writes it to a file"),
        (
            {"VTE_VERSION": "7006"},
            "sent to the terminal; most GNOME Terminals ignore that: D writes it to a file",
        ),
    ],
)
def test_a_way_that_may_not_work_is_not_called_copied(
    environ: dict[str, str], sentence: str
) -> None:
    assert copy("a", environ).sentence == sentence


def test_in_tmux_the_text_is_in_its_buffer_and_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[tuple[str, ...]] = []

    def answer(*words: str, given: str = "") -> str:
        ran.append((*words, given))
        return ""

    monkeypatch.setattr(tmux, "_tmux", answer)
    copied = copy("ab", {"TMUX": "/nowhere,1,0"})
    assert ran[-1] == ("load-buffer", "-w", "-", "ab")
    assert copied.sequence == "\x1bPtmux;\x1b\x1b]52;c;YWI=\a\x1b\\"
    assert copied.sentence == "in tmux's buffer and sent to the terminal; D writes it to a file"
    monkeypatch.setattr(tmux, "_tmux", lambda *_, given="": None)
    assert copy("ab", {"TMUX": "/nowhere,1,0"}).sentence.startswith("sent to the terminal; D")


def test_in_tmux_the_desktop_is_that_of_its_client(
    monkeypatch: pytest.MonkeyPatch, install: Install
) -> None:
    """A server that was started at the desktop, and is seen over a connection."""
    client = tmux.Client(variables=OVER_SSH)
    monkeypatch.setattr(tmux, "client", lambda _environ: client)
    monkeypatch.setattr(tmux, "load_buffer", lambda _text: True)
    got = install("xclip")
    assert not copy("a", {**LOCAL_X, "TMUX": "/nowhere,1,0"}).tool
    assert not got.exists()


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="needs Linux's /proc")
def test_only_known_variables_of_the_client_are_read_and_only_of_this_user(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun = Path("/proc/self/environ").read_bytes().split(b"\0")
    known = {name.decode() for name, _, _ in (pair.partition(b"=") for pair in begun)}
    monkeypatch.setattr(tmux, "_tmux", lambda *_: f"|xterm-256color|{os.getpid()}")
    assert set(tmux.client({"TMUX": "x"}).variables) == known & set(tmux.CLIENT_VARIABLES)
    assert "PATH" not in tmux.CLIENT_VARIABLES
    monkeypatch.setattr(os, "geteuid", lambda: -1)
    assert not tmux.client({"TMUX": "x"}).variables
    monkeypatch.setattr(tmux, "_tmux", lambda *_: "|xterm-256color|../self")
    assert not tmux.client({"TMUX": "x"}).variables


def test_every_sentence_goes_on_from_what_was_copied() -> None:
    assert Copied(in_tmux=True).sentence.startswith("in tmux's buffer")
    assert Copied(tool="xsel", in_tmux=True, sequence="x").sentence == "copied by xsel"


# -- a file ------------------------------------------------------------------------


def test_what_was_copied_is_written_to_a_new_file_of_its_owner(tmp_path: Path) -> None:
    now = datetime(2026, 11, 28, 4, 5, 6, 7, tzinfo=UTC)
    path = write_copied(ARABIC, tmp_path, now)
    assert path.name == "dalil-copied-2026-11-28-040506-000007.txt"
    assert path.read_text("utf-8") == ARABIC + "\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(FileExistsError):
        write_copied("other", tmp_path, now)


@given(st.text())
def test_what_is_pasted_has_no_control_characters_and_is_otherwise_as_written(text: str) -> None:
    pasted = without_controls(text)
    assert not any(char in pasted for char in "\x1b\x07\r\x00\x7f\x9b\u202e\u2067")
    assert all(char in "\n\t" or char.isprintable() or not char.isascii() for char in pasted)
    letters = [char for char in text if char.isalpha()]
    assert [char for char in pasted if char.isalpha()] == letters
