"""dalil help: the query language, or a command."""

from __future__ import annotations

from typing import Annotated

from search.cli.parameters import Argument
from search.cli.registry import command
from search.parsing.examples import QUERIES

QUERY = "query"
"""The topic that is no command."""
_WIDTH = 28
"""Cells of the column of examples."""


@command("help")
def help_(
    topic: Annotated[
        str, Argument(metavar="TOPIC", help="A command, or query: the language.")
    ] = "",
) -> None:
    """Explain the query language, or a command and its options.

    Example: dalil help query
    """
    if topic == QUERY:
        print("What to type, and what it finds:\n")
        for example, meaning in QUERIES:
            print(f"  {example:<{_WIDTH}}{meaning}")
        print("\nAND, OR and NOT in capitals and ( ) combine all of these.")
        return
    from search.cli.dispatch import import_commands, run_command  # noqa: PLC0415 (it calls this)

    import_commands([topic] if topic else [])
    run_command([topic, "--help"] if topic else ["--help"])
