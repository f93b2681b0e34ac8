"""The interactive screen: find in the document, go to a page or line, pages and headings."""

from __future__ import annotations

from pathlib import Path

import pytest
from pdf_files import PdfFile

from index.store.layout import SIZES
from search.render.hyperlink import file_uri
from search.tui.interaction.pane_sizes import MAX_SHARE, read_share, write_share
from tests.commands import indexed, run, written
from tests.piloted import Screen, played, screen

MATCH, CURRENT = "#f0e442", "#d55e00"
LINES = "\n".join(f"row {n} gas" if n % 40 == 3 else f"row {n} الأزمة" for n in range(200))


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return indexed(written(tmp_path_factory.mktemp("lines") / "docs", {"a.txt": LINES}))


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    docs = written(folder / "docs", {})
    docs.mkdir(exist_ok=True)
    (docs / "a.pdf").write_bytes(PdfFile([f"Tamarind of page {n}" for n in range(1, 5)]).data())
    assert run("index", docs, "--index", folder / "ix").code == 0
    return folder / "ix"


async def _type(on: Screen, text: str) -> None:
    on.app.query_one("#find").fill(text)  # type: ignore[attr-defined]
    await on.settle()


# -- find ---------------------------------------------------------------------------


@played
async def test_a_slash_in_the_document_finds_in_it_and_the_query_stays(lines: Path) -> None:
    async with screen(lines) as on:
        await on.ask("row")
        await on.press("enter", "g", "slash")
        assert on.focus == "find"
        await _type(on, "GAS")
        assert on.query == "row"
        assert "1/5" in on.text
        assert on.lit(CURRENT) == ["gas"]
        await on.press("enter")
        assert (on.focus, on.lit(CURRENT)) == ("document", ["gas"])
        assert "2/5" in on.text
        await on.press("n")
        assert "3/5" in on.text
        await on.press("N", "N", "N")
        assert "5/5" in on.text
        await on.press("escape")
        assert on.focus == "document"
        assert "match" in on.app.document.count
        assert set(on.lit(MATCH)) == {"row"}
        assert not on.app.query("#find-bar")


@played
async def test_what_is_found_is_found_in_any_spelling(lines: Path) -> None:
    async with screen(lines) as on:
        await on.ask("row")
        await on.press("enter", "ظ")
        await _type(on, "الازمه")
        assert "/195" in on.text
        await _type(on, "nowhere")
        assert "not found" in on.text
        await _type(on, "")
        assert "match" in on.app.document.count
        await on.press("escape")
        assert on.focus == "document"


@played
async def test_words_are_found_in_a_document_in_the_forms_and_spellings_of_a_search(
    tmp_path: Path,
) -> None:
    text = (
        "Dbeibah governs in Tripoli. Its governments governed. The oil ministry met.\n\n"
        "رئيس الوزراء عبد الحميد الدبيبة في طرابلس. وزارات النفط.\n"
    )
    async with screen(indexed(written(tmp_path / "docs", {"a.txt": text}))) as on:
        await on.ask("tripoli")
        await on.press("enter", "slash")
        await _type(on, "governments")
        assert "2/3 · 2 in other forms" in on.text
        assert on.lit(CURRENT) == ["governments"]
        await _type(on, "governing")
        assert "1/3 · 3 in other forms" in on.text
        assert on.lit(CURRENT) == ["governs"]
        await _type(on, "dbeibah")
        assert "1/2 · 1 in other forms" in on.text
        assert [text[a:b] for a, b in on.app.document.spans] == ["Dbeibah", "الدبيبة"]
        await _type(on, "oil ministries")
        assert "1/1 · 1 in other forms" in on.text
        assert on.app.document.match == (text.index("oil"), text.index(" met"))
        await _type(on, '"')
        assert "not found" in on.text


@played
async def test_another_document_closes_the_line(tmp_path: Path) -> None:
    files = {"a.txt": "oil and gas", "b.txt": "oil and gas, oil again"}
    async with screen(indexed(written(tmp_path / "docs", files))) as on:
        await on.ask("oil")
        await on.press("enter", "slash")
        await _type(on, "gas")
        on.app.hits.action_move(1)
        await on.settle()
        assert not on.app.query("#find-bar")
        assert "match" in on.app.document.count


@played
async def test_a_slash_outside_the_document_goes_to_the_query(lines: Path) -> None:
    async with screen(lines) as on:
        await on.ask("row")
        on.app.hits.focus()
        await on.press("slash")
        assert on.focus == "query"


# -- go to -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "first"), [("L120", "row 119"), ("١٢٠", "row 119"), ("1", "row 0")]
)
@played
async def test_a_colon_goes_to_a_line(lines: Path, typed: str, first: str) -> None:
    async with screen(lines) as on:
        await on.ask("row")
        await on.press("enter", "colon")
        await _type(on, typed)
        await on.press("enter")
        assert on.focus == "document"
        row = on.app.document.rows[0]
        assert LINES[row.start : row.end].startswith(first)


@pytest.mark.parametrize(
    ("typed", "said"),
    [("L999", "there are 200 lines"), ("p2", "has no pages"), ("x", "a page is p12")],
)
@played
async def test_a_place_that_is_not_there_is_said(lines: Path, typed: str, said: str) -> None:
    async with screen(lines) as on:
        await on.ask("row")
        await on.press("enter", "colon")
        await _type(on, typed)
        await on.press("enter")
        assert said in on.text
        await on.press("escape")
        assert on.focus == "document"


@played
async def test_a_pdf_shows_the_breaks_of_its_pages_and_is_gone_through_by_page(
    pages: Path,
) -> None:
    async with screen(pages) as on:
        await on.ask("tamarind")
        await on.press("enter")
        assert "p. 1 of 4" in on.text
        assert "── page 3 ───" in on.text
        assert "── page 1 " not in on.text
        await on.press("n", "n")
        assert "p. 3 of 4" in on.text
        await on.pilot.resize_terminal(140, 12)
        await on.press("colon")
        await _type(on, "p4")
        await on.press("enter")
        assert "Tamarind of page 4" in on.text
        assert on.app.document.page in (3, 4)


# -- headings and tables ---------------------------------------------------------


@played
async def test_headings_and_tables_of_markdown_are_drawn_without_their_marks(
    tmp_path: Path,
) -> None:
    text = (
        "# Oil\n\nA **bold** word.\n\n## Of gas\n\n| who | what |\n|---|---|\n| a | oil |\n\nEnd.\n"
    )
    async with screen(indexed(written(tmp_path / "docs", {"a.md": text}))) as on:
        await on.ask("oil")
        document = on.app.document
        colour = document._styles["heading"].color
        headed = [part.text for strip in on.strips for part in strip
                  if part.style and part.style.color == colour and "gas" in part.text]  # fmt: skip
        assert headed == ["Of gas"]
        assert "who │ what" in on.text
        assert "a   │ oil" in on.text
        assert not any(mark in on.text for mark in ("**", "##", "|--"))
        assert document.passage is not None
        for start, end in document.passage.spans:
            assert document.passage.text[start:end].lower() == "oil"
        assert len(on.lit(MATCH)) + len(on.lit(CURRENT)) >= 3


# -- the room for reading -----------------------------------------------------------


@played
async def test_z_shows_the_document_alone_in_lines_that_can_be_read(tmp_path: Path) -> None:
    text = "The oil ministry of Libya. " * 60
    async with screen(indexed(written(tmp_path / "docs", {"a.txt": text})), (200, 30)) as on:
        await on.ask("oil")
        await on.press("enter", "z")
        document = on.app.document
        assert (on.app.hits.display, document.display, on.focus) == (False, True, "document")
        assert document.content_size.width <= 101
        left, right = document.region.x, 200 - document.region.right
        assert abs(left - right) <= 4
        await on.press("n", "escape")
        assert (on.app.hits.display, on.focus) == (True, "document")
        await on.press("escape")
        assert on.focus == "hits"
        await on.press("ئ", "z")
        assert on.app.hits.display


@played
async def test_the_border_is_moved_and_stays_where_it_was_left(lines: Path) -> None:
    async with screen(lines) as on:
        await on.ask("row")
        on.app.hits.focus()
        before = on.app.document.size.width
        await on.press("less_than_sign", "less_than_sign")
        wide = on.app.document.size.width
        assert wide > before
        await on.press("full_stop")
        assert before < on.app.document.size.width < wide
        await on.press("comma")
    async with screen(lines) as on:
        await on.ask("row")
        assert on.app.document.size.width == wide
        await on.press("tab", *["greater_than_sign"] * 20)
        assert on.app.document.size.width > 15


@played
async def test_the_border_is_dragged_by_the_mouse_and_stays_where_it_was_left(lines: Path) -> None:
    async with screen(lines) as on:
        await on.ask("row")
        left = on.app.document.region.x
        await drag(on, left, left - 20)
        assert abs(on.app.document.region.x - (left - 20)) <= 1
        assert on.app.document.selected is None
        await drag(on, on.app.document.region.x, 0)
        assert on.app.hits.size.width > 15
        await drag(on, on.app.document.region.x, left - 30)
        left = on.app.document.region.x
    async with screen(lines) as on:
        await on.ask("row")
        assert on.app.document.region.x == left


@played
async def test_beside_the_border_the_mouse_selects_and_no_border_moves(lines: Path) -> None:
    async with screen(lines) as on:
        await on.ask("row")
        left = on.app.document.region.x
        await drag(on, left + 3, left + 12)
        assert on.app.document.region.x == left
        assert on.app.document.selected is not None
        await on.press("enter", "z")
        await drag(on, on.app.document.region.x, on.app.document.region.x + 30)
        await on.press("z")
        assert on.app.document.region.x == left


async def drag(on: Screen, start: int, end: int) -> None:
    """Drag from one column of the screen to another, in the middle of its height."""
    await on.pilot.mouse_down(offset=(start, 15))
    await on.pilot.hover(offset=((start + end) // 2, 15))
    await on.pilot.hover(offset=(end, 15))
    await on.pilot.mouse_up(offset=(end, 15))
    await on.settle()


@pytest.mark.parametrize("stored", ["", "{", "[]", '{"document": "x"}', '{"document": 1e999}'])
def test_sizes_that_are_damaged_are_none(tmp_path: Path, stored: str) -> None:
    (tmp_path / SIZES).write_text(stored)
    assert read_share(tmp_path) is None


def test_stored_sizes_leave_room_for_both_panes(tmp_path: Path) -> None:
    write_share(tmp_path, 4000)
    assert read_share(tmp_path) == MAX_SHARE
    assert (tmp_path / SIZES).stat().st_mode & 0o777 == 0o600


@played
async def test_a_document_is_read_on_thirty_columns_and_eight_rows(lines: Path) -> None:
    async with screen(lines, (30, 8)) as on:
        await on.ask("gas")
        await on.press("enter")
        assert "match 1 of 5" in on.text
        assert on.lit(CURRENT) == ["gas"]
        await on.press("slash")
        await _type(on, "row 4")
        assert "1/11" in on.text
        assert on.lit(CURRENT) == ["row 4"]
        await on.press("escape", "z", "z", "colon", "escape")
        assert len(on.strips) == 8


# -- links ----------------------------------------------------------------------------


@played
async def test_paths_are_links_to_the_users_own_files_and_to_no_others(tmp_path: Path) -> None:
    docs = written(tmp_path / "docs", {"نفط a.txt": "oil"})
    index = indexed(docs)
    async with screen(index) as on:
        await on.ask("oil")
        assert {uri for _, uri in _links(on)} == {file_uri(str(docs / "نفط a.txt"))}
        on.app.panes.roots = None
        await on.ask("oil ")
        assert _links(on) == []


def _links(on: Screen) -> list[tuple[str, str]]:
    return [(part.text, part.style.link) for strip in on.strips for part in strip
            if part.style and part.style.link]  # fmt: skip
