"""``search.bidi.terminal``: the exact sequences sent to each terminal."""

import pytest

from search.bidi import (
    FSI,
    LRI,
    PDI,
    PROBE,
    RLI,
    SETTINGS,
    TerminalPlan,
    isolate,
    probe_answer,
    terminal_plan,
)
from search.bidi.policy import OTHER, OUTER_TERMINAL, PROBE_ANSWER, TERMINALS

BDSM = ("\x1b[8l", "\x1b[8h")
NOTHING = ("", "")
TMUX = ("\x1bPtmux;\x1b\x1b[8l\x1b\\", "\x1bPtmux;\x1b\x1b[8h\x1b\\")
KONSOLE = ("\x1b]50;BidiRenderingEnabled=false\x07", "\x1b]50;BidiRenderingEnabled=true\x07")
MLTERM = ("\x1b]5379;use_ctl=false\x07", "\x1b]5379;use_ctl=true\x07")

XTERM = {"TERM": "xterm-256color"}
VTE = XTERM | {"VTE_VERSION": "7006"}
ENVIRONMENTS = {
    "xterm": {"TERM": "xterm"},
    "nothing set": {},
    "GNOME Terminal": VTE,
    "first VTE that reorders": XTERM | {"VTE_VERSION": "5703"},
    "VTE of tomorrow": XTERM | {"VTE_VERSION": "10002"},
    "VTE before it reordered": XTERM | {"VTE_VERSION": "5202"},
    "VTE just before": XTERM | {"VTE_VERSION": "5702"},
    "VTE without a number": XTERM | {"VTE_VERSION": "x5703"},
    "mintty": {"TERM": "xterm", "TERM_PROGRAM": "mintty"},
    "WezTerm": XTERM | {"TERM_PROGRAM": "WezTerm"},
    "Konsole": XTERM | {"KONSOLE_VERSION": "221203"},
    "mlterm": {"TERM": "mlterm"},
    "mlterm as xterm": {"TERM": "xterm", "MLTERM": "3.9.0"},
    "kitty": {"TERM": "xterm-kitty", "KITTY_WINDOW_ID": "1"},
    "kitty over ssh": {"TERM": "xterm-kitty"},
    "kitty as xterm": XTERM | {"KITTY_WINDOW_ID": "1"},
    "tmux": {"TERM": "screen-256color", "TMUX": "/run/tmux/default,1,0"},
    "tmux over ssh": {"TERM": "tmux-256color"},
    "tmux in VTE": VTE | {"TERM": "tmux-256color", "TMUX": "/run/tmux/default,1,0"},
    "tmux in kitty": {"TERM": "tmux-256color", "TMUX": "/run/tmux/x,1,0", "KITTY_WINDOW_ID": "1"},
    "GNU screen in VTE": VTE | {"TERM": "screen", "STY": "1.pts-0"},
    "Zellij in VTE": VTE | {"ZELLIJ": "0"},
    "Terminal.app": XTERM | {"TERM_PROGRAM": "Apple_Terminal"},
    "iTerm2": XTERM | {"TERM_PROGRAM": "iTerm.app"},
    "Alacritty": {"TERM": "alacritty"},
    "Alacritty from VTE": VTE | {"TERM": "alacritty"},
    "foot": {"TERM": "foot"},
    "Ghostty": {"TERM": "xterm-ghostty", "TERM_PROGRAM": "ghostty"},
    "VS Code": XTERM | {"TERM_PROGRAM": "vscode"},
    "VS Code from VTE": VTE | {"TERM_PROGRAM": "vscode"},
    "Windows Terminal": {"WT_SESSION": "2d2c"},
    "Emacs shell": {"TERM": "dumb"},
}

# name, plan of the screen: (mode, isolates, sequences), plan of printed lines
POLICY = [
    ("xterm", ("visual", False, BDSM), ("visual", False, BDSM)),
    ("nothing set", ("visual", False, BDSM), ("visual", False, BDSM)),
    ("GNOME Terminal", ("visual", False, BDSM), ("logical", True, NOTHING)),
    ("first VTE that reorders", ("visual", False, BDSM), ("logical", True, NOTHING)),
    ("VTE of tomorrow", ("visual", False, BDSM), ("logical", True, NOTHING)),
    ("VTE before it reordered", ("visual", False, BDSM), ("visual", False, BDSM)),
    ("VTE just before", ("visual", False, BDSM), ("visual", False, BDSM)),
    ("VTE without a number", ("visual", False, BDSM), ("visual", False, BDSM)),
    ("mintty", ("visual", False, BDSM), ("logical", True, NOTHING)),
    ("WezTerm", ("visual", False, BDSM), ("visual", False, BDSM)),
    ("Konsole", ("visual", False, KONSOLE), ("logical", True, NOTHING)),
    ("mlterm", ("visual", False, MLTERM), ("logical", False, NOTHING)),
    ("mlterm as xterm", ("visual", False, MLTERM), ("logical", False, NOTHING)),
    ("kitty", ("words", False, NOTHING), ("words", False, NOTHING)),
    ("kitty over ssh", ("words", False, NOTHING), ("words", False, NOTHING)),
    ("kitty as xterm", ("words", False, NOTHING), ("words", False, NOTHING)),
    ("tmux", ("visual", False, TMUX), ("visual", False, NOTHING)),
    ("tmux over ssh", ("visual", False, TMUX), ("visual", False, NOTHING)),
    ("tmux in VTE", ("visual", False, TMUX), ("visual", False, NOTHING)),
    ("tmux in kitty", ("visual", False, TMUX), ("visual", False, NOTHING)),
    ("GNU screen in VTE", ("visual", False, NOTHING), ("visual", False, NOTHING)),
    ("Zellij in VTE", ("visual", False, NOTHING), ("visual", False, NOTHING)),
    ("Terminal.app", ("logical", False, NOTHING), ("logical", False, NOTHING)),
    ("iTerm2", ("visual", False, BDSM), ("visual", False, BDSM)),
    ("Alacritty", ("visual", False, BDSM), ("visual", False, BDSM)),
    ("Alacritty from VTE", ("visual", False, BDSM), ("visual", False, BDSM)),
    ("foot", ("visual", False, BDSM), ("visual", False, BDSM)),
    ("Ghostty", ("visual", False, BDSM), ("visual", False, BDSM)),
    ("VS Code", ("visual", False, BDSM), ("visual", False, BDSM)),
    ("VS Code from VTE", ("visual", False, BDSM), ("visual", False, BDSM)),
    ("Windows Terminal", ("visual", False, BDSM), ("visual", False, BDSM)),
    ("Emacs shell", ("logical", False, NOTHING), ("logical", False, NOTHING)),
]


def facts(made: TerminalPlan) -> tuple[str, bool, tuple[str, str]]:
    return made.mode, made.isolates, (made.enter, made.leave)


def test_every_environment_has_its_line_in_the_table() -> None:
    assert [name for name, _, _ in POLICY] == list(ENVIRONMENTS)


@pytest.mark.parametrize(("name", "screen", "printed"), POLICY)
def test_a_terminal_gets_what_the_policy_says(name: str, screen: object, printed: object) -> None:
    environ = ENVIRONMENTS[name]
    assert facts(terminal_plan(environ, screen=True, tty=True)) == screen
    assert facts(terminal_plan(environ, screen=False, tty=True)) == printed


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("environ", ENVIRONMENTS.values(), ids=ENVIRONMENTS)
def test_a_pipe_gets_logical_text_and_not_one_sequence(
    environ: dict[str, str], setting: str
) -> None:
    made = terminal_plan(environ, setting=setting, screen=False, tty=False, probe=1)
    assert facts(made) == ("logical", False, NOTHING)


@pytest.mark.parametrize("screen", [False, True])
@pytest.mark.parametrize("environ", ENVIRONMENTS.values(), ids=ENVIRONMENTS)
def test_off_is_raw_text(environ: dict[str, str], screen: bool) -> None:
    made = terminal_plan(environ, setting="off", screen=screen, tty=True)
    assert facts(made) == ("logical", False, NOTHING)


@pytest.mark.parametrize("screen", [False, True])
@pytest.mark.parametrize("name", ["xterm", "GNOME Terminal", "Konsole", "WezTerm", "tmux", "kitty"])
def test_terminal_is_logical_text_in_isolates(name: str, screen: bool) -> None:
    made = terminal_plan(ENVIRONMENTS[name], setting="terminal", screen=screen, tty=True)
    assert facts(made) == ("logical", True, NOTHING)


def test_terminal_sends_mlterm_no_isolates_for_they_cost_cells_there() -> None:
    made = terminal_plan(ENVIRONMENTS["mlterm"], setting="terminal", screen=False, tty=True)
    assert facts(made) == ("logical", False, NOTHING)


@pytest.mark.parametrize(
    ("name", "screen", "printed"),
    [
        ("xterm", BDSM, BDSM),
        ("GNOME Terminal", BDSM, BDSM),
        ("mintty", BDSM, BDSM),
        ("WezTerm", BDSM, BDSM),
        ("Konsole", KONSOLE, NOTHING),
        ("mlterm", MLTERM, NOTHING),
        ("tmux", TMUX, NOTHING),
        ("kitty", NOTHING, NOTHING),
        ("Terminal.app", NOTHING, NOTHING),
    ],
)
def test_app_is_visual_text_with_the_switch_that_lasts_for_it(
    name: str, screen: tuple[str, str], printed: tuple[str, str]
) -> None:
    environ = ENVIRONMENTS[name]
    assert facts(terminal_plan(environ, setting="app", screen=True, tty=True)) == (
        "visual",
        False,
        screen,
    )
    assert facts(terminal_plan(environ, setting="app", screen=False, tty=True)) == (
        "visual",
        False,
        printed,
    )


@pytest.mark.parametrize("name", ["xterm", "tmux", "WezTerm", "VS Code from VTE", "nothing set"])
def test_a_terminal_that_answers_implicit_is_believed_whatever_its_name(name: str) -> None:
    environ = ENVIRONMENTS[name]
    printed = terminal_plan(environ, screen=False, tty=True, probe=1)
    assert facts(printed) == ("logical", True, NOTHING)
    assert facts(terminal_plan(environ, screen=True, tty=True, probe=1)) == ("visual", False, BDSM)


def test_a_terminal_that_answers_explicit_is_left_explicit() -> None:
    for screen in (False, True):
        made = terminal_plan(VTE, screen=screen, tty=True, probe=2)
        assert facts(made) == ("visual", False, ("\x1b[8l", "\x1b[8l"))


@pytest.mark.parametrize("probe", [None, 0, 3, 4])
def test_no_answer_or_an_unknown_mode_leaves_the_environment_to_decide(probe: int | None) -> None:
    assert terminal_plan(VTE, screen=False, tty=True, probe=probe).mode == "logical"
    assert terminal_plan(XTERM, screen=False, tty=True, probe=probe).mode == "visual"


@pytest.mark.parametrize("setting", ["", "AUTO", "on", "visual"])
def test_an_unknown_setting_is_refused_with_the_choices(setting: str) -> None:
    with pytest.raises(ValueError, match="auto, app, terminal, off"):
        terminal_plan(XTERM, setting=setting, screen=False, tty=True)


@pytest.mark.parametrize(
    ("outer", "switch"),
    [
        ("Konsole 22.12.3", KONSOLE),
        ("mlterm", MLTERM),
        ("XTerm(379)", BDSM),
        ("xterm-256color", BDSM),
        ("", BDSM),
    ],
)
def test_the_terminal_around_tmux_is_sent_its_own_switch(
    outer: str, switch: tuple[str, str]
) -> None:
    through = tuple(f"\x1bPtmux;\x1b{sequence}\x1b\\" for sequence in switch)
    screen = terminal_plan(ENVIRONMENTS["tmux"], screen=True, tty=True, outer_terminal=outer)
    assert facts(screen) == ("visual", False, through)


@pytest.mark.parametrize(
    ("outer", "as_in"), [("Konsole 22.12.3", "Konsole"), ("mlterm", "mlterm"), ("", "xterm")]
)
def test_lines_printed_in_tmux_are_as_in_the_terminal_around_it(outer: str, as_in: str) -> None:
    printed = terminal_plan(ENVIRONMENTS["tmux"], screen=False, tty=True, outer_terminal=outer)
    outside = terminal_plan(ENVIRONMENTS[as_in], screen=False, tty=True)
    assert facts(printed) == (outside.mode, outside.isolates, NOTHING)
    assert printed.aligns == outside.aligns


def test_konsole_and_mlterm_sequences_go_nowhere_else() -> None:
    for row in (*TERMINALS, OTHER):
        if "\x1b]" in row.switch.off:
            assert row.name.removesuffix(" around tmux") in ("Konsole", "mlterm")


def test_no_environment_variable_can_pass_for_an_answer_to_the_probe() -> None:
    assert terminal_plan(XTERM | {PROBE_ANSWER: "1"}, screen=False, tty=True).mode == "visual"
    assert (
        terminal_plan(XTERM | {OUTER_TERMINAL: "Konsole"}, screen=True, tty=True).enter == BDSM[0]
    )


def test_every_plan_says_why_in_a_line() -> None:
    for environ in ENVIRONMENTS.values():
        for setting in SETTINGS:
            why = terminal_plan(environ, setting=setting, screen=True, tty=True).why
            assert why.isprintable()
            assert len(why) > 10


@pytest.mark.parametrize(
    ("reply", "state"),
    [
        ("\x1b[8;1$y\x1b[?65;1;9c", 1),
        ("\x1b[8;2$y\x1b[?62c", 2),
        ("\x1b[8;0$y\x1b[?62c", 0),
        ("\x1b[?62c", None),
        ("", None),
        ("\x1b[?8;1$y\x1b[?62c", None),
        ("\x1b[18;1$y", None),
    ],
)
def test_the_answer_to_the_probe_is_read(reply: str, state: int | None) -> None:
    assert probe_answer(reply) == state


def test_the_probe_asks_for_mode_8_and_then_what_every_terminal_answers() -> None:
    assert PROBE == "\x1b[8$p\x1b[c"


@pytest.mark.parametrize(
    ("rtl", "expected"), [(True, f"{RLI}x{PDI}"), (False, f"{LRI}x{PDI}"), (None, f"{FSI}x{PDI}")]
)
def test_an_isolate_has_the_direction_of_its_paragraph(rtl: bool | None, expected: str) -> None:
    assert isolate("x", rtl) == expected
    assert (LRI, RLI, FSI, PDI) == ("\u2066", "\u2067", "\u2068", "\u2069")
