"""dalil without a command, on a terminal: open the interactive screen."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Annotated

from index.errors import NoTerminal
from search.bidi import SETTINGS
from search.cli import options as opt
from search.cli.errors import NOTHING_FOUND, guarded
from search.cli.fast_parse import parse
from search.cli.parameters import Option
from search.cli.print_hits import print_path
from search.results import Hit
from search.terminal.background import is_light
from search.terminal.session import (
    asking_terminal,
    attach_terminal,
    reordering_off,
    screen_plan,
    splash,
)

QueryOption = Annotated[
    str, Option("--query", "-q", metavar="QUERY", help="Open the screen with this query.")
]
PickOption = Annotated[
    bool, Option("--pick", help="On leaving, print the paths of the marked hits.")
]
NullOption = Annotated[bool, Option("--null", "-0", help="With --pick, NUL after each path.")]
_SWITCH = 0.001
"""Seconds after which a thread that searches lets the screen draw a key; Python waits 0.005."""
_FRAMES = "120"
"""Frames a second: the document follows the list after 8 ms at most, with Textual's own 60 16."""


@guarded
def interactive(
    index: opt.IndexOption = None,
    bidi: opt.BidiOption = opt.Bidi.AUTO,
    color: opt.ColourOption = opt.Colour.AUTO,
    query: QueryOption = "",
    pick: PickOption = False,
    null: NullOption = False,
) -> None:
    """Search as you type, read and filter.

    Example: dalil --index my-index
    """
    if not (attach_terminal() if pick else sys.stdin.isatty() and sys.stdout.isatty()):
        raise NoTerminal("The screen needs a terminal", "`dalil search QUERY` prints hits")
    if color is opt.Colour.NEVER:
        os.environ["NO_COLOR"] = "1"  # read by Textual
    setting = os.environ.get("DALIL_BIDI", "auto") if bidi is opt.Bidi.AUTO else bidi.value
    with splash(), asking_terminal(os.environ) as answer:
        os.environ.setdefault("TEXTUAL_FPS", _FRAMES)
        from search.tui import gc_policy  # noqa: PLC0415
        from search.tui.app import DalilApp  # noqa: PLC0415 (importing Textual takes a while)

        gc_policy.begin()
        sys.setswitchinterval(_SWITCH)
        reply = answer()
        plan = screen_plan(os.environ, setting if setting in SETTINGS else "auto", reply)
        folder, light = opt.index_folder(index).absolute(), is_light(reply, os.environ)
        app = DalilApp(folder, plan, query=query, light=light)
    with reordering_off(plan, os.environ):
        app.run()
    if app.defect is not None:
        raise app.defect
    if app.return_code:
        raise SystemExit(app.return_code)
    if pick:
        _print_picked(app.hits.target_hits, null=null)


def _print_picked(hits: Sequence[Hit], *, null: bool) -> None:
    """Print the paths of hits on standard output; exit with 1 if there are none."""
    for hit in hits:
        print_path(hit.path, null=null)
    if not hits:
        raise SystemExit(NOTHING_FOUND)


def open_screen(arguments: Sequence[str]) -> bool:
    """Run the screen if these are its options and a person is at the terminal; return whether.

    Raises NoTerminal, as a sentence, for the own options of the screen without a terminal.
    """
    values = parse(interactive, arguments)
    if values is None:
        return False
    asked = values["query"] or values["pick"] or values["null"]
    if not asked and not (sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    interactive(**values)
    return True
