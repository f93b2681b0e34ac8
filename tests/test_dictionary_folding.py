"""`search.dictionary.folding`: many terms are folded at once as they are one by one."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from index.analysis import analyze
from search.dictionary.folding import fold, fold_all


@given(st.text())
@example("Erdoğan's Œuvre الأزمة ٢٠١٦ وزیر ΐ ﷺ a\u0323\u0301 각")
@example("")
@example("\U0001ee27À")  # a mathematical Arabic letter, which becomes ح, before an accent
def test_words_folded_together_are_those_folded_one_by_one(text: str) -> None:
    words = [token.term.exact for token in analyze(text)]
    assert fold_all(words) == [fold(word) for word in words]


@given(st.text("abçéøœæßığالإأآةىيعءؤئٱپچگ'-", max_size=40))
def test_letters_of_both_scripts_in_one_word_are_folded_together_as_alone(text: str) -> None:
    words = [token.term.exact for token in analyze(text)]
    assert fold_all(words) == [fold(word) for word in words]
