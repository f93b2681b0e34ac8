"""Saved searches, and what came since they were last asked."""

from __future__ import annotations

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import IndexWriter
from index.errors import BadOption
from search.desk import saved, seen
from search.desk.saved import SavedSearch
from search.desk.seen import Seen
from tests.commands import Ran, run, written
from tests.piloted import played, screen


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """An index of three documents in ``tmp_path / "docs"``."""
    written(tmp_path / "docs", {f"{n}.txt": f"railway number {n}\n" for n in ("a", "b", "c")})
    _refresh(tmp_path)
    return tmp_path / "index"


def _refresh(folder: Path, *, rebuild: bool = False) -> None:
    with IndexWriter.open(folder / "index", rebuild=rebuild) as writer:
        writer.add_path(folder / "docs")


def _new(index: Path, *arguments: object) -> tuple[int, dict[str, int]]:
    """The exit code of ``dalil new``, and the number of new hits of each search."""
    ran = run("new", *arguments, "--json", "--index", index)
    searches = json.loads(ran.out)["searches"]
    return ran.code, {each["name"]: each["new"] for each in searches}


def test_a_saved_search_is_a_line_of_a_file_that_keeps_its_remarks_and_order(index: Path) -> None:
    file = index / "searches.txt"
    file.write_text("# mine\nrails\trailway OR سكك\n\nother\tharbour\n", "utf-8")
    saved.save(index, "Rails", "railway")
    saved.save(index, "third", "a\tb\nc")
    lines = ["# mine", "Rails\trailway", "", "other\tharbour", "third\ta b c"]
    assert file.read_text("utf-8").splitlines() == lines
    assert file.stat().st_mode & 0o077 == 0
    assert saved.load(index).find("RAILS") == SavedSearch("Rails", "railway")


def test_lines_that_are_no_saved_search_are_noted_with_their_number(index: Path) -> None:
    (index / "searches.txt").write_text("no tab\nrails\trailway\nrails\tagain\n")
    stored = saved.load(index)
    assert [search.query for search in stored.searches] == ["railway"]
    assert [note.split(":")[0] for note in stored.notes] == [
        "searches.txt, line 1",
        "searches.txt, line 3",
    ]


@pytest.mark.parametrize("name", ["", "  ", "# x", "x" * 61, "\x1b[31m#"])
def test_a_name_that_the_file_cannot_hold_is_refused(index: Path, name: str) -> None:
    if name == "\x1b[31m#":
        assert "\x1b" not in saved.save(index, name, "query").name
        return
    with pytest.raises(BadOption):
        saved.save(index, name, "query")


@given(st.text(min_size=1, max_size=40), st.text(min_size=1, max_size=80))
def test_what_is_saved_is_found_again_or_refused(
    tmp_path_factory: pytest.TempPathFactory, name: str, query: str
) -> None:
    folder = tmp_path_factory.mktemp("saved")
    try:
        kept = saved.save(folder, name, query)
    except BadOption:
        return
    assert saved.load(folder).find(kept.name) == kept
    assert saved.load(folder).notes == ()


def test_search_saved_runs_the_query_and_more_words_narrow_it(index: Path) -> None:
    saved.save(index, "rails", "railway")
    assert run("search", "--saved", "rails", "-c", "--index", index).out.strip() == "3"
    narrowed = run("search", "--saved", "rails", "path:a.txt", "-c", "--index", index)
    assert narrowed.out.strip() == "1"
    unknown = run("search", "--saved", "boats", "--index", index)
    assert (unknown.code, "rails" in unknown.err) == (2, True)
    assert run("search", "--index", index).code == 2


def test_new_tells_what_came_or_changed_since_it_was_asked(index: Path) -> None:
    saved.save(index, "rails", "railway")
    assert _new(index) == (0, {"rails": 3})
    assert _new(index) == (1, {"rails": 0})
    docs = index.parent / "docs"
    (docs / "a.txt").write_text("railway changed")
    (docs / "d.txt").write_text("railway, the fourth")
    (docs / "e.txt").write_text("harbour")
    _refresh(index.parent)
    assert _new(index, "--peek") == (0, {"rails": 2})
    assert _new(index, "rails") == (0, {"rails": 2})
    assert _new(index) == (1, {"rails": 0})


def test_a_rebuilt_index_has_nothing_new(index: Path) -> None:
    saved.save(index, "rails", "railway")
    _new(index)
    _refresh(index.parent, rebuild=True)
    assert _new(index) == (1, {"rails": 0})


def test_another_query_under_the_name_is_asked_for_the_first_time(index: Path) -> None:
    saved.save(index, "rails", "railway")
    _new(index)
    saved.save(index, "rails", "number")
    assert _new(index) == (0, {"rails": 3})


def test_new_prints_the_counts_and_the_hits(index: Path) -> None:
    saved.save(index, "rails", "railway")
    saved.save(index, "boats", "harbour")
    ran: Ran = run("new", "--index", index)
    assert "rails: 3 new of 3, asked for the first time (railway)" in ran.err
    assert "boats: 0 new of 0" in ran.err
    assert ran.out.count("railway number") == 3


def test_a_damaged_memory_of_what_was_seen_makes_everything_new(index: Path) -> None:
    saved.save(index, "rails", "railway")
    _new(index)
    (index / "seen.jsonl").write_text('{"name": "rails", "contents": 7}\nnot json\n')
    assert _new(index) == (0, {"rails": 3})


def test_without_a_saved_search_new_says_how_to_save_one(index: Path) -> None:
    ran = run("new", "--index", index)
    assert (ran.code, "Ctrl+S" in ran.err) == (1, True)


def test_a_query_that_no_longer_parses_is_searched_as_words_and_the_others_go_on(
    index: Path,
) -> None:
    (index / "searches.txt").write_text('odd\t"railway (\nrails\trailway\n')
    code, counts = _new(index)
    assert (code, counts["rails"]) == (0, 3)
    assert "note: " in run("new", "odd", "--peek", "--index", index).err


def test_searches_saved_and_asked_at_the_same_time_are_all_kept(index: Path) -> None:
    def keep(name: str) -> None:
        for n in range(8):
            saved.save(index, f"{name} {n}", "railway")
            seen.remember(index, f"{name} {n}", Seen("railway"))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(keep, "abcd"))
    names = {f"{name} {n}" for name in "abcd" for n in range(8)}
    assert {search.name for search in saved.load(index).searches} == names
    assert set(seen.load(index)) == names


def test_a_renamed_folder_and_a_copy_have_nothing_new(index: Path) -> None:
    docs = index.parent / "docs"
    saved.save(index, "rails", "railway")
    _new(index)
    (docs / "sub").mkdir()
    (docs / "a.txt").rename(docs / "sub" / "moved.txt")
    (docs / "copy.txt").write_bytes((docs / "b.txt").read_bytes())
    (docs / "c.txt").write_text("railway, another content")
    _refresh(index.parent)
    assert _new(index) == (0, {"rails": 1})


def test_a_count_shows_no_hit_and_marks_none_as_seen(index: Path) -> None:
    saved.save(index, "rails", "railway")
    assert run("search", "--saved", "rails", "-c", "--index", index).out.strip() == "3"
    assert _new(index, "--peek") == (0, {"rails": 3})
    run("search", "--saved", "rails", "number", "--index", index)
    assert _new(index, "--peek") == (0, {"rails": 3})
    run("search", "--saved", "rails", "--index", index)
    assert _new(index, "--peek") == (1, {"rails": 0})


@pytest.mark.parametrize("arguments", [("new",), ("search", "--saved", "rails")])
def test_hits_that_cannot_be_marked_as_seen_are_shown_and_a_note_says_so(
    index: Path, arguments: Sequence[str]
) -> None:
    saved.save(index, "rails", "railway")
    (index / "desk.lock").unlink()
    (index / "desk.lock").mkdir()  # cannot be written, by root either
    ran = run(*arguments, "--index", index)
    assert (ran.code, ran.out.count("railway number")) == (0, 3)
    assert "note: rails: its hits are not marked as seen. The index at" in ran.err


@played
async def test_ctrl_s_saves_the_query_and_counts_its_hits_as_seen(index: Path) -> None:
    async with screen(index) as on:
        await on.ask("railway")
        await on.press("ctrl+s")
        assert "Save this search" in on.text
        on.app.screen.boxes[0].fill("rails")  # type: ignore[attr-defined]
        await on.press("enter")
        assert saved.load(index).find("rails").query == "railway"
        assert "saved as rails" in on.text
        assert on.app.session.new_counts() == [(SavedSearch("rails", "railway"), 0)]
        (index.parent / "docs" / "d.txt").write_text("railway, the fourth")
        _refresh(index.parent)
        on.app.renew()
        await on.settle()
        assert on.app.session.new_counts() == [(SavedSearch("rails", "railway"), 1)]


@played
async def test_the_new_hits_of_a_broad_search_are_not_counted_on_the_screen(index: Path) -> None:
    saved.save(index, "rails", "railway")
    with patch("search.tui.interaction.search_session.MAX_COUNTED", 2):
        async with screen(index) as on:
            assert on.app.session.new_counts() == [(SavedSearch("rails", "railway"), None)]
            assert "new" not in on.text.split("rails")[1].splitlines()[0]


@played
async def test_the_dialog_of_a_saved_search_fits_a_small_terminal(index: Path) -> None:
    async with screen(index, (30, 8)) as on:
        await on.ask("railway")
        await on.press("ctrl+s")
        assert "Enter stores" in on.text
        await on.press("escape")
        assert on.query == "railway"
