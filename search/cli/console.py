"""Standard output for results, standard error for everything else."""

from __future__ import annotations

import os
import sys
from contextlib import suppress

from search.render.style import Style, wants_colour


def complain(message: str, hint: str = "") -> None:
    """An error as a sentence on standard error, and what to do about it."""
    hint = hint.rstrip(".")
    tell(f"dalil: {message.rstrip('.')}." + (f"\n  {hint[0].upper()}{hint[1:]}." if hint else ""))


def tell(text: str) -> None:
    """A line for the person at the keyboard, never mixed with results."""
    from search.bidi import clean  # noqa: PLC0415 (most runs have nothing to tell)

    safe = "\n".join(clean(line) for line in text.split("\n"))
    with suppress(OSError):  # nobody is listening
        print(safe, file=sys.stderr, flush=True)


def style(colour: str) -> Style:
    """The colours of standard output."""
    return Style(wants_colour(colour, tty=sys.stdout.isatty(), environ=os.environ))
