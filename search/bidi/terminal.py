"""What to send to the terminal at hand: `plan`, and what goes around text in it.

A terminal that reorders takes a whole row for one paragraph. That is right for lines of text and
wrong for a screen with panes side by side, where two Arabic texts in a row would change places. So
a full screen is laid out by the application, with the terminal's own reordering switched off; and
printed lines are left to a terminal that reorders, so that what is copied from it is real text.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from search.bidi.layout import Mode
from search.bidi.policy import ANSWER, AROUND, OTHER, TERMINALS, Terminal

LRI: Final = "\u2066"
"""Left-to-right isolate: what follows is a left-to-right text of its own, up to `PDI`."""
RLI: Final = "\u2067"
"""Right-to-left isolate."""
FSI: Final = "\u2068"
"""First strong isolate: the direction is that of the first letter that has one."""
PDI: Final = "\u2069"
"""Pop directional isolate: the end of what `LRI`, `RLI` or `FSI` began."""

PROBE: Final = "\x1b[8$p\x1b[c"
"""Asks a terminal for the state of BDSM (DECRQM), and then for its kind (DA1). Every terminal
answers the second question, by a text that ends in `c`; no answer to the first comes after that."""

_STATE: Final = re.compile(r"\x1b\[8;(\d)\$y")


@dataclass(frozen=True, slots=True)
class TerminalPlan:
    """What to send a terminal. `enter` and `leave` go around the output, `leave` whatever happens.

    `isolates`: put `isolate(...)` around text of documents, after at least one cell of the row,
    since VTE and Konsole lose an isolate in column 0. `why` is a sentence for people. `aligns`: a
    row whose first letter is right-to-left begins at the right edge, blanks before it and all.
    """

    mode: Mode
    isolates: bool
    enter: str
    leave: str
    why: str
    aligns: bool = False


def plan(
    environ: Mapping[str, str],
    *,
    setting: str = "auto",
    screen: bool,
    tty: bool,
    probe: int | None = None,
    around: str = "",
) -> TerminalPlan:
    """How to put right-to-left text on the terminal that `environ` tells of.

    `setting` is one of `SETTINGS`; another is a ValueError. `screen`: a full screen, not printed
    lines. `tty`: the output is a terminal; a pipe or file gets logical text whatever the setting,
    for what reads it wants letters and not their looks. `probe` is `probe_answer` of what came
    back. `around`: what tmux, if it is the terminal, calls the one that it runs in.
    """
    if setting not in _SETTINGS:
        raise ValueError(f"{setting!r} is no bidi setting: choose one of {', '.join(SETTINGS)}")
    if not tty:
        return TerminalPlan("logical", False, "", "", "no terminal: text goes out as it is")
    return _SETTINGS[setting](_terminal({**environ, ANSWER: str(probe), AROUND: around}), screen)


def probe_answer(reply: str) -> int | None:
    """The state of BDSM in what a terminal sent back to `PROBE`; None if there is no answer in it.

    By DECRQM 0 is "not known to me", 1 implicit (the terminal reorders), 2 explicit (it does not).
    """
    found = _STATE.search(reply)
    return int(found[1]) if found else None


def isolate(text: str, rtl: bool | None = None) -> str:
    """`text` as a paragraph of its own for a terminal that reorders rows.

    `rtl` is its direction, so that a later line of an English paragraph does not turn because it
    begins with an Arabic name; None leaves it to the first letter, as for a query.
    """
    return f"{_STARTS[rtl]}{text}{PDI}"


_STARTS: Final = {True: RLI, False: LRI, None: FSI}


def _terminal(signs: Mapping[str, str]) -> Terminal:
    """The first row of the policy with a clue that holds."""
    return next((row for row in TERMINALS if _known(row, signs)), OTHER)


def _known(row: Terminal, signs: Mapping[str, str]) -> bool:
    """Whether any variable looks as the row says."""
    return any(re.fullmatch(looks, signs.get(name, "")) for name, looks in row.clues.items())


def _auto(row: Terminal, screen: bool) -> TerminalPlan:
    """What the policy says."""
    mode = row.screen if screen else row.printed
    if mode == "visual":
        return _visual(row, screen, row.why)
    in_order = mode == "logical"
    return TerminalPlan(mode, in_order and row.isolates, "", "", row.why, in_order and row.aligns)


def _app(row: Terminal, screen: bool) -> TerminalPlan:
    """Letters joined and in order, also where the policy would not: kitty with `force_ltr`, say."""
    return _visual(row, screen, "as set: text is put in order here")


def _by_terminal(row: Terminal, _screen: bool) -> TerminalPlan:
    """Text in reading order, each piece a paragraph of its own."""
    why = "as set: the terminal puts text in order"
    return TerminalPlan("logical", row.isolates, "", "", why, row.aligns)


def _off(_row: Terminal, _screen: bool) -> TerminalPlan:
    """Text in reading order and nothing else."""
    return TerminalPlan("logical", False, "", "", "as set: text goes out as it is")


def _visual(row: Terminal, screen: bool, why: str) -> TerminalPlan:
    """Text in order, and the terminal's reordering off around it where that can be done."""
    switch = row.switch
    if screen or switch.lasting:
        return TerminalPlan("visual", False, switch.off, switch.on, why)
    return TerminalPlan("visual", False, "", "", why)


_SETTINGS: Final[Mapping[str, Callable[[Terminal, bool], TerminalPlan]]] = {
    "auto": _auto,
    "app": _app,
    "terminal": _by_terminal,
    "off": _off,
}

SETTINGS: Final = tuple(_SETTINGS)
"""Who puts text in order: as the policy says, the application, the terminal, nobody."""
