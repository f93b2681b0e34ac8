"""The interactive screen: the query box: caret, clicks, earlier queries."""

from __future__ import annotations

import asyncio
import unicodedata
from pathlib import Path

import pytest
from textual._xterm_parser import XTermParser

from search.tui.interaction.history import History
from search.tui.widgets.help import Help
from search.tui.widgets.query_box import QueryBox
from tests.piloted import Screen, played, screen

LIBYA = "الدبيبة"


async def _read(on: Screen, *queries: str) -> None:
    for query in queries:
        await on.ask(query)
        await on.press("enter", "escape", "slash")


@played
async def test_settling_waits_for_the_work_that_the_answer_of_other_work_begins(
    seeds: Path,
) -> None:
    """A search is answered by a message, which begins to load the document and to count."""
    async with screen(seeds) as on:
        done: list[str] = []

        async def second() -> None:
            await asyncio.sleep(0.3)
            done.append("second")

        async def first() -> None:
            await asyncio.sleep(0.05)
            on.app.call_later(lambda: on.app.run_worker(second()) and None)

        on.app.run_worker(first())
        await on.settle()
        assert done == ["second"]


@played
async def test_up_in_an_empty_box_goes_back_through_earlier_queries(seeds: Path) -> None:
    async with screen(seeds) as on:
        await _read(on, "libya", LIBYA, "oil")
        await on.ask("")
        recalled = []
        for _ in range(4):
            await on.press("up")
            recalled.append(on.query)
        assert recalled == ["oil", LIBYA, "libya", "libya"]
        assert on.app.listing.query == "libya"  # type: ignore[union-attr]
        await on.press("down", "up")
        assert (on.query, on.app.hits.row) == ("libya", 0)


@played
async def test_ctrl_r_finds_earlier_queries_that_hold_what_is_typed(seeds: Path) -> None:
    async with screen(seeds) as on:
        await _read(on, "libya oil", "russia", "libya gas")
        await on.ask("libya")
        await on.press("ctrl+r")
        assert on.query == "libya gas"
        await on.press("ctrl+r")
        assert on.query == "libya oil"
        await on.press("ctrl+r")
        assert on.query == "libya oil"
        await on.ask("russ")
        await on.press("ctrl+r")
        assert on.query == "russia"


@played
async def test_earlier_queries_are_there_on_another_day(seeds: Path) -> None:
    async with screen(seeds) as on:
        await _read(on, "oil")
    async with screen(seeds) as on:
        await on.press("up")
        assert on.query == "oil"
    assert (seeds / "history.txt").stat().st_mode & 0o77 == 0


def test_a_history_that_cannot_be_kept_is_kept_for_today(tmp_path: Path) -> None:
    history = History(tmp_path / "nowhere")
    history.add("oil")
    assert history.previous_containing("") == "oil"
    (tmp_path / "history.txt").write_bytes(b"\xff\xfe bad")
    assert History(tmp_path).queries == []


@played
async def test_a_question_mark_in_the_box_is_typed(seeds: Path) -> None:
    async with screen(seeds) as on:
        await on.press("question_mark", "q", "f1")
        assert on.query == "?q"
        assert isinstance(on.app.screen, Help)


@pytest.mark.parametrize(
    "query",
    ["libya", "ليبيا", "الحُكومة", "libya روسيا oil", "روسيا libya النفط", "لا إله", "漢字 oil"],
)
@pytest.mark.parametrize("environ", [{"TERM": "xterm"}, {"TERM": "dumb"}], ids=["visual", "raw"])
@played
async def test_a_click_puts_the_caret_where_it_is_then_seen(
    seeds: Path, query: str, environ: dict[str, str]
) -> None:
    async with screen(seeds, (80, 20), environ) as on:
        await on.ask(query)
        box = on.app.box
        places = set()
        for x in range(78):
            box.cursor_position = box._cell_offset_to_index(x)
            caret = _caret(box)
            if caret == x:
                places.add(box.cursor_position)
            assert 0 <= caret < 78
        hidden = sum(unicodedata.combining(char) > 0 for char in query) + query.count("لا")
        hidden *= environ["TERM"] == "xterm" or not query.count("لا")
        assert len(places) >= len(query) + 1 - hidden


def _caret(box: QueryBox) -> int:
    """The cell in which the caret is drawn."""
    box.cursor_blink = False
    look = box.get_component_rich_style("input--cursor")
    at = 0
    for segment in box.render_line(0):
        if segment.style and segment.style.bgcolor == look.bgcolor:
            return at
        at += segment.cell_length
    raise AssertionError("no caret is seen")


@played
async def test_a_click_in_an_arabic_query_is_counted_from_the_right(seeds: Path) -> None:
    async with screen(seeds, (80, 20)) as on:
        await on.ask("ليبيا")
        row = on.text.splitlines()[1]
        assert row.rstrip().endswith("ﺎﻴﺒﻴﻟ")
        right = on.app.box.size.width
        await on.click("#query", right, 0)
        assert on.app.box.cursor_position <= 1
        await on.click("#query", 3, 0)
        assert on.app.box.cursor_position == 5


@pytest.mark.parametrize("query", ["word " * 60, "كلمة " * 60])
@played
async def test_of_a_long_query_the_part_with_the_caret_is_seen(seeds: Path, query: str) -> None:
    async with screen(seeds, (60, 20)) as on:
        await on.ask(query)
        for place in (0, 150, 299):
            on.app.box.cursor_position = place
            caret = _caret(on.app.box)
            assert on.app.box._cell_offset_to_index(caret) == place


@played
async def test_arrows_in_arabic_go_the_way_they_point(seeds: Path) -> None:
    async with screen(seeds) as on:
        await on.ask("ليبيا")
        for key, step in (("right", 1), ("right", 1), ("left", -1)):
            before = _caret(on.app.box)
            await on.press(key)
            assert _caret(on.app.box) == before + step


@pytest.mark.parametrize(
    "query",
    ["libya روسيا oil", "روسيا libya 2021 النفط", "لا إله", "الحُكومة (GNU) في", "+النفط -oil"],
)
@played
async def test_arrows_go_the_way_they_point_in_either_direction_of_letters(
    seeds: Path, query: str
) -> None:
    async with screen(seeds) as on:
        await on.ask(query)
        box = on.app.box
        cells = len({_seen_at(box, place) for place in range(len(query) + 1)})
        for _ in query:
            box.action_cursor_left()
        seen = [_caret(box)]
        for _ in range(cells - 1):
            box.action_cursor_right()
            seen.append(_caret(box))
        assert seen == list(range(seen[0], seen[0] + cells))
        box.action_cursor_right()
        assert _caret(box) == seen[-1]
        for _ in range(cells - 1):
            box.action_cursor_left(select=True)
        assert len(box.selected_text) >= cells - 1


@pytest.mark.parametrize("query", ["روسيا النفط", "russia oil"])
@played
async def test_arrows_go_by_words_the_way_they_point(seeds: Path, query: str) -> None:
    async with screen(seeds) as on:
        await on.ask(query)
        for key, step in (("ctrl+right", 1), ("ctrl+left", -1)):
            on.app.box.cursor_position = 3
            before = _caret(on.app.box)
            await on.press(key)
            assert (_caret(on.app.box) - before) * step > 1


def _seen_at(box: QueryBox, place: int) -> int:
    """The cell of the caret at a place of the query."""
    box.cursor_position = place
    return _caret(box)


@played
async def test_a_caret_does_not_come_between_a_letter_and_its_marks_by_arrow_or_click(
    seeds: Path,
) -> None:
    async with screen(seeds) as on:
        await on.ask("الحُكُومَةُ لا")
        box, query = on.app.box, on.query
        for _ in query:
            box.action_cursor_right()
            assert not unicodedata.combining(query[box.cursor_position])
        for x in range(box.size.width):
            place = box._cell_offset_to_index(x)
            assert not unicodedata.combining(query[place : place + 1] or "x")


@played
async def test_of_a_long_query_the_caret_is_seen_on_a_mark_too(seeds: Path) -> None:
    async with screen(seeds, (60, 20)) as on:
        await on.ask("كُلُّ " * 60)
        for place in range(0, 240, 7):
            on.app.box.cursor_position = place
            assert 0 <= _caret(on.app.box) < 58


@pytest.mark.parametrize(
    ("keys", "left"),
    [
        ("one two\x17x", "one x"),
        ("one two\x15x", "x"),
        ("one two\x1b[D\x1b[D\x0bx", "one tx"),
        ("one twp\x7fo", "one two"),
        ("two\x01one \x05!", "one two!"),
    ],
)
@played
async def test_keys_that_arrive_together_are_taken_in_their_order(
    seeds: Path, keys: str, left: str
) -> None:
    async with screen(seeds) as on:
        for event in XTermParser().feed(keys):
            on.app.post_message(event)
        await on.settle()
        assert on.query == left


@played
async def test_esc_twice_clears_the_box_and_once_keeps_it(seeds: Path) -> None:
    async with screen(seeds) as on:
        await on.ask("oil")
        await on.press("escape")
        assert on.query == "oil"
        await on.press("x", "escape", "left", "escape")
        assert on.query == "oilx"
        await on.press("escape")
        assert (on.query, on.focus) == ("", "query")
        await on.press("up")
        assert on.query == "oilx"


@played
async def test_a_key_that_selects_a_hit_leaves_the_caret_as_it_is(seeds: Path) -> None:
    """Drawing it again would come first, and the list a frame later."""
    async with screen(seeds) as on:
        await on.ask("libya")
        on.app.box._blink_timer.stop()
        on.app.box._cursor_visible = False
        await on.press("down", "pagedown", "up", "pageup")
        assert not on.app.box._cursor_visible
        await on.press("x")
        assert on.app.box._cursor_visible
