"""The interactive screen: the document of the selected hit and its matches."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from search import Searcher
from search.tui.widgets.match_kinds import match_kinds
from tests.commands import indexed, written
from tests.piloted import played, screen

CURRENT = "#d55e00"


@played
async def test_the_document_follows_the_chosen_hit_at_its_match(seeds: Path) -> None:
    async with screen(seeds) as on:
        await on.ask("russia")
        seen = set()
        for _ in range(3):
            document, hit = on.app.document, on.app.hits.hit
            assert document.passage is not None
            assert hit is not None
            assert document.passage.hit.path == hit.path
            start, end = document.passage.spans[document.current]
            assert any(row.start <= start < row.end for row in document.rows)
            assert on.lit(CURRENT) or "match" not in document.count
            assert document.passage.text[start:end] == _snippet_match(hit)
            seen.add(hit.path)
            await on.press("down")
        assert len(seen) == 3


def _snippet_match(hit: Any) -> str:
    snippet = hit.snippets[0]
    start, end = snippet.spans[0]
    return str(snippet.text[start:end])


@played
async def test_the_next_match_goes_round(seeds: Path) -> None:
    async with screen(seeds) as on:
        await on.ask("path:timeline.md russia libya")
        await on.press("enter")
        assert on.focus == "document"
        spans = on.app.document.passage.spans  # type: ignore[union-attr]
        first = on.app.document.current
        met = []
        for _ in spans:
            met.append(on.app.document.current)
            assert f"match {met[-1] + 1} of {len(spans)}" in on.text
            assert on.lit(CURRENT)
            await on.press("n")
        assert sorted(met) == list(range(len(spans)))
        assert on.app.document.current == first
        await on.press("N")
        assert on.app.document.current == (first - 1) % len(spans)


@played
async def test_enter_in_the_document_goes_on_to_the_next_match(seeds: Path) -> None:
    async with screen(seeds) as on:
        await on.ask("path:timeline.md russia libya")
        await on.press("enter")
        before, passage = on.app.document.current, on.app.document.passage
        assert passage is not None
        await on.press("enter")
        assert on.app.document.current == (before + 1) % len(passage.spans) != before


@played
async def test_a_match_in_the_title_alone_is_said(tmp_path: Path) -> None:
    line = '{"id": "1", "title": "Oil ministry", "text": "Nothing of it here."}\n'
    async with screen(indexed(written(tmp_path / "docs", {"a.jsonl": line}))) as on:
        await on.ask("ministry")
        assert on.app.document.count == "in the title"
        assert "Nothing of it here." in on.text
        await on.press("enter", "n", "N")
        assert on.app.document.current == 0


@played
async def test_a_document_is_scrolled_to_its_end_and_no_further(tmp_path: Path) -> None:
    text = "\n".join(f"row {n}" for n in range(200))
    async with screen(indexed(written(tmp_path / "docs", {"a.txt": text}))) as on:
        await on.ask("row")
        await on.press("enter", "G")
        last = [row.start for row in on.app.document.rows]
        assert "row 199" in on.text.splitlines()[-3]
        await on.press("j", "pagedown", "space")
        assert [row.start for row in on.app.document.rows] == last
        await on.press("g")
        assert on.app.document.rows[0].start == 0
        on.app.document.action_page(1)
        on.app.document.action_page(-1)
        assert on.app.document.rows[0].start == 0


@played
async def test_how_words_of_the_chosen_hit_matched_is_told(seeds: Path) -> None:
    async with screen(seeds, (200, 30)) as on:
        await on.ask("Dbeibah kinshchak")
        hit = on.app.hits.hit
        assert hit is not None
        told = " · ".join(match_kinds(hit))
        assert told.startswith("exact: ")
        assert "name: Dabaiba" in told
        assert "exact: " in on.text
        assert "name: Dabaiba" in on.text


def test_a_passage_lights_all_that_matches(tmp_path: Path) -> None:
    text = "oil and gas\n" * 5_000
    with Searcher.open(indexed(written(tmp_path / "docs", {"a.txt": text}))) as searcher:
        listing = searcher.look("oil")
        passage = listing.passage(listing.rows[0][0])
        assert passage is not None
        assert [passage.text[a:b] for a, b in passage.spans] == ["oil"] * 5_000


@played
async def test_the_document_has_its_title_path_day_and_match_above_it(tmp_path: Path) -> None:
    line = '{"id": "w-7", "title": "Talks in Moscow", "date": "2021-04-15", "text": "Oil was met."}'
    async with screen(indexed(written(tmp_path / "docs", {"wire.jsonl": line}))) as on:
        await on.ask("oil")
        above = "\n".join(row.partition("│")[2] for row in on.text.splitlines()[:8])
        for part in ("Talks in Moscow", "wire.jsonl#w-7", "2021-04-15", "match 1 of 1"):
            assert part in above
