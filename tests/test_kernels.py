"""The kernels as pure functions, beside sets, dictionaries and sorted lists."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pytest
from bounds import BOTH, bounded
from hypothesis import given
from hypothesis import strategies as st

from search.kernels import docsets, max_score
from search.kernels import positions as position_kernel
from search.kernels import top_k as top_k_kernel
from search.kernels.ranked_documents import DocumentScore, RankedDocuments
from search.kernels.scored_postings import DOCUMENT, EMPTY, Array, ScoredPostings
from search.query.positions import within

COUNT = 60
"""Documents of the segment."""
CODES = 8
"""Places of a table of scores."""


@pytest.fixture(autouse=True, scope="module", params=BOTH)
def _bounds(request: pytest.FixtureRequest) -> Iterator[None]:
    """Which of two ways a kernel goes must not be seen: the same tests with low bounds."""
    with bounded(request.param):
        yield


def array(numbers: Any) -> Array:
    return np.array(sorted(numbers), DOCUMENT)


DOCUMENTS = st.sets(st.integers(0, COUNT - 1))
# Of few values, so that many are equal; all are sums of halves, and so exact.
SCORES = st.integers(1, 12).map(lambda half: half / 2)
SCORED = st.dictionaries(st.integers(0, COUNT - 1), SCORES)
WEIGHTS = st.sampled_from([0.5, 1.0, 2.0])
TABLE = np.arange(1, CODES + 1) / 2


@st.composite
def lists(draw: st.DrawFn) -> tuple[ScoredPostings, dict[int, float]]:
    """A list, with a table or without, and as a dictionary."""
    weight = draw(WEIGHTS)
    if draw(st.booleans()):
        held = draw(SCORED)
        values = np.array([held[n] for n in sorted(held)], np.float64)
        one = ScoredPostings(array(held), values, None, weight, float(values.max(initial=0.0)))
        return one, {n: score * weight for n, score in held.items()}
    codes = draw(st.dictionaries(st.integers(0, COUNT - 1), st.integers(0, CODES - 1)))
    values = np.array([codes[n] for n in sorted(codes)], np.uint16)
    one = ScoredPostings(array(codes), values, TABLE, weight, float(TABLE.max()))
    return one, {n: float(TABLE[code]) * weight for n, code in codes.items()}


BAGS = st.lists(lists(), max_size=6)


def totals(parts: Sequence[dict[int, float]]) -> dict[int, float]:
    found: Counter[int] = Counter()
    for part in parts:
        found.update(part)
    return dict(sorted(found.items()))


def best(scores: dict[int, float], count: int) -> list[tuple[int, float]]:
    return sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))[:count]


# -- lists -----------------------------------------------------------------------


@given(lists(), DOCUMENTS)
def test_a_list_scores_its_documents(
    given: tuple[ScoredPostings, dict[int, float]], kept: set[int]
) -> None:
    one, expected = given
    assert dict(zip(one.documents.tolist(), one.scores().tolist(), strict=True)) == expected
    assert one.scores().max(initial=0.0) <= one.bound
    places = np.arange(0, len(one.documents), 2)
    assert one.scores_at(places).tolist() == one.scores()[places].tolist()
    left = one.masked(docsets.mask(array(kept), COUNT))
    assert left.documents.tolist() == sorted(kept & expected.keys())
    assert left.scores().tolist() == [expected[n] for n in sorted(kept & expected.keys())]


@given(lists())
def test_scores_are_a_new_array(given: tuple[ScoredPostings, dict[int, float]]) -> None:
    one, expected = given
    one.scores().fill(-1)
    one.scores_at(np.arange(len(one.documents))).fill(-1)
    assert one.scores().tolist() == [expected[n] for n in sorted(expected)]


# -- sets ------------------------------------------------------------------------


@given(DOCUMENTS, DOCUMENTS)
def test_places_are_where_what_is_wanted_stands(wanted: set[int], held: set[int]) -> None:
    both, ordered = wanted & held, sorted(held)
    expected = [ordered.index(n) for n in sorted(both)]
    assert docsets.indices_in(array(wanted), array(held), COUNT).tolist() == expected
    at, places = docsets.indices_in_both(array(wanted), array(held), COUNT)
    assert [sorted(wanted)[n] for n in at] == sorted(both)
    assert places.tolist() == expected


@given(st.lists(DOCUMENTS, min_size=1, max_size=5))
def test_an_intersection_is_that_of_sets(held: list[set[int]]) -> None:
    expected = sorted(set.intersection(*held))
    assert docsets.intersection([array(one) for one in held], COUNT).tolist() == expected


@given(st.lists(DOCUMENTS, max_size=5))
def test_a_union_is_that_of_sets(held: list[set[int]]) -> None:
    found = docsets.union([array(one) for one in held], COUNT)
    assert found.tolist() == sorted(set().union(*held))
    assert found.dtype == DOCUMENT


@given(DOCUMENTS, DOCUMENTS)
def test_a_difference_is_that_of_sets(held: set[int], excluded: set[int]) -> None:
    found = docsets.difference(array(held), array(excluded), COUNT)
    assert found.tolist() == sorted(held - excluded)


@given(DOCUMENTS)
def test_what_is_marked_is_what_is_held(held: set[int]) -> None:
    assert docsets.mask(array(held), COUNT).tolist() == [n in held for n in range(COUNT)]


@given(st.lists(st.integers(0, COUNT - 1)))
def test_distinct_values_are_those_of_a_set(values: list[int]) -> None:
    assert docsets.distinct(np.array(values, DOCUMENT)).tolist() == sorted(set(values))
    assert docsets.distinct_sorted(np.array(sorted(values), DOCUMENT)).tolist() == sorted(
        set(values)
    )


# -- top -------------------------------------------------------------------------

MANY = st.lists(st.integers(0, 30).map(float), max_size=80)
HOW_MANY = st.integers(1, 20)
FLOORS = st.integers(0, 10).map(float)


@given(MANY, HOW_MANY, FLOORS)
def test_a_threshold_loses_none_of_the_best(scores: list[float], count: int, floor: float) -> None:
    found = top_k_kernel.threshold(np.array(scores), count, floor)
    last = sorted(scores, reverse=True)[count - 1] if len(scores) >= count else 0.0
    assert found <= max(floor, last)
    assert found >= floor


@given(MANY, HOW_MANY, FLOORS)
def test_what_is_above_holds_the_best_of_what_reaches_the_floor(
    scores: list[float], count: int, floor: float
) -> None:
    at = top_k_kernel.top_k_indices(np.array(scores), count, floor).tolist()
    reaching = {n: score for n, score in enumerate(scores) if score >= floor}
    assert {n for n, _ in best(reaching, count)} <= set(at) <= reaching.keys()
    assert at == sorted(at)


@given(SCORED, HOW_MANY)
def test_ranked_is_sorted_by_score_and_then_by_number(scores: dict[int, float], count: int) -> None:
    values = np.array([scores[n] for n in sorted(scores)], np.float64)
    assert list(top_k_kernel.top_k([(array(scores), values, 0)], count)) == best(scores, count)


def test_scores_that_differ_by_rounding_alone_are_ranked_by_number() -> None:
    numbers = np.arange(6)
    scores = np.array([0.3, 0.1 + 0.2, 0.3, 0.1 + 0.2, 0.3 + 2e-9, 0.3])
    assert [n for n, _ in top_k_kernel.top_k([(numbers, scores, 0)], 6)] == [4, 0, 1, 2, 3, 5]
    assert top_k_kernel.top_k_indices(scores, 2).tolist() == [0, 1, 2, 3, 4, 5]


@given(st.integers(0, 1 << 20).map(random.Random), st.integers(1, 900))
def test_many_documents_of_several_segments_are_ranked_as_a_few_are(
    chance: random.Random, count: int
) -> None:
    parts, expected = [], {}
    for offset in (0, 1000, 2000):
        held = {n: chance.randrange(9) / 3 for n in chance.sample(range(1000), 300)}
        numbers = np.array(list(held), np.uint16)  # in any order
        parts.append((numbers, np.array(list(held.values())), offset))
        expected |= {n + offset: round(score, 9) for n, score in held.items()}
    assert list(top_k_kernel.top_k(parts, count)) == best(expected, count)


@given(st.lists(st.tuples(st.integers(0, 99), st.floats(0, 9)), unique_by=lambda row: row[0]))
def test_a_ranking_is_the_sequence_of_its_pairs(rows: list[DocumentScore]) -> None:
    ranking = RankedDocuments.of(rows)
    assert list(ranking) == rows == [ranking[n] for n in range(len(ranking))]
    assert list(ranking[2:5]) == rows[2:5]
    assert list(rows[:3] + ranking[3:]) == rows
    assert list(ranking.without({1, 2, 3})) == [row for row in rows if row[0] not in {1, 2, 3}]
    assert [ranking.index_of(n) for n, _ in rows] == list(range(len(rows)))
    assert ranking.index_of(100) is None
    assert RankedDocuments.of(ranking) is ranking


# -- bag -------------------------------------------------------------------------


@given(BAGS, HOW_MANY, FLOORS, st.none() | DOCUMENTS)
def test_the_best_of_a_bag_are_the_best_of_its_sums(
    parts: list[tuple[ScoredPostings, dict[int, float]]],
    count: int,
    floor: float,
    kept: set[int] | None,
) -> None:
    sums = totals([part for _, part in parts])
    wanted = {n: s for n, s in sums.items() if s >= floor and (kept is None or n in kept)}
    scratch = np.zeros(COUNT)
    mask = None if kept is None else docsets.mask(array(kept), COUNT)
    found, scores = max_score.top_k_disjunction(
        [one for one, _ in parts], count, floor, mask, scratch
    )
    listed = dict(zip(found.tolist(), scores.tolist(), strict=True))
    assert best({n: s for n, s in listed.items() if s >= floor}, count) == best(wanted, count)
    assert listed.items() <= sums.items()
    assert found.tolist() == sorted(found.tolist())
    assert not scratch.any()


@given(st.integers(0, 1 << 20).map(random.Random), st.integers(1, 4))
def test_a_few_heavy_words_and_many_light_ones_are_pruned_without_loss(
    chance: random.Random, count: int
) -> None:
    """Where the light ones can just lift a document over the best, or just not."""
    parts = []
    for weight, most in [(2.0, 4), (1.0, 6), (0.5, 40), (0.25, 50)]:
        held = {n: chance.randint(1, 8) / 2 for n in chance.sample(range(COUNT), most)}
        values = np.array([held[n] for n in sorted(held)])
        parts.append((ScoredPostings(array(held), values, None, weight, 4.0), held, weight))
    expected = totals([{n: s * weight for n, s in held.items()} for _, held, weight in parts])
    found, scores = max_score.top_k_disjunction(
        [one for one, *_ in parts], count, 0.0, None, np.zeros(COUNT)
    )
    assert list(top_k_kernel.top_k([(found, scores, 0)], count)) == best(expected, count)


@given(BAGS)
def test_merged_lists_are_their_sums(parts: list[tuple[ScoredPostings, dict[int, float]]]) -> None:
    documents, scores = max_score.merge_postings([one for one, _ in parts])
    expected = totals([part for _, part in parts])
    assert dict(zip(documents.tolist(), scores.tolist(), strict=True)) == expected
    assert documents.tolist() == list(expected)


@given(DOCUMENTS, lists())
def test_a_list_adds_to_those_documents_that_it_holds(
    found: set[int], given: tuple[ScoredPostings, dict[int, float]]
) -> None:
    one, expected = given
    scores = np.ones(len(found))
    max_score.add_scores(one, array(found), scores, COUNT)
    assert scores.tolist() == [1.0 + expected.get(n, 0.0) for n in sorted(found)]


@given(st.lists(st.tuples(st.integers(0, COUNT - 1), SCORES)))
def test_postings_in_any_order_are_summed(postings: list[tuple[int, float]]) -> None:
    documents = np.array([n for n, _ in postings], DOCUMENT)
    one = max_score.sum_by_document(
        documents, np.array([s for _, s in postings], np.float64), COUNT
    )
    expected = totals([{n: s} for n, s in postings])
    assert dict(zip(one.documents.tolist(), one.scores().tolist(), strict=True)) == expected
    assert one.documents.tolist() == list(expected)
    assert one.bound == max(expected.values(), default=0.0)


def test_an_empty_list_changes_nothing() -> None:
    one = ScoredPostings(array([3, 5]), np.array([1.0, 2.0]), None, 1.0, 2.0)
    documents, scores = max_score.top_k_disjunction(
        [EMPTY, one, EMPTY], 5, 0.0, None, np.zeros(COUNT)
    )
    assert (documents.tolist(), scores.tolist()) == ([3, 5], [1.0, 2.0])


# -- rows ------------------------------------------------------------------------

PLACES = st.dictionaries(st.integers(0, COUNT - 1), st.sets(st.integers(0, 40), min_size=1))


def keyed(places: dict[int, set[int]], forward: int = 0) -> Array:
    ordered = sorted(places)
    counts = np.array([len(places[n]) for n in ordered], np.int64)
    positions = np.array([p for n in ordered for p in sorted(places[n])], np.uint32)
    return position_kernel.position_keys(array(places), counts, positions, forward)


@given(PLACES, st.integers(0, 5))
def test_keys_are_documents_with_positions(places: dict[int, set[int]], forward: int) -> None:
    pairs = [
        divmod(key, 1 << position_kernel.POSITION_BITS) for key in keyed(places, forward).tolist()
    ]
    assert pairs == [(n, p + forward) for n in sorted(places) for p in sorted(places[n])]
    assert position_kernel.documents_of(keyed(places, forward)).tolist() == sorted(places)


@given(PLACES, PLACES, st.integers(0, 3))
def test_keys_in_both_are_words_in_a_row(
    first: dict[int, set[int]], second: dict[int, set[int]], apart: int
) -> None:
    found = position_kernel.keys_in_both(keyed(first, apart), keyed(second))
    expected = [
        (n << position_kernel.POSITION_BITS) + p
        for n in sorted(first)
        for p in sorted({p + apart for p in first[n]} & second.get(n, set()))
    ]
    assert found.tolist() == expected


@given(PLACES, PLACES, st.integers(1, 40))
def test_a_key_is_near_where_the_document_has_the_two_words_near_each_other(
    one: dict[int, set[int]], other: dict[int, set[int]], distance: int
) -> None:
    found = position_kernel.near(keyed(one), keyed(other), distance)
    wanted = {
        document: {p for p in one[document] if any(0 < abs(p - q) <= distance for q in held)}
        for document, held in other.items()
        if document in one
    }
    assert found.tolist() == keyed({n: held for n, held in wanted.items() if held}).tolist()
    near = [d for d in one if d in other and within([sorted(one[d]), sorted(other[d])], distance)]
    assert position_kernel.documents_of(found).tolist() == sorted(near)


@given(st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 5))))
def test_ranges_are_those_of_python(runs: list[tuple[int, int]]) -> None:
    starts = np.array([start for start, _ in runs], np.int64)
    counts = np.array([count for _, count in runs], np.int64)
    expected = [n for start, count in runs for n in range(start, start + count)]
    assert position_kernel.concatenated_ranges(starts, counts).tolist() == expected


@given(st.lists(st.dictionaries(st.integers(0, 9), st.integers(0, 5)), max_size=3))
def test_lists_of_several_segments_are_ranked_together(segments: list[dict[int, int]]) -> None:
    parts, expected = [], {}
    for place, scores in enumerate(segments):
        ordered = dict(sorted(scores.items()))
        values = np.array([ordered[n] for n in ordered], np.float64)
        parts.append((np.array(list(ordered), np.uint16), values, place * 10))
        expected |= {place * 10 + n: float(score) for n, score in ordered.items()}
    assert list(top_k_kernel.top_k(parts, 4)) == best(expected, 4)
