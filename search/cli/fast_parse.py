"""Parse plain arguments to the values of a command's parameters.

It saves a third of the time of a search, because typer, and pydantic with which it checks values,
take long to import. Measured with output to a pipe, on an index of ``seeds``, by

    uv run python tests/benchmarks/oneshot.py --typer INDEX

a search takes 420 to 530 ms with this parser and 680 to 860 ms with typer: 230 to 310 ms less, for
each of four queries the median of 21 pairs. The machine was slow and busy; the ratio of the two,
.63 to .65, hardly depends on that. ``tests/test_imports.py`` fails if typer becomes light.

Anything that this parser does not support, right or wrong, is left to typer.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from inspect import Parameter as Inspected
from pathlib import Path
from typing import Any, get_args, get_origin

from search.cli.parameters import Argument, Function, Option, Parameter, parameters


class NeedsTyper(Exception):
    """An argument that this parser leaves to typer."""


def parse(function: Function, arguments: Sequence[str]) -> dict[str, Any] | None:
    """Return the values of a command's parameters by name; None if typer must parse them."""
    declared = parameters(function)
    try:
        typed, words = _split(declared, arguments)
        options = {
            p.name: _option_value(p, typed.get(p.name))
            for p in declared
            if isinstance(p.declaration, Option)
        }
        positional = [p for p in declared if isinstance(p.declaration, Argument)]
        return options | _positional_values(positional, words)
    except NeedsTyper:
        return None


def _split(
    declared: Iterable[Parameter], arguments: Sequence[str]
) -> tuple[dict[str, str | bool], list[str]]:
    """Split arguments into the values typed for options, by parameter, and all other words."""
    options = {name: (p, flag) for p in declared for name, flag in p.names.items()}
    typed: dict[str, str | bool] = {}
    words: list[str] = []
    rest = iter(arguments)
    for argument in rest:
        name, equals, value = argument.partition("=")
        if argument == "--":
            words.extend(rest)
        elif name in options and not (equals and not name.startswith("--")):
            parameter, flag = options[name]
            if parameter.is_flag and not equals:
                typed[parameter.name] = flag
            else:
                typed[parameter.name] = value if equals else _next(rest)
        elif argument.startswith("-") and argument != "-":
            raise NeedsTyper
        else:
            words.append(argument)
    return typed, words


def _next(rest: Iterator[str]) -> str:
    for value in rest:
        return value
    raise NeedsTyper


def _option_value(parameter: Parameter, typed: str | bool | None) -> Any:
    """Return the value of an option: typed, from its environment variable, or its default."""
    facts = parameter.declaration.facts
    if typed is None:
        typed = os.environ.get(facts.get("envvar", "")) or None
    if typed is None:
        return parameter.default
    if isinstance(typed, bool):
        return typed
    if get_origin(parameter.type) is list:  # it may occur several times
        raise NeedsTyper
    value = _convert(parameter.type, typed)
    if isinstance(value, int) and value < facts.get("min", value):
        raise NeedsTyper
    return value


def _positional_values(declared: Sequence[Parameter], words: Sequence[str]) -> dict[str, Any]:
    """Return the values of positional arguments in order; a list takes all remaining words."""
    values: dict[str, Any] = {}
    left = list(words)
    for parameter in declared:
        if not left:
            values[parameter.name] = parameter.default
        elif get_origin(parameter.type) is list:
            (item_type,) = get_args(parameter.type)
            values[parameter.name] = [_convert(item_type, word) for word in left]
            left = []
        else:
            values[parameter.name] = _convert(parameter.type, left.pop(0))
    if left or Inspected.empty in values.values():
        raise NeedsTyper
    return values


def _convert(value_type: Any, text: str) -> Any:
    """Convert text to a type. Raises NeedsTyper if it cannot, even if typer might."""
    for known, convert in _CONVERTERS.items():
        if issubclass(value_type, known):
            return convert(value_type, text)
    raise NeedsTyper


def _number(_type: type, text: str) -> int:
    if not re.fullmatch("[0-9]{1,9}", text):
        raise NeedsTyper
    return int(text)


def _flag_with_value(_type: type, _text: str) -> bool:
    raise NeedsTyper


def _choice(value_type: Any, text: str) -> Any:
    if text not in [choice.value for choice in value_type]:
        raise NeedsTyper
    return value_type(text)


_CONVERTERS: dict[type, Callable[[Any, str], Any]] = {
    StrEnum: _choice,
    bool: _flag_with_value,  # before int, of which bool is a subclass
    int: _number,
    str: lambda value_type, text: value_type(text),
    Path: lambda value_type, text: value_type(text),
}
