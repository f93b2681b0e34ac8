"""The typer app, and the one door where an error becomes a sentence and an exit code.

Exit codes: 0 found or done, 1 nothing found, 2 error, 130 interrupted.
"""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Annotated, Any

import typer

from index.errors import DalilError
from search.cli.console import complain

NOTHING_FOUND = 1
FAILED = 2
INTERRUPTED = 130

app = typer.Typer(
    name="dalil",
    help="Search folders of English and Arabic documents. دليل: guide, index, evidence.",
    no_args_is_help=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
)


@functools.cache
def group() -> Any:
    """All commands, built once: typer takes 60 ms for it."""
    return typer.main.get_command(app)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version  # noqa: PLC0415 (only when asked for)

        print(f"dalil {version('dalil')}")
        raise typer.Exit


def command(name: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a function as a command that fails in sentences."""

    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        guarded = _guarded(function)
        app.command(name)(guarded)
        return guarded

    return register


def _guarded(function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    def run(*arguments: Any, **options: Any) -> None:
        try:
            try:
                function(*arguments, **options)
            finally:
                sys.stdout.flush()
        except DalilError as error:
            complain(error.message, error.hint)
            raise typer.Exit(FAILED) from error
        except KeyboardInterrupt as error:
            complain("Interrupted", "what was committed is kept; run the command again to go on")
            raise typer.Exit(INTERRUPTED) from error
        except BrokenPipeError:
            _close_output()  # whoever read it has enough
            raise typer.Exit(0) from None
        except OSError as error:
            _close_output()
            where = f" ({error.filename})" if error.filename else ""
            complain(
                f"The system refused: {error.strerror or error}{where}",
                "check the disk and the path",
            )
            raise typer.Exit(FAILED) from error

    return run


def _close_output() -> None:
    """Let go of what could not be written: Python would try, and complain, once more at exit."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@app.callback(invoke_without_command=True)
@_guarded
def dalil(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version.")
    ] = False,
) -> None:
    """Search folders of English and Arabic documents. دليل: guide, index, evidence."""
    if context.invoked_subcommand is None:
        print(context.get_help())
