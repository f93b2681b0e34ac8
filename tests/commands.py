"""Run the command line in tests: in this process, which is fast, or in a new one."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from search.cli.argv import ordered
from search.cli.dispatch import import_commands, run_command

import_commands([])

PROJECT = Path(__file__).parents[1]
PATIENCE = 20.0
"""Seconds to wait for a condition before the test fails."""
PLAIN = {"NO_COLOR": "1", "TERM": "dumb", "COLUMNS": "100"}


@dataclass(frozen=True)
class Ran:
    """The exit code and the output of a command."""

    code: int
    out: str
    err: str


class _Stream(io.TextIOWrapper):
    terminal = False

    def isatty(self) -> bool:
        return self.terminal


def run(*arguments: object, stdin: str = "", terminal: bool = False, together: bool = False) -> Ran:
    """Run ``dalil`` in this process, with its output to a terminal or not.

    With ``together`` both streams are one, in the order of what was written.
    """
    out, err = (
        _Stream(io.BytesIO(), encoding="utf-8", errors="backslashreplace", write_through=together)
        for _ in range(2)
    )
    out.terminal = terminal
    if together:
        err = out
    given = io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8")
    with (
        patch.object(sys, "stdin", given),
        patch.dict(os.environ, PLAIN),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        code = _exit_code(ordered([*map(str, arguments)]))
    return Ran(code, _written(out), _written(err))


def _exit_code(arguments: list[str]) -> int:
    try:
        run_command(arguments)
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    return 0


def _written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode()


def environment(**more: str) -> Mapping[str, str]:
    """Return the environment of a new process: the project's code, none of the user's settings."""
    return {**os.environ, **PLAIN, "PYTHONPATH": str(PROJECT), **more}


def until(true: Callable[[], object], what: Callable[[], str]) -> None:
    """Wait until a condition is true; ``what`` says what was seen if it never is."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, what()
        time.sleep(0.02)


def command(*arguments: object) -> list[str]:
    """Return the words of a command that runs ``dalil`` in a new process."""
    return [sys.executable, "-m", "search", *map(str, arguments)]


def process(*arguments: object, cwd: Path | None = None, **env: str) -> Ran:
    """Run ``dalil`` in a new process."""
    words = command(*arguments)
    ran = subprocess.run(
        words, check=False, capture_output=True, cwd=cwd, env=environment(**env), timeout=60
    )
    return Ran(ran.returncode, ran.stdout.decode(), ran.stderr.decode())


def indexed(folder: Path, *arguments: object) -> Path:
    """Index a folder; return the folder of the index, next to it."""
    index = folder.with_name(folder.name + "-index")
    ran = run("index", folder, "--index", index, "-q", *arguments)
    assert ran.code == 0, ran.err
    return index


def written(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files below a folder, and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder
