"""The palette of commands, the theme that is kept, and the switch between indexes."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.desk import screen_memory
from search.desk.screen_memory import FILE, ScreenMemory, known_indexes
from search.tui.interaction.commands import chosen, path_clause
from search.tui.interaction.keys import ACTIONS
from tests.commands import indexed, written
from tests.piloted import Screen, played, screen


@pytest.fixture(autouse=True)
def _nothing_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DALIL_THEME", raising=False)
    monkeypatch.setattr(screen_memory, "data_folder", lambda: tmp_path / "records")


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("two")
    first = indexed(written(folder / "first", {"a.txt": "oil", "[b] م/b.txt": "النفط"}))
    return first, indexed(written(folder / "second", {"c.txt": "oil", "d.txt": "gas"}))


async def _offered(on: Screen, *keys: str) -> str:
    """What the palette lists for what is typed in it."""
    on.app.hits.focus()
    await on.pilot.press("f2")
    await on.pilot.press(*keys)
    await on.pilot.pause(0.5)
    await on.pilot.pause()
    return on.text


@played
async def test_the_palette_lists_every_action_and_none_of_textuals(two: tuple[Path, Path]) -> None:
    async with screen(two[0], (100, 60)) as on:
        titles = [command.title for command in on.app.commands()]
        for action in ACTIONS:
            assert action.description.lower() in [title.lower() for title in titles]
        assert {"Sort by path", "Language: Arabic only", "Theme: dalil-light"} <= {*titles}
        shown = await _offered(on)
        assert "Type a query" in shown
        for noise in ("Maximize", "Screenshot", "Save an SVG"):
            assert noise not in shown
            assert noise not in titles


@played
async def test_a_command_of_the_palette_is_carried_out(two: tuple[Path, Path]) -> None:
    async with screen(two[0], (100, 60)) as on:
        await on.ask("oil")
        await _offered(on, *"sort by path")
        await on.press("enter")
        assert on.query == "oil sort:path"
        await _offered(on, *"show or hide the doc")
        await on.press("enter")
        assert not on.app.document.display


@played
async def test_folders_and_earlier_queries_are_commands_and_cannot_break_the_palette(
    two: tuple[Path, Path],
) -> None:
    async with screen(two[0], (100, 60)) as on:
        on.app.box.history.add("[bold]النفط")  # type: ignore[union-attr]
        titles = {command.title: command for command in on.app.commands()}
        assert "Earlier query: [bold]النفط" in titles
        folder = next(title for title in titles if title.startswith("Folder: ") and "[b]" in title)
        shown = await _offered(on, *"bold")
        assert "[bold]" in shown
        assert "ﻂﻔﻨﻟﺍ" in shown
        await on.press("escape")
        titles[folder].run()  # type: ignore[call-arg]
        await on.settle()
        assert on.app.listing is not None
        assert on.app.listing.total == 1


@played
async def test_a_theme_is_kept_and_the_environment_overrides_it(
    two: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with screen(two[0]) as on:
        assert on.app.theme == "dalil-dark"
        await _offered(on, *"dalil-light")
        await on.press("enter")
        assert on.app.theme == "dalil-light"
    async with screen(two[0]) as on:
        assert on.app.theme == "dalil-light"
    monkeypatch.setenv("DALIL_THEME", "dark")
    async with screen(two[0]) as on:
        assert on.app.theme == "dalil-dark"
    monkeypatch.setenv("DALIL_THEME", "nonsense")
    async with screen(two[0]) as on:
        assert on.app.theme == "dalil-light"


@pytest.mark.parametrize("text", ["", "[]", '{"theme": 3, "indexes": []}', '{"theme": "\\ud800"'])
def test_a_memory_that_was_changed_is_left_out(text: str, tmp_path: Path) -> None:
    written(tmp_path / "records", {FILE: text})
    assert ScreenMemory.load() == ScreenMemory()


@pytest.mark.parametrize("key", ["i", "ه"])
@played
async def test_a_key_switches_to_another_index_without_leaving(
    two: tuple[Path, Path], key: str
) -> None:
    first, second = two
    async with screen(second) as on:
        assert on.app.status.text.endswith("second-index")
    async with screen(first) as on:
        await on.ask("oil")
        on.app.hits.focus()
        await on.press("space", key)
        assert "first-index (open)" in on.text
        assert "second-index ·" in on.text
        await on.press("j", "enter")
        assert on.app.status.text.endswith("index second-index")
        assert on.title == "c.txt"
        assert not on.app.hits.marks
        await on.ask("")
        assert "d.txt" in on.text
        assert "a.txt" not in on.text


@played
async def test_a_foreign_index_is_marked_and_one_that_is_damaged_leaves_the_open_one(
    two: tuple[Path, Path], tmp_path: Path
) -> None:
    foreign = two[1].rename(tmp_path / "moved-index")
    broken = written(tmp_path / "broken", {"dalil.json": "{}", "_MAIN_1.toc": "x"})
    memory = ScreenMemory().with_index(foreign).with_index(broken)
    memory.store()
    try:
        async with screen(two[0]) as on:
            on.app.hits.focus()
            await on.press("i")
            assert "moved-index (foreign)" in on.text
            await on.press("j", "enter")
            assert on.app.session.folder == two[0]
            await on.ask("oil")
            assert on.title == "a.txt"
            on.app.hits.focus()
            await on.press("i", "j", "j", "enter")
            assert "foreign index" in on.app.status.text
            assert on.app.box.history is None
    finally:
        foreign.rename(two[1])


def test_indexes_that_are_gone_are_not_offered(tmp_path: Path, two: tuple[Path, Path]) -> None:
    memory = ScreenMemory().with_index(tmp_path / "gone").with_index(two[1])
    found = known_indexes(memory, tmp_path / "default", two[0])
    assert found == [two[0], two[1]]


def test_one_of_several_clauses_replaces_the_others() -> None:
    assert chosen("oil sort:date", "", ["", "sort:date", "sort:path"]) == "oil"
    assert path_clause("/a(b)") == 'path:"/a(b)"'
