"""What was typed to the values of a command's parameters, where nothing is unusual.

Whatever this does not understand, right or wrong, is left to typer, which knows
more and is slow to start: it and what it needs take longer than a search.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from inspect import Parameter as Inspected
from pathlib import Path
from typing import Any, get_args, get_origin

from search.cli.parameters import Argument, Function, Option, Parameter, parameters


class Unusual(Exception):
    """Something that typer has to look at."""


def values(function: Function, arguments: Sequence[str]) -> dict[str, Any] | None:
    """The values of the parameters by name; nothing where typer must be asked."""
    declared = parameters(function)
    try:
        typed, words = _sorted(declared, arguments)
        found = {p.name: _option(p, typed) for p in declared if isinstance(p.declared, Option)}
        return found | _positional([p for p in declared if isinstance(p.declared, Argument)], words)
    except Unusual:
        return None


def _sorted(
    declared: Iterable[Parameter], arguments: Sequence[str]
) -> tuple[dict[str, str | bool], list[str]]:
    """What was typed for each option, and the words without one."""
    options = {name: (p, sign) for p in declared for name, sign in p.names.items()}
    typed: dict[str, str | bool] = {}
    words: list[str] = []
    rest = iter(arguments)
    for argument in rest:
        name, sign, value = argument.partition("=")
        if argument == "--":
            words.extend(rest)
        elif name in options and not (sign and not name.startswith("--")):
            parameter, flag = options[name]
            if parameter.is_flag and not sign:
                typed[parameter.name] = flag
            else:
                typed[parameter.name] = value if sign else _next(rest)
        elif argument.startswith("-") and argument != "-":
            raise Unusual
        else:
            words.append(argument)
    return typed, words


def _next(rest: Iterable[str]) -> str:
    for value in rest:
        return value
    raise Unusual


def _option(parameter: Parameter, typed: dict[str, str | bool]) -> Any:
    facts = parameter.declared.facts
    given = typed.get(parameter.name)
    if given is None:
        given = os.environ.get(facts.get("envvar", "")) or None
    if given is None:
        return parameter.default
    if isinstance(given, bool):
        return given
    if get_origin(parameter.type) is list:  # it may be typed several times
        raise Unusual
    value = _converted(parameter.type, given)
    if isinstance(value, int) and value < facts.get("min", value):
        raise Unusual
    return value


def _positional(declared: Sequence[Parameter], words: Sequence[str]) -> dict[str, Any]:
    """The words to the arguments in order; a list takes all that are left."""
    found: dict[str, Any] = {}
    left = list(words)
    for parameter in declared:
        if not left:
            found[parameter.name] = parameter.default
        elif get_origin(parameter.type) is list:
            (kind,) = get_args(parameter.type)
            found[parameter.name] = [_converted(kind, word) for word in left]
            left = []
        else:
            found[parameter.name] = _converted(parameter.type, left.pop(0))
    if left or Inspected.empty in found.values():
        raise Unusual
    return found


def _converted(kind: Any, text: str) -> Any:
    """A text as a value of a type. Raises Unusual, also where typer might find one."""
    for known, convert in _CONVERTERS.items():
        if issubclass(kind, known):
            return convert(kind, text)
    raise Unusual


def _number(_kind: type, text: str) -> int:
    if not re.fullmatch("[0-9]{1,9}", text):
        raise Unusual
    return int(text)


def _unusual(_kind: type, _text: str) -> bool:
    raise Unusual


def _choice(kind: Any, text: str) -> Any:
    if text not in [choice.value for choice in kind]:
        raise Unusual
    return kind(text)


_CONVERTERS: dict[type, Callable[[Any, str], Any]] = {
    StrEnum: _choice,
    bool: _unusual,  # a flag takes no value, and Python takes a bool for an int
    int: _number,
    str: lambda kind, text: kind(text),
    Path: lambda kind, text: kind(text),
}
