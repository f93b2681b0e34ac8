"""The declaration of a command's parameters: the annotations of its function.

``Annotated[int, Option("--limit", "-n", min=0, help="Maximum number of hits.")]`` is read by
both parsers: by ``fast_parse``, which handles plain arguments and needs no library, and by
``typer_app``, which hands the same facts to typer for everything else: help, completion, other
spellings of options, and messages about wrong ones.

Options that several commands share are the parameters of a function, and a command that has
them declares ``Annotated[T, Group(function)]``: both parsers see the parameters of that function
instead, and the command gets what it returns.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

Function = Callable[..., None]


class Option:
    """An option with its names; by default ``--`` and the name of the parameter.

    ``panel`` is the heading under which the help has it; ``facts`` are typer's: ``help``,
    ``metavar``, ``envvar``, ``min``.
    """

    def __init__(self, *names: str, panel: str = "", **facts: Any) -> None:
        self.names, self.panel, self.facts = names, panel, facts


class Argument:
    """A positional argument; ``facts`` are typer's: ``help``, ``metavar``."""

    def __init__(self, **facts: Any) -> None:
        self.facts = facts


class Group:
    """A group of options: the parameters of ``build``, whose result the command gets."""

    def __init__(self, build: Callable[..., Any]) -> None:
        self.build = build


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a command."""

    name: str
    type: Any
    """``str``, ``int``, ``bool``, ``Path``, a StrEnum, or a list of one of them."""
    default: Any
    """``inspect.Parameter.empty`` if the parameter is required."""
    declaration: Option | Argument

    @property
    def names(self) -> dict[str, bool]:
        """Name of the option → value that a flag of this name sets; empty for an argument."""
        if not isinstance(self.declaration, Option):
            return {}
        declared = self.declaration.names or (f"--{self.name.replace('_', '-')}",)
        return {name: value for pair in declared for name, value in _flag_names(pair)}

    @property
    def is_flag(self) -> bool:
        """Whether the option takes no value."""
        return self.type is bool


def _flag_names(names: str) -> list[tuple[str, bool]]:
    """Split ``--names/--no-names`` into the name that sets a flag and the one that clears it."""
    return list(zip(names.split("/"), (True, False), strict=False))


@functools.cache
def parameters(function: Callable[..., Any]) -> Sequence[Parameter]:
    """Return the parameters of a command in order, those of a group in its place."""
    flat: list[Parameter] = []
    for parameter, hint in _declared(function):
        declaration = hint.__metadata__[0]
        if isinstance(declaration, Group):
            flat += parameters(declaration.build)
        else:
            flat.append(
                Parameter(parameter.name, _value_type(hint), parameter.default, declaration)
            )
    return flat


def ungrouped(function: Function) -> Function:
    """Wrap a command so that it takes the parameters of its groups instead of their results."""

    @functools.wraps(function)
    def run(**values: Any) -> None:
        for name, build in _builders(function).items():
            values[name] = build(**{p.name: values.pop(p.name) for p in parameters(build)})
        function(**values)

    return run


def _builders(function: Function) -> Mapping[str, Callable[..., Any]]:
    """Return the names of the groups of a command, with the functions that build them."""
    declarations = ((p.name, hint.__metadata__[0]) for p, hint in _declared(function))
    return {name: group.build for name, group in declarations if isinstance(group, Group)}


@functools.cache
def _declared(function: Callable[..., Any]) -> Sequence[tuple[inspect.Parameter, Any]]:
    """Return the parameters of a function, each with its evaluated annotation."""
    hints = get_type_hints(function, include_extras=True)
    return [(p, hints[p.name]) for p in inspect.signature(function).parameters.values()]


def _value_type(hint: Any) -> Any:
    """Return the type of an annotation without ``Annotated`` and ``None``."""
    value_type = get_args(hint)[0]
    if get_origin(value_type) is UnionType:
        (value_type,) = (part for part in get_args(value_type) if part is not NoneType)
    return value_type
