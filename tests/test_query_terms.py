"""`search.query.query_terms`: the words of a text that the targets of a query accept."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from index.analysis import Token, analyze
from index.analysis.roots import root_of
from search.hits.short_text import short_text
from search.query.query_terms import AcceptedTerms, MatchTarget, Positions, QueryTerm

WORDS = (
    "oil",
    "UN-backed",
    "backed",
    "الكتاب",
    "كتاب",
    "مكتبات",
    "النفط",
    "٢٠١٦",
    "021 333 4455",
    "و",
)
TERMS = tuple(next(t.term for t in analyze(word) if not t.alternative) for word in WORDS)
FIELD_TERMS = [
    *(("stem", term.stem) for term in TERMS if term.stem),
    *(("exact", term.exact) for term in TERMS),
    *(("root", root) for root in map(root_of, TERMS) if root),
]
texts = st.lists(st.sampled_from([*WORDS, " ", " ", "، ", "-"]), max_size=20).map("".join)
query_terms = st.builds(
    QueryTerm,
    st.sampled_from(TERMS),
    st.lists(st.sampled_from(FIELD_TERMS), min_size=1, max_size=4).map(tuple),
    excluded=st.lists(st.sampled_from(FIELD_TERMS), max_size=1).map(tuple),
)
phrases = st.lists(query_terms, min_size=1, max_size=3).map(
    lambda terms: MatchTarget("x", tuple(terms), tuple(range(len(terms))))
)


def by_each_term(tokens: Sequence[Token], targets: Sequence[MatchTarget]) -> Positions:
    """The positions of the targets, by asking each term about each token."""
    found: dict[int, list[int]] = {}
    for number, target in enumerate(targets):
        places = [
            sorted({token.position for token in tokens if term.accepts(token.term)})
            for term in target.terms
        ]
        for position in target.match_positions(places):
            found.setdefault(position, []).append(number)
    return found


@given(texts, st.lists(phrases, max_size=4))
def test_the_positions_of_targets_are_those_of_the_words_that_their_terms_accept(
    text: str, targets: list[MatchTarget]
) -> None:
    expected = by_each_term(list(analyze(text)), targets)
    accepted = AcceptedTerms(targets)
    assert accepted.positions(analyze(text)) == expected
    short = short_text(text)
    assert not expected or accepted.may_be_in(short.stems, short.exact)
    some = accepted.tokens_in(short.pieces)
    assert accepted.positions(some) == expected
    assert {t for t in analyze(text) if t.position in expected} <= set(some)
