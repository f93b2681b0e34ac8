"""Print messages for people on standard error; standard output is for results alone."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from search.render.lines import one_line
from search.render.style import Style, wants_colour


def print_error(message: str, hint: str = "") -> None:
    """Print an error as a sentence, and what to do about it."""
    hint = hint.rstrip(".")
    end = "" if hint.endswith("?") else "."
    advice = f"\n  {hint[0].upper()}{hint[1:]}{end}" if hint else ""
    print_note(f"dalil: {message.rstrip('.')}.{advice}")


def print_note(text: str) -> None:
    """Print a note, a warning or a report, one or more lines."""
    with suppress(OSError):  # standard error is closed
        print(_printable(text), end="", file=sys.stderr, flush=True)


def print_warning(text: str) -> None:
    """Print what the user should look at, in yellow on a terminal with colours."""
    colour = wants_colour("auto", tty=sys.stderr.isatty(), environ=os.environ)
    with suppress(OSError):
        lines = (_printable(line).removesuffix("\n") for line in text.split("\n"))
        shown = "\n".join(Style(colour).paint("warning", line) for line in lines)
        print(shown, file=sys.stderr, flush=True)


def print_foreign_note(folder: Path) -> None:
    """Print that an index is foreign, and what to do about it."""
    print_note(
        f"note: foreign index: its files are not opened; `dalil trust {folder}` lets them be"
    )


def _printable(text: str) -> str:
    """Return lines without control characters; for a terminal, with their Arabic in order."""
    if not sys.stderr.isatty():
        return "".join(f"{one_line(line)}\n" for line in text.split("\n"))
    # Measured: it takes a third of the time of a search to a pipe.
    from search.cli.terminal_page import layout_message  # noqa: PLC0415

    return layout_message(text)
