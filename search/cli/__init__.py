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
from importlib import import_module

from search.cli.spare import spared

COMMANDS = ("analyze", "batch", "forget", "index", "search", "show", "status")


def load(arguments: Sequence[str]) -> None:
    """Import the commands that the arguments may mean; all, where they name none."""
    named = [name for name in COMMANDS if name in arguments]
    leading = arguments[0] if arguments else ""
    about_all = leading.startswith("-") and not leading.startswith(("--index", "--color"))
    with spared():
        for name in COMMANDS if about_all or not named else named:
            import_module(f"search.cli.{name}")
