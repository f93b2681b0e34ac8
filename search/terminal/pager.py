"""Show a long text through the user's pager."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import PurePath

_SETTINGS = {"LESSSECURE": "1", "LESSCHARSET": "utf-8"}
"""The text is a stranger's: less runs no other program meanwhile."""


def pager_command(environ: Mapping[str, str], first_row: int) -> list[str] | None:
    """Return the words of the pager, ``$PAGER`` or less; None if there is none.

    less begins at ``first_row``, from 1, and passes colours on; other pagers begin at the top. An
    empty PAGER, or cat, means none.
    """
    try:
        words = shlex.split(environ.get("PAGER", "less"))
    except ValueError:  # a quote is not closed
        words = ["less"]
    program = shutil.which(words[0]) if words else None
    if program is None or PurePath(program).name == "cat":
        return None
    if PurePath(words[0]).name == "less":
        return [program, "-R", *words[1:], f"+{first_row}"]
    return [program, *words[1:]]


def page_through(rows: Sequence[str], first_row: int) -> bool:
    """Show rows in the pager, from a row on; return whether there is a pager."""
    command = pager_command(os.environ, first_row)
    if command is None:
        return False
    text = "".join(f"{row}\n" for row in rows).encode("utf-8", "replace")
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the pager's
    try:
        subprocess.run(  # noqa: S603 (the user's own pager)
            command, input=text, check=False, env={**os.environ, **_SETTINGS}
        )
    except OSError:
        return False
    finally:
        signal.signal(signal.SIGINT, before)
    return True
