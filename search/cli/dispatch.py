"""Import the command that was called, parse its arguments, and call it."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from index.errors import BadOption
from search.cli.errors import guarded
from search.cli.fast_parse import parse
from search.cli.registry import commands

COMMANDS = (
    *("analyze", "batch", "completion", "forget", "help", "index", "new", "search", "show"),
    *("status", "tag", "trust", "verify", "watch"),
)


MAX_QUOTED = 60
"""Characters of the arguments that a message repeats."""


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
    if function is not None and values is not None:
        function(**values)
    elif arguments and function is None and not arguments[0].startswith("-"):
        _refuse(arguments)
    else:
        _run_typer(arguments)


@guarded
def _refuse(words: Sequence[str]) -> None:
    """Raise BadOption for a word that is no command."""
    import shlex  # noqa: PLC0415 (only for this, as the next)
    from difflib import get_close_matches  # noqa: PLC0415

    near = get_close_matches(words[0], COMMANDS, 1)
    rest = shlex.join(words[1:] if near else words)
    rest = rest if len(rest) <= MAX_QUOTED else "…"
    quoted = shlex.quote(" ".join(words)) if rest != "…" else rest
    hint = (
        f"did you mean `dalil {near[0]} {rest}`?"
        if near
        else f"`dalil search {rest}` searches for it, `dalil -q {quoted}` on the screen"
    )
    raise BadOption(f"There is no command {words[0][:MAX_QUOTED]}", hint)


@guarded
def _run_typer(arguments: Sequence[str]) -> None:
    """Run a command by typer. Raises BadOption for what typer does not accept."""
    from search.cli.typer_app import usage_fault  # noqa: PLC0415 (a plain query needs no typer)

    try:
        code = typer_group()(args=list(arguments), prog_name="dalil", standalone_mode=False)
    except Exception as error:
        fault = usage_fault(error)
        if fault is None:
            raise
        command = f"dalil {arguments[0]}" if arguments[0] in COMMANDS else "dalil"
        raise BadOption(fault, f"`{command} --help` lists what there is") from error
    if code:
        raise SystemExit(code)


@functools.cache
def typer_group() -> Any:
    """Return typer's group of the imported commands, built once."""
    from search.cli.typer_app import build  # noqa: PLC0415 (a plain query needs no typer)

    return build(commands)
