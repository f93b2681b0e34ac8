"""The fast parser: it returns the values that typer returns, or leaves the arguments to typer."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import pytest
from commands import run  # imports every command

from search.cli.commands.batch import BatchFormat
from search.cli.fast_parse import parse
from search.cli.parameters import Argument, Function, Option, parameters
from search.cli.query_options import Language
from search.cli.registry import commands
from search.cli.typer_app import build

PLAIN = [
    "search",
    "search --",
    "search libya",
    "search --saved contracts --json",
    "search -- libya -haftar +russia",
    "search -n 3 -- libya",
    "search --limit 0 --limit 4 -- libya",
    "search --limit=7 --index=a/b --color never -- libya",
    "search --index news --lang ar --sort date --bidi app --no-names --names -- a b c",
    "search --exact --plain --strict --json --jsonl --csv --paths -l -c -0 --explain -- a",
    "search --path *.txt --type= --after 2016 --before -- -- a",
    "search --width 20 --fragments 2 -- -- --",
    "search - x",
    "search --path --lang -- a",
    "show a.txt",
    "show --index i -- a.txt libya -russia",
    "status",
    "status --verify --json",
    "batch - --format trec -n 100",
    "batch queries.txt --index i --no-names",
    "analyze -- a -b",
    "forget a b --index i -q",
    "index",
    "index a b --index i --rebuild --dry-run --strict -q --json",
    "index --jobs 2 --max-size 64M --quiet a",
]
FOR_TYPER = [
    "search --help",
    "search -n5 a",
    "search -n=5 a",
    "search -lc a",
    "search -n",
    "search -n x a",
    "search -n -1 a",
    "search -n 1_0 a",
    "search -n 5.0 a",
    "search -n ٣ a",
    "search --lim 5 a",
    "search --lang fr a",
    "search --lang AR a",
    "search --width 3 a",
    "search --fragments 0 a",
    "search --json=1 a",
    "search --unknown a",
    "search --index",
    "show",
    "status more",
    "batch a b",
    "batch",
    "forget",
    "index --encoding *.txt=utf-8 a",
    "index --encoding *.txt=utf-8 --encoding *.md=utf-8 a",
    "index --jobs 0 a",
    "index --quiet=1 a",
    "index -x",
]


def parsed(line: str) -> dict[str, Any] | None:
    name, *words = line.split(" ")
    return parse(commands[name], words)


def by_typer(line: str) -> dict[str, Any]:
    """Return the values that typer passes to the command."""
    given: dict[str, Any] = {}

    def recording(function: Function) -> Function:
        @functools.wraps(function)
        def record(**options: Any) -> None:
            given.update(options)

        return record

    tree = build({name: recording(function) for name, function in commands.items()})
    tree(args=line.split(" "), prog_name="dalil", standalone_mode=False)
    return given


@pytest.mark.parametrize("line", PLAIN)
def test_plain_arguments_are_parsed_as_by_typer(line: str) -> None:
    values = parsed(line)
    assert values is not None
    assert values == by_typer(line)
    assert {name: type(value) for name, value in values.items()} == {
        name: type(value) for name, value in by_typer(line).items()
    }


@pytest.mark.parametrize("line", FOR_TYPER)
def test_other_or_wrong_arguments_are_left_to_typer(line: str) -> None:
    assert parsed(line) is None


@pytest.mark.parametrize("line", ["search libya", "search --index given libya"])
@pytest.mark.parametrize("folder", ["", "elsewhere"])
def test_the_folder_may_come_from_the_environment(
    line: str, folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DALIL_INDEX", folder)
    values = parsed(line)
    assert values is not None
    assert values["index"] == by_typer(line)["index"]
    expected = "given" if "given" in line else folder
    assert values["index"] == (Path(expected) if expected else None)


def test_values_have_the_types_that_the_command_declares() -> None:
    values = parsed("search --lang ar -n 3 --index i -c -- a b")
    assert values is not None
    assert (values["lang"], values["limit"], values["count"]) == (Language.AR, 3, True)
    assert (values["index"], values["query"]) == (Path("i"), ["a", "b"])
    values = parsed("batch --format csv x")
    assert values is not None
    assert values["format_"] is BatchFormat.CSV


def test_every_parameter_of_every_command_has_a_declaration() -> None:
    declared = [(name, p) for name in commands for p in parameters(commands[name])]
    assert {name for name, _ in declared} == set(commands)
    assert [p for _, p in declared if not isinstance(p.declaration, Option | Argument)] == []


@pytest.mark.parametrize(("option", "value"), [("--lang", "fr"), ("-n", "many"), ("--width", "3")])
def test_a_wrong_value_is_reported_with_its_option(option: str, value: str) -> None:
    ran = run("search", option, value, "libya")
    assert ran.code == 2
    assert option in ran.err
