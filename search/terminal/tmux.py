"""Query and configure tmux when Dalil runs inside it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

_TIMEOUT = 1.0
"""Seconds to wait for tmux; it answers in a hundredth of one."""
_OPTION = "allow-passthrough"


def outer_terminal(environ: Mapping[str, str]) -> str:
    """Return the name of the terminal around tmux, or else its TERM; "" outside tmux."""
    if not environ.get("TMUX"):
        return ""
    reply = _tmux("display-message", "-p", "#{client_termtype}|#{client_termname}") or "|"
    name, _, term = reply.partition("|")
    return name or term


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


def _tmux(*words: str) -> str | None:
    """Run tmux and return its output; None if it is not installed, fails or does not answer."""
    program = shutil.which("tmux")
    if program is None:
        return None
    try:
        completed = subprocess.run(  # noqa: S603 (tmux, in which this runs, and words from here)
            [program, *words], capture_output=True, check=True, timeout=_TIMEOUT
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return completed.stdout.decode("utf-8", "replace").strip()
