"""The interactive screen: the filters, by key and by mouse."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from search import Searcher
from search.tui.actions.filter_actions import changed
from search.tui.interaction.filter_rows import ON, entries, path_value
from search.tui.widgets.side_panel import SidePanel
from tests.piloted import played, screen

BOTH = "libya روسيا"
"""Found in documents of both languages."""


@played
async def test_a_filter_is_put_into_the_query_and_taken_out_by_key(seeds: Path) -> None:
    async with screen(seeds) as on:
        await on.ask(BOTH)
        everything = on.app.listing.total  # type: ignore[union-attr]
        await on.press("shift+tab")
        assert on.focus == "filters"
        await on.press("enter")
        assert on.query == f"{BOTH} lang:ar"
        assert 0 < on.app.listing.total < everything  # type: ignore[union-attr]
        assert "▸✓ ar" in on.text
        await on.press("space")
        assert on.query == BOTH
        assert on.app.listing.total == everything  # type: ignore[union-attr]


@played
async def test_a_filter_is_put_into_the_query_and_taken_out_by_a_click(seeds: Path) -> None:
    async with screen(seeds) as on:
        await on.ask(BOTH)
        top = on.app.query_one(SidePanel).region.y
        for query in (f"{BOTH} type:pdf", BOTH):
            rows = on.text.splitlines()[top:]
            await on.click(
                "#filters", 5, next(y for y, row in enumerate(rows) if "pdf" in row[:30])
            )
            assert on.query == query
            assert on.app.listing is not None
            types = {hit.type for hit in on.app.listing.window(0, 50)}
            assert (types == {"pdf"}) == ("pdf" in query)


@pytest.mark.parametrize("query", ["russia", "ليبيا", 'oil "the minister"', "lib* sarrag~"])
def test_a_filter_leaves_as_many_documents_as_it_says(seeds: Path, query: str) -> None:
    with Searcher.open(seeds) as searcher:
        found = entries(searcher.look(query).facets())
        assert {entry.label for entry in found} > {"Language", "Type", "Year", "Folder", "Word"}
        for entry in found:
            if entry.clause:
                narrowed = changed(query, entry, "switch")
                assert searcher.look(narrowed).total == entry.count, narrowed
                assert changed(narrowed, replace(entry, mark=ON), "switch") == query


@played
async def test_the_key_of_the_sort_writes_it_into_the_query(seeds: Path) -> None:
    async with screen(seeds) as on:
        await on.ask(BOTH)
        by_score = on.app.hits.hit
        await on.press("enter", "s")
        assert on.query == f"{BOTH} sort:date"
        dates = [hit.date or "" for hit in on.app.listing.window(0, 50)]  # type: ignore[union-attr]
        assert dates == sorted(dates, reverse=True)
        await on.press("s")
        assert on.query == f"{BOTH} sort:path"
        await on.press("s")
        assert (on.query, on.app.hits.hit) == (BOTH, by_score)


@played
async def test_the_key_of_the_language_writes_it_into_the_query(seeds: Path) -> None:
    async with screen(seeds) as on:
        await on.ask("russia")
        await on.press("enter")
        queries = []
        for _ in range(3):
            await on.press("l")
            queries.append(on.query)
        assert queries == ["russia lang:ar", "russia lang:en", "russia"]


@played
async def test_without_a_query_the_filters_count_all_documents(seeds: Path) -> None:
    async with screen(seeds) as on:
        await on.ask("russia")
        await on.ask("")
        everything = on.app.session.front_page(lambda: True)
        assert everything is not None
        assert [e.count for e in on.app.panes.side._entries if e.clause == "lang:ar"] == [
            dict(everything.facets.languages)["ar"]
        ]
        assert on.app.document.passage is None


@played
async def test_the_cursor_stays_on_its_filter_when_rows_come_and_go(seeds: Path) -> None:
    async with screen(seeds) as on:
        await on.ask(BOTH)
        await on.press("shift+tab", "down", "down", "down")
        entry = on.app.panes.side.entry
        assert entry is not None
        assert entry.field == "type"
        await on.press("enter")
        assert on.query == f"{BOTH} {entry.clause}"
        assert f"▸✓ {entry.label}" in on.text
        await on.press("enter")
        assert on.query == BOTH
        assert on.app.panes.side.entry == entry


@played
async def test_a_second_value_of_a_heading_is_found_besides_the_first(seeds: Path) -> None:
    async with screen(seeds) as on:
        await on.ask(BOTH)
        counts = dict(on.app.panes.side._facets.types)
        await on.press("shift+tab", "down", "down", "down")
        assert on.app.panes.side.entry
        first = on.app.panes.side.entry.value
        await on.press("enter")
        assert dict(on.app.panes.side._facets.types) == counts
        await on.press("down")
        second = on.app.panes.side.entry.value
        await on.press("enter")
        assert on.query == f"{BOTH} type:{first},{second}"
        assert on.app.listing is not None
        assert on.app.listing.total == counts[first] + counts[second]


@played
async def test_minus_and_the_right_button_leave_a_value_out(seeds: Path) -> None:
    async with screen(seeds) as on:
        await on.ask(BOTH)
        assert on.app.listing is not None
        everything = on.app.listing.total
        await on.press("shift+tab", "down", "down", "down", "minus")
        entry = on.app.panes.side.entry
        assert entry is not None
        assert on.query == f"{BOTH} -type:{entry.value}"
        assert on.app.listing.total == everything - (entry.count or 0)
        assert f"▸− {entry.label}" in on.text
        await on.press("minus")
        assert on.query == BOTH
        top = on.app.panes.side.region.y
        row = next(y for y, text in enumerate(on.text.splitlines()[top:]) if "pdf" in text[:30])
        await on.pilot.click("#filters", offset=(6, row), button=3)
        await on.settle()
        assert on.query == f"{BOTH} -type:pdf"
        await on.press("delete")
        assert on.query == BOTH


@played
async def test_brackets_on_a_year_make_a_range(seeds: Path) -> None:
    async with screen(seeds) as on:
        await on.ask(BOTH)
        assert on.app.listing is not None
        years = [year for year, _ in on.app.listing.facets().years if year.isdigit()]
        side = on.app.panes.side
        await on.press("shift+tab")
        while side.entry is None or side.entry.value != years[-1]:
            await on.press("down")
        await on.press("left_square_bracket", "up", "right_square_bracket")
        assert on.query == f"{BOTH} date:{years[-1]}..{years[-2]}"
        assert f"▸· {years[-2]}" in on.text
        assert f"✓ {years[-1]}..{years[-2]}" in on.text
        await on.press("left_square_bracket")
        assert on.query == f"{BOTH} date:{years[-2]}"


@played
async def test_folders_are_a_tree_that_arrows_unfold(seeds: Path) -> None:
    async with screen(seeds) as on:
        await on.ask("libya")
        side = on.app.panes.side
        await on.press("shift+tab")
        while side.entry is None or side.entry.folder is None:
            await on.press("down")
        assert side.entry.folder.unfolded
        rows = len(side._entries)
        await on.press("left")
        assert len(side._entries) < rows
        assert side.entry.folder.unfolded is False
        await on.press("right", "right")
        assert len(side._entries) == rows
        assert side.entry.folder.depth == 1
        await on.press("left", "left")
        assert side.entry.folder.depth == 0


@played
async def test_a_filter_is_a_chip_that_a_click_takes_out(seeds: Path) -> None:
    async with screen(seeds) as on:
        await on.ask(f"{BOTH} lang:ar -type:pdf")
        line = on.text.splitlines()[2]
        assert line.split() == ["lang:ar", "✕", "-type:pdf", "✕"]
        await on.click("#chips", line.index("-type") - 2, 0)
        assert on.query == f"{BOTH} lang:ar"
        await on.click("#chips", line.index("lang"), 0)
        assert on.query == BOTH
        assert not on.text.splitlines()[2].strip()


@played
async def test_a_chip_in_arabic_is_shaped(seeds: Path) -> None:
    async with screen(seeds, (30, 8)) as on:
        await on.ask("ليبيا path:ليبيا type:pdf,text,html lang:ar")
        line = on.text.splitlines()[1]
        assert line.strip().startswith("path:ﺎﻴﺒﻴﻟ ✕")
        assert line.rstrip().endswith("+4")


@played
async def test_a_chip_is_reached_and_taken_out_by_key(seeds: Path) -> None:
    async with screen(seeds) as on:
        await on.ask(f"{BOTH} lang:ar -type:pdf,html")
        await on.press("shift+tab")
        assert on.focus == "chips"
        assert "▸-type:html ✕" in on.text
        await on.press("left", "left", "left", "enter")
        assert on.query == f"{BOTH} -type:pdf,html"
        assert (on.focus, "▸-type:pdf ✕" in on.text) == ("chips", True)
        await on.press("right", "delete", "backspace")
        assert (on.query, on.focus) == (BOTH, "query")


@played
async def test_tab_goes_to_the_chips_last_and_only_if_there_are_some(seeds: Path) -> None:
    async with screen(seeds) as on:
        for query, last in ((BOTH, "filters"), (f"{BOTH} lang:ar", "chips")):
            await on.ask(query)
            await on.press("shift+tab")
            assert on.focus == last
            await on.press("tab", "tab")
            assert on.focus == "hits"
            await on.press("escape")


@played
async def test_the_chip_of_the_cursor_is_seen_where_not_all_fit(seeds: Path) -> None:
    async with screen(seeds, (30, 8)) as on:
        await on.ask("libya type:pdf,text,html lang:ar")
        assert "lang:ar" not in on.text.splitlines()[1]
        await on.press("shift+tab")
        assert "▸lang:ar ✕" in on.text.splitlines()[1]
        await on.press("left", "left", "left")
        assert on.text.splitlines()[1].startswith(" ▸type:pdf ✕")
        await on.press("escape")
        assert (on.focus, on.query) == ("query", "libya type:pdf,text,html lang:ar")


def test_a_folder_is_asked_for_as_it_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/hana")
    assert path_value("/home/hana/wires/2021") == "~/wires/2021"
    assert path_value("/home/hanan/wires") == "/home/hanan/wires"
    assert path_value("/srv/my files") == '"/srv/my files"'
