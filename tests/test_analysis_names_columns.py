"""`index.analysis.names.columns`: the compiled kernel names words as Python does."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.analysis import stopwords
from index.analysis.names import columns, compiled
from index.analysis.names.columns import CHUNK, analyze_names, key_hashes
from index.analysis.names.compiled import UNKNOWN, compiled_names
from index.analysis.names.rule_tables import read_tables
from index.kernel import library

LATIN = "abcdefghijklmnopqrstuvwxyzéğşıçüšßḥþ'-"
ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةأإآءئؤپچژڤگیک"
RULES = [rule.letters for table in read_tables()[:2] for rule in table]
SPELLINGS = [letters for prefix in read_tables().prefixes for letters in prefix.spellings]
WORD = (
    st.text(st.sampled_from(LATIN), max_size=14)
    | st.text(st.sampled_from(ARABIC), max_size=14)
    | st.text(st.sampled_from("aeiosgkdthlbrm"), max_size=14)
    | st.lists(st.sampled_from(RULES + SPELLINGS), max_size=6).map("".join)
    | st.text(max_size=50)
)


def assert_named_as_by_python(words: Sequence[str]) -> None:
    """Compare with Python's way, which names one word at a time."""
    named = analyze_names(words)
    hashes = [key_hashes(word) for word in words]
    assert named.keys.tolist() == [*chain.from_iterable(hashes)]
    assert named.counts.tolist() == [*map(len, hashes)]
    interpreted = columns._interpreted(words)
    assert named.codes.codes.tobytes() == interpreted.codes.codes.tobytes()
    assert named.codes.starts.tolist() == interpreted.codes.starts.tolist()


@given(st.lists(WORD, max_size=12))
@settings(max_examples=1000)
def test_words_are_named_as_by_python(words: list[str]) -> None:
    assert_named_as_by_python(words)


def test_each_letter_is_read_as_by_python() -> None:
    letters = [chr(code) for code in range(0x900)]
    assert_named_as_by_python(
        [f"{a}{letter}{b}" for letter in letters for a, b in ("ab", "éa", "بم")]
    )
    assert_named_as_by_python([f"{letter}ar{letter}" for letter in letters])


def test_stop_words_are_no_names() -> None:
    stop = [*stopwords.english(), *stopwords.arabic(), *stopwords.arabic_kept()]
    assert_named_as_by_python(stop)
    assert not len(analyze_names([*stopwords.english()]).keys)


def test_words_of_any_length_are_named_as_by_python() -> None:
    assert_named_as_by_python([syllable * count for count in range(60) for syllable in ("م", "ch")])


def test_words_of_several_calls_are_in_order() -> None:
    words = [f"{first}ri{last}" for first in "ab’" for last in LATIN + ARABIC + LATIN]
    assert len(words) > CHUNK
    assert_named_as_by_python(words)


def test_no_words_have_no_names() -> None:
    named = analyze_names([])
    assert (len(named.keys), len(named.counts), named.codes.starts.tolist()) == (0, 0, [0])


def test_the_kernel_leaves_only_rare_words_to_python() -> None:
    named = compiled_names(["dbeibah", "الدبيبة", "Erdoğan", "žižek", "’", "a" * 90])
    if named is None:
        pytest.skip(library.state())
    assert (named[3] == UNKNOWN).tolist() == [False, False, True, False, True, True]


def test_without_a_kernel_python_names_them(monkeypatch: pytest.MonkeyPatch) -> None:
    words = ["dbeibah", "the", "الدبيبة", "Erdoğan"]
    with_kernel = analyze_names(words)
    monkeypatch.setattr(compiled, "compiled_names", lambda words: None)
    assert np.array_equal(analyze_names(words).keys, with_kernel.keys)
    assert_named_as_by_python(words)
