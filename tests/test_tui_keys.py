"""The interactive screen: keys, help, commands and themes."""

from __future__ import annotations

import importlib
import pkgutil
import unicodedata
from pathlib import Path

import pytest
from textual.widget import Widget

from search.parsing.examples import QUERIES
from search.tui import widgets
from search.tui.interaction.keys import ACTIONS, FIXED, MOUSE, TWINS, hint, key_label
from search.tui.widgets.help import Help, help_rows
from search.tui.widgets.sheet import Sheet
from tests.piloted import Screen, played, screen

MATCH = "#f0e442"
CURRENT = "#d55e00"


@played
async def test_tab_goes_round_the_panes(seeds: Path) -> None:
    async with screen(seeds) as on:
        await on.ask("russia")
        panes = []
        for _ in range(4):
            panes.append(on.focus)
            await on.press("tab")
        assert panes == ["query", "hits", "document", "filters"]
        assert on.focus == "query"


@pytest.mark.parametrize(("pane", "times"), [("document", 3), ("hits", 2), ("filters", 2)])
@played
async def test_escape_steps_back_and_keeps_the_query(seeds: Path, pane: str, times: int) -> None:
    async with screen(seeds) as on:
        await on.ask("russia")
        await on.press("down")
        on.app.query_one(f"#{pane}").focus()
        for _ in range(times):
            await on.press("escape")
        assert (on.focus, on.query, on.app.hits.row) == ("query", "russia", 1)


@pytest.mark.parametrize("key", ["question_mark", "arabic_question_mark", "f1"])
@played
async def test_the_help_opens_and_closes_over_any_pane(seeds: Path, key: str) -> None:
    async with screen(seeds, (140, 60)) as on:
        await on.ask("russia")
        await on.press("enter", key)
        assert isinstance(on.app.screen, Help)
        assert "documents with any of the words" in on.text
        await on.press("end")
        assert "Double click" in on.text
        await on.press("q")
        assert not isinstance(on.app.screen, Help)
        assert (on.focus, on.query) == ("document", "russia")


def test_the_help_names_every_key() -> None:
    text = _help(120)
    for action in ACTIONS:
        assert action.description in text
        for key in action.keys:
            assert TWINS.get(key, key)[0] in text or key_label(key) in text


def _help(width: int) -> str:
    """The help, in logical order and with one space between words."""
    rows = help_rows(Sheet(width, "logical", 30))
    parts = [line for row in rows for _, line, _ in row.parts]
    return " ".join("".join(part.text for part in line.segments) for line in parts)


def test_the_help_is_whole_at_fifty_columns() -> None:
    rows = help_rows(Sheet(46, "logical", 30))
    assert all(start + line.width <= 48 for row in rows for start, line, _ in row.parts)
    text = " ".join(_help(46).split())
    for what, means in (*QUERIES, *FIXED, *MOUSE):
        assert " ".join(what.split()) in text
        assert means in text


@pytest.mark.parametrize("key", ["f2", "ctrl+p"])
@played
async def test_the_commands_are_offered_outside_the_box(seeds: Path, key: str) -> None:
    async with screen(seeds) as on:
        await on.ask("russia")
        await on.press("enter", key)
        assert type(on.app.screen).__name__ == "CommandPalette"
        await on.pilot.press(*"theme")
        await on.pilot.press("escape")
        await on.settle()
        assert on.query == "russia"


@played
async def test_another_theme_is_another_look_at_once(seeds: Path) -> None:
    async with screen(seeds) as on:
        await on.ask("russia")
        dark = _looks(on)
        on.app.theme = "dalil-light"
        await on.settle()
        light = _looks(on)
        assert not dark & light
        assert on.lit(MATCH)


def _looks(on: Screen) -> set[str]:
    """The backgrounds that are seen, but for those of matches."""
    colours = {
        segment.style.bgcolor.name
        for strip in on.strips
        for segment in strip
        if segment.style and segment.style.bgcolor
    }
    return colours - {MATCH, CURRENT}


@played
async def test_without_colours_the_chosen_hit_is_still_marked(
    seeds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with screen(seeds) as on:
        await on.ask("russia")
        assert on.text.count("▌") >= 3
        for strip in on.strips:
            for segment in strip:
                for colour in (segment.style.color, segment.style.bgcolor) if segment.style else ():
                    if colour and colour.triplet:
                        red, green, blue = colour.triplet
                        assert red == green == blue


TWIN_KEYS = [key for key in TWINS if any(key in action.keys for action in ACTIONS)]


@played
async def test_a_key_and_its_arabic_twin_have_one_action_in_every_pane(
    seeds: Path,
) -> None:
    async with screen(seeds) as on:
        await on.ask("russia")
        for pane in (on.app.hits, on.app.document, on.app.panes.side):
            pane.focus()
            await on.settle()
            bound = {key: active.binding.action for key, active in on.app.active_bindings.items()}
            assert {bound[key] for key in TWIN_KEYS}
            differing = [key for key in TWIN_KEYS if bound[key] != bound[TWINS[key]]]
            assert differing == (["D"] if pane is on.app.panes.side else [])  # ] is of its ranges


@pytest.mark.parametrize(("key", "twin"), [("j", "ت"), ("question_mark", "arabic_question_mark")])
@played
async def test_a_key_does_the_same_with_an_arabic_layout(seeds: Path, key: str, twin: str) -> None:
    async with screen(seeds) as on:
        seen = []
        for sent in (key, twin):
            await on.ask("russia")
            on.app.hits.focus()
            before = (on.app.hits.row, type(on.app.screen).__name__)
            await on.press(sent)
            seen.append((on.app.hits.row, type(on.app.screen).__name__))
            assert seen[-1] != before
            await on.press("escape")
            await on.ask("")
        assert seen[0] == seen[1]


def test_every_letter_that_is_a_key_of_a_pane_has_its_arabic_twin() -> None:
    """Bindings of widgets and dialogs; those of the actions get theirs from the table."""
    for module in pkgutil.iter_modules(widgets.__path__, f"{widgets.__name__}."):
        importlib.import_module(module.name)
    classes = [each for each in _subclasses(Widget) if each.__module__.startswith("search.")]
    assert len(classes) > 20
    for each in classes:
        for binding in each.__dict__.get("BINDINGS", ()):
            keys = binding.key.split(",")
            letters = [key for key in keys if len(key) == 1 and key.isascii() and key != "G"]
            assert {TWINS[letter] for letter in letters} <= set(keys), (each, keys)
            assert not ("G" in keys and "أ" not in keys)


def _subclasses(cls: type[Widget]) -> set[type[Widget]]:
    return {each for sub in cls.__subclasses__() for each in ({sub} | _subclasses(sub))}


def test_the_help_shows_signs_and_not_names_of_keys() -> None:
    keys = [key for action in ACTIONS for key in action.keys]
    twins = [TWINS[key] for key in keys if key in TWINS]
    assert not [label for label in map(key_label, [*keys, *twins]) if len(label) > 6]
    assert "how near the score is to that of the first hit" in _help(120)


def test_the_bottom_line_says_what_tab_and_space_do() -> None:
    assert "Tab list, filters" in hint("query", ACTIONS)
    assert "Space mark" in hint("hits", ACTIONS)
    assert "Del take off" in hint("chips", ACTIONS)


def test_no_two_keys_have_one_twin() -> None:
    assert len(set(TWINS.values())) == len(TWINS)
    for twin in TWINS.values():
        assert len(twin) > 1 or unicodedata.name(twin).startswith("ARABIC LETTER")
