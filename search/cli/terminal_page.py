"""Standard output as a terminal to draw on; what goes to a pipe needs none of this."""

from __future__ import annotations

import os
import shutil
import sys

from search.bidi import TerminalPlan
from search.bidi import plan as bidi_plan
from search.cli.console import style
from search.render.style import Style
from search.render.terminal import Page, sentence
from search.terminal.tmux import around


def bidi(setting: str) -> TerminalPlan:
    """What right-to-left text needs on standard output."""
    if setting == "auto":
        setting = os.environ.get("DALIL_BIDI", "auto")
    try:
        return _plan(setting, sys.stdout.isatty())
    except ValueError:
        return _plan("auto", sys.stdout.isatty())


def _plan(setting: str, tty: bool) -> TerminalPlan:
    outer = around(os.environ) if tty else ""
    return bidi_plan(os.environ, setting=setting, screen=False, tty=tty, around=outer)


def laid_out(text: str) -> str:
    """A sentence in English for standard error, which is a terminal, with its Arabic in order."""
    plan = _plan("auto", tty=True)
    page = Page(shutil.get_terminal_size().columns, plan, Style(colour=False))
    return "\n".join(sentence(text, page.columns, page))


def page(colour: str, setting: str) -> Page:
    """Standard output as a terminal to draw on."""
    return Page(shutil.get_terminal_size().columns, bidi(setting), style(colour))
