"""What people type, put into the order that a command reads.

``-word`` excludes a word, so it must not be taken for an option; and options that
every command has may stand before the command.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from search.cli.app import commands
from search.cli.parameters import parameters

_COMMANDS = ("search", "show", "analyze")
_NUMBER = re.compile(r"-n\d+")


_EVERYWHERE = ("--index", "--color")
"""What may stand before any command, too; a command that has no use for it lets it be."""


def ordered(arguments: Sequence[str]) -> list[str]:
    """The arguments with the command first, then its options, then the query.

    >>> ordered(["--index", "news", "search", "libya", "-haftar"])
    ['search', '--index', 'news', '--', 'libya', '-haftar']
    """
    options, rest = _taken(arguments, only_first=True)
    typed = rest[: rest.index("--")] if "--" in rest else rest
    if "--version" in typed:
        return ["--version"]
    if not rest or rest[0] not in commands:
        return [*options, *rest]
    known = _options(rest[0])
    more, rest[1:] = _taken(rest[1:])
    pairs = zip(*[iter(options + more)] * 2, strict=True)
    kept = [word for pair in pairs if pair[0] in known for word in pair]
    return query_last([rest[0], *kept, *rest[1:]])


def _taken(arguments: Sequence[str], *, only_first: bool = False) -> tuple[list[str], list[str]]:
    """The options that stand everywhere, each as a name and a value, and what is left."""
    taken: list[str] = []
    rest = list(arguments)
    at = 0
    while at < len(rest) and rest[at] != "--":
        name, sign, value = rest[at].partition("=")
        if name in _EVERYWHERE and (sign or at + 1 < len(rest)):
            taken += [name, value if sign else rest[at + 1]]
            del rest[at : at + (1 if sign else 2)]
        elif only_first:
            break
        else:
            at += 1
    return taken, rest


def query_last(arguments: Sequence[str]) -> list[str]:
    """The arguments with those of a query behind ``--``, where options have ended.

    >>> query_last(["search", "libya", "-haftar", "-n", "3"])
    ['search', '-n', '3', '--', 'libya', '-haftar']
    """
    if not arguments or arguments[0] not in _COMMANDS:
        return list(arguments)
    takes_value = _options(arguments[0])
    options: list[str] = []
    words: list[str] = []
    rest = iter(arguments[1:])
    for argument in rest:
        name = argument.partition("=")[0]
        if argument == "--":
            words.extend(rest)
        elif name in takes_value:
            options.append(argument)
            if takes_value[name] and argument == name:
                options.extend([value] if (value := next(rest, None)) is not None else [])
        elif (
            argument.startswith("--")
            or _NUMBER.fullmatch(argument)
            or _flags(argument, takes_value)
        ):
            options.append(argument)
        else:
            words.append(argument)
    return [arguments[0], *options, *(["--", *words] if words else [])]


def _options(command: str) -> dict[str, bool]:
    """Every option of a command → whether a value follows it."""
    declared = [(name, p) for p in parameters(commands[command]) for name in p.names]
    return {"-h": False, "--help": False, **{name: not p.is_flag for name, p in declared}}


def _flags(argument: str, takes_value: dict[str, bool]) -> bool:
    """Several short flags in one, such as ``-l0``; a word of such letters is rarer."""
    letters = [f"-{letter}" for letter in argument[1:]]
    return len(letters) == 2 and all(takes_value.get(letter) is False for letter in letters)
