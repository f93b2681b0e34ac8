"""Standard output for results, standard error for everything else."""

from __future__ import annotations

import os
import sys
from contextlib import suppress

from search.render.lines import one_line
from search.render.style import Style, wants_colour


def complain(message: str, hint: str = "") -> None:
    """An error as a sentence on standard error, and what to do about it."""
    hint = hint.rstrip(".")
    tell(f"dalil: {message.rstrip('.')}." + (f"\n  {hint[0].upper()}{hint[1:]}." if hint else ""))


def tell(text: str) -> None:
    """A line for the person at the keyboard, never mixed with results."""
    with suppress(OSError):  # nobody is listening
        print("\n".join(map(_printable, text.split("\n"))), file=sys.stderr, flush=True)


def _printable(line: str) -> str:
    """A line that commands no terminal; on one, with its Arabic in order."""
    if not sys.stderr.isatty():
        return one_line(line)
    from search.cli.terminal_page import laid_out  # noqa: PLC0415 (a third of the time of a search to a pipe)

    return laid_out(line)


def style(colour: str) -> Style:
    """The colours of standard output."""
    return Style(wants_colour(colour, tty=sys.stdout.isatty(), environ=os.environ))
