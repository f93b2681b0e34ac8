"""What completes a query while it is typed: fields, their values, words of the index."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.screen import Screen as TextualScreen

from search import Searcher
from search.tui.interaction.completion import field_completion, last_word, word_completion
from tests.commands import indexed, written
from tests.piloted import played, screen

VALUES = {"lang": ("ar", "en"), "type": ["text", "pdf"], "path": ["reports"], "date": ["2021"]}


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files = {
        "a.txt": "railway railways ministry وزارة النفط",
        "b.txt": "railway ministers وزارة",
        "reports/c.md": "railing",
    }
    return indexed(written(tmp_path_factory.mktemp("words") / "docs", files))


@pytest.mark.parametrize(
    ("query", "rest"),
    [
        ("la", "ng:"),
        ("oil +ty", "pe:"),
        ("oil (da", "te:"),
        ("lang:", "ar"),
        ("-lang:e", "n"),
        ("type:p", "df"),
        ("path:re", "ports"),
        ("date:20", "21"),
        ("type:pdf", ""),
        ("nosuch:a", ""),
        ('"la', ""),
        ("railw", None),
        ("oil ", None),
        ("l", None),
    ],
)
def test_fields_and_their_values_are_completed(query: str, rest: str | None) -> None:
    assert field_completion(query, VALUES) == rest


@given(st.text(max_size=30))
def test_whatever_is_typed_is_completed_to_itself_and_more(query: str) -> None:
    rest = field_completion(query, VALUES)
    assert rest is None or not rest.startswith(" ")
    assert query.endswith(last_word(query))


def test_a_word_is_completed_to_the_commonest_of_the_index(words: Path) -> None:
    with Searcher.open(words) as searcher:
        assert searcher.ask(lambda engine: word_completion("Rail", engine)) == "way"
        assert searcher.ask(lambda engine: word_completion("وزا", engine)) == "رة"
        assert searcher.ask(lambda engine: word_completion("zzz", engine)) == ""


@played
async def test_a_word_is_completed_in_grey_and_the_right_arrow_takes_it(words: Path) -> None:
    async with screen(words) as on:
        await on.press(*"minis")
        assert (on.query, on.app.box.completion) == ("minis", "ters")
        assert "ministers" in on.text.splitlines()[1]
        await on.press("t")
        assert on.app.box.completion == "ers"
        await on.press("right")
        assert on.query == "ministers"
        assert on.app.box.cursor_position == len("ministers")
        await on.press("space", *"la")
        assert on.app.box.completion == "ng:"
        await on.press("right")
        assert on.app.box.completion == "ar"


@played
async def test_an_arabic_word_is_completed_to_its_left(words: Path) -> None:
    async with screen(words) as on:
        on.app.box.value = "وزا"
        on.app.box.cursor_position = 3
        await on.settle()
        assert on.app.box.completion == "رة"
        assert "ﺓﺭﺍﺯﻭ" in on.text.splitlines()[1]
        cells = on.app.box._cells()
        assert sorted(cells, key=lambda at: -cells[at]) == [0, 1, 2, 3]
        await on.press("right")
        assert on.query == "وزا"
        assert on.app.box.completion == ""
        await on.press("left", "left")
        assert on.query == "وزارة"


@played
async def test_a_completion_is_gone_once_something_else_is_typed(words: Path) -> None:
    async with screen(words) as on:
        await on.press(*"minis")
        on.app.box.insert_text_at_cursor("x")
        assert on.app.box.completion == ""
        await on.ask("minis")
        assert on.app.box.completion == ""  # a program filled the box


def test_completing_fields_takes_no_time() -> None:
    began = time.perf_counter()
    for _ in range(100):
        field_completion("libya railway type:p", VALUES)
    assert time.perf_counter() - began < 0.1


@played
async def test_a_word_is_looked_up_for_completion_after_its_hits_are_drawn(words: Path) -> None:
    async with screen(words) as on:
        seen: list[str] = []
        complete, refresh = on.app.session.completion, TextualScreen._compositor_refresh

        def looked_up(word: str, is_current: Callable[[], bool]) -> str:
            seen.append("looked up")
            return complete(word, is_current)

        def drawn(drawn_screen: TextualScreen) -> None:
            hits = on.app.listing is not None and on.app.hits in drawn_screen._dirty_widgets
            refresh(drawn_screen)
            seen.extend(["drawn"] * hits)

        with (
            patch.object(on.app.session, "completion", looked_up),
            patch.object(TextualScreen, "_compositor_refresh", drawn),
        ):
            await on.press("r", "a")
        assert seen[:1] == ["drawn"]
        assert "looked up" in seen
