"""The list of hits on the screen: the further passages of a document, unfolded below its hit."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pdf_files import PdfFile

from search.tui.widgets.card import HEIGHT
from search.tui.widgets.passage_list import PASSAGE_HEIGHT
from tests.commands import indexed, run, written
from tests.piloted import Screen, played, screen

CURRENT = "#d55e00"
GAP = "Nothing of it stands here, and nothing there. " * 12
FIELDS = "\n\n".join(f"The oil of field {n}. {GAP}" for n in range(5))


@pytest.fixture(scope="module")
def fields(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files = {"a.txt": FIELDS, "b.txt": "oil in one place only", "c.txt": "oil النفط " + GAP}
    return indexed(written(tmp_path_factory.mktemp("fields") / "docs", files))


async def _at_fields(on: Screen) -> int:
    """Select the document with five passages; its row."""
    await on.ask("oil")
    on.app.hits.focus()
    for _ in range(3):
        if on.title == "a.txt":
            break
        await on.press("down")
    assert on.title == "a.txt"
    return on.app.hits.row


def _shown_field(on: Screen) -> str:
    """The words at the current match of the document."""
    document = on.app.document
    assert document.passage is not None
    start, _ = document.spans[document.current]
    return document.passage.text[start : start + len("oil of field 0")]


@played
async def test_a_hit_unfolds_its_passages_and_folds_them(fields: Path) -> None:
    async with screen(fields) as on:
        row = await _at_fields(on)
        height = on.app.hits.virtual_size.height
        assert "5 matches" in on.text
        assert len(re.findall(r"line \d", on.text)) == 0
        await on.press("right")
        assert on.app.hits.virtual_size.height == height + 4 * PASSAGE_HEIGHT
        assert "5 of 5" in on.text
        assert re.findall(r"line (\d+)", on.text) == ["3", "5", "7", "9"]
        await on.press("down", "down", "left")
        assert on.app.hits.virtual_size.height == height
        assert (on.app.hits.row, on.app.hits.passage) == (row, 0)


@played
async def test_the_document_follows_the_chosen_passage(fields: Path) -> None:
    async with screen(fields) as on:
        row = await _at_fields(on)
        await on.press("right", "down", "down")
        assert (on.app.hits.row, on.app.hits.passage) == (row, 2)
        assert _shown_field(on) == "oil of field 2"
        await on.press("n")
        assert _shown_field(on) == "oil of field 3"
        await on.press("enter")
        assert on.focus == "document"
        assert _shown_field(on) == "oil of field 3"
        assert on.lit(CURRENT) == ["oil"]
        await on.press("escape", "up", "up")
        assert on.app.hits.passage == 0
        assert _shown_field(on) == "oil of field 0"


@played
async def test_passages_are_gone_through_from_the_rows_around_them(fields: Path) -> None:
    async with screen(fields) as on:
        row = await _at_fields(on)
        await on.press("right", *["down"] * 5)
        assert (on.app.hits.row, on.app.hits.passage) in ((row + 1, 0), (row, 4))
        on.app.hits.select_row(row)
        await on.press(*["down"] * 4)
        assert on.app.hits.passage == 4
        await on.press("g", "right", "G")
        assert on.app.hits.passage == 0
        assert on.app.hits.row == len(on.app.listing or ()) - 1


@played
async def test_a_space_marks_an_unfolded_hit_once_and_goes_to_the_next_hit(fields: Path) -> None:
    async with screen(fields) as on:
        await _at_fields(on)
        await on.press("home")
        first = on.title
        await on.press("right", "space")
        assert (on.app.hits.row, on.app.hits.passage, len(on.app.hits.marks)) == (1, 0, 1)
        assert on.title != first


@played
async def test_a_passage_is_clicked_and_read(fields: Path) -> None:
    async with screen(fields) as on:
        row = await _at_fields(on)
        await on.press("right")
        y = on.app.hits._top(row) + HEIGHT + PASSAGE_HEIGHT - on.app.hits.scroll_offset.y
        await on.click("#hits", 20, y)
        assert on.app.hits.passage == 2
        await on.click("#hits", 20, y, times=2)
        assert (on.focus, _shown_field(on)) == ("document", "oil of field 2")


@played
async def test_a_document_with_one_passage_says_so(fields: Path) -> None:
    async with screen(fields) as on:
        await on.ask("path:b.txt oil")
        on.app.hits.focus()
        height = on.app.hits.virtual_size.height
        await on.press("right", "left")
        assert "no further passages" in on.text
        assert on.app.hits.virtual_size.height == height


@played
async def test_another_query_folds_all(fields: Path) -> None:
    async with screen(fields) as on:
        await _at_fields(on)
        await on.press("right", "down")
        await on.ask("oil field")
        assert on.app.hits.passage == 0
        assert on.app.hits.virtual_size.height == len(on.app.listing or ()) * HEIGHT


@played
async def test_passages_of_a_pdf_have_their_pages(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    file = PdfFile([f"Tamarind of page {n}. {GAP}" for n in range(1, 9)])
    (docs / "a.pdf").write_bytes(file.data())
    assert run("index", docs, "--index", tmp_path / "ix").code == 0
    async with screen(tmp_path / "ix", (140, 40)) as on:
        await on.ask("tamarind")
        on.app.hits.focus()
        await on.press("right")
        pages = re.findall(r"  p\. (\d)  ", on.text)
        assert len(pages) > 1
        assert pages == sorted(pages) != ["1"] * len(pages)
