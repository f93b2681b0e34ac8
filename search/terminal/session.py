"""Switch the terminal's reordering off while the screen is open, and on again afterwards."""

from __future__ import annotations

import os
import re
import select
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from functools import partial

from search.bidi import PROBE, TerminalPlan, probe_answer, terminal_plan
from search.bidi.policy import OTHER
from search.terminal.background import BACKGROUND_PROBE
from search.terminal.tmux import outer_terminal, passthrough

CHECK_SECONDS = 1.0
"""Between two looks whether the terminal is still open."""
LEAVE_SECONDS = 3.0
"""Within which a program ends whose terminal has gone."""
_TIMEOUT = 0.2
"""Seconds to wait for a terminal's reply; one at the far end of a connection takes less."""
_MUTE = ("dumb", "linux")
"""TERM of terminals that know no colour of the background."""
_LAST_ANSWER = re.compile(rb"\x1b\[\?[0-9;]*c$")
"""The answer to DA1, which comes after all others."""


@contextmanager
def asking_terminal(environ: Mapping[str, str]) -> Iterator[Callable[[], str]]:
    """Ask the terminal how it reorders and what its background is.

    Yields a function that waits for the reply and returns it, "" if none came. A reply takes a
    moment, in which the caller can do something else. A terminal that would print the question for
    the background is not asked for it.
    """
    asked = "" if environ.get("TERM") in _MUTE else BACKGROUND_PROBE
    with _asking(asked + PROBE) as reply:
        yield reply


def screen_plan(environ: Mapping[str, str], setting: str, reply: str) -> TerminalPlan:
    """Return how to draw the screen on this terminal; its reply decides if it is not known."""
    outer = outer_terminal(environ)
    plan = terminal_plan(environ, setting=setting, screen=True, tty=True, outer_terminal=outer)
    if setting != "auto" or plan.why != OTHER.why:
        return plan
    state = probe_answer(reply)
    return terminal_plan(environ, setting=setting, screen=True, tty=True, probe=state)


def send(sequence: str) -> None:
    """Send an escape sequence to the terminal, through the stream that Textual uses."""
    if sequence and sys.__stderr__ is not None:
        with suppress(OSError, ValueError):
            sys.__stderr__.write(sequence)
            sys.__stderr__.flush()


@contextmanager
def splash() -> Iterator[None]:
    """Show one line while the screen is imported, which takes longest, and clear it."""
    send("Dalil …")
    try:
        yield
    finally:
        send("\r\x1b[K")


def attach_terminal() -> bool:
    """Connect standard input and error to the terminal; return whether there is one.

    The screen reads the one and draws on the other; standard output may be a pipe.
    """
    for descriptor, stream in {0: sys.__stdin__, 2: sys.__stderr__}.items():
        if stream is not None and stream.isatty():
            continue
        try:
            terminal = os.open("/dev/tty", os.O_RDWR)
        except OSError:
            return False
        os.dup2(terminal, descriptor)
        os.close(terminal)
    return True


def has_terminal() -> bool:
    """Return whether standard input is a terminal that is still open."""
    return sys.__stdin__ is not None and sys.__stdin__.isatty()


def watch_terminal(leave: Callable[[], object], code: int) -> None:
    """Call ``leave`` when the terminal has gone without a signal, which nothing else notices.

    In a thread of its own: what is written to such a terminal may block the program for ever. If
    ``leave`` has not ended the process soon, it is ended with exit code ``code``.
    """
    threading.Thread(target=_watch, args=(leave, code), daemon=True).start()


def _watch(leave: Callable[[], object], code: int) -> None:
    while has_terminal():
        time.sleep(CHECK_SECONDS)
    with suppress(RuntimeError):  # the program is ending already
        leave()
    time.sleep(LEAVE_SECONDS)
    os._exit(code)


@contextmanager
def reordering_off(plan: TerminalPlan, environ: Mapping[str, str]) -> Iterator[None]:
    """Switch the terminal's reordering off as ``plan`` says, and on again at exit or error."""
    with passthrough(environ) if plan.enter else nullcontext() as option_set:
        send(plan.enter)
        try:
            yield
        finally:
            send(plan.leave)
            if option_set:
                _query_terminal(PROBE)  # once it replies, tmux has passed on what was sent before


@contextmanager
def restored(plan: TerminalPlan) -> Iterator[None]:
    """Switch the terminal's reordering on for another program, and off again at exit."""
    send(plan.leave)
    try:
        yield
    finally:
        send(plan.enter)


def _query_terminal(probe: str) -> str:
    """Send a probe that ends in DA1, and return the reply; "" if none comes or can come."""
    with _asking(probe) as reply:
        return reply()


@contextmanager
def _asking(probe: str) -> Iterator[Callable[[], str]]:
    """Send a probe that ends in DA1, and yield what waits for the reply, with the echo off."""
    try:
        import termios  # noqa: PLC0415 (not on Windows)
        import tty  # noqa: PLC0415
    except ImportError:
        yield str
        return
    try:
        descriptor = sys.stdin.fileno()
        attributes = termios.tcgetattr(descriptor)
    except (termios.error, OSError):  # it is a pipe, or no file at all
        yield str
        return
    try:
        tty.setcbreak(descriptor, termios.TCSANOW)
        send(probe)
        yield partial(_read_reply, descriptor, time.monotonic() + _TIMEOUT)
    finally:
        with suppress(termios.error):  # the terminal was closed
            termios.tcsetattr(descriptor, termios.TCSANOW, attributes)


def _read_reply(descriptor: int, end: float) -> str:
    """Read up to the answer to DA1, the last one, until ``end`` at most; what is there in any case.

    Byte by byte: what is typed after it belongs to the screen.
    """
    reply = b""
    while not _LAST_ANSWER.search(reply):
        if not select.select([descriptor], [], [], max(end - time.monotonic(), 0))[0]:
            break
        try:
            received = os.read(descriptor, 1)
        except OSError:  # the terminal was closed
            break
        if not received:
            break
        reply += received
    return reply.decode("ascii", "replace")
