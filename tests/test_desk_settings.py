"""The file of settings: keys, theme, editor, opener, and what is wrong with it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.desk.settings import OPENER, Settings, load, set_programs, settings_file
from search.tui.interaction.external import Place, editor_command, viewer_command
from search.tui.interaction.keys import ACTIONS
from search.tui.widgets.help import Help
from tests.piloted import played, screen

STANDARD = {action.action: action.keys for action in ACTIONS}


def _loaded(folder: Path, text: str) -> Settings:
    file = folder / "settings.toml"
    file.write_text(text, "utf-8")
    return load(file, STANDARD)


def test_a_missing_file_sets_nothing(tmp_path: Path) -> None:
    assert load(tmp_path / "none.toml", STANDARD) == Settings()


def test_everything_can_be_set(tmp_path: Path) -> None:
    text = """
    theme = "light"
    editor = ["my editor", "--wait"]
    opener = "viewer"
    [keys]
    next_hit = "J"
    copy_path = ["c", "ctrl+y"]
    """
    assert _loaded(tmp_path, text) == Settings(
        theme="light",
        editor=("my editor", "--wait"),
        opener=("viewer",),
        keys={"next_hit": ("J",), "copy_path": ("c", "ctrl+y")},
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("theme = ", "are no TOML"),
        ("them = 'light'", "There is no setting 'them'"),
        ("theme = 3", "'theme' is not the name of a theme"),
        ("editor = []", "'editor' is not a list of words"),
        ("editor = ['x', 3]", "'editor' is not a list of words"),
        ("[keys]\nnext_hitt = 'j'", "There is no action 'next_hitt'"),
        ("[keys]\nnext_hit = 3", "neither a key nor a list"),
        ("[keys]\nnext_hit = 'two words'", "neither a key nor a list"),
        ("[keys]\nnext_hit = 'q'", "The key 'q' of 'next_hit' belongs to 'quit'"),
        ("[keys]\nnext_hit = 'enter'", "belongs to 'the screen itself'"),
        ("[keys]\nnext_hit = 'J'\nprevious_hit = 'J'", "belongs to 'next_hit'"),
        ("keys = 'j'", "There is no action"),
    ],
)
def test_what_is_wrong_is_a_sentence_and_the_rest_counts(
    tmp_path: Path, text: str, said: str
) -> None:
    settings = _loaded(tmp_path, text)
    assert len(settings.problems) == 1
    assert said in settings.problems[0]
    assert settings.problems[0].endswith(".")


def test_two_actions_can_swap_their_keys(tmp_path: Path) -> None:
    settings = _loaded(tmp_path, "[keys]\nnext_hit = 'k'\nprevious_hit = 'j'")
    assert settings.keys == {"next_hit": ("k",), "previous_hit": ("j",)}
    assert not settings.problems


@given(st.binary(max_size=200))
def test_no_file_ends_the_screen(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    file = tmp_path_factory.mktemp("any") / "settings.toml"
    file.write_bytes(data)
    assert isinstance(load(file, STANDARD), Settings)


def test_a_folder_or_a_link_is_no_file_of_settings(tmp_path: Path) -> None:
    assert "cannot be read" in load(tmp_path, STANDARD).problems[0]


def test_the_environment_names_another_file(tmp_path: Path) -> None:
    assert settings_file({"DALIL_SETTINGS": str(tmp_path / "x")}) == tmp_path / "x"
    assert settings_file({}).name == "settings.toml"


def test_programs_are_words_and_pass_no_shell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "my $(editor)"
    program.write_text("")
    program.chmod(0o755)
    environ: dict[str, str] = {}
    set_programs(Settings(editor=(str(program), "-w"), opener=(str(program), "; rm")), environ)
    assert editor_command(Place(Path("/a b"), 3), environ) == [str(program), "-w", "/a b"]
    monkeypatch.setenv(OPENER, environ[OPENER])
    assert viewer_command(Path("/a b")) == [str(program), "; rm", "/a b"]


@played
async def test_the_bottom_line_names_the_keys_of_the_settings(
    seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('[keys]\nquit = "Q"\nnext_match = "m"\nhelp = ["ctrl+g"]\n')
    monkeypatch.setenv("DALIL_SETTINGS", str(file))
    async with screen(seeds) as on:
        assert "ctrl+g help" in on.text
        await on.ask("russia")
        await on.press("tab")
        assert "Q quit · ctrl+g help" in on.text
        await on.press("enter")
        assert "m next match" in on.text


@played
async def test_keys_of_the_settings_take_the_place_of_the_usual_ones(
    seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "environ", {**os.environ})
    file = tmp_path / "settings.toml"
    file.write_text("theme = 'light'\n[keys]\nnext_hit = ['d', 'ctrl+n']\nsuch = 'x'\nhelp = '!'")
    monkeypatch.setenv("DALIL_SETTINGS", str(file))
    async with screen(seeds) as on:
        assert "There is no action 'such' to set keys for." in " ".join(on.text.split())
        assert on.app.theme == "dalil-light"
        await on.ask("russia")
        on.app.hits.focus()
        await on.press("j")
        assert on.app.hits.row == 0
        await on.press("d")
        assert on.app.hits.row == 1
        await on.press("ي")  # its twin
        assert on.app.hits.row == 2
        await on.press("exclamation_mark")
        assert isinstance(on.app.screen, Help)
