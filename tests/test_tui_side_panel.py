"""The interactive screen: the filters, by key and by mouse."""

from __future__ import annotations

from pathlib import Path

import pytest

from search import Searcher
from search.tui.interaction.query_edit import toggled
from search.tui.widgets.side_panel import SidePanel, entries
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
        assert "▸ ar" in on.text or "▸ar" in on.text
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
                narrowed = toggled(query, entry.clause)
                assert searcher.look(narrowed).total == entry.count, narrowed
                assert toggled(narrowed, entry.clause) == query


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
async def test_without_a_query_there_is_nothing_to_narrow_down(seeds: Path) -> None:
    async with screen(seeds) as on:
        await on.ask("russia")
        await on.ask("")
        assert "Language" not in on.text
        assert on.app.document.passage is None


@played
async def test_a_folder_is_put_into_the_query_as_it_is_shown(
    seeds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Searcher.open(seeds) as searcher:
        facets = searcher.look("russia").facets()
        folder = Path(facets.folders[0][0])
        for here, clause in (
            (folder.parent, f"path:./{folder.name}"),
            (folder, f"path:{folder}"),
        ):
            monkeypatch.chdir(here)
            assert clause in [entry.clause for entry in entries(facets)]
        monkeypatch.chdir("/")
        monkeypatch.setenv("HOME", str(folder.parent))
        assert f"path:~/{folder.name}" in [
            entry.clause for entry in entries(facets)
        ] or f"path:./{str(folder)[1:]}" in [entry.clause for entry in entries(facets)]
        for entry in entries(facets):
            if entry.clause:
                assert searcher.look(f"russia {entry.clause}").total == entry.count
