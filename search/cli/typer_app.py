"""The commands in typer: for help, for completion, and for arguments that are not plain.

Typer and the library with which it checks values take longer to import than a search takes, so
this module is imported only if ``fast_parse`` does not support the arguments.
"""

from __future__ import annotations

import functools
import inspect
import os
import re
import stat
import sys
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, TextIO

import typer

from index import __version__
from search.cli.console import print_note
from search.cli.errors import guarded
from search.cli.parameters import Function, Option, Parameter, parameters

_SUMMARY = """Search folders of English and Arabic documents. دليل: guide, index, evidence.

Without a command, on a terminal, the screen opens and searches as you type.

`dalil -q QUERY` opens it with a query; `dalil --pick` prints the marked hits.

`dalil help query` explains the query language.
"""

_USAGE_ERROR: type[Exception] = typer.BadParameter.__mro__[1]
"""The base class of typer's errors about arguments, which it does not export."""
_SENTENCES = (
    (r"Value error, ", ""),
    (r"Input should be a valid integer.*", "it takes a whole number"),
    (r"Input should be greater than or equal to (\d+)", r"it is \1 at least"),
)
"""What the library that checks values says → what a user understands."""


def usage_fault(error: Exception) -> str | None:
    """Return what is wrong with the arguments as a sentence; None if that is not what failed."""
    if not isinstance(error, _USAGE_ERROR):
        return None
    fault: str = error.format_message()  # type: ignore[attr-defined] # see _USAGE_ERROR
    for pattern, sentence in _SENTENCES:
        fault = re.sub(pattern, sentence, fault)
    return fault


def build(commands: Mapping[str, Function]) -> Any:
    """Return typer's group of the commands."""
    app = typer.Typer(
        name="dalil",
        help=_SUMMARY,
        no_args_is_help=False,
        add_completion=False,  # `dalil completion` prints scripts that need no typer
        pretty_exceptions_enable=False,
    )
    app.callback(invoke_without_command=True, add_help_option=False)(guarded(dalil))
    for name, function in commands.items():
        app.command(name, add_help_option=False)(_for_typer(function))
    return typer.main.get_command(app)


def _print_version(requested: bool) -> None:
    if requested:
        print(f"dalil {__version__}")
        raise typer.Exit


def _print_help(context: typer.Context, requested: bool) -> None:
    if requested:
        print(context.get_help())
        raise typer.Exit


_HelpOption = Annotated[
    bool,
    typer.Option(
        *("--help", "-h"), callback=_print_help, is_eager=True, metavar="",
        help="Show this message and exit.",
    ),
]  # fmt: skip
"""In the place of typer's own, which has the type of its value in the help."""


def dalil(
    context: typer.Context,
    version: Annotated[
        bool,
        typer.Option(
            *("--version",),
            callback=_print_version,
            is_eager=True,
            metavar="",
            help="Print the version and exit.",
        ),
    ] = False,
    show_help: _HelpOption = False,
) -> None:
    """Print the help, and where words in a pipe belong."""
    if context.invoked_subcommand is None:
        print(context.get_help())
        if _is_pipe(sys.stdin):
            print_note(
                "\nStandard input is not read: `dalil search WORDS` searches for words, "
                "`dalil batch -` for each line."
            )


def _is_pipe(stream: TextIO) -> bool:
    try:
        return stat.S_ISFIFO(os.fstat(stream.fileno()).st_mode)
    except (OSError, ValueError):
        return False


_HELP = inspect.Parameter(
    "show_help", inspect.Parameter.KEYWORD_ONLY, default=False, annotation=_HelpOption
)


def _for_typer(function: Function) -> Function:
    """Wrap a command in a function whose parameters are declared to typer."""

    @functools.wraps(function)
    def run(**values: Any) -> None:
        del values[_HELP.name]
        function(**values)

    declared = [_for_inspect(p) for p in parameters(function)]
    signature = inspect.Signature([*declared, _HELP])
    run.__signature__ = signature  # type: ignore[attr-defined] # read by inspect
    run.__annotations__ = {p.name: p.annotation for p in signature.parameters.values()}
    return run


def _for_inspect(parameter: Parameter) -> inspect.Parameter:
    """Return a parameter with its declaration in typer's classes."""
    declaration = parameter.declaration
    if isinstance(declaration, Option):
        facts = {"metavar": _metavar(parameter), **declaration.facts}
        panel = declaration.panel or None
        info = typer.Option(*declaration.names, rich_help_panel=panel, **facts)
    else:
        info = typer.Argument(**{"metavar": _metavar(parameter), **declaration.facts})
    return inspect.Parameter(
        parameter.name,
        inspect.Parameter.KEYWORD_ONLY,
        default=parameter.default,
        annotation=Annotated[parameter.type, info],
    )


def _metavar(parameter: Parameter) -> str:
    """Return what the help has for the value of an option: choices, or what kind it is."""
    if parameter.is_flag:
        return ""
    if isinstance(parameter.type, type) and issubclass(parameter.type, StrEnum):
        return "|".join(parameter.type)
    return "N" if parameter.type is int else parameter.name.strip("_").upper()
