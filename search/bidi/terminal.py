"""Decide how right-to-left text is sent to the current terminal.

A terminal that reorders treats a whole row as one paragraph. That is right for lines of text and
wrong for a screen with panes side by side, where two Arabic texts in a row would be exchanged. So a
full screen is laid out by the application, with the terminal's own reordering switched off; printed
lines are left to a terminal that reorders, so that text copied from it is in logical order.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from search.bidi.layout import Mode
from search.bidi.policy import OTHER, OUTER_TERMINAL, PROBE_ANSWER, TERMINALS, Terminal

LRI: Final = "\u2066"
"""Left-to-right isolate: starts a left-to-right paragraph of its own that ends at ``PDI``."""
RLI: Final = "\u2067"
"""Right-to-left isolate."""
FSI: Final = "\u2068"
"""First strong isolate: its direction is that of the first letter that has one."""
PDI: Final = "\u2069"
"""Pop directional isolate: ends what ``LRI``, ``RLI`` or ``FSI`` started."""

PROBE: Final = "\x1b[8$p\x1b[c"
"""Queries the state of BDSM (DECRQM), then the type of the terminal (DA1). Every terminal answers
the second query, with a text that ends in ``c``; no answer to the first comes after that."""

_STATE: Final = re.compile(r"\x1b\[8;(\d)\$y")


@dataclass(frozen=True, slots=True)
class TerminalPlan:
    """How to send text to a terminal: the mode, and the sequences before and after all output.

    ``leave`` must be sent even after an error. ``isolates``: enclose text of documents in
    ``isolate(...)``, after at least one cell of the row, because VTE and Konsole lose an isolate in
    column 0. ``why`` is a reason for people to read. ``aligns``: the terminal starts a row whose
    first letter is right-to-left at the right edge, including the blanks before it.
    """

    mode: Mode
    isolates: bool
    enter: str
    leave: str
    why: str
    aligns: bool = False


def terminal_plan(
    environ: Mapping[str, str],
    *,
    setting: str = "auto",
    screen: bool,
    tty: bool,
    probe: int | None = None,
    outer_terminal: str = "",
) -> TerminalPlan:
    """Return how to send right-to-left text to the terminal that ``environ`` describes.

    ``setting`` is one of ``SETTINGS``. ``screen``: a full screen, not printed lines. ``tty``: the
    output is a terminal; a pipe or file gets logical text whatever the setting, because programs
    need letters, not presentation forms. ``probe`` is the ``probe_answer`` of the terminal's reply,
    if it was queried. ``outer_terminal``: the name that tmux reports for the terminal around it.
    Raises ValueError for an unknown setting.
    """
    if setting not in _SETTINGS:
        raise ValueError(f"{setting!r} is no bidi setting: choose one of {', '.join(SETTINGS)}")
    if not tty:
        return TerminalPlan("logical", False, "", "", "no terminal: text is sent as it is")
    variables = {**environ, PROBE_ANSWER: str(probe), OUTER_TERMINAL: outer_terminal}
    return _SETTINGS[setting](_terminal(variables), screen)


def probe_answer(reply: str) -> int | None:
    """Return the state of BDSM in a terminal's reply to ``PROBE``; None if the reply has none.

    In DECRQM 0 is "not recognised", 1 implicit (the terminal reorders), 2 explicit (it does not).
    """
    state = _STATE.search(reply)
    return int(state[1]) if state else None


def isolate(text: str, rtl: bool | None = None) -> str:
    """Enclose ``text`` in an isolate, for a terminal that reorders rows.

    ``rtl`` is its direction, so that a later line of an English paragraph is not right-to-left
    because it starts with an Arabic name; with None the first letter decides, as for a query.
    """
    return f"{_STARTS[rtl]}{text}{PDI}"


_STARTS: Final = {True: RLI, False: LRI, None: FSI}


def _terminal(variables: Mapping[str, str]) -> Terminal:
    """Return the first row of the table that matches; ``OTHER`` if none does."""
    return next((row for row in TERMINALS if _matches(row, variables)), OTHER)


def terminal_name(variables: Mapping[str, str]) -> str:
    """Return the name of a terminal in the table by its variables; "" if it is not in it."""
    row = _terminal(variables)
    return "" if row is OTHER else row.name


TERMINAL_VARIABLES: Final = frozenset(name for row in TERMINALS for name in row.clues) - {
    PROBE_ANSWER,
    OUTER_TERMINAL,
}
"""The environment variables by which the table recognises a terminal."""


def _matches(row: Terminal, variables: Mapping[str, str]) -> bool:
    """Return whether any variable matches its pattern in the row."""
    clues = row.clues.items()
    return any(re.fullmatch(pattern, variables.get(name, "")) for name, pattern in clues)


def _auto(row: Terminal, screen: bool) -> TerminalPlan:
    """Return the plan of the table."""
    mode = row.screen if screen else row.printed
    if mode == "visual":
        return _visual(row, screen, row.why)
    logical = mode == "logical"
    return TerminalPlan(mode, logical and row.isolates, "", "", row.why, logical and row.aligns)


def _app(row: Terminal, screen: bool) -> TerminalPlan:
    """Return ``visual`` mode against the table, for instance for kitty with ``force_ltr``."""
    return _visual(row, screen, "as set: Dalil reorders text")


def _by_terminal(row: Terminal, _screen: bool) -> TerminalPlan:
    """Return ``logical`` mode, with isolates if the terminal supports them."""
    why = "as set: the terminal reorders text"
    return TerminalPlan("logical", row.isolates, "", "", why, row.aligns)


def _off(_row: Terminal, _screen: bool) -> TerminalPlan:
    """Return ``logical`` mode without isolates."""
    return TerminalPlan("logical", False, "", "", "as set: text is sent as it is")


def _visual(row: Terminal, screen: bool, why: str) -> TerminalPlan:
    """Return ``visual`` mode, with the terminal's reordering off around it if it has a switch."""
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
"""Who reorders text: by the table, the application, the terminal, nobody."""
