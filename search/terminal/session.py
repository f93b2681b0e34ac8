"""The terminal told to leave text as it is while the screen is open, and back afterwards."""

from __future__ import annotations

import os
import select
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress

from search.bidi import PROBE, TerminalPlan, plan, probe_answer
from search.bidi.policy import OTHER
from search.terminal.tmux import around, let_through

_PATIENCE = 0.2
"""Seconds to wait for a terminal's answer; one that is far away answers in less."""


def screen_plan(environ: Mapping[str, str], setting: str) -> TerminalPlan:
    """How the screen has to be drawn here; a terminal that is not known is asked."""
    found = plan(environ, setting=setting, screen=True, tty=True, around=around(environ))
    if setting != "auto" or found.why != OTHER.why:
        return found
    return plan(environ, setting=setting, screen=True, tty=True, probe=probe_answer(_asked()))


def say(sequence: str) -> None:
    """Send the terminal a sequence, by the way that Textual takes."""
    if sequence and sys.__stderr__ is not None:
        with suppress(OSError, ValueError):
            sys.__stderr__.write(sequence)
            sys.__stderr__.flush()


def present() -> bool:
    """Whether there is a terminal to read from."""
    return sys.__stdin__ is not None and sys.__stdin__.isatty()


@contextmanager
def told(found: TerminalPlan, environ: Mapping[str, str]) -> Iterator[None]:
    """The terminal leaves text as it is while this lasts, however it ends."""
    with let_through(environ) if found.enter else nullcontext() as opened:
        say(found.enter)
        try:
            yield
        finally:
            say(found.leave)
            if opened:
                _asked()  # by the time that it answers, tmux has let through what was said before


@contextmanager
def given_back(found: TerminalPlan) -> Iterator[None]:
    """The terminal as it was found while this lasts, for another program."""
    say(found.leave)
    try:
        yield
    finally:
        say(found.enter)


def _asked() -> str:
    """What the terminal answers to the probe; nothing where it does not, or cannot be asked."""
    try:
        import termios  # noqa: PLC0415 (not on Windows)
        import tty  # noqa: PLC0415
    except ImportError:
        return ""
    descriptor = sys.stdin.fileno()
    try:
        before = termios.tcgetattr(descriptor)
    except termios.error:
        return ""
    try:
        tty.setcbreak(descriptor, termios.TCSANOW)
        say(PROBE)
        return _answer(descriptor)
    finally:
        with suppress(termios.error):  # the terminal was closed
            termios.tcsetattr(descriptor, termios.TCSANOW, before)


def _answer(descriptor: int) -> str:
    answer, end = b"", time.monotonic() + _PATIENCE
    while not answer.endswith(b"c") and (left := end - time.monotonic()) > 0:
        if not select.select([descriptor], [], [], left)[0]:
            break
        try:
            more = os.read(descriptor, 256)
        except OSError:  # the terminal was closed
            break
        if not more:
            break
        answer += more
    return answer.decode("ascii", "replace")
