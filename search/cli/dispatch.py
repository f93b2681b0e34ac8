"""Import the command that was called, parse its arguments, and call it."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from search.cli.fast_parse import parse
from search.cli.registry import commands

COMMANDS = (
    *("analyze", "batch", "forget", "index", "new", "search", "show", "status"),
    *("tag", "trust", "verify", "watch"),
)


def import_commands(arguments: Sequence[str]) -> None:
    """Import the commands that the arguments may call; all if they name none, as for help."""
    first = arguments[0] if arguments else ""
    named = [name for name in COMMANDS if name in arguments]
    if first in COMMANDS:
        named = [first]  # any others are words of a query
    about_all = first.startswith("-") and not first.startswith(("--index", "--color"))
    called = COMMANDS if about_all or not named else named
    for name in called:
        import_module(f"search.cli.commands.{name}")


def run_command(arguments: Sequence[str]) -> None:
    """Run the command with these arguments, parsed by typer if they are not plain."""
    function = commands.get(arguments[0]) if arguments else None
    values = parse(function, arguments[1:]) if function else None
    if function is None or values is None:
        typer_group()(args=list(arguments), prog_name="dalil")
    else:
        function(**values)


@functools.cache
def typer_group() -> Any:
    """Return typer's group of the imported commands, built once."""
    from search.cli.typer_app import build  # noqa: PLC0415 (a plain query needs no typer)

    return build(commands)
