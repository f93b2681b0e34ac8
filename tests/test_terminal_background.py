"""Light or dark: what the terminal answers, or its environment."""

from __future__ import annotations

import pytest

from search.terminal.background import is_light
from search.tui.interaction.themes import terminal_theme


@pytest.mark.parametrize(
    ("reply", "environ", "light"),
    [
        ("\x1b]11;rgb:ffff/ffff/ffff\x1b\\\x1b[?65;1c", {}, True),
        ("\x1b[8;1$y\x1b]11;rgb:1515/1818/1c1c\a\x1b[?65;1c", {}, False),
        ("\x1b]11;rgb:f/f/e\a", {}, True),
        ("\x1b]11;rgba:ff/ff/ff/80\a", {"COLORFGBG": "15;0"}, True),
        ("\x1b[?65;1c", {"COLORFGBG": "0;default;15"}, True),
        ("\x1b[?65;1c", {"COLORFGBG": "15;8"}, False),
        ("\x1b[?65;1c", {"COLORFGBG": "15;default"}, None),
        ("", {}, None),
        ("\x1b]11;rgb:zz/ff/ff\a", {}, None),
    ],
)
def test_the_background_is_as_the_terminal_says_else_as_its_environment(
    reply: str, environ: dict[str, str], light: bool | None
) -> None:
    assert is_light(reply, environ) is light


@pytest.mark.parametrize(
    ("light", "theme"), [(None, "dalil-dark"), (False, "dalil-dark"), (True, "dalil-light")]
)
def test_a_light_terminal_begins_with_the_light_theme(light: bool | None, theme: str) -> None:
    assert terminal_theme(light) == theme
