"""Back to the query or filter before: the trail of queries, and its keys on the screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.tui.interaction.query_trail import MAX_STEPS, QueryTrail
from tests.piloted import played, screen

TEXT = st.text("ab ,", max_size=4).map(str.strip)


def trail_of(*queries: str, typed: bool = False) -> QueryTrail:
    trail = QueryTrail()
    for query in queries:
        trail.settle(query, typed=typed)
    return trail


def undone(trail: QueryTrail, query: str) -> list[str]:
    found = []
    while step := trail.back(query):
        found.append(query := step.query)
    return found


def test_a_word_that_is_typed_is_one_step() -> None:
    typed = ["l", "lib", "libya", "libya", "libya o", "libya oil"]
    assert undone(trail_of(*typed, typed=True), "libya oil") == ["libya"]


def test_a_filter_is_a_step_even_if_it_only_makes_the_query_longer() -> None:
    trail = trail_of("libya", "libya type:pdf", "libya type:pdf,text")
    assert undone(trail, "libya type:pdf,text") == ["libya type:pdf", "libya"]


def test_an_empty_box_is_undone_to_the_last_query() -> None:
    trail = trail_of("libya", "oil")
    step = trail.back("")
    assert step
    assert step.query == "oil"


def test_a_query_after_an_undo_drops_what_was_undone() -> None:
    trail = trail_of("a", "b", "c")
    assert undone(trail, "c") == ["b", "a"]
    trail.settle("d", typed=True)
    assert trail.forward("d") is None
    assert undone(trail, "d") == ["a"]


@given(st.lists(TEXT.filter(bool), min_size=1, max_size=8), st.booleans())
def test_what_is_undone_is_redone(queries: list[str], typed: bool) -> None:
    trail = trail_of(*queries, typed=typed)
    back = undone(trail, queries[-1])
    query, forth = (back or [queries[-1]])[-1], []
    while step := trail.forward(query):
        forth.append(query := step.query)
    assert [*forth[::-1]][1:] == back[:-1] if back else not forth
    assert query == queries[-1]


def test_the_oldest_steps_are_forgotten() -> None:
    queries = [str(n) for n in range(MAX_STEPS + 50)]
    assert len(undone(trail_of(*queries), queries[-1])) == MAX_STEPS - 1


@played
async def test_filters_and_words_are_undone_and_redone_from_every_pane(seeds: Path) -> None:
    async with screen(seeds) as on:
        await on.press(*"oil", "space", *"libya")
        await on.press("shift+tab", "enter", "down", "enter")
        assert on.query == "oil libya lang:ar,en"
        await on.press("alt+left")
        assert (on.query, on.focus) == ("oil libya lang:ar", "filters")
        await on.press("tab", "tab", "tab", "alt+left")  # over the chip of lang:ar and the box
        assert (on.query, on.focus) == ("oil libya", "hits")
        await on.press("slash", "alt+left")
        assert (on.query, on.focus) == ("oil", "query")
        assert on.app.listing is not None
        assert on.app.listing.query == "oil"
        await on.press("alt+left")
        assert "no earlier query" in on.text
        await on.press("alt+right", "alt+right", "alt+right", "alt+right")
        assert on.query == "oil libya lang:ar,en"


@played
async def test_the_hit_that_was_selected_is_selected_again(seeds: Path) -> None:
    async with screen(seeds) as on:
        await on.ask("libya")
        await on.press("down", "down")
        title, row = on.title, on.app.hits.row
        assert row == 2
        await on.ask("libya lang:ar")
        assert on.app.hits.row == 0
        await on.press("alt+left")
        assert (on.query, on.app.hits.row, on.title) == ("libya", row, title)


@pytest.mark.parametrize("key", ["alt+left", "alt+right"])
@played
async def test_without_a_query_there_is_nothing_to_undo(seeds: Path, key: str) -> None:
    async with screen(seeds) as on:
        await on.press(key)
        assert on.query == ""
