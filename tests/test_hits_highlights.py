"""`search.hits.highlights`: the highlights of a text are those of all its tokens, read lazily."""

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


def highlights(text: str, positions: set[int]) -> LazyHighlights:
    targets = dict.fromkeys(positions, (0,))
    source = StoredText(text, TextInverter().add(text).checkpoints, (), targets)
    counted = LazyHighlights.counted(source, targets, lambda: True)
    assert counted is not None
    return counted


@given(st.lists(st.sampled_from(WORDS), max_size=60), st.data())
def test_lazy_highlights_are_those_of_the_whole_text(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words * 5)
    tokens = list(analyze(text))
    last = max((token.position for token in tokens), default=-1)
    positions = data.draw(st.sets(st.integers(0, last))) if tokens else set()
    eager = highlight_spans(tokens, dict.fromkeys(positions, (0,)), 0, len(text))
    spans = highlights(text, positions)
    assert len(spans) == len(eager)
    assert tuple(spans) == eager
    assert [spans[n] for n in reversed(range(len(eager)))] == list(reversed(eager))
    assert spans[-3:] == list(eager[-3:])


def test_blocks_that_are_not_read_are_not_analyzed() -> None:
    text = "oil and gas\n" * 50_000
    spans = highlights(text, set(range(0, 150_000, 3)))
    assert len(spans) == 50_000
    assert not spans._spans
    assert spans[25_000] == (300_000, 300_003)
    assert len(spans._spans) == 1


def test_a_text_without_matches_has_no_highlights() -> None:
    spans = highlights("oil", set())
    assert not spans
    assert list(spans) == []
    with pytest.raises(IndexError):
        spans[0]


def test_two_words_of_a_compound_are_one_highlight() -> None:
    spans = highlights("oil the UN-backed oil", {0, 2, 3, 4})
    assert list(spans) == [(0, 3), (8, 17), (18, 21)]
    assert len(spans) == 3
