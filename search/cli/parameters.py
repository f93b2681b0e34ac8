"""What a command takes, declared once: the function's own parameters say it all.

``Annotated[int, Option("--limit", "-n", min=0, help="Hits at most.")]`` is read by
``values``, which understands what people mostly type and needs no library, and by
``tree``, which hands the same to typer for all else: help, completion, and what is
wrong with the rest.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

Function = Callable[..., None]


class Option:
    """An option with its names; without any, that of the parameter.

    ``facts`` are typer's: ``help``, ``metavar``, ``envvar``, ``min``.
    """

    def __init__(self, *names: str, **facts: Any) -> None:
        self.names, self.facts = names, facts


class Argument:
    """What stands without a name; ``facts`` are typer's: ``help``, ``metavar``."""

    def __init__(self, **facts: Any) -> None:
        self.facts = facts


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a command."""

    name: str
    type: Any
    """``str``, ``int``, ``bool``, ``Path``, a StrEnum, or a list of one of them."""
    default: Any
    """``inspect.Parameter.empty`` where something must be typed."""
    declared: Option | Argument

    @property
    def names(self) -> dict[str, bool]:
        """The names of an option → what a flag of this name sets."""
        if not isinstance(self.declared, Option):
            return {}
        typed = self.declared.names or (f"--{self.name.replace('_', '-')}",)
        signed = [(name, sign) for pair in typed for name, sign in _signed(pair)]
        return dict(signed)

    @property
    def is_flag(self) -> bool:
        """Whether no value follows its name."""
        return self.type is bool


def _signed(names: str) -> list[tuple[str, bool]]:
    """``--names/--no-names`` as the two that it stands for."""
    return list(zip(names.split("/"), (True, False), strict=False))


@cache
def parameters(function: Function) -> Sequence[Parameter]:
    """The parameters of a command in order."""
    hints = get_type_hints(function, include_extras=True)
    return [
        Parameter(name, _bare(hints[name]), parameter.default, hints[name].__metadata__[0])
        for name, parameter in inspect.signature(function).parameters.items()
    ]


def _bare(hint: Any) -> Any:
    """The type without ``Annotated``, and without ``None`` beside it."""
    hint = get_args(hint)[0]
    if get_origin(hint) is UnionType:
        (hint,) = (part for part in get_args(hint) if part is not NoneType)
    return hint
