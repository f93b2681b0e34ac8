"""`search.kernels`: array functions against sets, dictionaries and sorted lists.

Every test runs in both bounds: the way that a kernel takes must not change its result.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from bounds import in_both_bounds
from hypothesis import given
from hypothesis import strategies as st

from search.kernels import docsets, max_score, positions, top_k
from search.kernels.ranked_documents import DocumentScore, RankedDocuments
from search.kernels.scored_postings import DOCUMENT, EMPTY, Array, ScoredPostings
from search.query.positions import within

pytestmark = pytest.mark.slow

COUNT = 60
"""Documents of the segment."""
CODES = 8
"""Length of a score table."""


def docset(numbers: Any) -> Array:
    return np.array(sorted(numbers), DOCUMENT)


DOCUMENTS = st.sets(st.integers(0, COUNT - 1))
# Few different values, so that many are equal; multiples of a half, so that sums are exact.
SCORES = st.integers(1, 12).map(lambda half: half / 2)
SCORED = st.dictionaries(st.integers(0, COUNT - 1), SCORES)
WEIGHTS = st.sampled_from([0.5, 1.0, 2.0])
TABLE = np.arange(1, CODES + 1) / 2


WithScores = tuple[ScoredPostings, dict[int, float]]


@st.composite
def scored_postings(draw: st.DrawFn) -> WithScores:
    """Postings with a score table or without, and the same scores as a dictionary."""
    weight = draw(WEIGHTS)
    if draw(st.booleans()):
        scores = draw(SCORED)
        values = np.array([scores[n] for n in sorted(scores)], np.float64)
        max_value = float(values.max(initial=0.0))
        postings = ScoredPostings(docset(scores), values, None, weight, max_value)
        return postings, {n: score * weight for n, score in scores.items()}
    codes = draw(st.dictionaries(st.integers(0, COUNT - 1), st.integers(0, CODES - 1)))
    values = np.array([codes[n] for n in sorted(codes)], np.uint16)
    postings = ScoredPostings(docset(codes), values, TABLE, weight, float(TABLE.max()))
    return postings, {n: float(TABLE[code]) * weight for n, code in codes.items()}


DISJUNCTIONS = st.lists(scored_postings(), max_size=6)


def sums(parts: Sequence[dict[int, float]]) -> dict[int, float]:
    totals: Counter[int] = Counter()
    for part in parts:
        totals.update(part)
    return dict(sorted(totals.items()))


def best(scores: dict[int, float], k: int) -> list[tuple[int, float]]:
    return sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))[:k]


# -- scored_postings -------------------------------------------------------------


@given(scored_postings(), DOCUMENTS)
@in_both_bounds
def test_postings_score_their_documents(given: WithScores, included: set[int]) -> None:
    postings, expected = given
    scores = postings.scores()
    assert dict(zip(postings.documents.tolist(), scores.tolist(), strict=True)) == expected
    assert scores.max(initial=0.0) <= postings.bound
    indices = np.arange(0, len(postings.documents), 2)
    assert postings.scores_at(indices).tolist() == scores[indices].tolist()
    masked = postings.masked(docsets.mask(docset(included), COUNT))
    assert masked.documents.tolist() == sorted(included & expected.keys())
    assert masked.scores().tolist() == [expected[n] for n in sorted(included & expected.keys())]


@given(scored_postings())
@in_both_bounds
def test_scores_are_a_new_array(given: WithScores) -> None:
    postings, expected = given
    postings.scores().fill(-1)
    postings.scores_at(np.arange(len(postings.documents))).fill(-1)
    assert postings.scores().tolist() == [expected[n] for n in sorted(expected)]


# -- docsets ---------------------------------------------------------------------


@given(DOCUMENTS, DOCUMENTS)
@in_both_bounds
def test_indices_lead_to_the_documents_that_are_sought(sought: set[int], other: set[int]) -> None:
    both, ordered = sought & other, sorted(other)
    expected = [ordered.index(n) for n in sorted(both)]
    assert docsets.indices_in(docset(sought), docset(other), COUNT).tolist() == expected
    at, indices = docsets.indices_in_both(docset(sought), docset(other), COUNT)
    assert [sorted(sought)[n] for n in at] == sorted(both)
    assert indices.tolist() == expected


@given(st.lists(DOCUMENTS, min_size=1, max_size=5))
@in_both_bounds
def test_an_intersection_is_that_of_sets(sets: list[set[int]]) -> None:
    expected = sorted(set.intersection(*sets))
    assert docsets.intersection([docset(each) for each in sets], COUNT).tolist() == expected


@given(st.lists(DOCUMENTS, max_size=5))
@in_both_bounds
def test_a_union_is_that_of_sets(sets: list[set[int]]) -> None:
    documents = docsets.union([docset(each) for each in sets], COUNT)
    assert documents.tolist() == sorted(set().union(*sets))
    assert documents.dtype == DOCUMENT


@given(DOCUMENTS, DOCUMENTS)
@in_both_bounds
def test_a_difference_is_that_of_sets(included: set[int], excluded: set[int]) -> None:
    documents = docsets.difference(docset(included), docset(excluded), COUNT)
    assert documents.tolist() == sorted(included - excluded)


@given(DOCUMENTS)
@in_both_bounds
def test_a_mask_marks_the_documents(included: set[int]) -> None:
    mask = docsets.mask(docset(included), COUNT)
    assert mask.tolist() == [n in included for n in range(COUNT)]


@given(st.lists(st.integers(0, COUNT - 1)))
@in_both_bounds
def test_distinct_values_are_those_of_a_set(values: list[int]) -> None:
    ascending = np.array(sorted(values), DOCUMENT)
    assert docsets.distinct(np.array(values, DOCUMENT)).tolist() == sorted(set(values))
    assert docsets.distinct_sorted(ascending).tolist() == sorted(set(values))


# -- top_k -----------------------------------------------------------------------

MANY = st.lists(st.integers(0, 30).map(float), max_size=80)
K = st.integers(1, 20)
MIN_SCORES = st.integers(0, 10).map(float)


@given(MANY, K, MIN_SCORES)
@in_both_bounds
def test_a_threshold_loses_none_of_the_best(scores: list[float], k: int, min_score: float) -> None:
    threshold = top_k.threshold(np.array(scores), k, min_score)
    last = sorted(scores, reverse=True)[k - 1] if len(scores) >= k else 0.0
    assert threshold <= max(min_score, last)
    assert threshold >= min_score


@given(MANY, K, MIN_SCORES)
@in_both_bounds
def test_the_top_k_indices_are_of_the_best_scores_that_reach_the_minimum(
    scores: list[float], k: int, min_score: float
) -> None:
    at = top_k.top_k_indices(np.array(scores), k, min_score).tolist()
    reaching = {n: score for n, score in enumerate(scores) if score >= min_score}
    assert {n for n, _ in best(reaching, k)} <= set(at) <= reaching.keys()
    assert at == sorted(at)


@given(SCORED, K)
@in_both_bounds
def test_the_top_k_are_sorted_by_score_and_then_by_number(scores: dict[int, float], k: int) -> None:
    values = np.array([scores[n] for n in sorted(scores)], np.float64)
    assert list(top_k.top_k([(docset(scores), values, 0)], k)) == best(scores, k)


@in_both_bounds
def test_scores_that_differ_by_rounding_alone_are_ranked_by_number() -> None:
    numbers = np.arange(6)
    scores = np.array([0.3, 0.1 + 0.2, 0.3, 0.1 + 0.2, 0.3 + 2e-9, 0.3])
    assert [n for n, _ in top_k.top_k([(numbers, scores, 0)], 6)] == [4, 0, 1, 2, 3, 5]
    assert top_k.top_k_indices(scores, 2).tolist() == [0, 1, 2, 3, 4, 5]


@given(st.integers(0, 1 << 20).map(random.Random), st.integers(1, 900))
@in_both_bounds
def test_many_documents_of_several_segments_are_ranked_as_a_few_are(
    chance: random.Random, k: int
) -> None:
    parts, expected = [], {}
    for offset in (0, 1000, 2000):
        scores = {n: chance.randrange(9) / 3 for n in chance.sample(range(1000), 300)}
        numbers = np.array(list(scores), np.uint16)  # in any order
        parts.append((numbers, np.array(list(scores.values())), offset))
        expected |= {n + offset: round(score, 9) for n, score in scores.items()}
    assert list(top_k.top_k(parts, k)) == best(expected, k)


@given(st.lists(st.dictionaries(st.integers(0, 9), st.integers(0, 5)), max_size=3))
@in_both_bounds
def test_documents_of_several_segments_are_ranked_together(segments: list[dict[int, int]]) -> None:
    parts, expected = [], {}
    for number, scores in enumerate(segments):
        ordered = dict(sorted(scores.items()))
        values = np.array([ordered[n] for n in ordered], np.float64)
        parts.append((np.array(list(ordered), np.uint16), values, number * 10))
        expected |= {number * 10 + n: float(score) for n, score in ordered.items()}
    assert list(top_k.top_k(parts, 4)) == best(expected, 4)


# -- ranked_documents ------------------------------------------------------------


@given(st.lists(st.tuples(st.integers(0, 99), st.floats(0, 9)), unique_by=lambda pair: pair[0]))
@in_both_bounds
def test_ranked_documents_are_the_sequence_of_their_pairs(pairs: list[DocumentScore]) -> None:
    ranking = RankedDocuments.of(pairs)
    assert list(ranking) == pairs == [ranking[n] for n in range(len(ranking))]
    assert list(ranking[2:5]) == pairs[2:5]
    assert list(pairs[:3] + ranking[3:]) == pairs
    assert list(ranking.without({1, 2, 3})) == [p for p in pairs if p[0] not in {1, 2, 3}]
    assert [ranking.index_of(n) for n, _ in pairs] == list(range(len(pairs)))
    assert ranking.index_of(100) is None
    assert RankedDocuments.of(ranking) is ranking


# -- max_score -------------------------------------------------------------------


@given(DISJUNCTIONS, K, MIN_SCORES, st.none() | DOCUMENTS)
@in_both_bounds
def test_the_best_of_a_disjunction_are_the_best_of_its_sums(
    parts: list[WithScores], k: int, min_score: float, included: set[int] | None
) -> None:
    totals = sums([scores for _, scores in parts])
    expected = {
        n: total
        for n, total in totals.items()
        if total >= min_score and (included is None or n in included)
    }
    scratch = np.zeros(COUNT)
    mask = None if included is None else docsets.mask(docset(included), COUNT)
    postings = [postings for postings, _ in parts]
    documents, scores = max_score.top_k_disjunction(postings, k, min_score, mask, scratch)
    scored = dict(zip(documents.tolist(), scores.tolist(), strict=True))
    assert best({n: s for n, s in scored.items() if s >= min_score}, k) == best(expected, k)
    assert scored.items() <= totals.items()
    assert documents.tolist() == sorted(documents.tolist())
    assert not scratch.any()


@given(st.integers(0, 1 << 20).map(random.Random), st.integers(1, 4))
@in_both_bounds
def test_a_few_heavy_words_and_many_light_ones_are_pruned_without_loss(
    chance: random.Random, k: int
) -> None:
    """Where the light ones can just lift a document over the best, or just not."""
    postings, parts = [], []
    for weight, length in [(2.0, 4), (1.0, 6), (0.5, 40), (0.25, 50)]:
        scores = {n: chance.randint(1, 8) / 2 for n in chance.sample(range(COUNT), length)}
        values = np.array([scores[n] for n in sorted(scores)])
        postings.append(ScoredPostings(docset(scores), values, None, weight, 4.0))
        parts.append({n: score * weight for n, score in scores.items()})
    documents, totals = max_score.top_k_disjunction(postings, k, 0.0, None, np.zeros(COUNT))
    assert list(top_k.top_k([(documents, totals, 0)], k)) == best(sums(parts), k)


@given(DISJUNCTIONS)
@in_both_bounds
def test_merged_postings_are_their_sums(parts: list[WithScores]) -> None:
    documents, scores = max_score.merge_postings([postings for postings, _ in parts])
    expected = sums([scores for _, scores in parts])
    assert dict(zip(documents.tolist(), scores.tolist(), strict=True)) == expected
    assert documents.tolist() == list(expected)


@given(DOCUMENTS, scored_postings())
@in_both_bounds
def test_postings_add_to_the_scores_of_their_documents(
    documents: set[int], given: WithScores
) -> None:
    postings, expected = given
    scores = np.ones(len(documents))
    max_score.add_scores(postings, docset(documents), scores, COUNT)
    assert scores.tolist() == [1.0 + expected.get(n, 0.0) for n in sorted(documents)]


@given(st.lists(st.tuples(st.integers(0, COUNT - 1), SCORES)))
@in_both_bounds
def test_scores_in_any_order_are_summed_by_document(pairs: list[tuple[int, float]]) -> None:
    documents = np.array([n for n, _ in pairs], DOCUMENT)
    scores = np.array([score for _, score in pairs], np.float64)
    postings = max_score.sum_by_document(documents, scores, COUNT)
    expected = sums([{n: score} for n, score in pairs])
    found = dict(zip(postings.documents.tolist(), postings.scores().tolist(), strict=True))
    assert found == expected
    assert postings.documents.tolist() == list(expected)
    assert postings.bound == max(expected.values(), default=0.0)


@in_both_bounds
def test_empty_postings_change_nothing() -> None:
    postings = ScoredPostings(docset([3, 5]), np.array([1.0, 2.0]), None, 1.0, 2.0)
    documents, scores = max_score.top_k_disjunction(
        [EMPTY, postings, EMPTY], 5, 0.0, None, np.zeros(COUNT)
    )
    assert (documents.tolist(), scores.tolist()) == ([3, 5], [1.0, 2.0])


# -- positions -------------------------------------------------------------------

POSITIONS = st.dictionaries(st.integers(0, COUNT - 1), st.sets(st.integers(0, 40), min_size=1))
"""Document → positions of a word in it."""


def keys_of(word: dict[int, set[int]], shift: int = 0) -> Array:
    documents = sorted(word)
    counts = np.array([len(word[n]) for n in documents], np.int64)
    flat = np.array([p for n in documents for p in sorted(word[n])], np.uint32)
    return positions.position_keys(docset(word), counts, flat, shift)


@given(POSITIONS, st.integers(0, 5))
@in_both_bounds
def test_keys_are_documents_with_positions(word: dict[int, set[int]], shift: int) -> None:
    pairs = [divmod(key, 1 << positions.POSITION_BITS) for key in keys_of(word, shift).tolist()]
    assert pairs == [(n, p + shift) for n in sorted(word) for p in sorted(word[n])]
    assert positions.documents_of(keys_of(word, shift)).tolist() == sorted(word)


@given(POSITIONS, POSITIONS, st.integers(0, 3))
@in_both_bounds
def test_keys_in_both_are_words_in_a_row(
    first: dict[int, set[int]], second: dict[int, set[int]], offset: int
) -> None:
    shared = positions.keys_in_both(keys_of(first, offset), keys_of(second))
    expected = [
        (n << positions.POSITION_BITS) + p
        for n in sorted(first)
        for p in sorted({p + offset for p in first[n]} & second.get(n, set()))
    ]
    assert shared.tolist() == expected


@given(POSITIONS, POSITIONS, st.integers(1, 40))
@in_both_bounds
def test_a_key_is_near_where_the_document_has_the_two_words_near_each_other(
    first: dict[int, set[int]], second: dict[int, set[int]], distance: int
) -> None:
    close = positions.near(keys_of(first), keys_of(second), distance)
    expected = {
        n: {p for p in first[n] if any(0 < abs(p - q) <= distance for q in others)}
        for n, others in second.items()
        if n in first
    }
    assert close.tolist() == keys_of({n: ps for n, ps in expected.items() if ps}).tolist()
    both = first.keys() & second.keys()
    near = [n for n in both if within([sorted(first[n]), sorted(second[n])], distance)]
    assert positions.documents_of(close).tolist() == sorted(near)


@given(st.lists(st.integers(0, 9)), st.integers(1, 4))
@in_both_bounds
def test_repeated_keys_are_those_of_a_counter(keys: list[int], times: int) -> None:
    expected = sorted(key for key, count in Counter(keys).items() if count >= times)
    assert positions.repeated_keys(np.array(keys, np.int64), times).tolist() == expected


@given(st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 5))))
@in_both_bounds
def test_concatenated_ranges_are_those_of_python(ranges: list[tuple[int, int]]) -> None:
    starts = np.array([start for start, _ in ranges], np.int64)
    counts = np.array([count for _, count in ranges], np.int64)
    expected = [n for start, count in ranges for n in range(start, start + count)]
    assert positions.concatenated_ranges(starts, counts).tolist() == expected
