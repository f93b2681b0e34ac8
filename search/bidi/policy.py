"""A table of terminals: how each treats right-to-left text, one row for each.

The facts are from runs in xterm 379, VTE 0.70, Konsole 22.12, mlterm 3.9, kitty 0.26, Alacritty
0.11, foot 1.13 and tmux 3.3; for WezTerm, mintty, Terminal.app, Ghostty and Tabby from their
documentation; for Zellij and dumb terminals by inference.

``CSI 8 l`` and ``CSI 8 h`` set BDSM, ECMA-48's mode 8, to explicit (the terminal does not reorder)
and implicit (it does), as in the Terminal Working Group's BiDi draft:
https://terminal-wg.pages.freedesktop.org/bidi/.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from search.bidi.layout import Mode

PROBE_ANSWER: Final = "answer to PROBE"
"""Key of the answer among the environment variables; overrides a variable of this name."""
OUTER_TERMINAL: Final = "terminal around tmux"
"""Key of the name that tmux reports for the terminal that it runs in; overrides likewise."""


@dataclass(frozen=True, slots=True)
class Switch:
    """Sequences that switch a terminal's reordering off and on again; "" if it has none.

    ``lasting``: printed lines stay as they are after the switch is set back, so that it can be used
    around printed lines. A switch that changes all visible lines is for full screens only.
    """

    off: str = ""
    on: str = ""
    lasting: bool = False


@dataclass(frozen=True, slots=True)
class Terminal:
    """A row of the table: how a terminal is recognised, and the modes of full screens and output.

    ``clues``: environment variables and patterns; one variable that matches fully is enough.
    ``isolates``: whether text that the terminal reorders may be enclosed in isolates.
    ``aligns``: whether it takes the direction and the edge of each row from its first letter.
    """

    name: str
    clues: Mapping[str, str]
    screen: Mode
    printed: Mode
    switch: Switch
    why: str
    isolates: bool = True
    aligns: bool = False


_NO_SWITCH: Final = Switch()
_BDSM: Final = Switch("\x1b[8l", "\x1b[8h", lasting=True)
_STAYS_OFF: Final = Switch("\x1b[8l", "\x1b[8l", lasting=True)
_KONSOLE: Final = Switch(
    "\x1b]50;BidiRenderingEnabled=false\a", "\x1b]50;BidiRenderingEnabled=true\a"
)
_MLTERM: Final = Switch("\x1b]5379;use_ctl=false\a", "\x1b]5379;use_ctl=true\a")


def _through_tmux(switch: Switch) -> Switch:
    """Return the switch of the terminal around tmux; not lasting, because tmux redraws lines."""
    off, on = (f"\x1bPtmux;\x1b{sequence}\x1b\\" for sequence in (switch.off, switch.on))
    return Switch(off, on)


# 0.57.3 is written 5703.
_REORDERING_VTE: Final = r"57(0[3-9]|[1-9]\d)|5[89]\d\d|[6-9]\d{3}|\d{5,}"

TERMINALS: Final = (
    Terminal(
        "BDSM, implicit",
        {PROBE_ANSWER: "1"},
        screen="visual",
        printed="logical",
        switch=_BDSM,
        why="the terminal reports that it reorders right-to-left text",
    ),
    Terminal(
        "BDSM, explicit",
        {PROBE_ANSWER: "2"},
        screen="visual",
        printed="visual",
        switch=_STAYS_OFF,
        why="the terminal reports that its reordering is off",
    ),
    # Inside a multiplexer, the variables are those of the terminal in which it was started, not of
    # the one in which it is shown. tmux reports the name of that; VTE does not tell it, but the
    # environment of tmux's client does.
    Terminal(
        "VTE around tmux",
        {OUTER_TERMINAL: "VTE.*"},
        screen="visual",
        printed="logical",
        switch=_through_tmux(_BDSM),
        why="tmux passes text on to VTE",
    ),
    Terminal(
        "Konsole around tmux",
        {OUTER_TERMINAL: "Konsole.*"},
        screen="visual",
        printed="logical",
        switch=_through_tmux(_KONSOLE),
        why="tmux passes text on to Konsole",
    ),
    Terminal(
        "mlterm around tmux",
        {OUTER_TERMINAL: "mlterm.*"},
        screen="visual",
        printed="logical",
        switch=_through_tmux(_MLTERM),
        why="tmux passes text on to mlterm",
        isolates=False,
        aligns=True,
    ),
    Terminal(
        "tmux",
        {"TMUX": ".+", "TERM": "tmux.*"},
        screen="visual",
        printed="visual",
        switch=_through_tmux(_BDSM),
        why="tmux passes text on to an unknown terminal",
    ),
    Terminal(
        "screen or Zellij",
        {"STY": ".+", "ZELLIJ": ".+", "TERM": "screen.*"},
        screen="visual",
        printed="visual",
        switch=_NO_SWITCH,
        why="the multiplexer passes text on to an unknown terminal",
    ),
    Terminal(
        "kitty",
        {"KITTY_WINDOW_ID": ".+", "TERM": "xterm-kitty"},
        screen="words",
        printed="words",
        switch=_NO_SWITCH,
        why="kitty joins and reverses the letters of each word and leaves the words in place",
    ),
    # Before VTE, because these inherit its VTE_VERSION when they are started from it.
    Terminal(
        "Alacritty, foot, Ghostty, VS Code, Tabby or the Linux console",
        {"TERM": "(alacritty|foot|xterm-ghostty|linux).*", "TERM_PROGRAM": "ghostty|vscode|Tabby"},
        screen="visual",
        printed="visual",
        switch=_BDSM,
        why="the terminal does not reorder text",
    ),
    # It reorders only if its user has set ``bidi_enabled``, but obeys BDSM in either case.
    Terminal(
        "WezTerm",
        {"TERM_PROGRAM": "WezTerm"},
        screen="visual",
        printed="visual",
        switch=_BDSM,
        why="WezTerm reorders only if configured to, and this can be switched off",
    ),
    Terminal(
        "VTE or mintty",
        {"VTE_VERSION": _REORDERING_VTE, "TERM_PROGRAM": "mintty"},
        screen="visual",
        printed="logical",
        switch=_BDSM,
        why="the terminal reorders right-to-left text",
    ),
    # Konsole does not support BDSM. Its own sequence sets a property of the session whose earlier
    # value cannot be queried, so that leaving always turns reordering on, which is the default.
    Terminal(
        "Konsole",
        {"KONSOLE_VERSION": ".+"},
        screen="visual",
        printed="logical",
        switch=_KONSOLE,
        why="Konsole reorders right-to-left text",
    ),
    Terminal(
        "mlterm",
        {"MLTERM": ".+", "TERM": "mlterm.*"},
        screen="visual",
        printed="logical",
        switch=_MLTERM,
        why="mlterm reorders right-to-left text, but gives each isolate a cell",
        isolates=False,
        aligns=True,
    ),
    Terminal(
        "Terminal.app",
        {"TERM_PROGRAM": "Apple_Terminal"},
        screen="logical",
        printed="logical",
        switch=_NO_SWITCH,
        why="Terminal.app reorders right-to-left text, which cannot be switched off: "
        "one pane a row",
        isolates=False,
    ),
    # Usually a shell inside Emacs, which reorders.
    Terminal(
        "dumb",
        {"TERM": "dumb"},
        screen="logical",
        printed="logical",
        switch=_NO_SWITCH,
        why="the terminal understands no sequences",
        isolates=False,
    ),
)
"""The known terminals; the first row that matches applies."""

OTHER: Final = Terminal(
    "another terminal",
    {},
    screen="visual",
    printed="visual",
    switch=_BDSM,
    why="the terminal is not known to reorder right-to-left text",
)
"""xterm, Windows Terminal, iTerm2 and all others; BDSM is harmless where it is not supported."""
