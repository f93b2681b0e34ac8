"""Lay out text for a terminal; not imported when output goes to a pipe."""

from __future__ import annotations

import os
import shutil
import sys

from search.bidi import SETTINGS, TerminalPlan, has_rtl, terminal_plan
from search.render.style import Style, output_style
from search.render.terminal import Page, sentence
from search.terminal.tmux import outer_terminal


def output_plan(setting: str) -> TerminalPlan:
    """Return how to send right-to-left text to standard output.

    With the setting ``auto`` the variable DALIL_BIDI decides; a wrong value of it is ignored.
    """
    return _plan(setting, sys.stdout.isatty())


def _plan(setting: str, tty: bool) -> TerminalPlan:
    if setting == "auto":
        setting = os.environ.get("DALIL_BIDI", "auto")
    if setting not in SETTINGS:
        setting = "auto"
    outer = outer_terminal(os.environ) if tty else ""
    return terminal_plan(os.environ, setting=setting, screen=False, tty=tty, outer_terminal=outer)


def layout_message(text: str) -> str:
    """Lay out lines of English for standard error, a terminal, with their Arabic in order.

    Every line ends in a line feed. The reordering of a terminal is switched off around them, as it
    is around results.
    """
    plan = _plan("auto", tty=True)
    page = Page(shutil.get_terminal_size().columns, plan, Style(colour=False))
    rows = (
        row for line in text.split("\n") for row in [*sentence(line, page.columns, page)] or [""]
    )
    lines = "".join(f"{row}\n" for row in rows)
    return f"{plan.enter}{lines}{plan.leave}" if has_rtl(text) else lines


def output_page(colour: str, setting: str, links: str = "never") -> Page:
    """Return the page for hits on standard output."""
    style = output_style(colour, links)
    return Page(shutil.get_terminal_size().columns, output_plan(setting), style)
