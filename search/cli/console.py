"""Standard output for results, standard error for everything else."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import suppress

from search.bidi import Plan, clean
from search.bidi import plan as bidi_plan
from search.render.style import Style, wants_colour
from search.render.terminal import Page


def complain(message: str, hint: str = "") -> None:
    """An error as a sentence on standard error, and what to do about it."""
    hint = hint.rstrip(".")
    tell(f"dalil: {message.rstrip('.')}." + (f"\n  {hint[0].upper()}{hint[1:]}." if hint else ""))


def tell(text: str) -> None:
    """A line for the person at the keyboard, never mixed with results."""
    safe = "\n".join(clean(line) for line in text.split("\n"))
    with suppress(OSError):  # nobody is listening
        print(safe, file=sys.stderr, flush=True)


def style(colour: str) -> Style:
    """The colours of standard output."""
    return Style(wants_colour(colour, tty=sys.stdout.isatty(), environ=os.environ))


def bidi(setting: str) -> Plan:
    """What right-to-left text needs on standard output."""
    if setting == "auto":
        setting = os.environ.get("DALIL_BIDI", "auto")
    try:
        return bidi_plan(os.environ, setting=setting, screen=False, tty=sys.stdout.isatty())
    except ValueError:
        return bidi_plan(os.environ, screen=False, tty=sys.stdout.isatty())


def page(colour: str, setting: str) -> Page:
    """Standard output as a terminal to draw on."""
    return Page(shutil.get_terminal_size().columns, bidi(setting), style(colour))
