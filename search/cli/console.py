"""Print messages for people on standard error; standard output is for results alone."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path

from search.render.lines import one_line


def print_error(message: str, hint: str = "") -> None:
    """Print an error as a sentence, and what to do about it."""
    hint = hint.rstrip(".")
    advice = f"\n  {hint[0].upper()}{hint[1:]}." if hint else ""
    print_note(f"dalil: {message.rstrip('.')}.{advice}")


def print_note(text: str) -> None:
    """Print a note, a warning or a report, one or more lines."""
    with suppress(OSError):  # standard error is closed
        print("\n".join(map(_printable, text.split("\n"))), file=sys.stderr, flush=True)


def print_foreign_note(folder: Path) -> None:
    """Print that an index is foreign, and what to do about it."""
    print_note(
        f"note: foreign index: its files are not opened; `dalil trust {folder}` lets them be"
    )


def _printable(line: str) -> str:
    """Return a line without control characters; for a terminal, with its Arabic in order."""
    if not sys.stderr.isatty():
        return one_line(line)
    # Measured: it takes a third of the time of a search to a pipe.
    from search.cli.terminal_page import layout_message  # noqa: PLC0415

    return layout_message(line)
