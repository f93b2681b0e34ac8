"""`search.hits`: the fragments of a text that are shown, and where they are cut."""

from __future__ import annotations

import doctest
import re
import unicodedata
from itertools import pairwise

import pytest
from examples import reads_long_text
from hypothesis import given
from hypothesis import strategies as st

from index.analysis import Term, analyze
from index.codec.segment_builder import TextInverter
from search import Snippet
from search.hits import stored_text
from search.hits.boundaries import extend_to_boundaries
from search.hits.snippet import fragments, matches
from search.hits.stored_text import StoredText
from search.query.query_terms import MatchTarget, Positions, QueryTerm, target_positions


def target(word: str) -> MatchTarget:
    (term,) = (t.term for t in analyze(word) if not t.alternative)
    leaf = ("stem", term.stem) if term.stem is not None else ("exact", term.exact)
    return MatchTarget(word, (QueryTerm(term, (leaf,)),))


def stored(text: str, pages: tuple[int, ...] = ()) -> StoredText:
    return StoredText(text, TextInverter().add(text).checkpoints, pages)


def stems(text: str) -> dict[str, list[int]]:
    """Stem → its positions."""
    found: dict[str, list[int]] = {}
    for token in analyze(text):
        if token.term.stem is not None:
            found.setdefault(token.term.stem, []).append(token.position)
    return found


def matched_positions(text: str, targets: list[MatchTarget]) -> Positions:
    return target_positions(list(analyze(text)), targets)


def shown(
    text: str, words: str, *, width: int = 60, count: int = 1, heading: int = 0
) -> list[Snippet]:
    targets = [target(word) for word in words.split()]
    positions = matched_positions(text, targets)
    weights = [1.0] * len(targets)
    return [*fragments(stored(text), positions, weights, count=count, width=width, heading=heading)]


def marked(snippet: Snippet) -> str:
    text = snippet.text
    for start, end in reversed(snippet.spans):
        text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    return text


FILLER = "Nothing of note was said in the long hours of that day. "

CUT = [
    # words, text, snippet
    ("oil", "Short oil.", "Short [oil]."),
    ("oil", "  \n oil \n ", "[oil]"),
    ("oil", "oil", "[oil]"),
    ("oil", FILLER * 3 + "Then oil came up again.", "Then [oil] came up again."),
    ("oil", "Oil came up. " + FILLER * 3,
     "[Oil] came up. Nothing of note was said in the long hours of"),
    ("oil", FILLER + "At the end they spoke of oil and of gas and of water and of ports.",
     "At the end they spoke of [oil] and of gas and of water and of"),
    ("oil", FILLER * 2 + "Oil.\n\nA new paragraph that says many other things at length.",
     "Nothing of note was said in the long hours of that day. [Oil]."),
    ("oil", "A heading\n\nThe oil paragraph, which is about as long as it may be.\n\nNext one",
     "The [oil] paragraph, which is about as long as it may be."),
    ("oil", "Mr. Smith sold J. Doe some of the oil of Gen. Haftar yesterday. " + FILLER,
     "Mr. Smith sold J. Doe some of the [oil] of Gen. Haftar"),
    ("oil gas", "oil " + FILLER * 3 + "gas and oil", "[gas] and [oil]"),
    ("oil", FILLER * 2 + "he asked " + "whether " * 12 + "oil", None),
    ("نفط", "قال الوزير كلاما. هل وصل النفط؟ نعم، وصل أمس. ثم سكت طويلا وانصرف إلى داره",
     "هل وصل [النفط]؟ نعم، وصل أمس. ثم سكت طويلا وانصرف إلى داره"),
    ("نَفْط", "ثَمَنُ النَّفْطِ ارْتَفَعَ", "ثَمَنُ [النَّفْطِ] ارْتَفَعَ"),
    ("نفط", "ثمن النفـــط", "ثمن [النفـــط]"),
    ("نفط", "ثمن الن\u200dفط\u200f!", "ثمن [الن\u200dفط]\u200f!"),
    ("cooperation", "The co\u00adoper\u00adation began", "The [co\u00adoper\u00adation] began"),
    ("cafe", "A cafe\u0301 in Tripoli", "A [cafe\u0301] in Tripoli"),
    ("backed", "The UN-backed cabinet", "The [UN-backed] cabinet"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "text", "expected"), CUT)
def test_a_snippet_is_cut_where_a_reader_would_cut_it(
    words: str, text: str, expected: str | None
) -> None:
    (snippet,) = shown(text, words)
    if expected is not None:
        assert marked(snippet) == expected
    assert snippet.spans
    assert len(snippet.text) <= 62


BEGINNINGS = [
    ("", []),
    (" \n\t ", []),
    ("Short text.", ["Short text."]),
    ("\n\n  Begins late.", ["Begins late."]),
    (FILLER * 4, ["Nothing of note was said in the long hours of that day."]),
    ("漢" * 500, ["漢" * 60]),
    ("e\u0301" * 500, [("e\u0301" * 30)]),
    ("e" + "e\u0301" * 500, ["e" + "e\u0301" * 30]),
    ("x" * 500, ["x" * 60]),
]


@pytest.mark.parametrize(("text", "expected"), BEGINNINGS)
def test_a_text_without_a_match_shows_its_beginning(text: str, expected: list[str]) -> None:
    assert [snippet.text for snippet in shown(text, "oil")] == expected


def test_a_heading_that_repeats_the_title_is_not_shown_again() -> None:
    text = "Oil exports\n\nThe ports opened. Oil left them at noon. " + FILLER
    assert shown(text, "oil", heading=2)[0].text.startswith("Oil left them")
    assert shown(text, "ports", heading=2)[0].text.startswith("The ports opened.")
    assert shown(text, "water", heading=2)[0].text.startswith("The ports opened.")
    assert marked(shown(text, "exports", heading=2)[0]).startswith("Oil [exports]")
    assert shown("Oil exports", "water", heading=2)[0].text == "Oil exports"


def test_a_word_longer_than_the_width_is_shown_whole() -> None:
    long = "x" * 300
    (snippet,) = shown(f"before {long} after", long)
    assert marked(snippet) == f"[{long}]"


def test_a_text_without_spaces_is_not_shown_whole() -> None:
    (snippet,) = shown("،" * 400 + "نفط" + "؛" * 400, "نفط")
    assert marked(snippet) == "[نفط]"


def test_several_fragments_are_in_order_and_apart() -> None:
    text = FILLER * 2 + "Oil first. " + FILLER * 3 + "Gas second. " + FILLER * 3 + "Oil third."
    snippets = shown(text, "oil gas", count=5)
    assert [marked(s).count("[") for s in snippets] == [1, 1, 1]
    assert all(a.start + len(a.text) <= b.start for a, b in pairwise(snippets))
    (best,) = shown(text + " Oil and gas at last.", "oil gas")
    assert "[Oil] and [gas]" in marked(best)


def test_fragments_close_to_each_other_do_not_overlap() -> None:
    text = " ".join("oil" if n % 9 == 0 else f"w{n}" for n in range(200))
    snippets = shown(text, "oil", count=20)
    assert len(snippets) > 5
    assert all(a.start + len(a.text) <= b.start for a, b in pairwise(snippets))


def test_a_snippet_knows_its_line_and_its_page() -> None:
    text = "one\ntwo\n\noil here\nfive\noil"
    targets = [target("oil")]
    positions = matched_positions(text, targets)
    page = text.index("five")
    snippets = fragments(stored(text, (0, 4, page)), positions, [1.0], count=1, width=20)
    assert [(s.line, s.page) for s in snippets] == [(4, 2)]
    assert [s.line for s in shown(text, "gas")] == [1]


def test_a_match_late_in_a_long_document_is_shown_at_once() -> None:
    text = FILLER * 36_000 + "Then oil came."
    assert len(text) > 2_000_000
    source = stored(text)
    targets = [target("oil"), target("note")]
    postings = stems(text)
    found = {position: [0] for position in postings["oil"]}
    found |= {position: [1] for position in postings["note"]}
    (snippet,) = fragments(source, found, [9.0, 1.0], count=1, width=100)
    matched = matches(source, found, targets)
    assert "Then [oil] came." in marked(snippet)
    assert {(match.text, match.kind) for match in matched} == {("oil", "exact"), ("note", "exact")}


def test_only_the_blocks_around_a_match_are_analyzed() -> None:
    text = FILLER * 2_000 + "Then oil came. " + FILLER * 2_000
    source = stored(text)
    fragments(source, {stems(text)["oil"][0]: [0]}, [1.0], count=1, width=240)
    assert len(source._blocks) <= 2


def test_the_examples_in_the_docstrings_hold() -> None:
    assert doctest.testmod(stored_text).failed == 0


# -- properties ----------------------------------------------------------------------

PIECES = [
    *("oil", "Oil", "gas", "النفط", "نَفْط", "ونفط", "UN-backed", "Libya’s", "٢٠١٦", "12/10/2023"),
    *(" ", " ", " ", " ", "\n", "\n\n", ". ", "! ", "؟ ", "، ", "…", "«", "»", "(", ")", '"', "-"),
    *("\u0301", "\u064e", "\u200f", "\u00ad", "\u200b", "\u0640", "漢字", "x" * 70, "https://a.b/oil"),
    *("a@b.cd", "U.N.", "5+5", "ﷺ", "👍🏽", "\u0301 \u0301", "7", "G", "\t"),
]  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), max_size=120).map("".join) | st.text(max_size=60)
TARGETS = [target(word) for word in ("oil", "نفط", "backed", "2016", "7")]


@given(texts, st.integers(20, 120), st.integers(1, 4))
def test_snippets_are_true_to_their_text(text: str, width: int, count: int) -> None:
    positions = matched_positions(text, TARGETS)
    snippets = fragments(stored(text), positions, [1.0] * len(TARGETS), count=count, width=width)
    assert bool(snippets) == bool(text.strip())
    assert len(snippets) <= count
    assert all(a.start + len(a.text) <= b.start for a, b in pairwise(snippets))
    longest = max((t.end - t.start for t in analyze(text)), default=0)
    for snippet in snippets:
        start, end = snippet.start, snippet.start + len(snippet.text)
        assert text[start:end] == snippet.text
        assert len(snippet.text.rstrip()) <= max(width, longest) + 60  # marks at the end
        assert bool(snippet.spans) == bool(positions)
        assert all(0 <= a < b <= len(snippet.text) for a, b in snippet.spans)
        assert all(b <= c for (_, b), (c, _) in pairwise(snippet.spans))
        assert end == len(text) or not unicodedata.combining(text[end])
        for a, b in snippet.spans:
            assert any(t.kind(term) for t in TARGETS for term in terms(text[start + a : start + b]))


def terms(text: str) -> list[Term]:
    return [token.term for token in analyze(text)]


@given(texts)
def test_blocks_analyzed_again_have_the_tokens_of_the_whole_text(text: str) -> None:
    source = stored(text)
    whole = list(analyze(text))
    assert source.tokens() == whole
    for token in whole[::7]:
        at = list(source.at_positions(token.position, token.position))
        assert token in at
        assert token in source.at_offsets(token.start, token.end)


LONG = st.lists(st.sampled_from(PIECES), min_size=300, max_size=400).map("".join)


@reads_long_text
@given(LONG)
def test_checkpoints_fall_between_words(text: str) -> None:
    assert stored(text).tokens() == list(analyze(text))


@given(texts, st.data())
def test_a_fragment_cut_at_boundaries_shows_its_match_and_cuts_no_word(
    text: str, data: st.DataObject
) -> None:
    tokens = list(analyze(text))
    if not tokens:
        return
    token = data.draw(st.sampled_from(tokens))
    width = data.draw(st.integers(1, 200))
    min_start = data.draw(st.integers(0, token.start))
    start, end = extend_to_boundaries(text, token.start, token.end, width, min_start)
    assert min_start <= start <= token.start < token.end <= end <= len(text)
    whole = [t for t in tokens if start < t.end and t.start < end]
    inside = [t for t in whole if start <= t.start and t.end <= end]
    assert start == min_start or re.sub(r"\S", "", text[start - 1 : start]) or whole == inside
