"""`search.ranking.rerank`, and the forward lists that it reads (`index.codec`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from examples import builds_index
from hypothesis import given
from hypothesis import strategies as st
from library import Texts, build, ids
from test_codec_segments import built, written

from index.analysis import analyze
from index.analysis.normalizer import folded
from index.codec.forward_index import ForwardIndex, forward_arrays
from index.codec.merge import MergeInput, merge_segments
from index.codec.ngrams import are_arabic_words, extract_ngrams, folded_letters, word_ngrams
from index.codec.postings import FieldPostings
from search import Searcher
from search.options import Options
from search.ranking import rerank
from search.ranking.bm25 import bm25, idf
from search.ranking.rerank import reordered

TEXTS: Texts = {
    "far": "طلب الوزير تأجيل الجلسة القادمة",
    "near": "طلب الوزير مستقلا تأجيل الجلسة",
    "both": {"title": "عن الاستقلال", "text": "الوزير والاستقلال في خطاب طويل أمام الجمهور"},
    "english": "The minister of independence spoke to الوزير in London",
    "marks": "اسْتِقْلال البلاد والإستقلال",
    "other": "مباراة كرة القدم",
}
QUERY = "استقلال الوزير"


@pytest.fixture(scope="module", params=[1, 3])
def searcher(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Searcher]:
    with build(tmp_path_factory.mktemp("rerank"), TEXTS, segments=request.param) as opened:
        yield opened


# -- what the index keeps ----------------------------------------------------------

WORDS = ["libya", "5+5", "ليبيا", "والدبيبة", "على", "و", "الأزمة", "الازمه", "یونس", "ﷺ", "ࢢب"]
bodies = st.lists(st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join), max_size=9)


def words_in(text: str) -> set[str]:
    terms = (token.term for token in analyze(text))
    return {
        term.exact
        for term in terms
        if term.stem is not None and len(term.exact) > 1 and min(term.exact) >= "\u0600"
        if max(term.exact) <= "\u06ff"
    }


def forward_words(path: Path, arrays: dict[str, np.ndarray], count: int) -> list[set[str]]:
    file = written(path, arrays)
    view = FieldPostings(file, "exact")
    before = view.beginning(b"\xd8")[0]
    owners, ranks = ForwardIndex(file).ranks(np.arange(count))
    found: list[set[str]] = [set() for _ in range(count)]
    for owner, rank in zip(owners.tolist(), ranks.tolist(), strict=True):
        word = view.term(before + rank).decode()
        assert word not in found[owner]
        found[owner].add(word)
    return found


@given(bodies)
@builds_index
def test_a_document_holds_the_arabic_words_of_its_body_and_its_title(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    path = tmp_path_factory.mktemp("forward") / "x.arr"
    anywhere = words_in(" ".join(texts))
    expected = [words_in(text) | words_in(text[:7]) & anywhere for text in texts]
    assert forward_words(path, built(texts).arrays(), len(texts)) == expected


@given(bodies, bodies)
@builds_index
def test_a_merge_keeps_the_words_of_the_documents_that_are_left(
    tmp_path_factory: pytest.TempPathFactory, one: list[str], other: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("forward")
    parts = []
    for name, texts in (("a", one), ("b", other)):
        file = written(folder / name, built(texts).arrays())
        parts.append(MergeInput(file, np.arange(len(texts)) % 3 != 0))
    left = [text for texts in (one, other) for n, text in enumerate(texts) if n % 3]
    anew = built(left).arrays()
    again = merge_segments(parts)
    assert forward_words(folder / "c", again, len(left)) == forward_words(
        folder / "d", anew, len(left)
    )
    for name in ("grams/keys", "grams/counts", "forward/lengths"):
        assert again[name].tolist() == anew[name].tolist()


def test_words_further_apart_than_a_gap_reaches_are_found(tmp_path: Path) -> None:
    letters = "ابتثجحخدذرزسشصضطظعغف"
    terms = sorted("".join(word).encode() for word in product(letters, repeat=4))
    held = [0, 65_534, 131_069, 159_999]  # steps of 65,534, of 65,535 and of 28,930
    documents = [1, 1, 1, 1, 0, 2]
    counts = np.zeros(len(terms), np.int64)
    counts[[*held, 70_000, 159_998]] = 1
    order = np.argsort([*held, 70_000, 159_998])
    field = {
        "terms": np.frombuffer(b"".join(terms), np.uint8),
        "term_starts": np.arange(len(terms) + 1, dtype=np.uint32) * 8,
        "posting_starts": np.append(0, np.cumsum(counts)).astype(np.uint32),
        "documents": np.array(documents, np.uint16)[order],
    }
    exact = {f"exact/{name}": field[name] for name in field}
    words = ForwardIndex(written(tmp_path / "x", exact | forward_arrays(field, 4)))
    owners, ranks = words.ranks(np.array([1, 3, 0, 2]))
    assert owners.tolist() == [0, 0, 0, 0, 2, 3]
    assert ranks.tolist() == [*held, 70_000, 159_998]
    assert words.lengths.tolist() == [3, 12, 3, 0]


@given(st.lists(st.text("ابأإآىيةهکیگ", min_size=2, max_size=14), max_size=5))
def test_the_grams_of_words_together_are_those_of_each(words: list[str]) -> None:
    text = np.frombuffer("".join(words).encode(), np.uint8)
    sizes = np.array([2 * len(word) for word in words], np.int64)
    letters = folded_letters(text, sizes.cumsum() - sizes, sizes)
    numbers, found = extract_ngrams(letters)
    pairs = [(n, gram) for n, word in enumerate(words) for gram in word_ngrams(folded(word))]
    assert list(zip(numbers.tolist(), found.tolist(), strict=True)) == pairs


@pytest.mark.parametrize(
    ("word", "expected"),
    [("الازمة", True), ("و", False), ("Libya", False), ("5جي", False), ("ݐاب", False), ("", False)],
)
def test_grams_are_of_two_arabic_letters_at_least(word: str, expected: bool) -> None:
    text = np.frombuffer(word.encode(), np.uint8)
    assert are_arabic_words(text, np.array([0, len(text)]))[0] == expected
    assert bool(word_ngrams(word)) == expected


# -- what it makes of them ---------------------------------------------------------


def plain_scores(asked: list[str], texts: list[str]) -> list[float]:
    """Return the scores of BM25 over n-grams, computed with dictionaries."""
    documents = [Counter(g for w in words_in(t) for g in word_ngrams(folded(w))) for t in texts]
    lengths = [counts.total() for counts in documents]
    average = sum(lengths) / sum(map(bool, lengths))
    held: Counter[int] = sum(documents, Counter())
    count = len(texts)
    return [
        sum(
            bm25(counts[gram], length, average, idf(count, min(max(held[gram], 1), count)))
            for gram in {g for word in asked for g in word_ngrams(word)}
        )
        for counts, length in zip(documents, lengths, strict=True)
    ]


def test_the_score_is_bm25_over_grams(tmp_path: Path) -> None:
    texts = [text if isinstance(text, str) else text["text"] for text in TEXTS.values()]
    with build(tmp_path, dict(zip(TEXTS, texts, strict=True))) as searcher:
        asked = ["استقلال", "الوزير"]
        keys = np.unique(np.array([g for word in asked for g in word_ngrams(word)], np.uint32))
        found = searcher._engine.reranker.scores(keys, np.arange(len(texts)))
        assert found.tolist() == pytest.approx(plain_scores(asked, texts))


def test_of_hits_alike_the_one_that_shares_letters_comes_first(searcher: Searcher) -> None:
    def order(*, second_stage: bool) -> list[str]:
        found = ids(searcher, QUERY, options=Options(limit=9, second_stage=second_stage))
        return [name for name in found if name in ("far", "near")]

    assert order(second_stage=False) == ["far", "near"]
    assert order(second_stage=True) == ["near", "far"]


def test_the_same_is_found_in_whichever_order(searcher: Searcher) -> None:
    for query in (QUERY, f"+{QUERY}", "استقلال -الوزير", f"{QUERY} lang:en"):
        first = searcher.search(query, options=Options(limit=9, second_stage=False))
        second = searcher.search(query, options=Options(limit=9))
        assert first.total == second.total
        assert {hit.id for hit in first.hits} == {hit.id for hit in second.hits}


def test_scores_only_descend_and_every_front_end_has_the_same(searcher: Searcher) -> None:
    ranked = searcher.rank(QUERY, Options(limit=9))
    assert [score for _, score in ranked] == sorted((s for _, s in ranked), reverse=True)
    assert [(hit.id, hit.score) for hit in searcher.search(QUERY).hits] == ranked
    assert [(hit.id, hit.score) for hit in searcher.look(QUERY).window(0, 9)] == ranked
    assert searcher.rank(QUERY, Options(limit=2)) == ranked[:2]


@pytest.mark.parametrize(
    "query",
    ["minister London", '"الوزير تأجيل"', "الوز*", "استقلل~", '="الوزير"', "title:الاستقلال",
     "-استقلال", "في", f"{QUERY} sort:path", f"{QUERY} sort:date"],
)  # fmt: skip
def test_what_has_no_arabic_words_ranked_by_stems_stays_as_it_is(
    searcher: Searcher, query: str
) -> None:
    first, second = (
        searcher.search(query, options=Options(limit=9, second_stage=stage)).hits
        for stage in (False, True)
    )
    assert [(hit.id, hit.score) for hit in first] == [(hit.id, hit.score) for hit in second]


def test_an_index_without_documents_finds_nothing(tmp_path: Path) -> None:
    with build(tmp_path, {}) as searcher:
        assert searcher.rank(QUERY, Options(limit=9)) == []


def test_words_asked_for_as_spelled_stay_as_they_are(searcher: Searcher) -> None:
    options = Options(limit=9, exact=True)
    first = searcher.search(QUERY, options=Options(limit=9, exact=True, second_stage=False))
    assert searcher.search(QUERY, options=options).hits == first.hits


def test_hits_behind_the_first_keep_their_order_and_their_scores(
    searcher: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = searcher.rank(QUERY, Options(limit=9, second_stage=False))
    monkeypatch.setattr(rerank, "DEPTH", 2)
    second = searcher.rank(QUERY, Options(limit=9))
    assert second[2:] == first[2:]
    assert {name for name, _ in second[:2]} == {name for name, _ in first[:2]}
    assert second[:2] != first[:2]


def test_a_hit_without_letters_in_common_is_not_pushed_down() -> None:
    ranked = [(7, 10.0), (4, 8.0), (5, 6.0), (1, 5.5)]
    assert [number for number, _ in reordered(ranked, np.array([0, 4.0, 1.0, 5.0]))] == [7, 4, 1, 5]
    # However much the letters weigh, only what shares more than is usual passes it.
    strongly = reordered(ranked, np.array([4.0, 8.0, 0, 2.0]), weight=9.0)
    assert [number for number, _ in strongly] == [4, 7, 5, 1]


def test_a_hit_that_shares_a_few_letters_by_accident_is_pushed_no_further_than_one_of_none() -> (
    None
):
    ranked = [(7, 10.0), (4, 8.0)]
    for weight in (0.35, 9.0):
        scores = dict(reordered(ranked, np.array([0.1, 8.0]), weight))
        usual = 8.1 / 18
        assert scores[7] == pytest.approx(10 + weight * rerank.MIN_SHARE * usual * 10)


def test_equal_hits_stay_as_they_were_and_no_letters_change_nothing() -> None:
    ranked = [(3, 2.0), (1, 2.0), (2, 2.0)]
    assert [number for number, _ in reordered(ranked, np.ones(3))] == [3, 1, 2]
    assert reordered(ranked, np.zeros(3)) == ranked
