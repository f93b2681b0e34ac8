"""The interactive screen: what its keys and clicks do, by what is seen and chosen then."""

from __future__ import annotations

import gc
import os
import re
import subprocess
import threading
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from rich.console import Console
from textual._compositor import Compositor
from textual.events import MouseScrollDown
from textual.strip import Strip
from textual.widget import Widget

from index.errors import IndexCorrupt
from search import Hit, Searcher
from search.hits.lazy_results import LazyResults
from search.options import Options
from search.tui.app import DalilApp
from search.tui.citation import citation
from search.tui.history import History
from search.tui.keys import ACTIONS, TWINS
from search.tui.kinds import kinds
from search.tui.query_edit import toggled
from search.tui.search_controller import SearchController
from search.tui.search_session import WARMING, SearchSession
from search.tui.widgets.card import HEIGHT, Card
from search.tui.widgets.help import Help
from search.tui.widgets.query_box import QueryBox
from search.tui.widgets.side_panel import SidePanel, entries
from search.tui.widgets.welcome import Welcome
from tests.commands import PROJECT, indexed, written
from tests.piloted import Screen, played, screen

MATCH, CURRENT = "#f0e442", "#d55e00"
LIBYA = "الدبيبة"
BOTH = "libya روسيا"
"""Found in documents of both languages."""


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tui") / "seeds"
    for file in (PROJECT / "seeds").rglob("*"):
        if file.is_file():
            to = folder / file.relative_to(PROJECT / "seeds")
            to.parent.mkdir(parents=True, exist_ok=True)
            to.write_bytes(file.read_bytes())
    return indexed(folder)


@pytest.fixture(autouse=True)
def _no_history(request: pytest.FixtureRequest) -> None:
    if "seeds" in request.fixturenames:
        index: Path = request.getfixturevalue("seeds")
        (index / "history.txt").unlink(missing_ok=True)


# -- what is typed, and what is found ----------------------------------------------


@pytest.mark.parametrize(
    ("query", "title", "lit"),
    [
        ("railway", "railway", "railway"),
        ("ليبيا القنصلية", "القنصلية المؤجلة في بنغازي", "ﺔﻴﻠﺼﻨﻘﻟﺍ"),
    ],
)
@played
async def test_a_query_shows_hits_with_their_matches_lit(
    seeds: Path, query: str, title: str, lit: str
) -> None:
    async with screen(seeds) as on:
        await on.ask(query)
        assert title.lower() in on.title.lower()
        assert on.app.listing is not None
        assert f"{on.app.listing.total} documents" in on.text
        assert lit in [part.lower() for part in on.lit(MATCH)]


@played
async def test_hits_appear_while_the_query_is_typed(seeds: Path) -> None:
    async with screen(seeds) as on:
        for key, found in (("o", 0), ("i", 0), ("l", 1)):
            await on.press(key)
            assert on.app.listing is not None
            assert (on.app.listing.total > 0) == bool(found)
        await on.press(*["backspace"] * 3)
        assert on.app.listing is None
        assert "type a word" in on.text


@played
async def test_what_answers_have_drawn_is_let_go_while_nobody_types(seeds: Path) -> None:
    def strips() -> int:
        return sum(isinstance(one, Strip) for one in gc.get_objects())

    async with screen(seeds) as on:
        gc.disable()
        try:
            left = []
            for query in ["railway", "libya", LIBYA] * 3:
                await on.ask(query)
                left.append(strips())
            assert max(left[3:]) < 1.5 * max(left[:3])
        finally:
            gc.enable()


@played
async def test_enter_before_the_answer_is_there_reads_it_when_it_comes(seeds: Path) -> None:
    async with screen(seeds) as on:
        on.app.box.fill("railway")
        await on.pilot.pause()
        on.app.listing = None
        on.app.action_read()
        on.app._search()
        await on.settle()
        assert on.focus == "document"


@played
async def test_nothing_found_is_said(seeds: Path) -> None:
    async with screen(seeds) as on:
        await on.ask("qqqqqq")
        assert on.app.hits.hit is None
        assert "nothing found" in on.app.status.text
        await on.press("tab", "tab", "enter", "n", "j", "G", "y", "Y", "e", "o")
        assert on.app.is_running


@played
async def test_an_answer_that_comes_too_late_is_dropped(seeds: Path) -> None:
    asked: list[str] = []
    gate = threading.Event()
    look = Searcher.look

    def slow(searcher: Searcher, text: str, *more: Any) -> LazyResults:
        if text != WARMING:
            asked.append(text)
        if text == "libya":
            gate.wait(5)
        return look(searcher, text, *more)

    with patch.object(Searcher, "look", slow):
        async with screen(seeds) as on:
            on.app.box.fill("libya")
            for _ in range(500):
                if asked:
                    break
                await on.pilot.pause(0.01)
            for query in ("railways", "railway"):
                on.app.box.fill(query)
                await on.pilot.pause(0.05)
            gate.set()
            await on.settle()
            assert on.app.listing is not None
            assert on.app.listing.query == "railway"
            assert asked == ["libya", "railway"]  # what nobody waits for is not looked for


@played
async def test_an_answer_is_found_and_drawn_before_the_pause_is_over_and_shown_then(
    seeds: Path,
) -> None:
    drawn: list[tuple[int, bool]] = []
    draw = Card.drawn

    async with screen(seeds) as on:

        def noted(card: Card, hit: Hit, share: float) -> list[Strip]:
            drawn.append((card.rank, on.app.listing is not None))
            return draw(card, hit, share)

        with patch("search.tui.search_controller.PAUSE", 0.5), patch.object(Card, "drawn", noted):
            on.app.box.fill("railway")
            while not drawn:
                await on.pilot.pause(0.01)
            assert on.app.listing is None
            assert "railway" not in on.text.splitlines()[5]
            await on.settle()
        assert on.app.listing is not None
        assert on.app.hits.hit is not None
        assert drawn == [(rank, False) for rank in range(1, len(drawn) + 1)]  # each once


@played
async def test_an_answer_that_was_found_in_the_pause_is_dropped_with_the_next_key(
    seeds: Path,
) -> None:
    shown: list[str] = []
    answered = DalilApp.on_inquiry_answered

    def noted(app: DalilApp, event: SearchController.Answered) -> None:
        shown.append(event.listing.query if event.listing else "")
        answered(app, event)

    with patch.object(DalilApp, "on_inquiry_answered", noted):
        async with screen(seeds) as on:
            with patch("search.tui.search_controller.PAUSE", 60):
                on.app.box.fill("oil")
                while on.app.hits._ahead is None:
                    await on.pilot.pause(0.01)
            on.app.box.fill("railway")
            await on.settle()
    assert shown == ["railway"]


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
async def test_the_screen_is_there_before_the_index_is_open(seeds: Path) -> None:
    gate = threading.Event()
    open_ = SearchSession.open

    def slow(session: SearchSession) -> int:
        gate.wait(5)
        return open_(session)

    with patch.object(SearchSession, "open", slow), patch("search.tui.search_controller.PAUSE", 0):
        app = DalilApp(seeds, _plan())
        async with app.run_test(size=(100, 20)) as pilot:
            on = Screen(app, pilot)
            assert "opening the index" in on.text
            await pilot.press(*"oil")
            assert on.query == "oil"
            gate.set()
            await on.settle()
            assert app.listing is not None
            assert app.listing.query == "oil"


def _plan() -> Any:
    from search.bidi import terminal_plan  # noqa: PLC0415

    return terminal_plan({"TERM": "xterm"}, screen=True, tty=True)


@played
async def test_the_status_names_the_index_and_the_files_that_are_gone(tmp_path: Path) -> None:
    folder = written(tmp_path / "docs", {"a.txt": "oil", "b.txt": "more oil"})
    index = indexed(folder)
    (folder / "a.txt").unlink()
    async with screen(index) as on:
        assert on.app.status.text.startswith("2 documents")
        await on.ask("oil")
        assert "1 file missing" in on.app.status.text
        assert on.app.status.text.endswith("index docs-index")
        assert "missing" in on.text


# -- moving ------------------------------------------------------------------------


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
        before = on.app.document.current
        await on.press("enter")
        assert on.app.document.current == before + 1


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
async def test_spellings_of_names_that_are_found_too_are_told_while_typing(seeds: Path) -> None:
    async with screen(seeds, (200, 30)) as on:
        await on.press(*"Dbeibah")
        found, _, names, *_ = on.app.status.text.split(" · ")
        assert re.fullmatch(r"\d+ documents", found)
        assert re.fullmatch(r"Dbeibah: also (.+ \(\d+\)(, )?)+", names)
        assert {"الدبيبة", "Dabaiba"} <= set(names.replace(",", "").split())


@played
async def test_how_words_of_the_chosen_hit_matched_is_told(seeds: Path) -> None:
    async with screen(seeds, (200, 30)) as on:
        await on.ask("Dbeibah kinshchak")
        hit = on.app.hits.hit
        assert hit is not None
        told = " · ".join(kinds(hit))
        assert told.startswith("exact: ")
        assert "name: Dabaiba" in told
        assert "exact: " in on.text
        assert "name: Dabaiba" in on.text


@played
async def test_tab_goes_round_the_panes(seeds: Path) -> None:
    async with screen(seeds) as on:
        await on.ask("russia")
        panes = []
        for _ in range(4):
            panes.append(on.focus)
            await on.press("tab")
        assert panes == ["query", "filters", "hits", "document"]
        assert on.focus == "query"


@pytest.mark.parametrize("pane", ["document", "hits", "filters"])
@played
async def test_escape_steps_back_and_keeps_the_query(seeds: Path, pane: str) -> None:
    async with screen(seeds) as on:
        await on.ask("russia")
        await on.press("down")
        on.app.query_one(f"#{pane}").focus()
        for _ in range(4):
            await on.press("escape")
        assert (on.focus, on.query, on.app.hits.row) == ("query", "russia", 1)


# -- narrowing down ----------------------------------------------------------------


@played
async def test_a_filter_is_put_into_the_query_and_taken_out_by_key(seeds: Path) -> None:
    async with screen(seeds) as on:
        await on.ask(BOTH)
        everything = on.app.listing.total  # type: ignore[union-attr]
        await on.press("tab")
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
        dates = [hit.date or hit.modified[:10] for hit in on.app.listing.window(0, 50)]  # type: ignore[union-attr]
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


# -- earlier queries ---------------------------------------------------------------


async def _read(on: Screen, *queries: str) -> None:
    for query in queries:
        await on.ask(query)
        await on.press("enter", "slash")


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
    assert history.holding("") == "oil"
    (tmp_path / "history.txt").write_bytes(b"\xff\xfe bad")
    assert History(tmp_path).queries == []


# -- taking along ------------------------------------------------------------------


def _is_logical(text: str) -> bool:
    return not any("\ufb50" <= char <= "\ufefc" for char in text)


@played
async def test_what_is_copied_is_as_its_author_wrote_it(seeds: Path) -> None:
    async with screen(seeds) as on:
        await on.ask("القنصلية")
        await on.press("enter", "Y")
        hit, copied = on.app.hits.hit, on.app.clipboard
        assert hit is not None
        assert "ﺔﻴﻠﺼﻨﻘﻟﺍ" in on.text
        assert "القنصلية" in copied
        assert " ".join(hit.snippets[0].text.split()) in copied
        assert all(part in copied for part in (hit.title, hit.path, hit.sha256[:12]))
        assert _is_logical(copied)
        await on.press("y")
        assert on.app.clipboard == hit.path


@played
async def test_a_path_that_is_no_text_is_copied_all_the_same(seeds: Path) -> None:
    async with screen(seeds) as on:
        on.app.panes._copy(os.fsdecode(b"caf\xe9.txt"), "copied")
        assert on.app.clipboard == "caf?.txt"


@played
async def test_hits_that_are_marked_are_copied_together(seeds: Path) -> None:
    async with screen(seeds) as on:
        await on.ask("ليبيا")
        await on.press("tab", "tab", "space", "space", "down")
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
        await on.press("tab", "tab", "space", "up", "space", "space")
        (hit,) = on.app.hits.marks.values()
        await on.press("slash")
        await on.ask("railway")
        assert "● marked" not in on.text
        await on.press("tab", "tab", "y")
        assert on.app.clipboard == hit.path
        await on.press("escape")
        assert not on.app.hits.marks
        assert on.app.hits.has_focus
        await on.press("escape")
        assert on.app.box.has_focus


@contextmanager
def _away(app: DalilApp, ran: list[list[str]]) -> Iterator[None]:
    @contextmanager
    def suspend() -> Iterator[None]:
        ran.append(["suspended"])
        yield
        ran.append(["resumed"])

    def run(command: list[str], **_: object) -> None:
        ran.append(command)

    with patch.object(app, "suspend", suspend), patch.object(subprocess, "run", run):
        yield


def _snippet(hit: Hit) -> tuple[str, int]:
    """The file of a hit, and the line of its first snippet."""
    return hit.path, hit.snippets[0].line


def _record(hit: Hit) -> tuple[str, int]:
    """The file of a hit that is a line of JSONL, and that line."""
    file = hit.path.removesuffix(f"#{hit.id}")
    lines = Path(file).read_text("utf-8").splitlines()
    return file, next(n for n, line in enumerate(lines, 1) if hit.id in line)


@pytest.mark.parametrize(
    ("editor", "query", "place", "command"),
    [
        ("vim -R", "path:timeline.md Aganin", _snippet, ["vim", "-R", "+{line}", "{file}"]),
        ("code", "type:jsonl libya", _record, ["code", "--goto", "{file}:{line}"]),
    ],
)
@played
async def test_the_editor_opens_the_file_at_the_line(
    seeds: Path,
    editor: str,
    query: str,
    place: Callable[[Hit], tuple[str, int]],
    command: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("VISUAL", editor)
    async with screen(seeds) as on:
        await on.ask(query)
        hit = on.app.hits.hit
        assert hit is not None
        ran: list[list[str]] = []
        with _away(on.app, ran):
            await on.press("enter", "e")
        file, line = place(hit)
        assert line > 1
        words = [word.format(file=file, line=line) for word in command]
        assert ran == [["suspended"], words, ["resumed"]]


@played
async def test_a_program_that_is_not_there_is_said(
    seeds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", "no-such-[editor]")
    async with screen(seeds) as on:
        await on.ask("path:timeline.md Aganin")
        await on.press("enter")
        with _away(on.app, []), patch.object(subprocess, "run", side_effect=FileNotFoundError):
            await on.press("e")
        assert "no-such-[editor]" in on.text


# -- help, commands, themes --------------------------------------------------------


@pytest.mark.parametrize("key", ["question_mark", "arabic_question_mark", "f1"])
@played
async def test_the_help_opens_and_closes_over_any_pane(seeds: Path, key: str) -> None:
    async with screen(seeds) as on:
        await on.ask("russia")
        await on.press("enter", key)
        assert isinstance(on.app.screen, Help)
        assert "copy the passage with its source" in on.text
        await on.press("q")
        assert not isinstance(on.app.screen, Help)
        assert (on.focus, on.query) == ("document", "russia")


@played
async def test_a_question_mark_in_the_box_is_typed(seeds: Path) -> None:
    async with screen(seeds) as on:
        await on.press("question_mark", "q", "f1")
        assert on.query == "?q"
        assert isinstance(on.app.screen, Help)


def test_the_help_names_every_key() -> None:
    from search.tui.widgets.help import _text  # noqa: PLC0415

    console = Console(width=120, file=StringIO())
    with console.capture() as shown:
        console.print(_text())
    text = shown.get()
    for deed in ACTIONS:
        assert deed.what in text
        for key in deed.keys:
            assert TWINS.get(key, key)[0] in text or key == "question_mark"


@pytest.mark.parametrize("key", ["f2", "ctrl+p"])
@played
async def test_the_commands_are_offered_outside_the_box(seeds: Path, key: str) -> None:
    async with screen(seeds) as on:
        await on.ask("russia")
        await on.press("enter", key)
        assert type(on.app.screen).__name__ == "CommandPalette"
        await on.pilot.press(*"theme")
        await on.pilot.press("escape")
        await on.settle()
        assert on.query == "russia"


@played
async def test_another_theme_is_another_look_at_once(seeds: Path) -> None:
    async with screen(seeds) as on:
        await on.ask("russia")
        dark = _looks(on)
        on.app.theme = "dalil-light"
        await on.settle()
        light = _looks(on)
        assert not dark & light
        assert on.lit(MATCH)


def _looks(on: Screen) -> set[str]:
    """The backgrounds that are seen, but for those of matches."""
    colours = {
        segment.style.bgcolor.name
        for strip in on.strips
        for segment in strip
        if segment.style and segment.style.bgcolor
    }
    return colours - {MATCH, CURRENT}


@played
async def test_without_colours_the_chosen_hit_is_still_marked(
    seeds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with screen(seeds) as on:
        await on.ask("russia")
        assert on.text.count("▌") >= 3
        for strip in on.strips:
            for segment in strip:
                for colour in (segment.style.color, segment.style.bgcolor) if segment.style else ():
                    if colour and colour.triplet:
                        red, green, blue = colour.triplet
                        assert red == green == blue


# -- an Arabic keyboard ------------------------------------------------------------


@pytest.fixture(scope="module")
def alike(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files = {f"{n}.txt": "oil and gas\n" * (n + 5) for n in range(5)}
    return indexed(written(tmp_path_factory.mktemp("alike") / "docs", files))


async def _after(index: Path, key: str) -> tuple[object, ...]:
    """What has become of the screen after a key in the list."""
    done: list[object] = []
    async with screen(index) as on:
        app = on.app
        await on.ask("oil")
        app.hits.focus()
        await on.press("down", "down", "n")
        with (
            patch.object(app.panes, "action_open_editor", lambda: done.append("editor")),
            patch.object(app.panes, "action_open_file", lambda: done.append("file")),
            patch.object(app, "exit", lambda *_: done.append("quit")),
        ):
            await on.press(key)
        return (
            on.query, on.focus, app.hits.row, app.document.current, app.clipboard, done,
            app.document.display, app.query_one(SidePanel).display, type(app.screen).__name__,
        )  # fmt: skip


@pytest.mark.parametrize("key", [key for key in TWINS if any(key in d.keys for d in ACTIONS)])
@played
async def test_a_key_does_the_same_with_an_arabic_layout(alike: Path, key: str) -> None:
    nothing = await _after(alike, "f9")
    assert await _after(alike, key) == await _after(alike, TWINS[key]) != nothing


def test_no_two_keys_have_one_twin() -> None:
    assert len(set(TWINS.values())) == len(TWINS)
    for twin in TWINS.values():
        assert len(twin) > 1 or unicodedata.name(twin).startswith("ARABIC LETTER")


# -- the query box -----------------------------------------------------------------


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


# -- an index that is not as it should be ------------------------------------------


@played
async def test_no_index_is_offered_to_be_made_of_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(written(tmp_path / "docs", {"a.txt": "oil", "b [1].txt": "ليبيا"}))
    async with screen(tmp_path / "index") as on:
        assert "There is no index" in on.text
        assert str(tmp_path / "docs")[-20:] in on.text
        assert "Enter" in on.text
        await on.press("enter")
        assert not on.app.query(Welcome)
        assert on.focus == "query"
        assert on.app.status.text.startswith("2 documents")
        await on.ask("ليبيا")
        assert on.title == "b [1].txt"


@played
async def test_indexing_that_fails_says_why_and_can_be_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(written(tmp_path / "docs", {"a.txt": "oil"}))
    error = IndexCorrupt("The disk is full", "make room")
    async with screen(tmp_path / "index") as on:
        with patch.object(SearchSession, "index", side_effect=error):
            await on.press("i")
        assert "The disk is full: make room" in on.text
        await on.press("ه")
        assert on.app.status.text.startswith("1 document ")


@played
async def test_an_index_of_another_version_says_what_to_do(tmp_path: Path) -> None:
    index = indexed(written(tmp_path / "docs", {"a.txt": "oil"}))
    for name in index.iterdir():
        if name.suffix == ".toc":
            name.write_bytes(b"{}")
    async with screen(index) as on:
        assert "dalil index --rebuild" in on.app.status.text


@played
async def test_damage_that_is_met_while_reading_is_said_and_does_not_end_the_screen(
    seeds: Path,
) -> None:
    async with screen(seeds) as on:
        await on.ask("russia")
        with patch(
            "search.hits.documents.StoredDocuments.stored", side_effect=ValueError("cut short")
        ):
            await on.press("pagedown")
            assert "damaged" in on.app.status.text
            await on.ask("libya")
            assert "damaged" in on.app.status.text
        await on.ask("libya oil")
        assert on.app.hits.hit is not None


# -- rows that are made while the screen goes on -----------------------------------


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty documents in order; each third has a copy right behind it."""
    files = {}
    for n in range(60):
        text = "oil " * (90 - n) + f"number{n}"
        files[f"{n:02}.txt"] = text
        if n % 3 == 0:
            files[f"{n:02}-copy.txt"] = text
    return indexed(written(tmp_path_factory.mktemp("many") / "docs", files))


@played
async def test_the_screen_goes_on_while_rows_are_made(many: Path) -> None:
    gate = threading.Event()
    rows = SearchSession.rows

    def slow(session: SearchSession, *more: Any) -> None:
        gate.wait(5)
        rows(session, *more)

    with patch.object(SearchSession, "rows", slow):
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
        listing, page = on.app.hits.listing, on.app.hits.in_sight
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
async def test_half_a_word_that_is_nowhere_is_looked_for_once_typing_has_ended(
    many: Path,
) -> None:
    asked: list[bool] = []
    look = Searcher.look

    def noted(searcher: Searcher, text: str, options: Options) -> LazyResults:
        asked.append(options.typing)
        return look(searcher, text, options)

    with patch.object(Searcher, "look", noted):
        async with screen(many) as on:
            await on.press(*"nunber33")
            assert asked[-2:] == [True, False]
            await on.ask("")
            await on.press(*"num")
            asked.clear()
            await on.press("b")
            assert "words that begin so" in on.text
            assert asked == [True]
            await on.press("space")
            assert asked[-1] is False


# -- copies ------------------------------------------------------------------------


@played
async def test_copies_are_one_row_that_counts_them(tmp_path: Path) -> None:
    files = {f"{n}/{name}.txt": f"oil {name}" for n in range(3) for name in ("gas", "coal", "tar")}
    async with screen(indexed(written(tmp_path / "docs", files))) as on:
        await on.ask("oil")
        assert on.app.listing is not None
        assert (on.app.listing.total, len(on.app.listing)) == (9, 3)
        assert on.text.count("+2 copies") == 3
        assert on.app.hits.virtual_size.height == 3 * 5


def test_a_passage_lights_all_that_matches(tmp_path: Path) -> None:
    text = "oil and gas\n" * 5_000
    with Searcher.open(indexed(written(tmp_path / "docs", {"a.txt": text}))) as searcher:
        listing = searcher.look("oil")
        passage = listing.passage(listing.rows[0][0])
        assert passage is not None
        assert [passage.text[a:b] for a, b in passage.spans] == ["oil"] * 5_000
