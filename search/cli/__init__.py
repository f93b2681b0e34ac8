"""The command line: a module a command, and what they share.

A command is imported when it is asked for, and nothing that another one needs: a
search starts without the indexer.

``declaration``   what a command takes, said once
``arguments``     what was typed, in order
``values``        that as values, where nothing is unusual
``tree``          typer, for help and for all that is unusual
``app``           the commands by name, and how they fail
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from importlib import import_module

from search.cli.slim_imports import stubbed

WRITING = ("forget", "index")
READING = ("analyze", "batch", "search", "show", "status")
COMMANDS = tuple(sorted(WRITING + READING))


def load(arguments: Sequence[str]) -> None:
    """Import the commands that the arguments may mean; all, where they name none."""
    leading = arguments[0] if arguments else ""
    named = [name for name in COMMANDS if name in arguments]
    if leading in COMMANDS:
        named = [leading]  # the others are words of a query
    about_all = leading.startswith("-") and not leading.startswith(("--index", "--color"))
    wanted = COMMANDS if about_all or not named else named
    # The readers of formats have libraries of their own, which may need what Whoosh does not.
    with stubbed() if set(wanted) <= set(READING) else nullcontext():
        for name in wanted:
            import_module(f"search.cli.commands.{name}")
