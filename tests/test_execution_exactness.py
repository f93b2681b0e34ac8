"""Kernels, our matchers over the same arrays, and a plain sum of BM25 agree.

The kernels answer; Whoosh's matchers over the arrays are the second opinion, and a
search that adds up the formula word by word the third.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest
from examples import compares_scorers
from hypothesis import given
from hypothesis import strategies as st
from library import build, thinned
from stock import FORMS, array_searcher, by_arrays

from index.analysis import analyze
from index.codec.posting_codes import LENGTH_BY_CODE, length_codes
from search import Searcher
from search.execution.collector import MatchSet
from search.names import aliases
from search.names.spellings import NameSpellings
from search.options import Options
from search.parsing.parser import parse
from search.planning.planner import plan_query
from search.query.node import Query
from search.query.terms import TermQuery, TermSetQuery
from search.ranking.bm25 import WEIGHTS, bm25, idf

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("blocks_of_a_segment")]

WORDS = [
    *("libya", "russia", "the", "talks", "UN-backed", "al-Koni", "5+5", "oil", "railway"),
    *("ليبيا", "بليبيا", "الأزمة", "الازمة", "على", "علي", "والدبيبة", "روسيا", "وزير"),
    *("Dbeibah", "Dubaybah", "Abdul", "Hamid", "Abdulhamid", "عبد", "الحميد", "عبدالحميد", "Ali"),
]
ALIASES = ["oil = نفط = وزير", "UN-backed = Government of Libya = talks", "5+5 = Abdul Hamid"]
TERMS = st.sampled_from(WORDS)
PAIRS = st.tuples(TERMS, TERMS).map(" ".join)
LEAVES = st.one_of(
    TERMS,
    TERMS.map("{}*".format),
    TERMS.map("{}~".format),
    TERMS.map('="{}"'.format),
    PAIRS.map('"{}"'.format),
    PAIRS.map('"{}"~4'.format),
    TERMS.map("title:{}".format),
    TERMS.map("name:{}".format),
    PAIRS.map("name:({})".format),
    st.sampled_from(["Abdul Hamid", "عبد الحميد", '"Abdul Hamid"', "Government of Libya"]),
    st.sampled_from(["lang:ar", "lang:en", "date:2016..2020", "type:jsonl", "path:00000*"]),
)
QUERIES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=4).map(" ".join),
        st.tuples(inner, inner).map(" AND ".join),
        st.tuples(inner, inner).map(" OR ".join),
        st.tuples(inner, inner).map("{0[0]} -({0[1]})".format),
        st.tuples(inner, inner).map("+({0[0]}) {0[1]}".format),
        inner.map("({})".format),
    ),
    max_leaves=6,
)


def texts(count: int, seed: int) -> dict[str, Any]:
    chance = random.Random(seed)
    weights = [1 / (n + 1) for n in range(len(WORDS))]
    return {
        f"d{number}": {
            "text": " ".join(chance.choices(WORDS, weights, k=chance.choice([0, 3, 20, 60, 300]))),
            "title": " ".join(chance.choices(WORDS, weights, k=chance.randrange(3))),
            "date": f"20{chance.randrange(10, 24)}-05-01",
        }
        for number in range(count)
    }


@pytest.fixture(scope="module")
def documents() -> dict[str, Any]:
    return texts(150, 7)


@pytest.fixture(scope="module", params=[1, 5], ids=["one segment", "five segments"])
def searcher(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    documents: dict[str, Any],
) -> Iterator[Searcher]:
    with build(tmp_path_factory.mktemp("exact"), documents, segments=request.param) as searcher:
        yield searcher


@pytest.fixture(scope="module")
def thin(tmp_path_factory: pytest.TempPathFactory, documents: dict[str, Any]) -> Iterator[Searcher]:
    """Five segments, of which three have lost documents."""
    with thinned(tmp_path_factory.mktemp("thinned"), documents, segments=3) as searcher:
        assert sum(bool(segment.info.deleted) for segment in searcher._reader.segments) == 3
        yield searcher


def by_matchers(searcher: Searcher, query: Query) -> list[tuple[int, float]]:
    """What Whoosh's matchers over the arrays say, best first."""
    found = by_arrays(array_searcher(searcher), query)
    return [(document, round(score, 9)) for document, score in found]


def agree(searcher: Searcher, text: str) -> None:
    engine = searcher._engine
    known = NameSpellings(engine.dictionary, engine.collector.count, aliases.parse(ALIASES))
    for names in (None, known):
        agree_on(searcher, plan_query(parse(text), searcher._expander, names=names).query)


def agree_on(searcher: Searcher, query: Query) -> None:
    expected = by_matchers(searcher, query)
    collector = searcher._engine.collector
    for compiled in dict.fromkeys((collector._compiled, None)):
        found = MatchSet(collector.segments, query, compiled)
        agree_on_matches(found, expected)


def agree_on_matches(found: MatchSet, expected: list[tuple[int, float]]) -> None:
    top = found.best(10)
    assert found.total == len(expected) == len(found.documents)
    assert [document for document, _ in top] == [document for document, _ in expected[:10]]
    for (_, ours), (_, theirs) in zip(top, expected, strict=False):
        assert ours == pytest.approx(theirs, abs=2e-9)


@pytest.mark.slow
@compares_scorers
@given(QUERIES)
def test_kernels_and_matchers_agree(searcher: Searcher, text: str) -> None:
    agree(searcher, text)


@pytest.mark.slow
@compares_scorers
@given(QUERIES)
def test_kernels_and_matchers_agree_on_deletions(thin: Searcher, text: str) -> None:
    agree(thin, text)


def term_queries(query: Query) -> list[TermQuery]:
    """The terms of a disjunction of words, those that an expansion adds as well."""
    found = []
    for part, _ in query.disjuncts(1.0) or []:
        match part:
            case TermQuery():
                found.append(part)
            case TermSetQuery(field, boosts, boost):
                found += [TermQuery(field, text, each * boost) for text, each in boosts]
    return found


@pytest.mark.parametrize("text", ["oil", "libya oil", "ليبيا وزير russia", "talks railway oil"])
def test_the_score_of_a_disjunction_is_the_sum_of_the_formula(
    searcher: Searcher, documents: dict[str, Any], text: str
) -> None:
    totals = dict.fromkeys(documents, 0.0)
    planned = plan_query(parse(text), searcher._expander).query
    for leaf in term_queries(planned):
        if leaf.field.startswith("filename"):  # a line of a file has none
            continue
        form = FORMS[leaf.field.removeprefix("title_")]
        sources = ("title",) if leaf.field.startswith("title") else ("text", "title")
        lists = {
            name: [form(t.term) for source in sources for t in analyze(fields[source])]
            for name, fields in documents.items()
        }
        lists = {name: [t for t in terms if t is not None] for name, terms in lists.items()}
        average = sum(map(len, lists.values())) / len(lists)
        frequency = sum(leaf.text in terms for terms in lists.values())
        for name, terms in lists.items():
            length = LENGTH_BY_CODE[length_codes([len(terms)])[0]]
            weight = bm25(terms.count(leaf.text), length, average, idf(len(lists), frequency))
            totals[name] += leaf.boost * weight
    expected = {name: score for name, score in totals.items() if score > 0}
    options = Options(limit=1000, second_stage=False, names=False)
    hits = searcher.search(text, options=options).hits
    assert {hit.id for hit in hits} == set(expected)
    for hit in hits:
        assert hit.score == pytest.approx(expected[hit.id], abs=1e-8)


@pytest.mark.parametrize("text", ["Dbeibah", "Ali", "علي", "title:الدبيبة", "name:libya"])
def test_a_name_is_the_sum_of_its_spellings_weighed_by_likeness(
    searcher: Searcher, text: str
) -> None:
    """What a name adds to a word is BM25 of each other spelling, no more than the word's idf."""
    reader, expander = searcher._reader, searcher._expander
    alone = dict(by_matchers(searcher, plan_query(parse(text), expander).query))
    planned = plan_query(parse(text), expander, names=searcher._names)
    (term,) = planned.targets[0].terms
    assert term.name_stems
    added = dict.fromkeys(range(reader.count), 0.0)
    typed = idf(reader.count, reader.document_frequency(*term.field_terms[0]))
    for stem, weight in term.name_stems:
        frequency = reader.document_frequency("stem", stem)
        rarity = min(1.0, typed / idf(reader.count, frequency))
        for field in ("stem", "title_stem") if planned.targets[0].in_body else ("title_stem",):
            query = TermQuery(field, stem, weight * rarity * WEIGHTS[field])
            for document, score in by_matchers(searcher, query):
                added[document] += score
    expected = {n: alone.get(n, 0.0) + more for n, more in added.items() if n in alone or more}
    assert dict(by_matchers(searcher, planned.query)) == pytest.approx(expected, abs=1e-8)
    assert dict(searcher._engine.collector.collect(planned.query).best(1000)) == pytest.approx(
        expected, abs=1e-8
    )
