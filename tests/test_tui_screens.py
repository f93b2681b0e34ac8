"""The interactive screen at several sizes, with documents that mean harm, and as pictures in text.

The pictures are in ``tests/screens``; ``DALIL_SCREENS=write`` in the environment of the tests
writes them again; read them before you commit them.
"""

from __future__ import annotations

import json
import os
import re
import unicodedata
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.color import Color, ColorSystem
from textual.strip import Strip

from search.bidi import base_rtl
from search.tui.widgets.card import GUTTER, HEIGHT
from search.tui.widgets.side_panel import SidePanel
from search.tui.widgets.status_line import StatusLine
from tests.commands import indexed, written
from tests.piloted import Screen, played, screen

pytestmark = pytest.mark.slow

PICTURES = Path(__file__).with_name("screens")
NEWS = {
    "wire/one.txt": "Oil ministry\n\nThe oil ministry met the railway board. " * 6,
    "wire/two.txt": "The ministry of oil said nothing of oil prices.",
    "notes/ar.txt": "وزارة النفط\n\nقالت وزارة النفط إن أسعار النفط oil ارتفعت 5% في طرابلس.",
    "notes/ar2.txt": "اجتمع الوزير مع شركة oil في طرابلس (ليبيا) يوم 12 مايو.",
}
HOSTILE = {
    "escapes.jsonl": json.dumps(
        {
            "id": "e",
            "title": "",
            "text": "trap \x00nul \x1b[31mred\x1b[0m \x1b]0;owned\x07 \x1b[2J\x1b[8h \x9b3",
        }
    ),
    "bidi.txt": "trap \u202eevil\u202c \u2066iso\u2069 \u200f\u200e\u061c ليبيا \u202dover",
    "zero.txt": "trap \u200b\u200c\u200d\ufeff\u00ad\u2060 x\u0301\u0302" + "\u0301" * 500,
    "long.txt": "trap " + "x" * 100_000,
    "long-ar.txt": "trap " + "ليبيا" * 20_000 + " trap",
    "emoji.txt": "trap 👨‍👩‍👧‍👦 👍🏽 🇱🇾 ❤️ 漢字 " * 40,
    "tabs.txt": "trap\t\ttabs\x0b\x0c\r\nlines\u2028para\u2029 trap\r trap\u0085",
    "markup.txt": "trap [bold red]no[/] [/] [link=x] \\[ :smile: {x} %s",
    "marks.txt": "\u064b\u0301 trap الْحُكُومَةُ لَا إِلَٰه",
    "na\x1b[31mme [b]\u202e.txt": "trap",
    "titled.jsonl": '{"id": "\\u001b[31m\\u202e", "title": "trap \\u001b[5m\\u202e[b]\\u0000",'
    ' "text": "trap\\u0000"}\n',
}


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = written(tmp_path_factory.mktemp("news") / "docs", NEWS)
    for n, file in enumerate(sorted(folder.rglob("*.txt"))):
        os.utime(file, (1.6e9 + n * 1e6,) * 2)
    return indexed(folder)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return indexed(written(tmp_path_factory.mktemp("hostile") / "docs", HOSTILE))


# -- names -------------------------------------------------------------------------


@played
async def test_the_status_line_has_each_count_behind_its_name(news: Path) -> None:
    async with screen(news, (120, 24)) as on:
        on.app.status.show("2 documents", "libya: also ليبيا (16), لليبيا (5)")
        await on.settle()
        assert on.text.split("\n")[-2].strip() == "2 documents · libya: also ﺎﻴﺒﻴﻟ (16), ﺎﻴﺒﻴﻠﻟ (5)"


@played
async def test_a_status_line_that_is_cut_keeps_what_is_left_in_order(news: Path) -> None:
    async with screen(news, (40, 24)) as on:
        on.app.status.show("libya: also ليبيا (16), لليبيا (5), Lybia (3)")
        await on.settle()
        assert on.text.split("\n")[-2].strip() == "libya: also ﺎﻴﺒﻴﻟ (16), ﺎﻴﺒﻴﻠﻟ (5),…"


# -- sizes -------------------------------------------------------------------------


def _panes(on: Screen) -> list[str]:
    panes = (on.app.query_one(SidePanel), on.app.hits, on.app.document)
    return [str(pane.id) for pane in panes if pane.display and pane.region.width > 10]


@pytest.mark.parametrize(
    ("width", "panes"),
    [
        (40, ["hits"]),
        (60, ["hits"]),
        (80, ["hits"]),
        (100, ["hits", "document"]),
        (140, ["filters", "hits", "document"]),
    ],
)
@played
async def test_panes_are_those_there_is_room_for(news: Path, width: int, panes: list[str]) -> None:
    async with screen(news, (width, 24)) as on:
        await on.ask("oil")
        assert _panes(on) == panes
        _whole(on)
        await on.press("enter")
        assert _panes(on) == (panes if width >= 100 else ["document"])
        assert on.focus == "document"
        assert "match 1 of" in on.text
        _whole(on)
        await on.press("escape")
        assert (_panes(on), on.query) == (panes, "oil")


@played
async def test_panes_come_and_go_while_the_screen_is_resized(news: Path) -> None:
    async with screen(news, (140, 24)) as on:
        await on.ask("oil")
        await on.press("down", "enter", "n")
        title, match = on.title, on.app.document.count
        for width in (100, 80, 59, 20, 5, 80, 141):
            await on.pilot.resize_terminal(width, 24)
            await on.settle()
            _whole(on)
            assert on.app.focused is not None
            assert on.app.focused.display
        assert _panes(on) == ["filters", "hits", "document"]
        assert (on.title, on.app.document.count, on.query) == (title, match, "oil")
        for height in (24, 8, 3, 1, 24):
            await on.pilot.resize_terminal(100, height)
            await on.settle()
            _whole(on)


@played
async def test_reading_where_there_is_no_room_for_two_goes_on_when_there_is(news: Path) -> None:
    async with screen(news, (80, 24)) as on:
        await on.ask("oil")
        await on.press("enter")
        await on.pilot.resize_terminal(120, 24)
        await on.settle()
        assert _panes(on) == ["filters", "hits", "document"]
        assert on.focus == "document"


@played
async def test_keys_show_and_hide_the_panes(news: Path) -> None:
    async with screen(news, (140, 24)) as on:
        await on.ask("oil")
        await on.press("enter", "f")
        assert _panes(on) == ["hits", "document"]
        await on.press("p")
        assert _panes(on) == ["hits"]
        assert on.focus == "hits"
        await on.press("p", "f")
        assert _panes(on) == ["filters", "hits", "document"]
        await on.pilot.resize_terminal(80, 24)
        await on.settle()
        await on.press("f")
        assert (_panes(on), on.focus) == (["filters"], "filters")
        await on.press("enter")
        assert on.query.startswith("oil lang:")
        await on.press("space", "escape")
        assert (_panes(on), on.focus, on.query) == (["hits"], "hits", "oil")
        await on.press("f", "f", "p")
        assert _panes(on) == ["document"]
        await on.press("p")
        assert _panes(on) == ["hits"]


@played
async def test_a_terminal_that_reorders_rows_has_one_pane_to_a_row(news: Path) -> None:
    async with screen(news, (140, 40), {"TERM": "xterm", "TERM_PROGRAM": "Apple_Terminal"}) as on:
        await on.ask("oil")
        assert on.app.hits.region.bottom <= on.app.document.region.y
        assert "النفط" in on.text
        _whole(on)


@pytest.mark.parametrize("width", [40, 60, 80, 100, 140])
@played
async def test_every_hit_in_sight_shows_its_match(news: Path, width: int) -> None:
    async with screen(news, (width, 40)) as on:
        for query in ("railway", "طرابلس"):
            await on.ask(query)
            for row in range(len(on.app.listing or ())):
                lines = _card(on, row)
                assert any(s.style and s.style.bgcolor and s.style.bgcolor.name == "#f0e442"
                           for line in lines for s in line)  # fmt: skip


def _card(on: Screen, row: int) -> list[Strip]:
    """The card of a hit that is not chosen."""
    cards = on.app.hits._cards
    assert cards is not None
    return cards.card(row, selected=False)


# -- looks --------------------------------------------------------------------------


def _grounds(on: Screen, pane: str, first: int, last: int) -> list[str]:
    """What the cells of some rows of a pane stand on, in their order and but for matches."""
    region = on.app.query_one(pane).scrollable_content_region
    rows = on.app.screen._compositor.render_strips()[region.y + first : region.y + last]
    cut = [strip.crop(region.x, region.right) for strip in rows]
    grounds = [str(part.style.bgcolor.name) for strip in cut for part in strip
               if part.style and part.style.bgcolor]  # fmt: skip
    return [ground for ground in grounds if ground != "#f0e442"]


@played
async def test_the_chosen_hit_stands_on_one_ground(news: Path) -> None:
    async with screen(news, (140, 24)) as on:
        await on.ask("oil")
        chosen = on.app.hits.get_component_rich_style("hits--selected")
        assert chosen.bgcolor
        assert set(_grounds(on, "#hits", 0, HEIGHT - 1)) == {chosen.bgcolor.name}
        assert chosen.bgcolor.name not in _grounds(on, "#hits", HEIGHT, 2 * HEIGHT)


@played
async def test_the_chosen_filter_stands_on_one_ground(news: Path) -> None:
    async with screen(news, (140, 24)) as on:
        await on.ask("oil lang:ar")
        on.app.query_one(SidePanel).focus()
        await on.settle()
        chosen = on.app.query_one(SidePanel).get_component_rich_style("filters--selected")
        assert chosen.bgcolor
        row = next(n for n, line in enumerate(on.text.splitlines()) if "▸" in line)
        top = on.app.query_one(SidePanel).scrollable_content_region.y
        assert set(_grounds(on, "#filters", row - top, row - top + 1)) == {chosen.bgcolor.name}


@pytest.mark.parametrize("system", ColorSystem)
@played
async def test_what_is_lit_can_be_read_with_any_number_of_colours(
    news: Path, system: ColorSystem
) -> None:
    async with screen(news) as on:
        await on.ask("oil")
        for pane, name in (("#hits", "hits--match"), ("#document", "document--match"),
                           ("#document", "document--current")):  # fmt: skip
            look = on.app.query_one(pane).get_component_rich_style(name)
            assert look.color
            assert look.bgcolor
            letters, ground = (
                _light(color.downgrade(system)) for color in (look.color, look.bgcolor)
            )
            assert (max(letters, ground) + 0.05) / (min(letters, ground) + 0.05) >= 4.5


def _light(color: Color) -> float:
    """The relative luminance of WCAG 2.1, which asks for a contrast of 4.5."""
    parts = [part / 255 for part in color.get_truecolor()]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


LONG = {
    "long.jsonl": "\n".join(
        json.dumps({"id": str(n), "title": title, "text": "oil النفط"})
        for n, title in enumerate(["The ministry " * 20, "وزارة النفط " * 20])
    ),
    f"{'name' * 30}.txt": "oil",
    "plain-name.txt": "النفط في طرابلس oil",
}


@pytest.mark.parametrize("width", [80, 120, 200])
@played
async def test_a_title_that_is_cut_says_so(tmp_path: Path, width: int) -> None:
    async with screen(indexed(written(tmp_path / "docs", LONG)), (width, 24)) as on:
        await on.ask("oil")
        titles = {}
        for row in range(len(on.app.listing or ())):
            drawn = _card(on, row)[0].text[GUTTER:]
            titles[drawn.strip()[:4]] = drawn
        assert titles.pop("plai" if "plai" in titles else "").strip() == "plain-name.txt"
        assert len(titles) == 3
        arabic = next(title for title in titles.values() if base_rtl(title))
        assert arabic.lstrip().startswith("…")
        assert all(t.rstrip().endswith("…") for t in titles.values() if t is not arabic)


@played
async def test_a_hit_has_one_edge(tmp_path: Path) -> None:
    """A file's name and path stand where its passage begins, whatever letters they are in."""
    async with screen(indexed(written(tmp_path / "docs", LONG)), (200, 24)) as on:
        await on.ask("oil")
        for row in range(len(on.app.listing or ())):
            title, passage, _, where = _card(on, row)
            if "plain-name" in title.text:
                assert not title.text.endswith(" ")
                assert not passage.text.endswith(" ")
                assert not where.text.endswith(" ")
            elif "name" in title.text:
                assert not title.text[GUTTER:].startswith(" ")
                assert not where.text[GUTTER:].startswith(" ")


@pytest.mark.parametrize("width", [80, 120, 200])
@played
async def test_the_keys_are_told_whole(news: Path, width: int) -> None:
    async with screen(news, (width, 24)) as on:
        hints = on.app.query_one("#hints", StatusLine)
        assert on.text.splitlines()[-1].strip() == hints.text
        await on.ask("oil")
        await on.press("enter")
        assert on.text.splitlines()[-1].strip() == hints.text


# -- documents that mean harm ------------------------------------------------------


def _whole(on: Screen) -> None:
    """Every row is as wide as the screen, and no control or format character is sent."""
    assert len(on.strips) == on.app.size.height
    for strip in on.strips:
        assert sum(cell_len(segment.text) for segment in strip) == on.app.size.width
        for segment in strip:
            assert not segment.control
            categories = {unicodedata.category(char) for char in segment.text}
            assert not categories & {"Cc", "Cf", "Cs", "Zl", "Zp"}, segment.text


@pytest.mark.parametrize("environ", [{"TERM": "xterm"}, {"TERM": "xterm-kitty"}, {"TERM": "dumb"}],
                         ids=["visual", "words", "logical"])  # fmt: skip
@pytest.mark.parametrize("width", [60, 140])
@played
async def test_no_document_breaks_a_row(hostile: Path, width: int, environ: dict[str, str]) -> None:
    async with screen(hostile, (width, 30), environ) as on:
        await on.ask("trap")
        assert on.app.listing is not None
        assert on.app.listing.total == len(HOSTILE)
        on.app.hits.focus()
        for _ in HOSTILE:
            _whole(on)
            await on.press("enter")
            _whole(on)
            await on.press("n", "pagedown", "G")
            _whole(on)
            await on.press("escape", "down")


@pytest.mark.parametrize(
    "query", ["\u202e", "\t", "\x1b[31m", "👨‍👩‍👧‍👦 👍🏽", *[*HOSTILE.values()][1:3]]
)
@played
async def test_no_query_breaks_a_row(hostile: Path, query: str) -> None:
    async with screen(hostile, (80, 24)) as on:
        await on.ask(query)
        _whole(on)
        for x in range(0, 78, 7):
            await on.click("#query", x, 0)
        _whole(on)
        await on.press("enter", "escape", "slash", "home", "right", "left", "ctrl+r")
        _whole(on)


@played
async def test_what_is_copied_of_a_hostile_document_cannot_command_a_terminal(
    hostile: Path,
) -> None:
    async with screen(hostile) as on:
        await on.ask("trap red")
        await on.press("enter", "Y")
        assert not any(unicodedata.category(c) in ("Cc", "Cf") and c != "\n"
                       for c in on.app.clipboard)  # fmt: skip


# -- pictures ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "size", "query", "keys"),
    [
        ("wide-english", (130, 24), "oil", []),
        ("wide-arabic", (120, 24), "النفط", ["enter", "n"]),
        ("narrow-list", (60, 20), "oil طرابلس", []),
        ("narrow-document", (80, 16), "طرابلس oil", ["enter"]),
        ("beginning", (60, 20), "", []),
        ("nothing", (80, 20), "oil lang:ar path:wire", []),
        ("narrow-filters", (80, 24), "oil", ["enter", "escape", "f"]),
        ("help", (100, 44), "", ["f1"]),
    ],
)
@played
async def test_the_screen_is_as_in_its_picture(
    news: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    size: tuple[int, int],
    query: str,
    keys: list[str],
) -> None:
    monkeypatch.chdir(news.with_name("docs"))
    async with screen(news, size) as on:
        on.app.box.cursor_blink = False
        await on.ask(query)
        await on.press(*keys)
        seen = re.sub(r"\b\d+ ms\b", "N ms", on.text) + "\n"
        seen = re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d", "YYYY-MM-DD HH:MM", seen)
    picture = PICTURES / f"{name}.txt"
    if os.environ.get("DALIL_SCREENS") == "write":
        PICTURES.mkdir(exist_ok=True)
        picture.write_text(seen, "utf-8")
    assert seen == picture.read_text("utf-8")
