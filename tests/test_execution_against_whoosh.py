"""Kernels, matchers over the arrays, and Whoosh with an index of its own find the same.

The same documents in the same order, with scores equal to 1e-9, for random queries of
every kind: in one segment and in many, with documents deleted and without.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from bounds import BOTH, Bounds, bounded
from library import build, thinned
from questions import Draw, questions
from stock import (
    Ranking,
    array_searcher,
    by_arrays,
    by_stock,
    by_whoosh,
    kernels_agree,
    planned,
    same,
    stock,
)
from whoosh import query as whoosh
from whoosh.query import Query as WhooshQuery
from whoosh.searching import Searcher as WhooshSearcher

from search import Searcher
from search.names import aliases
from search.names.spellings import NameSpellings
from search.query.node import Query

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("blocks_of_a_segment")]

DOCUMENTS = 300
EACH = 20
"""Queries of each kind for each of the four indexes: two thousand in all."""

_STEMS = [
    *("libya", "russia", "talk", "railway", "oil", "minister", "committee", "energy", "port"),
    *("consul", "cooperate", "contract", "govern", "unity", "election", "bank", "grain"),
    *("ليبيا", "روسيا", "وزير", "لجنة", "سفارة", "نفط", "حكومة", "وحدة", "مصرف", "طاقة"),
    *("ميناء", "قمح", "انتخاب", "مدينة", "شركة", "اتفاق", "مستشفى", "علي", "على", "الازمة"),
]
_ENDS = {"en": ["", "", "s", "ing", "ed", "'s", "al"], "ar": ["", "", "ين", "ية", "ات", "ه"]}
_STARTS = {"en": ["", "", "", "re", "UN-"], "ar": ["", "", "ال", "و", "ب", "وال", "لل", "ف"]}
_NAMES = [
    *("Libya", "Russia", "Dbeibah", "Dubaybah", "Al-Dbeibah", "Abdul", "Hamid", "Abdulhamid"),
    *("Ali", "Putin", "الدبيبة", "عبد", "الحميد", "عبدالحميد", "بوتين", "Mishustin", "ميشوستين"),
]
ALIASES = [
    "oil = نفط",
    "WHO = committee of energy = لجنة الطاقة",
    "5+5 = Abdul Hamid",
    "bank = gone",
]
_COMMON = ["the", "of", "in", "and", "WHO", "5+5", "2016", "في", "من", "أن", "إلى", "هذا"]


def _vocabulary(chance: random.Random) -> list[str]:
    words = []
    for stem in _STEMS:
        language = "en" if stem.isascii() else "ar"
        starts, ends = _STARTS[language], _ENDS[language]
        words += [chance.choice(starts) + stem + chance.choice(ends) for _ in range(5)]
    words += _NAMES
    chance.shuffle(words)
    return _COMMON + words


def corpus() -> dict[str, Any]:
    """Texts of a few words and of hundreds, some of them alike, and one word 700 times."""
    chance = random.Random(11)
    words = _vocabulary(chance)
    weights = [1 / (n + 3) for n in range(len(words))]
    found: dict[str, Any] = {}
    for number in range(DOCUMENTS):
        length = chance.choice([0, 1, 2, 5, 5, 12, 12, 30, 60])
        text = chance.choices(words, weights, k=length)
        if number % 60 == 7:
            text += ["oil"] * chance.choice([255, 256, 300, 700]) + ["ليبيا"] * 260
        found[f"d{number}"] = {
            "text": " ".join(text),
            "title": " ".join(chance.choices(words, weights, k=chance.randrange(4))),
            "date": f"20{chance.randrange(10, 24)}-05-01",
        }
        if number % 9 == 4:  # equal but for their numbers
            found[f"d{number}"] = dict(found[f"d{number - 1}"])
    return found


@dataclass(frozen=True, slots=True)
class Case:
    """An index, Whoosh's of the same documents, and queries as both were asked."""

    ours: Searcher
    arrays: WhooshSearcher
    """Whoosh's searcher over our own arrays."""
    whoosh: WhooshSearcher
    queries: dict[str, Query]
    """As planned with the words of our index; every second one finds names in all spellings."""
    answers: dict[str, Ranking]
    """What Whoosh says, by the words of its own."""


@pytest.fixture(
    scope="module",
    params=[(1, False), (4, False), (1, True), (2, True)],
    ids=["one segment", "four segments", "one thinned", "four thinned"],
)
def case(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Case]:
    segments, lost = request.param
    documents = corpus()
    folder = tmp_path_factory.mktemp("against")
    with (thinned if lost else build)(folder, documents, segments=segments) as ours:
        deletions = [bool(segment.info.deleted) for segment in ours._reader.segments]
        assert sum(deletions) == (segments if lost else 0)
        theirs = stock(ours)
        asked = drawn(documents, seed=10 * segments + lost)
        engine = ours._engine
        known = NameSpellings(engine.dictionary, engine.collector.count, aliases.parse(ALIASES))
        names = {text: known if n % 2 else None for n, text in enumerate(asked)}
        queries = {text: planned(ours, text, names[text]) for text in asked}
        answers = {text: by_stock(theirs, text, names[text]) for text in asked}
        yield Case(ours, array_searcher(ours), theirs, queries, answers)


def drawn(documents: dict[str, Any], seed: int) -> list[str]:
    texts = [fields["text"] for fields in documents.values()]
    titles = [fields["title"] for fields in documents.values()]
    paths = ["00000*", "*#d1*", "files", "nowhere", "*"]
    return [text for _, text in questions(Draw(texts, titles, seed, paths), EACH)]


@pytest.mark.parametrize("bounds", BOTH)
def test_kernels_and_whoosh_agree(case: Case, bounds: Bounds) -> None:
    with bounded(bounds):
        assert not [
            text
            for text, query in case.queries.items()
            if not kernels_agree(case.ours, query, case.answers[text])
        ]


def test_matchers_over_the_arrays_and_whoosh_agree(case: Case) -> None:
    assert not [
        text
        for text, query in case.queries.items()
        if not same(by_arrays(case.arrays, query), case.answers[text])
    ]


def test_many_queries_find_more_by_names(case: Case) -> None:
    plain = {text: planned(case.ours, text) for text in case.queries}
    more = [
        text
        for text, query in plain.items()
        if len(case.answers[text]) > case.ours._engine.collector.count(query)
    ]
    assert len(more) > 20


def test_most_queries_find_something(case: Case) -> None:
    """That nothing equals nothing would prove little."""
    sizes = [len(answer) for answer in case.answers.values()]
    assert sum(size > 0 for size in sizes) > 0.8 * len(sizes)
    assert sum(size > 10 for size in sizes) > 0.5 * len(sizes)


def term(name: str, text: str) -> WhooshQuery:
    return whoosh.Term(name, text)


FOREIGN: dict[str, Callable[[], WhooshQuery]] = {
    "prefix": lambda: whoosh.Prefix("exact", "co"),
    "wildcard": lambda: whoosh.Wildcard("exact", "*الو*"),
    "fuzzy": lambda: whoosh.FuzzyTerm("exact", "railwy", maxdist=2, prefixlength=1),
    "range": lambda: whoosh.TermRange("exact", "oil", "russia"),
    "phrase": lambda: whoosh.Phrase("exact", ["in", "the"]),
    "loose phrase": lambda: whoosh.Phrase("exact", ["the", "في"], slop=4),
    "not": lambda: whoosh.And([term("exact", "the"), whoosh.Not(term("exact", "of"))]),
    "require": lambda: whoosh.Require(term("stem", "oil"), term("exact", "the")),
    "and maybe": lambda: whoosh.AndMaybe(term("exact", "the"), term("stem", "oil")),
    "otherwise": lambda: whoosh.Otherwise(term("exact", "nowhere"), term("exact", "the")),
    "best of": lambda: whoosh.DisjunctionMax([term("exact", "the"), term("exact", "of")]),
    "constant": lambda: whoosh.ConstantScoreQuery(term("exact", "the"), 2.5),
    "every": whoosh.Every,
    "in an Or": lambda: whoosh.Or([whoosh.Prefix("exact", "co"), term("exact", "the")]),
    "in an And": lambda: whoosh.And([whoosh.Wildcard("exact", "*a*"), term("exact", "the")]),
    "weighed": lambda: whoosh.Or([term("exact", "the"), term("stem", "oil")], boost=3.0),
}  # fmt: skip


@pytest.mark.parametrize("query", FOREIGN.values(), ids=FOREIGN)
def test_whooshs_own_searcher_answers_its_own_queries_over_the_arrays(
    case: Case, query: Callable[[], WhooshQuery]
) -> None:
    """Whoosh opens the index by our codec: prefixes, wildcards, ranges and all its queries."""
    expected = by_whoosh(case.whoosh, query())
    assert expected
    assert same(by_whoosh(case.arrays, query()), expected)


def test_an_exact_phrase_matches_where_whoosh_finds_its_own(case: Case) -> None:
    """Whoosh's Phrase shares no code with ours."""
    chance = random.Random(5)
    texts = [fields["text"].split() for fields in corpus().values()]
    found = 0
    for words in chance.choices([words for words in texts if len(words) > 3], k=60):
        at = chance.randrange(len(words) - 2)
        pair: Sequence[str] = words[at : at + 2]
        if any(not word.isalpha() or word.isupper() for word in pair):
            continue
        theirs = whoosh.Or(
            [
                whoosh.Phrase(name, [word.lower() for word in pair])
                for name in ("exact", "title_exact", "filename_exact")
            ]
        )
        expected = {document for document, _ in by_whoosh(case.whoosh, theirs)}
        ours = case.ours._engine.collector.collect(planned(case.ours, f'="{" ".join(pair)}"'))
        assert set(ours.documents.tolist()) == expected, pair
        found += len(expected)
    assert found > 20
