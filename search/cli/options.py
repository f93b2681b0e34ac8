"""The options that several commands have, each declared once."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from search.cli.parameters import Option

NARROW, OUTPUT, MATCHING, TERMINAL = "Narrow", "Output", "Matching", "Terminal"
"""The panels of options in the help."""


class Colour(StrEnum):
    """When to use colours."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


When = Colour
"""When to link paths: the same three values."""


class Bidi(StrEnum):
    """Who reorders right-to-left text."""

    AUTO = "auto"
    APP = "app"
    TERMINAL = "terminal"
    OFF = "off"


IndexOption = Annotated[
    Path | None,
    Option(
        "--index", metavar="DIR", envvar="DALIL_INDEX", help="Use the index in this folder.",
        show_envvar=True,
    ),
]  # fmt: skip
BidiOption = Annotated[
    Bidi, Option("--bidi", help="Say who puts Arabic in visual order.", panel=TERMINAL)
]
ColourOption = Annotated[Colour, Option("--color", help="Say when to use colours.", panel=TERMINAL)]
LinkOption = Annotated[
    When, Option("--hyperlink", help="Say when paths are links that a click opens.", panel=TERMINAL)
]
JsonOption = Annotated[bool, Option("--json", help="Print one JSON object.", panel=OUTPUT)]
SkipDamagedOption = Annotated[
    bool,
    Option(
        "--skip-damaged", help="Search without the damaged segments, with a note.", panel=MATCHING
    ),
]
QuietOption = Annotated[bool, Option("--quiet", "-q", help="Print nothing but errors.")]


def follow(bidi: Bidi) -> None:
    """Let messages on standard error follow ``--bidi`` as the results do, errors too."""
    if bidi is not Bidi.AUTO:
        os.environ["DALIL_BIDI"] = bidi.value


def index_folder(given: Path | None) -> Path:
    """Return the folder named on the command line, by default the user's own index."""
    if given is not None:
        return given.expanduser()
    from platformdirs import user_data_path  # noqa: PLC0415 (only without the option)

    return user_data_path("dalil") / "default"
