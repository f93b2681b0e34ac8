"""The policy: what each terminal does with right-to-left text, one row a terminal.

The facts are from runs in xterm 379, VTE 0.70, Konsole 22.12, mlterm 3.9, kitty 0.26, Alacritty
0.11, foot 1.13 and tmux 3.3; for WezTerm, mintty, Terminal.app, Ghostty and Tabby from their
documentation; for Zellij and dumb terminals by inference.

`CSI 8 l` and `CSI 8 h` switch BDSM, ECMA-48's mode 8, to explicit (text is left alone) and implicit
(the terminal reorders), as the Terminal Working Group's BiDi draft has it:
https://terminal-wg.pages.freedesktop.org/bidi/.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from search.bidi.layout import Mode

ANSWER: Final = "answer to PROBE"
"""The name under which the answer stands among the variables, in place of any so called."""
AROUND: Final = "terminal around tmux"
"""The name under which stands what tmux calls the terminal that it runs in."""


@dataclass(frozen=True, slots=True)
class Switch:
    """How a terminal's reordering is switched off and on again; empty where that cannot be done.

    `lasting`: a line stays as it was printed after the switch is turned back, so that it can be
    used around printed lines. Where it works on all that is in sight, it is for full screens only.
    """

    off: str = ""
    on: str = ""
    lasting: bool = False


@dataclass(frozen=True, slots=True)
class Terminal:
    """A row of the policy: how a terminal is known, and what a full screen and printed lines get.

    `clues`: environment variables and patterns; one whose whole value fits its pattern is enough.
    `isolates`: whether text that the terminal is to reorder may have isolates around it.
    `aligns`: whether it gives each row the direction of its first letter, and the edge with it.
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
    """The switch of the terminal around tmux; it does not last, for tmux sends lines again."""
    off, on = (f"\x1bPtmux;\x1b{sequence}\x1b\\" for sequence in (switch.off, switch.on))
    return Switch(off, on)


# 0.57.3 is written 5703.
_VTE_THAT_TURNS: Final = r"57(0[3-9]|[1-9]\d)|5[89]\d\d|[6-9]\d{3}|\d{5,}"

TERMINALS: Final = (
    Terminal(
        "BDSM, implicit",
        {ANSWER: "1"},
        screen="visual",
        printed="logical",
        switch=_BDSM,
        why="the terminal says that it puts right-to-left text in order",
    ),
    Terminal(
        "BDSM, explicit",
        {ANSWER: "2"},
        screen="visual",
        printed="visual",
        switch=_STAYS_OFF,
        why="the terminal says that it has been told to leave text alone",
    ),
    # What is outside a multiplexer is not known from the variables: they are those of the terminal
    # in which it was started. tmux tells by what name its terminal goes, though not of VTE.
    Terminal(
        "Konsole around tmux",
        {AROUND: "Konsole.*"},
        screen="visual",
        printed="logical",
        switch=_through_tmux(_KONSOLE),
        why="tmux passes text on to Konsole",
    ),
    Terminal(
        "mlterm around tmux",
        {AROUND: "mlterm.*"},
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
        why="tmux passes text on to a terminal that is not known",
    ),
    Terminal(
        "screen or Zellij",
        {"STY": ".+", "ZELLIJ": ".+", "TERM": "screen.*"},
        screen="visual",
        printed="visual",
        switch=_NO_SWITCH,
        why="the multiplexer passes text on to a terminal that is not known",
    ),
    Terminal(
        "kitty",
        {"KITTY_WINDOW_ID": ".+", "TERM": "xterm-kitty"},
        screen="words",
        printed="words",
        switch=_NO_SWITCH,
        why="kitty joins and turns the letters of each word and leaves the words in place",
    ),
    # Before VTE: these inherit its VTE_VERSION when they are started from it.
    Terminal(
        "Alacritty, foot, Ghostty, VS Code, Tabby or the Linux console",
        {"TERM": "(alacritty|foot|xterm-ghostty|linux).*", "TERM_PROGRAM": "ghostty|vscode|Tabby"},
        screen="visual",
        printed="visual",
        switch=_BDSM,
        why="the terminal leaves text alone",
    ),
    # It reorders only where its user has set `bidi_enabled`, but obeys BDSM in either case.
    Terminal(
        "WezTerm",
        {"TERM_PROGRAM": "WezTerm"},
        screen="visual",
        printed="visual",
        switch=_BDSM,
        why="WezTerm reorders only if set to, and can be told not to",
    ),
    Terminal(
        "VTE or mintty",
        {"VTE_VERSION": _VTE_THAT_TURNS, "TERM_PROGRAM": "mintty"},
        screen="visual",
        printed="logical",
        switch=_BDSM,
        why="the terminal puts right-to-left text in order",
    ),
    # Konsole knows no BDSM. Its own sequence sets a property of the session, and what was set
    # before cannot be asked for, so that leaving turns reordering on, the default, for all.
    Terminal(
        "Konsole",
        {"KONSOLE_VERSION": ".+"},
        screen="visual",
        printed="logical",
        switch=_KONSOLE,
        why="Konsole puts right-to-left text in order",
    ),
    Terminal(
        "mlterm",
        {"MLTERM": ".+", "TERM": "mlterm.*"},
        screen="visual",
        printed="logical",
        switch=_MLTERM,
        why="mlterm puts right-to-left text in order, but takes a cell for each isolate",
        isolates=False,
        aligns=True,
    ),
    Terminal(
        "Terminal.app",
        {"TERM_PROGRAM": "Apple_Terminal"},
        screen="logical",
        printed="logical",
        switch=_NO_SWITCH,
        why="Terminal.app puts right-to-left text in order and cannot be told not to: "
        "one pane a row",
        isolates=False,
    ),
    # A shell inside Emacs is the usual one; Emacs reorders.
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
"""The policy for terminals, in the order in which they are tried."""

OTHER: Final = Terminal(
    "another terminal",
    {},
    screen="visual",
    printed="visual",
    switch=_BDSM,
    why="the terminal is not known to put right-to-left text in order",
)
"""xterm, Windows Terminal, iTerm2 and all that no row knows; BDSM is harmless where unknown."""
