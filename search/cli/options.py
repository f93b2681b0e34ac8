"""The options that several commands have, each described once."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

from index.errors import BadOption
from search.cli.parameters import Option
from search.parsing import ast as tree
from search.parsing.field_values import date_range, types


class Colour(StrEnum):
    """When to use colours."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


class Bidi(StrEnum):
    """Who puts right-to-left text in order."""

    AUTO = "auto"
    APP = "app"
    TERMINAL = "terminal"
    OFF = "off"


class Sort(StrEnum):
    """What comes first."""

    SCORE = "score"
    DATE = "date"
    PATH = "path"


class Language(StrEnum):
    """Languages that can be asked for."""

    AR = "ar"
    EN = "en"


IndexOption = Annotated[
    Path | None,
    Option(
        "--index", metavar="DIR", envvar="DALIL_INDEX", help="The folder of the index.",
        show_envvar=True,
    ),
]  # fmt: skip
ColourOption = Annotated[Colour, Option("--color", help="Colours in the output.")]
LimitOption = Annotated[int, Option("--limit", "-n", min=0, help="Hits at most.")]
LanguageOption = Annotated[
    Language | None, Option("--lang", help="Only documents with at least a fifth of it.")
]
PathOption = Annotated[
    str | None, Option("--path", metavar="GLOB", help="Only documents whose path fits.")
]
TypeOption = Annotated[
    str | None, Option("--type", help="Only this format: text, markdown, html, pdf, …")
]
AfterOption = Annotated[
    str | None, Option("--after", metavar="DATE", help="Only documents of this day or later.")
]
BeforeOption = Annotated[
    str | None,
    Option("--before", metavar="DATE", help="Only documents of this day or earlier."),
]
SortOption = Annotated[Sort, Option("--sort", help="What comes first.")]
NamesOption = Annotated[
    bool, Option("--names/--no-names", help="Whether names are found in every spelling.")
]
ExactOption = Annotated[bool, Option("--exact", help="Every word as spelled.")]
PlainOption = Annotated[bool, Option("--plain", help="The query is words only.")]
StrictOption = Annotated[bool, Option("--strict", help="Refuse what cannot be understood.")]
JsonOption = Annotated[bool, Option("--json", help="One JSON object.")]


def index_folder(given: Path | None) -> Path:
    """The folder named on the command line, or the user's own index."""
    if given is not None:
        return given.expanduser()
    from platformdirs import user_data_path  # noqa: PLC0415 (only when nothing is given)

    return user_data_path("dalil") / "default"


def filters(
    language: Language | None,
    path: str | None,
    type_: str | None,
    after: str | None,
    before: str | None,
) -> tuple[tree.Filter, ...]:
    """The filters that options ask for. Raises BadOption for a date that is none."""
    found: list[tree.Filter] = []
    if language:
        found.append(tree.LanguageFilter(language.value))
    if path:
        found.append(tree.PathFilter(path))
    if type_:
        found.append(types(type_))
    if after or before:
        try:
            found.append(date_range(f"{after or ''}..{before or ''}"))
        except ValueError as error:
            raise BadOption(str(error), "write 2016, 2016-05 or 2016-05-01") from error
    return tuple(found)
