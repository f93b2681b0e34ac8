"""Query and configure tmux when Dalil runs inside it."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from search.bidi import TERMINAL_VARIABLES, terminal_name

_TIMEOUT = 1.0
"""Seconds to wait for tmux; it answers in a hundredth of one."""
_OPTION = "allow-passthrough"
_MAX_ENVIRON = 1 << 20
"""Bytes read of the environment of the client; a usual one has some thousands."""
CLIENT_VARIABLES = (*sorted(TERMINAL_VARIABLES), "DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY",
                    "XDG_RUNTIME_DIR", "SSH_CONNECTION", "SSH_TTY", "WSL_DISTRO_NAME")  # fmt: skip
"""The variables that are taken from the environment of tmux's client, and no others."""


@dataclass(frozen=True, slots=True)
class Client:
    """The terminal in which tmux is shown, as tmux and the system describe it."""

    name: str = ""
    """What the terminal answered when tmux asked for its name; "" if it did not answer."""
    term: str = ""
    """Its TERM."""
    variables: Mapping[str, str] = field(default_factory=dict)
    """Those of ``CLIENT_VARIABLES`` that the client was started with; empty if not readable."""

    @property
    def terminal(self) -> str:
        """Return the name of the terminal: its own, else that of its row in the table."""
        return self.name or terminal_name(self.variables) or self.term


def outer_terminal(environ: Mapping[str, str]) -> str:
    """Return the name of the terminal around tmux, or else its TERM; "" outside tmux."""
    return client(environ).terminal


def client(environ: Mapping[str, str]) -> Client:
    """Return the client of tmux that shows this pane; an empty one outside tmux.

    In tmux the variables of a pane are those of the terminal in which its server was started. Those
    of the terminal in which it is seen now are in the environment of the client, a process of the
    same user on this machine, which Linux shows in /proc.
    """
    if not environ.get("TMUX"):
        return Client()
    reply = _tmux("display-message", "-p", "#{client_termtype}|#{client_termname}|#{client_pid}")
    name, term, pid = [*(reply or "").split("|"), "", "", ""][:3]
    return Client(name, term, _variables(pid) if pid.isdecimal() else {})


def _variables(pid: str) -> dict[str, str]:
    """Return the known variables of a process of this user; none if they cannot be read."""
    path = Path("/proc", pid, "environ")
    try:
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_uid != os.geteuid():
                return {}
            content = file.read(_MAX_ENVIRON)
    except OSError:
        return {}
    pairs = (os.fsdecode(entry).partition("=") for entry in content.split(b"\0"))
    return {name: value for name, _, value in pairs if name in CLIENT_VARIABLES}


def load_buffer(text: str) -> bool:
    """Put text in tmux's buffer, and let tmux send it to its terminal; return whether it did."""
    # Older than 3.2, tmux knows no -w.
    return any(
        _tmux("load-buffer", *option, "-", given=text) is not None for option in (["-w"], [])
    )


@contextmanager
def passthrough(environ: Mapping[str, str]) -> Iterator[bool]:
    """Make tmux pass escape sequences on to the terminal around it; restore its option at exit.

    Yields whether the option had to be set. By default tmux drops such sequences, and then a
    terminal that reorders would reorder text that is in visual order already. Only the option of
    the current pane is changed.
    """
    pane = environ.get("TMUX_PANE", "")
    if not pane or _tmux("show-options", "-Apqv", "-t", pane, _OPTION) != "off":
        yield False
        return
    pane_value = _tmux("show-options", "-pqv", "-t", pane, _OPTION)
    _tmux("set-option", "-p", "-t", pane, _OPTION, "on")
    try:
        yield True
    finally:
        target = ("-t", pane, _OPTION)
        _tmux("set-option", *(("-p", *target, pane_value) if pane_value else ("-pu", *target)))


def wrapped(sequence: str) -> str:
    """Return a sequence as tmux passes it on to the terminal around it, where that is allowed."""
    return "\x1bPtmux;" + sequence.replace("\x1b", "\x1b\x1b") + "\x1b\\"


def _tmux(*words: str, given: str = "") -> str | None:
    """Run tmux and return its output; None if it is not installed, fails or does not answer."""
    program = shutil.which("tmux")
    if program is None:
        return None
    try:
        completed = subprocess.run(  # noqa: S603 (tmux, in which this runs, and words from here)
            [program, *words],
            input=given.encode(), capture_output=True, check=True, timeout=_TIMEOUT,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return None
    return completed.stdout.decode("utf-8", "replace").strip()
