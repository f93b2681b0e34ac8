"""The commands by name."""

from __future__ import annotations

from collections.abc import Callable

from search.cli.errors import guarded
from search.cli.parameters import Function, ungrouped

commands: dict[str, Function] = {}
"""Name → command, for the commands whose modules have been imported."""


def command(name: str) -> Callable[[Function], Function]:
    """Register a function as the command ``name``; its errors end in a sentence and exit code."""

    def register(function: Function) -> Function:
        commands[name] = guarded(ungrouped(function))
        return commands[name]

    return register
