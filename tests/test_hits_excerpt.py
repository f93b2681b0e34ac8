"""`search.hits.excerpt`: what the kernel shows of a text is what Python shows."""

from __future__ import annotations

from pathlib import Path

import pytest
from examples import reads_long_text
from hypothesis import example, given
from hypothesis import strategies as st
from test_hits_snippet import CUT, LONG, TARGETS, matched_positions, stored, texts
from test_hits_snippet import terms as terms_of

from index.kernel.library import function, state
from search.hits.excerpt import Excerpt, Excerpts
from search.hits.found_words import word_matches
from search.hits.headings import heading, repeated_title
from search.hits.snippet import fragments, matches
from search.hits.stored_text import StoredText
from search.options import Options
from search.query.query_terms import MatchTarget, Positions, QueryTerm
from search.searcher import Searcher

pytestmark = pytest.mark.skipif(function("dalil_excerpt", None) is None, reason=state())

WEIGHTS = [1.0, 2.5, 0.3, 1.7, 1.0]
WIDE = st.integers(0, 300)
FEW = st.integers(0, 5)
SENTENCES = st.lists(
    st.sampled_from(
        [
            *("oil", "Oil", "نفط", "والنفط", "J", "Mr", "Dr", "Mrs", "Gen", "amr", "د", "x1", "_"),
            *("7", "Sarraj", "said", "2016", "12/10/2016", "021 333 4455", "U.N.", "a@b.cd", "ﷺ"),
            *("UN-backed", ". ", ".", "? ", "؟ ", "! ", "… ", '." ', ".”\n", ": ", "، ", ").\n"),
            *(" ", " ", "  ", "\n", "\n\n", "\n \n", "\r\n", "\t", "\u2028", "\u00a0", "\u3000"),
            *("\u064e", "\u0301", " \u0301", "漢字", "漢. ", "👍 ", "👍. ", "\ud800", "ⓐ", "ª"),
            *("\ufeff", "ـ", "]  "),
        ]
    ),
    max_size=150,
).map("".join)


def compiled(
    source: StoredText, positions: Positions, title: str, count: int, width: int
) -> Excerpt | None:
    excerpts = Excerpts.of(WEIGHTS, count, width)
    assert excerpts is not None
    return excerpts.excerpt(source, positions, repeated_title(title, source.text))


def assert_equal(
    source: StoredText, positions: Positions, title: str, count: int, width: int
) -> bool:
    """Compare both ways; return whether the kernel had an answer."""
    found = compiled(source, positions, title, count, width)
    if found is None:
        return False
    top = heading(source, repeated_title(title, source.text))
    expected = fragments(source, positions, WEIGHTS, count=count, width=width, heading=top)
    assert found.snippets == expected
    assert word_matches(found.words, TARGETS, {}) == matches(source, positions, TARGETS)
    return True


@given(texts | SENTENCES, WIDE, FEW, SENTENCES)
@example("\n\noil", 20, 1, "")
@example("oil \u0301 x " * 20, 20, 1, "")
@example("Oil. Oil. " * 9, 20, 4, "Oil. Oil")
def test_what_is_shown_is_what_python_shows(text: str, width: int, count: int, title: str) -> None:
    assert_equal(stored(text), matched_positions(text, TARGETS), title, count, width)


@given(SENTENCES, st.integers(0, 60), WIDE)
def test_a_title_at_the_beginning_of_a_text_is_a_heading(text: str, end: int, width: int) -> None:
    positions = matched_positions(text, TARGETS)
    assert_equal(stored(text), positions, text[:end].strip(), 2, width)


@given(
    SENTENCES, st.dictionaries(st.integers(0, 200), st.sets(st.integers(0, 4), min_size=1)), WIDE
)
def test_any_positions_give_what_python_gives(
    text: str, positions: dict[int, set[int]], width: int
) -> None:
    places = {at: sorted(targets) for at, targets in positions.items()}
    assert_equal(stored(text), places, "", 3, width)


@given(SENTENCES, st.lists(st.tuples(st.integers(0, 300), st.sampled_from(["", "footnote"]))), WIDE)
def test_no_fragment_shows_two_stories(text: str, parts: list[tuple[int, str]], width: int) -> None:
    whole = stored(text)
    source = StoredText(text, whole.checkpoints, parts=sorted(parts), pages=(0, len(text) // 2))
    assert_equal(source, matched_positions(text, TARGETS), "", 3, width)


@reads_long_text
@given(LONG, WIDE, FEW)
def test_blocks_are_cut_where_the_index_cut_them(text: str, width: int, count: int) -> None:
    assert_equal(stored(text), matched_positions(text, TARGETS), "", count, width)


@given(SENTENCES, st.lists(st.tuples(st.integers(-1, 2**33), st.integers(-1, 400)), max_size=4))
def test_checkpoints_that_cannot_be_right_are_left_to_python(
    text: str, checkpoints: list[tuple[int, int]]
) -> None:
    positions = matched_positions(text, TARGETS)
    source = StoredText(text, checkpoints)
    found = compiled(source, positions, "", 2, 100)
    assert found is None or found.snippets == fragments(
        source, positions, WEIGHTS, count=2, width=100
    )


@pytest.mark.parametrize(("words", "text", "_expected"), CUT)
def test_the_kernel_answers_for_what_people_read(
    words: str, text: str, _expected: str | None
) -> None:
    positions = matched_positions(text, TARGETS)
    assert assert_equal(stored(text), positions, words, 1, 60)


def test_a_word_that_matches_in_both_its_forms_is_one_match() -> None:
    terms = (("exact", "un"), ("exact", "unbacked"))
    both = [MatchTarget("un*", (QueryTerm(terms_of("unb")[0], terms, weakest_kind="prefix"),))]
    source = stored("The UN-backed cabinet")
    excerpts = Excerpts.of([1.0], 1, 60)
    found = excerpts and excerpts.excerpt(source, {1: [0]}, 0)
    assert found is not None
    assert word_matches(found.words, both, {}) == matches(source, {1: [0]}, both)


def test_a_text_of_another_script_is_left_to_python() -> None:
    text = "They spoke of 漢. Oil went to the port of Tripoli. " * 3
    assert compiled(stored(text), matched_positions(text, TARGETS), "", 1, 40) is None


def test_hits_of_the_samples_are_those_of_python(
    seeds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    queries = ["ليبيا روسيا", "Dbeibah", '"Government of National Unity"', "libya*", "U.N. 2016"]
    wide = Options(limit=20, fragments=3, width=120)
    with Searcher.open(seeds) as searcher:
        found = [searcher.search(query, options=wide).hits for query in queries]
        monkeypatch.setattr(Excerpts, "of", lambda *_: None)
        assert found == [searcher.search(query, options=wide).hits for query in queries]
    assert all(found)
