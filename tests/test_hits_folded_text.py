"""`search.hits.folded_text`: words found in one text by their letters."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.hits.folded_text import FoldedText

LETTERS = st.text(st.sampled_from("aAbéى يةهاأإآل َُـ\n\tœﷲﻻ'’.\u200f\ud800漢"), max_size=40)


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        ("OIL", "Oil, oil", ["Oil", "oil"]),
        ("الدبيبه", "زار الدُّبَيْبَة", ["الدُّبَيْبَة"]),
        ("الازمة", "الأزمـــة", ["الأزمـــة"]),
        ("٢٠٢١", "in 2021", ["2021"]),
        ("oil ministry", "oil\n  ministry", ["oil\n  ministry"]),
        ("sanaa", "Sana'a", ["Sana'a"]),
        ("erdogan", "Erdoğan", ["Erdoğan"]),
        ("لا", "ﻻ", ["ﻻ"]),
        ("aa", "aaaaa", ["aa", "aa"]),
        ("gas", "oil", []),
        ("", "oil", []),
        ("\u064e", "oil", []),
    ],
)
def test_case_marks_and_forms_of_a_letter_do_not_matter(
    words: str, text: str, found: list[str]
) -> None:
    assert [text[a:b] for a, b in FoldedText(text).find(words)] == found


@given(LETTERS, LETTERS, st.data())
def test_what_is_in_a_text_is_found_there(before: str, after: str, data: st.DataObject) -> None:
    text = f"{before}oil{after}"
    spans = list(FoldedText(text).find("oil"))
    assert any(a <= len(before) < b for a, b in spans)
    assert spans == sorted(spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    assert all(0 <= a < b <= len(text) for a, b in spans)


@given(st.text("oil ", max_size=30), st.lists(st.tuples(st.integers(0, 30), st.integers(1, 4))))
def test_other_spans_are_added_where_they_overlap_none(
    text: str, given: list[tuple[int, int]]
) -> None:
    found = FoldedText(text).find("oil")
    others = sorted((start, start + length) for start, length in given)
    apart = [o for o in others if not any(a < o[1] and o[0] < b for a, b in found)]
    assert list(found.with_others(others)) == sorted([*found, *apart])


def test_a_text_of_three_megabytes_is_searched_within_a_key() -> None:
    folded = FoldedText(("The oil ministry. زار الدبيبة طرابلس\n" * 100_000)[:3_000_000])
    took = []
    for words in ("o", "oil", "الدبيبه", " "):
        began = time.perf_counter()
        assert len(folded.find(words)) > 80_000
        took.append(time.perf_counter() - began)
    assert min(took) < 0.05
