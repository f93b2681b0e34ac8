"""All commands as typer knows them: for help, for completion, and for what is wrong.

Typer and the library by which it checks values take longer to start than a search,
so this is imported only where ``values`` has not understood what was typed.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Mapping
from typing import Annotated, Any, get_type_hints

import typer

from search.cli.app import guarded
from search.cli.parameters import Argument, Function, Option

_SUMMARY = "Search folders of English and Arabic documents. دليل: guide, index, evidence."


def build(commands: Mapping[str, Function]) -> Any:
    """The commands below one, which says what there is."""
    app = typer.Typer(
        name="dalil",
        help=_SUMMARY,
        no_args_is_help=False,
        context_settings={"help_option_names": ["-h", "--help"]},
        pretty_exceptions_enable=False,
    )
    app.callback(invoke_without_command=True)(guarded(dalil))
    for name, function in commands.items():
        app.command(name)(_for_typer(function))
    return typer.main.get_command(app)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version  # noqa: PLC0415 (only when asked for)

        print(f"dalil {version('dalil')}")
        raise typer.Exit


def dalil(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version.")
    ] = False,
) -> None:
    """Search folders of English and Arabic documents. دليل: guide, index, evidence.

    Without a command, on a terminal, the interactive screen opens.
    """
    if context.invoked_subcommand is None:
        print(context.get_help())


def _for_typer(function: Function) -> Function:
    """The same function, its parameters declared in typer's own words."""

    @functools.wraps(function)
    def run(**options: Any) -> None:
        function(**options)

    hints = {
        name: _translated(hint)
        for name, hint in get_type_hints(function, include_extras=True).items()
    }
    signature = inspect.signature(function)
    run.__annotations__ = hints
    run.__signature__ = signature.replace(  # type: ignore[attr-defined] # what inspect looks for
        parameters=[p.replace(annotation=hints[p.name]) for p in signature.parameters.values()]
    )
    return run


def _translated(hint: Any) -> Any:
    for declared in getattr(hint, "__metadata__", ()):
        if isinstance(declared, Option):
            return Annotated[hint.__origin__, typer.Option(*declared.names, **declared.facts)]
        if isinstance(declared, Argument):
            return Annotated[hint.__origin__, typer.Argument(**declared.facts)]
    return hint
