"""The commands by name, and the one door where an error becomes a sentence and an exit code.

Exit codes: 0 found or done, 1 nothing found, 2 error, 130 interrupted.
"""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from index.errors import DalilError
from search.cli.console import print_error
from search.cli.fast_parse import values
from search.cli.parameters import Function

NOTHING_FOUND = 1
FAILED = 2
INTERRUPTED = 130

commands: dict[str, Function] = {}
"""Those whose modules have been imported."""


def command(name: str) -> Callable[[Function], Function]:
    """Register a function as a command that fails in sentences."""

    def register(function: Function) -> Function:
        commands[name] = guarded(function)
        return commands[name]

    return register


@functools.cache
def group() -> Any:
    """The commands as typer knows them, built once."""
    from search.cli.typer_app import build  # noqa: PLC0415 (a plain query needs no typer)

    return build(commands)


def answer(arguments: Sequence[str]) -> None:
    """Run a command; typer is asked where what was typed is not plain."""
    function = commands.get(arguments[0]) if arguments else None
    given = values(function, arguments[1:]) if function else None
    if function is None or given is None:
        group()(args=list(arguments), prog_name="dalil")
    else:
        function(**given)


def guarded(function: Function) -> Function:
    """The function, ending in a sentence and an exit code where it fails."""

    @functools.wraps(function)
    def run(*arguments: Any, **options: Any) -> None:
        try:
            try:
                function(*arguments, **options)
            finally:
                sys.stdout.flush()
        except DalilError as error:
            print_error(error.message, error.hint)
            raise SystemExit(FAILED) from error
        except KeyboardInterrupt as error:
            print_error("Interrupted", "what was committed is kept; run the command again to go on")
            raise SystemExit(INTERRUPTED) from error
        except BrokenPipeError:
            _close_output()  # whoever read it has enough
            raise SystemExit(0) from None
        except OSError as error:
            _close_output()
            where = f" ({error.filename})" if error.filename else ""
            print_error(
                f"The system refused: {error.strerror or error}{where}",
                "check the disk and the path",
            )
            raise SystemExit(FAILED) from error

    return run


def _close_output() -> None:
    """Let go of what could not be written: Python would try, and complain, once more at exit."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
