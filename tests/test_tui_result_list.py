"""The list of hits on the screen: selection, marks, rows built while one reads, copies."""

from __future__ import annotations

import asyncio
import re
import threading
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from textual._compositor import Compositor
from textual.events import MouseScrollDown
from textual.widget import Widget

from search.tui.interaction.citation import citation
from search.tui.interaction.search_session import SearchRequest, SearchSession
from search.tui.widgets.card import HEIGHT, Card
from tests.commands import indexed, written
from tests.piloted import Screen, played, screen

BOTH = "libya روسيا"
"""Found in documents of both languages."""


@played
async def test_a_key_lays_nothing_out_anew(many: Path) -> None:
    laid_out: list[int] = []
    reflow = Compositor.reflow

    def noted(compositor: Compositor, *more: Any) -> Any:
        laid_out.append(1)
        return reflow(compositor, *more)

    async with screen(many) as on:
        await on.ask("oil")
        with patch.object(Compositor, "reflow", noted):
            await on.ask("oil -number33")
        assert on.app.hits.virtual_size.height == len(on.app.listing or ()) * HEIGHT
        assert on.app.hits.vertical_scrollbar.window_virtual_size == on.app.hits.virtual_size.height
    assert not laid_out


@played
async def test_the_cards_of_the_next_page_are_drawn_before_its_key(tmp_path: Path) -> None:
    files = {f"{n}.txt": "oil " * (50 - n) + f"number{n}" for n in range(40)}
    index = indexed(written(tmp_path / "docs", files))
    drawn: list[int] = []
    render = Card.render

    def noted(card: Card, *arguments: Any) -> Any:
        drawn.append(card.rank)
        return render(card, *arguments)

    async with screen(index) as on:
        with patch.object(Card, "render", noted):
            await on.ask("oil")
            for _ in range(200):
                await asyncio.sleep(0.02)
                if {*range(11, 16)} <= {*drawn}:
                    break
            drawn.clear()
            on.app.hits.action_move(10)
            await on.settle()
            assert 11 in drawn  # the chosen one looks different
            assert not {*range(5, 11)} & {*drawn}


@played
async def test_a_selection_in_a_short_list_is_no_fault_in_a_longer_one(many: Path) -> None:
    async with screen(many) as on:
        await on.ask("number33")
        await on.click("#hits", 15, 0)
        longer = on.app.session.search(SearchRequest("oil"), lambda: True)
        assert longer is not None
        on.app.hits.prepare(longer)
        assert len(longer) > len(on.app.listing or ())


@played
async def test_a_terminal_of_30_by_8_shows_three_hits(many: Path) -> None:
    async with screen(many, (30, 8)) as on:
        await on.ask("oil")
        ranks = [rank for row in on.text.splitlines() for rank in re.findall(r"^▌? +(\d) en", row)]
        assert ranks == ["1", "2", "3"]
        await on.press("tab", "pagedown")
        assert on.app.hits.row == 3
        await on.click("#hits", 15, 1)
        assert on.app.hits.row == 1
        await on.press(*["down"] * 20)
        chosen = on.title
        await on.pilot.resize_terminal(80, 30)
        for _ in range(100):  # until all is laid out
            await on.settle()
            if seen := re.search(rf"▌ +{on.app.hits.row + 1} en", on.text):
                break
            await asyncio.sleep(0.02)
        assert (on.title, bool(seen)) == (chosen, True)
        await on.pilot.resize_terminal(30, 8)
        await on.ask("oil lang:en")
        assert "lang:en ✕" in on.text.splitlines()[1]


@played
async def test_the_wheel_scrolls_the_pane_it_is_over(tmp_path: Path) -> None:
    files = {f"{n:02}.txt": "oil\n" * 300 for n in range(40)}
    for n, name in enumerate(files):
        files[name] += str(n)
    async with screen(indexed(written(tmp_path / "docs", files))) as on:
        await on.ask("oil")
        await _wheel(on, on.app.hits)
        assert on.app.hits.scroll_offset.y > 0
        before = on.app.document.rows[0].start
        await _wheel(on, on.app.document)
        assert on.app.document.rows[0].start > before


async def _wheel(on: Screen, pane: Widget) -> None:
    """A notch of the wheel down over a pane, as a terminal's driver tells of it."""
    x, y = pane.region.x + 20, pane.region.y + 5
    on.app.post_message(MouseScrollDown(
        None, x, y, 0, 0, 0, shift=False, meta=False, ctrl=False, screen_x=x, screen_y=y
    ))  # fmt: skip
    await on.settle()


@played
async def test_a_click_chooses_a_hit_and_two_read_it(seeds: Path) -> None:
    async with screen(seeds) as on:
        await on.ask("russia")
        await on.click("#hits", 20, 7)
        assert on.app.hits.row == 1
        assert on.focus == "hits"
        await on.click("#hits", 20, 7, times=2)
        assert on.focus == "document"


@played
async def test_typing_goes_on_while_hits_are_moved_through(seeds: Path) -> None:
    async with screen(seeds) as on:
        await on.ask(BOTH)
        await on.press("down", "down", "ctrl+n", "ctrl+p", "up")
        assert (on.app.hits.row, on.focus) == (1, "query")
        await on.press("pagedown")
        assert on.app.hits.row == 11
        await on.press("pageup", "n")
        assert on.query == f"{BOTH}n"


@played
async def test_home_and_end_go_to_the_first_and_the_last_hit(seeds: Path) -> None:
    async with screen(seeds) as on:
        await on.ask("russia")
        on.app.hits.focus()
        await on.press("G")
        assert on.app.listing is not None
        assert on.app.hits.row == len(on.app.listing) - 1
        await on.press("j")
        assert on.app.hits.row == len(on.app.listing) - 1
        await on.press("home")
        assert on.app.hits.row == 0


@pytest.mark.parametrize("sent", [("ﻷ",), ("ل", "أ")])
@played
async def test_with_an_arabic_layout_too_there_is_a_key_to_the_end(
    seeds: Path, sent: tuple[str, ...]
) -> None:
    async with screen(seeds) as on:
        await on.ask("russia")
        on.app.hits.focus()
        await on.press(*sent)
        assert on.app.listing is not None
        assert on.app.hits.row == len(on.app.listing) - 1 > 0
        await on.press("ل")
        assert on.app.hits.row == 0


@played
async def test_hits_that_are_marked_are_copied_together(seeds: Path) -> None:
    async with screen(seeds) as on:
        await on.ask("ليبيا")
        await on.press("tab", "space", "space", "down")
        marked = [*on.app.hits.marks.values()]
        assert len(marked) == 2
        assert on.app.hits.row == 3
        assert on.text.count("● marked") == 2
        await on.press("y")
        assert on.app.clipboard == "\n".join(hit.path for hit in marked)
        await on.press("Y")
        assert on.app.clipboard == "\n\n".join(citation(hit) for hit in marked)
        await on.press("enter", "y")
        assert on.app.hits.hit is not None
        assert on.app.clipboard == on.app.hits.hit.path


@played
async def test_marks_stay_for_another_query_until_they_are_taken_off(seeds: Path) -> None:
    async with screen(seeds) as on:
        await on.ask("القنصلية")
        await on.press("tab", "space", "up", "space", "space")
        (hit,) = on.app.hits.marks.values()
        await on.press("slash")
        await on.ask("truce")
        assert "● marked" not in on.text
        await on.press("tab", "y")
        assert on.app.clipboard == hit.path
        await on.press("escape")
        assert not on.app.hits.marks
        assert on.app.hits.has_focus
        await on.press("escape")
        assert on.app.box.has_focus


@played
async def test_the_screen_goes_on_while_rows_are_made(many: Path) -> None:
    gate = threading.Event()
    rows = SearchSession.load_rows

    def slow(session: SearchSession, *more: Any) -> None:
        gate.wait(5)
        rows(session, *more)

    with patch.object(SearchSession, "load_rows", slow):
        async with screen(many) as on:
            on.app.box.fill("oil")
            while on.app.hits.hit is None:
                await on.pilot.pause(0.01)
            on.app.hits.focus()
            await on.pilot.press("G")
            row, listing = on.app.hits.row, on.app.hits.listing
            assert row > 70
            assert listing is not None
            assert listing.known(listing.rows[row - 2][0]) is None
            assert re.search(f"  {row - 1} *│", on.text)  # its place is there
            gate.set()
            await on.settle()
            assert listing.known(listing.rows[on.app.hits.row - 2][0])
            assert on.app.hits.hit is not None


@played
async def test_the_next_screen_of_rows_is_made_before_it_is_needed(many: Path) -> None:
    async with screen(many) as on:
        await on.ask("oil")
        listing, page = on.app.hits.listing, on.app.hits.visible_rows
        assert listing is not None
        assert all(listing.known(number) for number, _ in listing.rows[: 2 * page])
        assert not listing.known(listing.rows[-1][0])


@played
async def test_a_copy_that_leaves_the_list_above_does_not_move_what_is_chosen(many: Path) -> None:
    async with screen(many) as on:
        await on.ask("oil")
        on.app.hits.focus()
        await on.press("G")
        chosen, row = on.app.hits.document, on.app.hits.row
        passage = on.app.document.passage
        for _ in range(8):
            seen = re.findall(r"(\d\d(?:-copy)?\.txt) ·", on.text)
            on.app.hits.scroll_relative(y=-10, animate=False)
            await on.settle()
            again = re.findall(r"(\d\d(?:-copy)?\.txt) ·", on.text)
            assert again[2:] == seen[: len(again) - 2]  # two rows further up
        assert on.app.hits.document == chosen
        assert on.app.hits.row < row
        assert on.app.document.passage is passage
        await on.press("up", "down")
        assert on.app.hits.document == chosen


@played
async def test_copies_are_one_row_that_counts_them(tmp_path: Path) -> None:
    files = {f"{n}/{name}.txt": f"oil {name}" for n in range(3) for name in ("gas", "coal", "tar")}
    async with screen(indexed(written(tmp_path / "docs", files))) as on:
        await on.ask("oil")
        assert on.app.listing is not None
        assert (on.app.listing.total, len(on.app.listing)) == (9, 3)
        assert on.text.count("+2 copies") == 3
        assert on.app.hits.virtual_size.height == 3 * 5
