"""dalil without a command, on a terminal: the interactive screen."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Annotated

from search.bidi import SETTINGS
from search.cli import options as opt
from search.cli.app import guarded
from search.cli.fast_parse import values
from search.cli.parameters import Option


@guarded
def interactive(
    index: opt.IndexOption = None,
    bidi: Annotated[opt.Bidi, Option("--bidi", help="Who puts Arabic in order.")] = opt.Bidi.AUTO,
    color: opt.ColourOption = opt.Colour.AUTO,
) -> None:
    """Search as you type, read and filter.

    Example: dalil --index my-index
    """
    if color is opt.Colour.NEVER:
        os.environ["NO_COLOR"] = "1"  # what Textual goes by
    setting = os.environ.get("DALIL_BIDI", "auto") if bidi is opt.Bidi.AUTO else bidi.value
    from search.terminal.session import reordering_off, screen_plan  # noqa: PLC0415

    plan = screen_plan(os.environ, setting if setting in SETTINGS else "auto")
    from search.tui import gc_policy as garbage  # noqa: PLC0415
    from search.tui.app import DalilApp  # noqa: PLC0415 (Textual takes its time to start)

    garbage.begin()
    app = DalilApp(opt.index_folder(index).absolute(), plan)
    with reordering_off(plan, os.environ):
        app.run()
    if app.return_code:
        raise SystemExit(app.return_code)


def opened(arguments: Sequence[str]) -> bool:
    """Open the screen where no command is named and a person sits at a terminal; whether it was."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    given = values(interactive, arguments)
    if given is None:
        return False
    interactive(**given)
    return True
