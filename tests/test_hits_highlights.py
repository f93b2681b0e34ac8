"""The matches of a long text: the same, and as many, as if all of it were analysed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis import analyze
from index.codec.text_inverter import TextInverter
from search.hits.highlights import LazyHighlights
from search.hits.stored_text import StoredText, highlight_spans

WORDS = (
    "oil", "railway", "UN-backed", "state-of-the-art", "al\u2010Koni", "1,500", "2024-05-12",
    "U.N.", "www.oil-gas.ly/a-b", "a@oil-gas.ly", "النفط", "ﷺ", "بالـ5G",
    "well-\u200cknown", "--", "\n\n", "x" * 900,
)  # fmt: skip


def spans(text: str, positions: set[int]) -> LazyHighlights:
    places = dict.fromkeys(positions, (0,))
    source = StoredText(text, TextInverter().add(text).checkpoints, (), places)
    found = LazyHighlights.counted(source, places, lambda: True)
    assert found is not None
    return found


@given(st.lists(st.sampled_from(WORDS), max_size=60), st.data())
def test_spans_are_those_of_the_whole_text(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words * 5)
    tokens = list(analyze(text))
    last = max((token.position for token in tokens), default=-1)
    places = data.draw(st.sets(st.integers(0, last))) if tokens else set()
    eager = highlight_spans(tokens, dict.fromkeys(places, (0,)), 0, len(text))
    found = spans(text, places)
    assert len(found) == len(eager)
    assert tuple(found) == eager
    assert [found[n] for n in reversed(range(len(eager)))] == list(reversed(eager))
    assert found[-3:] == list(eager[-3:])


def test_what_is_not_looked_at_is_not_analysed() -> None:
    text = "oil and gas\n" * 50_000
    found = spans(text, set(range(0, 150_000, 3)))
    assert len(found) == 50_000
    assert not found._known
    assert found[25_000] == (300_000, 300_003)
    assert len(found._known) == 1


def test_no_matches_are_none() -> None:
    found = spans("oil", set())
    assert not found
    assert list(found) == []
    with pytest.raises(IndexError):
        found[0]


def test_two_words_of_a_compound_are_one_match() -> None:
    found = spans("oil the UN-backed oil", {0, 2, 3, 4})
    assert list(found) == [(0, 3), (8, 17), (18, 21)]
    assert len(found) == 3
