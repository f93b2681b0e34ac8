"""tmux around the screen: what it says of its terminal, and its leave to speak to that."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

_PATIENCE = 1.0
"""Seconds for tmux to answer; it does in a hundredth of one."""
_OPTION = "allow-passthrough"


def around(environ: Mapping[str, str]) -> str:
    """What the terminal around tmux calls itself, or its TERM; nothing outside tmux."""
    if not environ.get("TMUX"):
        return ""
    told = _tmux("display-message", "-p", "#{client_termtype}|#{client_termname}") or "|"
    kind, _, name = told.partition("|")
    return kind or name


@contextmanager
def let_through(environ: Mapping[str, str]) -> Iterator[bool]:
    """Sequences in passthrough reach the terminal around tmux while this lasts; whether by this.

    tmux keeps them back unless told otherwise, and then a terminal that reorders turns around
    what is in order already. Only the option of this one pane is touched, and put back.
    """
    pane = environ.get("TMUX_PANE", "")
    if not pane or _tmux("show-options", "-Apqv", "-t", pane, _OPTION) != "off":
        yield False
        return
    own = _tmux("show-options", "-pqv", "-t", pane, _OPTION)
    _tmux("set-option", "-p", "-t", pane, _OPTION, "on")
    try:
        yield True
    finally:
        back = ("-p", "-t", pane, _OPTION, own) if own else ("-pu", "-t", pane, _OPTION)
        _tmux("set-option", *back)


def _tmux(*words: str) -> str | None:
    """What tmux answers; None where it cannot be asked, or knows no such thing."""
    program = shutil.which("tmux")
    if program is None:
        return None
    try:
        ran = subprocess.run(  # noqa: S603 (tmux, in which this runs, and words from here)
            [program, *words], capture_output=True, check=True, timeout=_PATIENCE
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return ran.stdout.decode("utf-8", "replace").strip()
