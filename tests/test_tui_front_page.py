"""The page of an empty query: what the index holds, and what Enter opens."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from index.document import Skipped
from search.bidi import layout
from search.desk.saved import SavedSearch
from search.tui.interaction.front_page import causes
from search.tui.widgets.front_page import GUIDE
from tests.commands import indexed, run, written
from tests.piloted import Screen, played, screen

WIDTHS = [30, 50, 60, 80, 100, 120, 160, 200]
NEWS = {
    "wire/2019-03-01 talks.txt": "The railway talks",
    "wire/2021-06-05 oil.txt": "Oil exports",
    "notes/2020-01-02 وزارة.txt": "وزارة النفط في طرابلس",
    "notes/undated.txt": "A note",
    "broken.pdf": b"%PDF-1.7 broken",
    "image.png": b"\x89PNG\r\n\x1a\n" + b"\0" * 64,
}


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return indexed(written(tmp_path_factory.mktemp("front") / "docs", NEWS))


def _words(text: str) -> list[str]:
    """The words of a screen without the edges of its panes."""
    return re.sub(r"[│▃▁▂▄▅▆▇█]", " ", text).split()


def _is_within(part: list[str], whole: list[str]) -> bool:
    return any(whole[at : at + len(part)] == part for at in range(len(whole)))


def _column(on: Screen) -> list[str]:
    """The words of the list's column, and what is below the visible rows."""
    region = on.app.hits.region
    rows = [on.app.hits.render_line(y).text for y in range(region.height)]
    return _words(" ".join(rows))


@pytest.mark.parametrize("width", WIDTHS)
@played
async def test_the_first_page_says_every_word_at_any_width(news: Path, width: int) -> None:
    async with screen(news, (width, 70)) as on:
        words = _column(on)
        for what, means in GUIDE:
            assert _is_within(what.split(), words), what
            assert _is_within(means.split(), words), means
        page = on.app.hits.page
        assert page is not None
        assert len(page.left_out) == 2
        for cause, count in page.left_out:
            assert _is_within([*cause.split(), str(count)], words), cause


@pytest.mark.parametrize("width", WIDTHS)
@played
async def test_the_advice_when_nothing_is_found_is_whole_at_any_width(
    news: Path, width: int
) -> None:
    async with screen(news, (width, 40)) as on:
        await on.ask("hkt' lang:en")
        words = _column(on)
        advice = "Try fewer or other words, or take a filter out of the query."
        assert _is_within(advice.split(), words)


@played
async def test_the_first_page_counts_what_the_index_holds(news: Path) -> None:
    async with screen(news, (60, 60)) as on:
        assert _is_within(["Language"], _words(on.text))
        for counts in ("en 3", "ar 1", "text 4", "2021 1", "no date 1", "docs/wire 2"):
            assert _is_within(counts.split(), _words(on.text)), counts
        assert re.search(r"Last indexed +\d{4}-\d\d-\d\d \d\d:\d\d", on.text)


@played
async def test_the_filters_beside_the_first_page_count_all_documents(news: Path) -> None:
    async with screen(news, (140, 40)) as on:
        assert "2021" in on.text
        assert "text 4" not in on.text.replace("\u00a0", " ")  # counted in the filters alone
        on.app.panes.side.focus()
        await on.settle()
        await on.press("enter")
        assert on.query == "lang:en"
        await on.ask("")
        assert on.app.panes.side._entries


@played
async def test_enter_opens_the_newest_document_and_escape_returns(news: Path) -> None:
    async with screen(news, (80, 40)) as on:
        await on.press("enter")
        assert on.focus == "query"
        await on.press("down", "enter")
        assert on.focus == "document"
        assert "Oil exports" in on.text
        await on.press("escape")
        assert on.focus == "hits"
        await on.press("j", "enter")
        assert on.title.startswith("2020-01-02")
        assert on.app.document.passage is not None
        assert "طرابلس" in on.app.document.passage.text


@played
async def test_a_document_of_the_first_page_is_marked_and_copied_like_a_hit(news: Path) -> None:
    async with screen(news, (140, 40)) as on:
        await on.press("down")
        on.app.hits.focus()
        await on.press("space", "y")
        assert on.app.clipboard.endswith("2021-06-05 oil.txt")


@played
async def test_typing_leaves_the_first_page_and_an_empty_box_returns_to_it(news: Path) -> None:
    async with screen(news, (80, 40)) as on:
        await on.press("down", "down")
        await on.press(*"railway")
        assert on.app.hits.row == 0
        assert on.title.startswith("2019-03-01")
        await on.press(*["backspace"] * 7)
        assert on.app.hits.hit is None
        assert "The newest documents" in on.text


@played
async def test_a_click_on_the_first_page_selects_and_a_second_one_reads(news: Path) -> None:
    async with screen(news, (80, 40)) as on:
        row = next(y for y, line in enumerate(on.text.splitlines()) if "oil.txt" in line)
        top = on.app.hits.region.y
        await on.click("#hits", 6, row - top, times=2)
        assert on.focus == "document"


@played
async def test_a_saved_search_on_the_first_page_is_run(news: Path) -> None:
    async with screen(news, (80, 40)) as on:
        page = on.app.hits.page
        assert page is not None
        on.app.hits.show_page(replace(page, saved=[(SavedSearch("the talks", "railway"), 3)]))
        await on.settle()
        assert "the talks · 3 new" in on.text
        await on.press("down", "enter")
        assert on.query == "railway"


@played
async def test_saved_searches_are_listed_with_the_number_of_their_new_hits(tmp_path: Path) -> None:
    folder = written(tmp_path / "docs", {"a.txt": "railway"})
    async with screen(indexed(folder), (80, 40)) as on:
        on.app.session.save_search("rails", "railway")
        written(folder, {"b.txt": "railway again"})
        on.app.action_refresh_folders()
        await on.settle()
        await on.ask("x")
        await on.ask("")
        assert "rails · 1 new" in on.text
        titles = [command.title for command in on.app.commands()]
        assert "Saved search: rails (1 new)" in titles
        page = on.app.hits.page
        assert page is not None
        await on.press("down", "down")
        before = on.app.hits.document
        on.app.hits.show_page(replace(page, saved=[]))
        assert on.app.hits.document == before


@played
async def test_a_new_commit_is_on_the_page_once_the_index_is_opened_again(tmp_path: Path) -> None:
    folder = written(tmp_path / "docs", {"a.txt": "oil"})
    index = indexed(folder)
    async with screen(index, (80, 40)) as on:
        written(folder, {"2024-01-01 new.txt": "gas"})
        assert run("index", "--index", index, "-q").code == 0
        on.app.session.open()
        await on.ask("oil")
        await on.ask("")
        assert "2024-01-01 new.txt" in on.text


def test_reasons_that_differ_in_a_figure_or_a_name_have_one_cause() -> None:
    skipped = [
        Skipped("a", "80 MB, and 64 MB is the limit: see --max-size"),
        Skipped("b", "1.5 MB, and 1 MB is the limit: see --max-size"),
        Skipped("c", "a link to /etc, outside the folder"),
        Skipped("d", "may not be opened: permission denied", problem=True),
        Skipped("e", "pages 3, 7–9 are pictures: they need OCR", problem=True),
        Skipped("f", "page 12 is a picture: it needs OCR", problem=True),
    ]
    found = dict(causes(skipped))
    assert found["too large"] == 2
    assert found["a link out of the folder"] == 1
    assert list(found)[:1] == ["may not be opened"]


def test_a_reason_cannot_command_the_terminal() -> None:
    ((cause, _),) = causes([Skipped("a", "\x1b[31mred\u202e", problem=True)])
    assert not any(char in cause for char in "\x1b\u202e")
    assert layout(cause, (), 80)
