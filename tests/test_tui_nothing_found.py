"""What the screen offers when nothing is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands import indexed, written
from tests.piloted import played, screen


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """An index of two documents."""
    files = {"wire/a.txt": "the railway of Tripoli", "notes/b.txt": "سكة الحديد في طرابلس، الدبيبة"}
    return indexed(written(tmp_path / "docs", files))


@played
async def test_a_suggestion_is_a_row_that_enter_takes(index: Path) -> None:
    async with screen(index) as on:
        await on.ask("railway path:notes lang:en")
        assert "Nothing found." in on.text
        first, *others = on.app.hits.alternatives
        assert f"▸ {first[0]}" in on.text
        if others:
            await on.press("down")
            assert f"▸ {others[0][0]}" in on.text
            await on.press("up")
        await on.press("enter")
        assert on.query == first[1]
        assert on.app.listing is not None
        assert on.app.listing.total


@played
async def test_a_query_in_the_wrong_keyboard_layout_is_searched_with_a_note(index: Path) -> None:
    async with screen(index) as on:
        await on.ask("hg]fdfm")
        assert on.app.listing is not None
        assert on.app.listing.total == 1
        assert on.query == "hg]fdfm"
        assert any("with the other keyboard" in note for note in on.app.listing.notes)
        await on.press("enter")
        assert on.focus == "document"
        await on.ask("+hg]fdfm")
        assert not on.app.listing.total


@played
async def test_a_query_without_sense_names_its_word_and_suggests_nothing(index: Path) -> None:
    async with screen(index) as on:
        await on.ask("xqzvbn")
        assert "no document has xqzvbn" in on.text
        assert "▸" not in on.text
        assert not on.app.hits.alternatives
        assert "Try fewer or other words" in on.text
        await on.press("enter")
        assert (on.query, on.focus) == ("xqzvbn", "query")
