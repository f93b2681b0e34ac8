"""Reorder the arguments: the command, its options, then the query.

``-word`` excludes a word, so it must not be parsed as an option; and options that every command
has may precede the command.
"""

from __future__ import annotations

from collections.abc import Sequence

from index.analysis.lazy_pattern import lazy_pattern
from search.cli.parameters import parameters
from search.cli.registry import commands

_WITH_QUERY = ("search", "show", "analyze")
_NUMBER = lazy_pattern(r"-n\d+")
_COMMON_OPTIONS = ("--index", "--color")
"""Options that may precede any command; a command that does not have one ignores it."""


def ordered(arguments: Sequence[str]) -> list[str]:
    """Return the arguments with the command first, then its options, then the query.

    >>> ordered(["--index", "news", "search", "libya", "-haftar"])
    ['search', '--index', 'news', '--', 'libya', '-haftar']
    """
    leading, rest = _split_common(arguments, only_leading=True)
    before_dashes = rest[: rest.index("--")] if "--" in rest else rest
    if "--version" in before_dashes:
        return ["--version"]
    if not rest or rest[0] not in commands:
        return [*leading, *rest]
    supported = _options(rest[0])
    others, rest[1:] = _split_common(rest[1:])
    pairs = zip(*[iter(leading + others)] * 2, strict=True)
    common = [word for pair in pairs if pair[0] in supported for word in pair]
    return query_last([rest[0], *common, *rest[1:]])


def _split_common(
    arguments: Sequence[str], *, only_leading: bool = False
) -> tuple[list[str], list[str]]:
    """Split off the common options before ``--``, each as a name and a value, from the rest."""
    common: list[str] = []
    rest = list(arguments)
    at = 0
    while at < len(rest) and rest[at] != "--":
        name, equals, value = rest[at].partition("=")
        if name in _COMMON_OPTIONS and (equals or at + 1 < len(rest)):
            common += [name, value if equals else rest[at + 1]]
            del rest[at : at + (1 if equals else 2)]
        elif only_leading:
            break
        else:
            at += 1
    return common, rest


def query_last(arguments: Sequence[str]) -> list[str]:
    """Return the arguments with the words of a query last, after ``--``, which ends the options.

    >>> query_last(["search", "libya", "-haftar", "-n", "3"])
    ['search', '-n', '3', '--', 'libya', '-haftar']
    """
    if not arguments or arguments[0] not in _WITH_QUERY:
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
                value = next(rest, None)
                if value is None:  # an error, for the parser to report
                    return [arguments[0], *options]
                options.append(value)
        elif _is_option(argument, takes_value):
            options.append(argument)
        else:
            words.append(argument)
    return [arguments[0], *options, *(["--", *words] if words else [])]


def _options(command: str) -> dict[str, bool]:
    """Return every name of an option of a command → whether the option takes a value."""
    named = [(name, p) for p in parameters(commands[command]) for name in p.names]
    return {"-h": False, "--help": False, **{name: not p.is_flag for name, p in named}}


def _is_option(argument: str, takes_value: dict[str, bool]) -> bool:
    """Return whether an argument that is not the name of an option must be one, not a word.

    Such are ``--unknown``, ``-n3``, and two short flags as in ``-l0``; queries rarely have such
    words.
    """
    if argument.startswith("--") or _NUMBER.fullmatch(argument):
        return True
    letters = [f"-{letter}" for letter in argument[1:]]
    return len(letters) == 2 and all(takes_value.get(letter) is False for letter in letters)
