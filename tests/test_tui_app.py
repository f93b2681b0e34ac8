"""The interactive screen: searching while one types, the status line, a missing or bad index."""

from __future__ import annotations

import gc
import re
import threading
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from textual.css.stylesheet import Stylesheet
from textual.strip import Strip

from index.errors import IndexCorrupt
from search import Hit, Searcher
from search.hits.lazy_results import LazyResults
from search.options import Options
from search.tui.app import DalilApp
from search.tui.interaction.search_controller import SearchController
from search.tui.interaction.search_session import WARM_UP_QUERY, SearchSession
from search.tui.interaction.themes import LIGHT
from search.tui.widgets.card import Card
from search.tui.widgets.welcome import Welcome
from tests.commands import indexed, written
from tests.piloted import Screen, played, screen

MATCH = "#f0e442"
LIBYA = "الدبيبة"


@pytest.mark.parametrize(
    ("query", "title", "lit"),
    [
        ("railway", "railway", "railway"),
        ("ليبيا القنصلية", "القنصلية المؤجلة في بنغازي", "ﺔﻴﻠﺼﻨﻘﻟﺍ"),
    ],
)
@played
async def test_a_query_shows_hits_with_their_matches_lit(
    seeds: Path, query: str, title: str, lit: str
) -> None:
    async with screen(seeds) as on:
        await on.ask(query)
        assert title.lower() in on.title.lower()
        assert on.app.listing is not None
        assert f"{on.app.listing.total} documents" in on.text
        assert lit in [part.lower() for part in on.lit(MATCH)]


@played
async def test_hits_appear_while_the_query_is_typed(seeds: Path) -> None:
    async with screen(seeds) as on:
        for key, found in (("o", 0), ("i", 0), ("l", 1)):
            await on.press(key)
            assert on.app.listing is not None
            assert (on.app.listing.total > 0) == bool(found)
        await on.press(*["backspace"] * 3)
        assert on.app.listing is None
        assert "type a word" in on.text


@played
async def test_what_answers_have_drawn_is_let_go_while_nobody_types(seeds: Path) -> None:
    def strips() -> int:
        return sum(isinstance(one, Strip) for one in gc.get_objects())

    async with screen(seeds) as on:
        gc.disable()
        try:
            left = []
            for query in ["railway", "libya", LIBYA] * 3:
                await on.ask(query)
                left.append(strips())
            assert max(left[3:]) < 1.5 * max(left[:3])
        finally:
            gc.enable()


@played
async def test_enter_before_the_answer_is_there_reads_it_when_it_comes(seeds: Path) -> None:
    async with screen(seeds) as on:
        on.app.box.fill("railway")
        await on.pilot.pause()
        on.app.listing = None
        on.app.action_read()
        on.app._search()
        await on.settle()
        assert on.focus == "document"


@played
async def test_nothing_found_is_said(seeds: Path) -> None:
    async with screen(seeds) as on:
        await on.ask("qqqqqq")
        assert on.app.hits.hit is None
        assert "nothing found" in on.app.status.text
        await on.press("tab", "enter", "n", "j", "G", "y", "Y", "e", "o")
        assert on.app.is_running


@played
async def test_an_answer_that_comes_too_late_is_dropped(seeds: Path) -> None:
    asked: list[str] = []
    gate = threading.Event()
    look = Searcher.look

    def slow(searcher: Searcher, text: str, *more: Any) -> LazyResults:
        if text != WARM_UP_QUERY:
            asked.append(text)
        if text == "libya":
            gate.wait(5)
        return look(searcher, text, *more)

    with patch.object(Searcher, "look", slow):
        async with screen(seeds) as on:
            on.app.box.fill("libya")
            for _ in range(500):
                if asked:
                    break
                await on.pilot.pause(0.01)
            for query in ("railways", "railway"):
                on.app.box.fill(query)
                await on.pilot.pause(0.05)
            gate.set()
            await on.settle()
            assert on.app.listing is not None
            assert on.app.listing.query == "railway"
            assert asked == ["libya", "railway"]  # what nobody waits for is not looked for


@played
async def test_an_answer_is_found_and_drawn_before_the_pause_is_over_and_shown_then(
    seeds: Path,
) -> None:
    drawn: list[tuple[int, bool]] = []
    draw = Card.render

    async with screen(seeds) as on:

        def noted(card: Card, hit: Hit, share: float, uri: str) -> list[Strip]:
            drawn.append((card.rank, on.app.listing is not None))
            return draw(card, hit, share, uri)

        with (
            patch("search.tui.interaction.search_controller.TYPING_PAUSE", 0.5),
            patch.object(Card, "render", noted),
        ):
            on.app.box.fill("railway")
            while not drawn:
                await on.pilot.pause(0.01)
            assert on.app.listing is None
            assert "railway" not in on.text.splitlines()[5]
            await on.settle()
        assert on.app.listing is not None
        assert on.app.hits.hit is not None
        assert drawn == [(rank, False) for rank in range(1, len(drawn) + 1)]  # each once


@played
async def test_an_answer_that_was_found_in_the_pause_is_dropped_with_the_next_key(
    seeds: Path,
) -> None:
    shown: list[str] = []
    answered = DalilApp.on_search_controller_answered

    def noted(app: DalilApp, event: SearchController.Answered) -> None:
        shown.append(event.listing.query if event.listing else "")
        answered(app, event)

    with patch.object(DalilApp, "on_search_controller_answered", noted):
        async with screen(seeds) as on:
            with patch("search.tui.interaction.search_controller.TYPING_PAUSE", 60):
                on.app.box.fill("oil")
                while on.app.hits._next_cards is None:
                    await on.pilot.pause(0.01)
            on.app.box.fill("railway")
            await on.settle()
    assert shown == ["", "railway"]  # the first is the empty box


@played
async def test_the_screen_is_there_before_the_index_is_open(seeds: Path) -> None:
    gate = threading.Event()
    open_ = SearchSession.open

    def slow(session: SearchSession) -> int:
        gate.wait(5)
        return open_(session)

    with (
        patch.object(SearchSession, "open", slow),
        patch("search.tui.interaction.search_controller.TYPING_PAUSE", 0),
    ):
        app = DalilApp(seeds, _plan())
        async with app.run_test(size=(100, 20)) as pilot:
            on = Screen(app, pilot)
            assert "opening the index" in on.text
            await pilot.press(*"oil")
            assert on.query == "oil"
            gate.set()
            await on.settle()
            assert app.listing is not None
            assert app.listing.query == "oil"


def _plan() -> Any:
    from search.bidi import terminal_plan  # noqa: PLC0415

    return terminal_plan({"TERM": "xterm"}, screen=True, tty=True)


@played
async def test_the_status_names_the_index_and_the_files_that_are_gone(tmp_path: Path) -> None:
    folder = written(tmp_path / "docs", {"a.txt": "oil", "b.txt": "more oil"})
    index = indexed(folder)
    (folder / "a.txt").unlink()
    async with screen(index) as on:
        assert on.app.status.text.startswith("2 documents")
        await on.ask("oil")
        assert "1 file missing" in on.app.status.text
        assert on.app.status.text.endswith("index docs-index")
        assert "missing" in on.text


@played
async def test_spellings_of_names_that_are_found_too_are_told_while_typing(seeds: Path) -> None:
    async with screen(seeds, (200, 30)) as on:
        await on.press(*"Dbeibah")
        found, _, names, *_ = on.app.status.text.split(" · ")
        assert re.fullmatch(r"\d+ documents", found)
        assert re.fullmatch(r"Dbeibah: also (.+ \(\d+\)(, )?)+", names)
        assert {"الدبيبة", "Dabaiba"} <= set(names.replace(",", "").split())


@played
async def test_no_index_is_offered_to_be_made_of_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(written(tmp_path / "docs", {"a.txt": "oil", "b [1].txt": "ليبيا"}))
    async with screen(tmp_path / "index") as on:
        assert "There is no index" in on.text
        assert str(tmp_path / "docs")[-20:] in on.text
        assert "Enter" in on.text
        await on.press("enter")
        assert not on.app.query(Welcome)
        assert on.focus == "query"
        assert on.app.status.text.startswith("2 documents")
        await on.ask("ليبيا")
        assert on.title == "b [1].txt"


@played
async def test_indexing_that_fails_says_why_and_can_be_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(written(tmp_path / "docs", {"a.txt": "oil"}))
    error = IndexCorrupt("The disk is full", "make room")
    async with screen(tmp_path / "index") as on:
        with patch.object(SearchSession, "index", side_effect=error):
            await on.press("i")
        assert "The disk is full: make room" in on.text
        await on.press("ه")
        assert on.app.status.text.startswith("1 document ")


@played
async def test_an_index_of_another_version_says_what_to_do(tmp_path: Path) -> None:
    index = indexed(written(tmp_path / "docs", {"a.txt": "oil"}))
    for name in index.iterdir():
        if name.suffix == ".toc":
            name.write_bytes(b"{}")
    async with screen(index) as on:
        assert "dalil index --rebuild" in on.app.status.text


@played
async def test_damage_that_is_met_while_reading_is_said_and_does_not_end_the_screen(
    seeds: Path,
) -> None:
    async with screen(seeds) as on:
        await on.ask("russia")
        with patch(
            "search.hits.documents.StoredDocuments.stored", side_effect=ValueError("cut short")
        ):
            await on.press("pagedown")
            assert "damaged" in on.app.status.text
            await on.ask("libya")
            assert "damaged" in on.app.status.text
        await on.ask("libya oil")
        assert on.app.hits.hit is not None


@played
async def test_half_a_word_that_is_nowhere_is_looked_for_once_typing_has_ended(
    many: Path,
) -> None:
    asked: list[bool] = []
    look = Searcher.look

    def noted(searcher: Searcher, text: str, options: Options) -> LazyResults:
        asked.append(options.typing)
        return look(searcher, text, options)

    with patch.object(Searcher, "look", noted):
        async with screen(many) as on:
            await on.press(*"nunber33")
            assert asked[-2:] == [True, False]
            await on.ask("")
            await on.press(*"num")
            asked.clear()
            await on.press("b")
            assert "words that begin so" in on.text
            assert asked == [True]
            await on.press("space")
            assert asked[-1] is False


@played
async def test_the_styles_are_read_once_whatever_the_theme(
    seeds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Textual reads and applies all of them again if the theme changes on an open screen."""
    monkeypatch.setenv("DALIL_THEME", "light")
    with patch.object(Stylesheet, "reparse") as reparse:
        async with screen(seeds) as on:
            assert on.app.theme == "dalil-light"
            assert on.app.has_class("-light-mode", "-theme-dalil-light")
            assert not on.app.has_class("-dark-mode")
            background = on.app.screen.styles.background.hex6
            assert background == LIGHT.to_color_system().generate()["background"]
    reparse.assert_not_called()
