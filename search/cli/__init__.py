"""The command line: the typer app, and a module a command.

A command is imported when it is asked for, and nothing that another one needs: a
search starts without the indexer.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

COMMANDS = ("analyze", "batch", "forget", "index", "search", "show", "status")


def load(arguments: Sequence[str]) -> None:
    """Import the commands that the arguments may mean; all, where they name none."""
    named = [name for name in COMMANDS if name in arguments]
    leading = arguments[0] if arguments else ""
    about_all = leading.startswith("-") and not leading.startswith(("--index", "--color"))
    for name in COMMANDS if about_all or not named else named:
        import_module(f"search.cli.{name}")
