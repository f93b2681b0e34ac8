"""The format of the output of a search, of which one can be asked for."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from index.errors import BadOption
from search.cli import options as opt
from search.cli.parameters import Group, Option


class Output(StrEnum):
    """What is printed of the results."""

    PEOPLE = "for people"
    """A list on a terminal, ``path:line: text`` in a pipe."""
    JSON = "--json"
    JSONL = "--jsonl"
    CSV = "--csv"
    PATHS = "--paths"
    NUL_PATHS = "--null"
    COUNT = "--count"


def output_format(
    json: opt.JsonOption = False,
    jsonl: Annotated[
        bool, Option("--jsonl", help="Print a JSON object for each hit.", panel=opt.OUTPUT)
    ] = False,
    csv: Annotated[
        bool, Option("--csv", help="Print a line of CSV for each hit.", panel=opt.OUTPUT)
    ] = False,
    paths: Annotated[
        bool, Option("--paths", "-l", help="Print paths only.", panel=opt.OUTPUT)
    ] = False,
    count: Annotated[
        bool, Option("--count", "-c", help="Print the number of documents.", panel=opt.OUTPUT)
    ] = False,
    null: Annotated[
        bool, Option("--null", "-0", help="Print paths, NUL after each.", panel=opt.OUTPUT)
    ] = False,
) -> Output:
    """Return the format that was asked for. Raises BadOption for two of them."""
    asked = {
        Output.JSON: json,
        Output.JSONL: jsonl,
        Output.CSV: csv,
        Output.PATHS: paths and not null,
        Output.NUL_PATHS: null,
        Output.COUNT: count,
    }
    chosen = [output for output, wanted in asked.items() if wanted]
    if len(chosen) > 1:
        raise BadOption(f"{' and '.join(chosen)} exclude each other", "choose one format")
    return chosen[0] if chosen else Output.PEOPLE


OutputFormat = Annotated[Output, Group(output_format)]
