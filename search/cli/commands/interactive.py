"""dalil without a command, on a terminal: open the interactive screen."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from search.bidi import SETTINGS
from search.cli import options as opt
from search.cli.errors import guarded
from search.cli.fast_parse import parse


@guarded
def interactive(
    index: opt.IndexOption = None,
    bidi: opt.BidiOption = opt.Bidi.AUTO,
    color: opt.ColourOption = opt.Colour.AUTO,
) -> None:
    """Search as you type, read and filter.

    Example: dalil --index my-index
    """
    if color is opt.Colour.NEVER:
        os.environ["NO_COLOR"] = "1"  # read by Textual
    setting = os.environ.get("DALIL_BIDI", "auto") if bidi is opt.Bidi.AUTO else bidi.value
    from search.terminal.session import reordering_off, screen_plan  # noqa: PLC0415

    plan = screen_plan(os.environ, setting if setting in SETTINGS else "auto")
    from search.tui import gc_policy  # noqa: PLC0415
    from search.tui.app import DalilApp  # noqa: PLC0415 (importing Textual takes a while)

    gc_policy.begin()
    app = DalilApp(opt.index_folder(index).absolute(), plan)
    with reordering_off(plan, os.environ):
        app.run()
    if app.defect is not None:
        raise app.defect
    if app.return_code:
        raise SystemExit(app.return_code)


def open_screen(arguments: Sequence[str]) -> bool:
    """Run the screen if these are its options and a person is at the terminal; return whether."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    values = parse(interactive, arguments)
    if values is None:
        return False
    interactive(**values)
    return True
