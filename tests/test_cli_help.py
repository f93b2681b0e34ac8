"""The help: options in panels, choices as they are typed, the query language by example."""

from __future__ import annotations

import re

import pytest
from commands import run

from search.cli.options import MATCHING, NARROW, OUTPUT, TERMINAL
from search.parsing.examples import QUERIES
from search.parsing.parser import parse


@pytest.mark.parametrize("name", ["", "search", "index", "show", "batch", "status"])
def test_a_switch_has_no_type_in_the_help(name: str) -> None:
    out = run(*name.split(), "--help").out
    assert not re.search(r"<bool>|<str>|<int|<Path", "\n".join(
        line for line in out.splitlines() if "--" in line
    ))  # fmt: skip


def test_the_options_of_a_search_are_in_panels_and_have_whole_phrases() -> None:
    out = run("search", "--help").out
    panels = re.findall(r"─ (\w+) ─", out)
    assert panels == ["Arguments", "Options", NARROW, MATCHING, OUTPUT, TERMINAL]
    assert "ar|en" in out
    assert re.search(r"--limit\s+-n\s+N ", out)


@pytest.mark.parametrize("words", [["help"], ["help", "search"], ["help", "query"]])
def test_help_is_a_command_too(words: list[str]) -> None:
    ran = run(*words)
    assert (ran.code, ran.err) == (0, "")
    if words[-1] == "query":
        assert all(example in ran.out and meaning in ran.out for example, meaning in QUERIES)
    else:
        assert ran.out == run(*words[1:], "--help").out


def test_every_example_of_the_query_language_is_understood() -> None:
    for example, _ in QUERIES:
        assert parse(example, strict=True).notes == ()


def test_help_for_what_is_no_command_is_an_error() -> None:
    ran = run("help", "serach")
    assert (ran.code, "There is no command serach" in ran.err) == (2, True)
