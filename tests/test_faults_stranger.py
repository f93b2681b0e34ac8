"""An index whose stored paths are hostile: no key of the screen starts a program with one."""

from __future__ import annotations

import hashlib
import json
import os
import pty
import select
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from index import extract
from index.document import Document
from search.tui.app import DalilApp
from search.tui.interaction import external
from tests.commands import environment, indexed, written
from tests.extracted import in_this_process
from tests.piloted import PATIENCE, played, screen
from tests.watched_screen import not_suspended

HOSTILE = [
    "-c:silent !touch owned", "+:silent !touch owned", "--cmd=!touch owned", "--version",
    "|touch owned", "$(touch owned)", "https://example.org/x", "mailto:a@example.org",
    "file://{outside}/victim.txt", "%s%n%x", "notes.txt", "../outside/victim.txt", "~/a.txt", "-",
    "{root}/../outside/victim.txt", "{outside}/victim.txt", "{root}/out",
    "{root}/linked/victim.txt",
    "{root}/a\nb.txt", "{root}/a\x1b.txt", "{root}/a\0b", "{root}/pipe", "{root}/folder", "{root}",
    "{root}/missing.txt", "{root}/caf\ufffd.txt", "{root}/" + "x" * 5000, "/", "/dev/zero",
    "/dev/tty", "/proc/self/environ", "/proc/self/fd/0", "{root}//a.txt", "{root}/./a.txt",
]  # fmt: skip
LINES = ["{root}/pipe", "/dev/zero", "{outside}/victim.txt", "-c:silent !touch owned"]
"""Paths of files that would be searched for the line of a document, if they were JSONL."""
EDITORS = sorted(
    {*external._EDITORS, *external._LINE_AFTER_COLON, *external._LINE_BEFORE_FILE, *external._VIM}
    | {"another"}
)
ODD = ["-c:!touch owned.txt", "+:silent !touch owned.txt", "a.txt:1:2.txt", "%s ملف.txt",
       "$(touch owned) `touch owned`; touch owned.txt"]  # fmt: skip
"""Names of real files in the user's own folder, which an editor may get, whole."""


@pytest.fixture
def stand_ins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of stand-ins for all programs, which record their arguments; alone on the PATH."""
    folder = tmp_path / "bin"
    script = f'#!{shutil.which("sh")}\nprintf "%s\\0" "$0" "$@" >> "{tmp_path}/started"\n'
    for name in (*EDITORS, "xdg-open", "open"):
        program = written(folder, {name: script}) / name
        program.chmod(0o700)
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setenv("VISUAL", "vim")
    return folder


@pytest.fixture
def stranger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An index of one folder whose documents claim hostile paths, and one true path."""
    root = written(tmp_path / "root", {"a.txt": "a", "folder/b.txt": "b", "a\nb.txt": "c"})
    outside = written(tmp_path / "outside", {"victim.txt": "precious"})
    os.mkfifo(root / "pipe")
    (root / "out").symlink_to(outside / "victim.txt")
    (root / "linked").symlink_to(outside)

    def told(path: Path, **_: Any) -> Iterator[Document]:
        if path.name == "a.txt":
            yield from _documents(root, outside)

    with monkeypatch.context() as patched:
        in_this_process(patched)
        patched.setattr(extract, "read", told)
        return indexed(root)


def _documents(root: Path, outside: Path) -> Iterator[Document]:
    texts = ["{root}/a.txt", *HOSTILE]
    stored = [(path, "text", path) for path in texts] + [
        (f"{path}#{n}", "jsonl", str(n)) for n, path in enumerate(LINES)
    ]
    for n, (path, kind, name) in enumerate(stored):
        claimed = path.replace("{root}", str(root)).replace("{outside}", str(outside))
        digest = hashlib.sha256(f"{n}".encode()).hexdigest()
        yield Document(claimed, name, f"wire number{n}", kind, datetime.now(UTC), digest)


def _state(folder: Path) -> dict[str, tuple[object, ...]]:
    """All that is in a folder: name → kind and mode, time, content."""
    states = {}
    for path in (folder, *folder.rglob("*")):
        status = path.lstat()
        content = path.read_bytes() if path.is_file() else b""
        states[str(path)] = (status.st_mode, status.st_mtime_ns, status.st_size, content)
    return states


def _watched(index: Path, **env: str) -> dict[str, Any]:
    """Press the keys on all hits in a new process, and return its report."""
    words = [sys.executable, "-m", "tests.watched_screen", str(index), "wire"]
    ran = subprocess.run(
        words, check=False, capture_output=True, env=environment(**env), cwd=index.parent,
        timeout=PATIENCE, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr.decode()[-2000:]
    report: dict[str, Any] = json.loads(ran.stdout)
    return report


@pytest.mark.slow
@pytest.mark.parametrize("own", [True, False], ids=["own", "foreign"])
@pytest.mark.usefixtures("stand_ins")
def test_no_hostile_path_starts_a_program_or_is_touched(
    stranger: Path, tmp_path: Path, *, own: bool
) -> None:
    outside, root = tmp_path / "outside", tmp_path / "root"
    before = [_state(outside), _state(root)]
    report = _watched(stranger, **({} if own else {"XDG_DATA_HOME": str(_begun(tmp_path))}))
    assert len(set(report["paths"])) == len(HOSTILE) + len(LINES) + 1
    refused = [notice for notice in report["notices"] if notice.startswith("not opened")]
    assert len(refused) == 2 * (len(report["paths"]) - own)
    # One path is a document of the user's own: the editor gets it, and the system's program.
    assert len(report["started"]) == 2 * own
    assert all(f"'{root}/a.txt'" in command for command in report["started"])
    inside = str(root) if own else str(stranger)
    asked = [path for path in report["asked"] if path in report["paths"]]
    assert all(path.startswith(inside) for path in asked)
    assert not [path for path in report["asked"] if path.startswith((str(outside), "/dev/zero"))]
    assert [_state(outside), _state(root)] == before
    assert not list(tmp_path.rglob("owned"))


def _begun(tmp_path: Path) -> Path:
    """A data folder whose records began before any index was made."""
    since = written(tmp_path / "data" / "dalil", {"since": ""}) / "since"
    os.utime(since, (0, 0))
    return tmp_path / "data"


@pytest.mark.slow
@pytest.mark.usefixtures("stand_ins")
@played
async def test_every_editor_gets_an_odd_name_as_one_absolute_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = written(tmp_path / "root", {name: f"wire {n}" for n, name in enumerate(ODD)})
    monkeypatch.chdir(tmp_path)
    async with screen(indexed(root)) as on:
        with patch.object(DalilApp, "suspend", not_suspended):
            await on.ask("wire sort:path")
            await on.press("tab")
            for name in sorted(ODD):
                hit = on.app.hits.hit
                assert hit is not None
                assert Path(hit.path).name == name
                for editor in EDITORS:
                    monkeypatch.setenv("VISUAL", editor)
                    await on.press("e")
                    program, *arguments = _started(tmp_path)
                    assert Path(program).name == editor
                    assert _file_among(arguments) in (hit.path, f"{hit.path}:1")
                await on.press("j")
    assert not list(tmp_path.rglob("owned"))


def _started(tmp_path: Path) -> list[str]:
    """Return the words of the one command that was recorded, and forget it."""
    record = tmp_path / "started"
    words = record.read_text("utf-8").split("\0")[:-1]
    record.unlink()
    return words


def _file_among(arguments: list[str]) -> str:
    """Return the one argument that is neither a line nor a fixed option."""
    fixed = ("--", "--goto", "--wait", "+1")
    (file,) = (argument for argument in arguments if argument not in fixed)
    return file


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize(("editor", "end"), [("vim -u NONE -i NONE -n", ":qa!\r"), ("less", "q")])
def test_a_real_editor_shows_a_file_of_an_odd_name(
    tmp_path: Path, editor: str, end: str, name: str
) -> None:
    program = editor.split(maxsplit=1)[0]
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    file = written(tmp_path / "root", {name: "first\nthe second line\n"}) / name
    command = external.editor_command(external.Place(file, 2), {"VISUAL": editor})
    assert command is not None
    assert "the second line" in _played_in_terminal(command, tmp_path, until="second line", end=end)
    assert not list(tmp_path.rglob("owned"))


def _played_in_terminal(command: list[str], cwd: Path, *, until: str, end: str) -> str:
    """Run a program in a terminal; when it has shown a text, type its end. Return its output."""
    ours, theirs = pty.openpty()
    env = environment(TERM="xterm", LESSOPEN="", HOME=str(cwd))
    output = b""
    with subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, cwd=cwd, env=env,
        start_new_session=True,
    ) as running:  # fmt: skip
        os.close(theirs)
        try:
            while select.select([ours], [], [], PATIENCE)[0] and (part := _read(ours)):
                output += part
                if until.encode() in output and end:
                    os.write(ours, end.encode())
                    end = ""
        finally:
            running.kill()
    os.close(ours)
    return output.decode("utf-8", "replace")


def _read(descriptor: int) -> bytes:
    """Read what a terminal has; nothing once its program has ended."""
    try:
        return os.read(descriptor, 65536)
    except OSError:
        return b""
