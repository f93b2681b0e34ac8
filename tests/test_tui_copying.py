"""The interactive screen: what is copied, and what is said about it."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from commands import indexed, written

from search.bidi import without_controls
from search.terminal.clipboard import Tool
from search.tui.widgets.card import GUTTER, HEIGHT
from tests.piloted import Screen, played, screen


@played
async def test_the_message_names_the_program_that_copied(
    seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "xclip"
    program.write_text(f"#!/bin/sh\n/bin/cat > {tmp_path}/got\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    async with screen(seeds, tools=(Tool("xclip", (), lambda _: True),)) as on:
        await on.ask("القنصلية")
        await on.press("enter", "y")
        assert on.toasts == ["path copied by xclip"]
        assert on.app.hits.hit is not None
        assert (tmp_path / "got").read_text("utf-8") == on.app.hits.hit.path
        await on.press("Y")
        assert on.toasts[-1] == "passage with its source copied by xclip"


@played
async def test_a_copy_that_only_the_terminal_got_can_be_written_to_a_file(
    seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    async with screen(seeds) as on:
        await on.ask("القنصلية")
        await on.press("enter", "D")
        assert on.toasts == ["nothing was copied yet: y, Y or a selection and Ctrl+C"]
        await on.press("Y")
        assert on.toasts[-1].endswith("sent to the terminal; D writes it to a file")
        await on.press("D")
        (file,) = tmp_path.iterdir()
        assert on.toasts[-1] == f"written to {file}"
        assert file.read_text("utf-8") == on.app.clipboard + "\n"


@played
async def test_a_file_that_cannot_be_written_is_said(
    seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "gone"))
    async with screen(seeds) as on:
        await on.ask("القنصلية")
        await on.press("enter", "y", "D")
        assert on.toasts[-1] == "not written: No such file or directory"


@played
async def test_ctrl_c_copies_what_is_selected_in_the_box_and_quits_otherwise(seeds: Path) -> None:
    async with screen(seeds) as on:
        await on.ask("truce libya")
        await on.press("ctrl+shift+left", "ctrl+c")
        assert on.app.clipboard == "libya"
        assert on.app.is_running
        await on.press("end", "ctrl+c")
        assert not on.app.is_running


# -- selected text -----------------------------------------------------------------

MIXED = "قالت وزارة النفط (NOC) إن 2021 كان عاما جيدا.\n\nThe oil ministry said so: النفط غال.\n"


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return indexed(written(tmp_path_factory.mktemp("mixed") / "docs", {"mixed.txt": MIXED}))


async def _drag(
    on: Screen, start: tuple[int, int], end: tuple[int, int], pane: str = "#document"
) -> None:
    """Press the button on a cell of a pane, and let it go on another one."""
    await on.pilot.mouse_down(pane, offset=start)
    await on.pilot.hover(pane, offset=end)
    await on.settle()
    await on.pilot.mouse_up(pane, offset=end)
    await on.settle()


def _drawn(on: Screen) -> str:
    """What is drawn as selected in the document, as letters in the order of the screen."""
    look = on.app.document.get_component_rich_style("document--selected").bgcolor
    return "".join(
        segment.text for strip in on.strips for segment in strip
        if segment.style and segment.style.bgcolor == look
    )  # fmt: skip


@pytest.mark.parametrize("environ", [{"TERM": "xterm"}, {"TERM": "xterm-kitty"}])
@played
async def test_what_is_dragged_over_is_copied_as_it_was_written(
    mixed: Path, environ: dict[str, str]
) -> None:
    async with screen(mixed, environ=environ) as on:
        await on.ask("النفط")
        width, english = on.app.document.size.width, len(on.app.document.rows) + 2
        last = on.app.document.content_size.width + 2
        await _drag(on, (last, 4), (last - 3, 4))
        assert on.app.screen.get_selected_text() == "قالت"
        assert unicodedata.normalize("NFKC", _drawn(on)) in ("قالت", "تلاق")
        await on.press("ctrl+c")
        assert on.app.clipboard == "قالت"
        assert on.toasts[-1].startswith("selected text sent to the terminal")
        assert not on.app.screen.selections
        await _drag(on, (last - 11, 4), (width - 3, english))
        assert on.app.screen.get_selected_text() == MIXED[MIXED.index("النفط") : -1]


@played
async def test_a_double_click_selects_a_word_and_a_triple_one_its_paragraph(mixed: Path) -> None:
    async with screen(mixed) as on:
        await on.ask("النفط")
        english = len(on.app.document.rows) + 2
        await on.click("#document", 8, english, times=2)
        assert on.app.screen.get_selected_text() == "oil"
        await on.press("y")
        assert on.app.clipboard == "oil"
        await on.click("#document", 8, english, times=3)
        assert on.app.screen.get_selected_text() == MIXED.split("\n")[2]
        await on.click("#document", 8, english)
        assert not on.app.screen.selections


@played
async def test_keys_select_the_match_its_paragraph_and_words_beside_it(mixed: Path) -> None:
    async with screen(mixed) as on:
        await on.ask("النفط")
        await on.press("enter", "v")
        assert on.app.screen.get_selected_text() == "النفط"
        await on.press("shift+left")  # forward in Arabic
        assert on.app.screen.get_selected_text() == "النفط (NOC)"
        await on.press("right", "shift+down")
        assert on.app.screen.get_selected_text().startswith("النفط (NOC)")
        await on.press("escape")
        assert not on.app.screen.selections
        assert on.focus == "document"
        await on.press("ر", "v")
        assert on.app.screen.get_selected_text() == MIXED.split("\n", maxsplit=1)[0]
        await on.press("y")
        assert on.app.clipboard == MIXED.split("\n", maxsplit=1)[0]
        await on.press("y")
        assert on.app.clipboard.endswith("mixed.txt")


@played
async def test_another_document_has_nothing_selected(seeds: Path) -> None:
    async with screen(seeds) as on:
        await on.ask("russia")
        await on.press("enter", "v", "j")
        assert on.app.screen.selections
        await on.press("escape", "escape", "down")
        assert not on.app.screen.selections


@pytest.mark.parametrize("size", [(140, 40), (80, 20)])
@played
async def test_a_message_covers_neither_the_status_line_nor_the_box(
    seeds: Path, size: tuple[int, int]
) -> None:
    async with screen(seeds, size) as on:
        await on.ask("russia")
        box, *_, status, hints = on.text.splitlines()[1:]
        await on.press("enter", "y")
        rows = on.text.splitlines()
        shown = [y for y, row in enumerate(rows) if "path sent" in row]
        assert shown
        assert 2 < min(shown) < 8
        assert (rows[1], rows[-2]) == (box, status)
        assert hints != rows[-1]


@played
async def test_text_of_a_card_is_selected_and_no_more_than_of_that_card(mixed: Path) -> None:
    async with screen(mixed) as on:
        await on.ask("ministry")
        list_width = on.app.hits.scrollable_content_region.width
        await _drag(on, (GUTTER, 1), (list_width - 1, 30), "#hits")
        hit = on.app.hits.hit
        assert hit is not None
        copied = on.app.screen.get_selected_text()
        assert copied is not None
        assert hit.snippets[0].text in copied
        assert "mixed.txt" in copied
        await on.press("ctrl+c")
        assert on.app.clipboard == without_controls(copied)
        look = on.app.hits.get_component_rich_style("hits--swept").bgcolor
        assert not on.lit(look.name if look else "")


@played
async def test_a_drag_in_the_list_reads_nothing_and_another_query_deselects(seeds: Path) -> None:
    async with screen(seeds) as on:
        await on.ask("russia")
        row = on.app.hits.row
        await _drag(on, (GUTTER, HEIGHT + 1), (GUTTER + 9, HEIGHT + 1), "#hits")
        assert on.app.screen.get_selected_text()
        look = on.app.hits.get_component_rich_style("hits--swept").bgcolor
        assert on.lit(look.name if look else "")
        assert (on.app.hits.row, on.focus) == (row, "hits")
        await on.ask("oil")
        assert not on.app.screen.selections


@played
async def test_a_drag_over_what_is_no_text_selects_nothing(seeds: Path) -> None:
    async with screen(seeds) as on:
        await on.ask("russia")
        for pane in ("#status", "#hints", "#filters", "#query"):
            await _drag(on, (3, 0), (20, 0), pane)
            assert not on.app.screen.get_selected_text()
