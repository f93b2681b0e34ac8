"""The parts of the benchmarks that are pure; what they measure is no matter for a test."""

from __future__ import annotations

import json
import sys
from itertools import pairwise, product
from pathlib import Path
from xml.etree import ElementTree

import pytest

pytest.importorskip("resource", reason="memory is measured by it")
BENCHMARKS = Path(__file__).with_name("benchmarks")
sys.path.append(str(BENCHMARKS))

import pairs  # noqa: E402
import picture  # noqa: E402
import rounds  # noqa: E402
import tables  # noqa: E402
from corpus import KINDS, Draw, shape, write_queries  # noqa: E402
from measure import ENGINES  # noqa: E402
from peers import lucene  # noqa: E402

TIMES = {
    "dalil": {"1 word": [1.0, 2.0, 3.0], "prefix": [2.0, 2.0, 2.0]},
    "whoosh": {"1 word": [10.0, 40.0, 300.0], "prefix": [1.0, 1.0, 1.0]},
    "bm25s": {"1 word": [1.0, 1.0, 1.0]},
}
"""The third engine knows one kind alone."""


def test_quantiles_are_the_median_and_the_95th_of_a_hundred() -> None:
    assert tables.quantiles([float(n) for n in range(1, 101)]) == (50.5, 95.0)
    assert tables.quantiles([]) is None


def test_the_tables_hold_times_and_what_they_are_to_dalils() -> None:
    shown = tables.latencies(TIMES)
    assert "| 1 word | 2 / 3 | 40 / 300 | 1 / 1 |" in shown
    assert "| 1 word | 20× / 100× | 0.5× / 0.333× |" in shown
    assert "| prefix | 0.5× / 0.5× | – |" in shown


def test_dalil_alone_has_no_table_of_ratios() -> None:
    assert "times Dalil's" not in tables.latencies({"dalil": TIMES["dalil"]})


def test_hits_agree_whatever_the_order_of_equal_scores() -> None:
    ours, theirs = [(1, 2.0), (2, 1.0), (3, 1.0)], [(1, 2.0), (3, 1.0), (2, 1.0 + 1e-12)]
    assert tables.same(tables.first(ours), tables.first(theirs))
    assert not tables.same(tables.first(ours), tables.first([(1, 2.0), (2, 1.0), (3, 0.9)]))


def test_a_query_has_the_median_of_its_rounds() -> None:
    assert rounds.medians([[1.0, 9.0], [5.0, 7.0], [2.0, 8.0]]) == [2.0, 8.0]


def test_both_ways_are_asked_in_turn_and_the_first_time_is_told_apart() -> None:
    told: list[tuple[int, str, str]] = []

    def ways() -> pairs.Ways:
        opened = len({number for number, _, _ in told})
        return lambda text: told.append((opened, "own", text)), lambda text: told.append(
            (opened, "against", text)
        )

    found = pairs.measured(ways, {"1 word": ["a", "b"]}, rounds=2)
    assert [(len(q.first), len(q.warm)) for q in found["1 word"]] == [
        (2, 2 * pairs.REPETITIONS)
    ] * 2
    for number, text in product((0, 1), "ab"):
        order = [way for n, way, asked in told if (n, asked) == (number, text)]
        twos = list(zip(order[::2], order[1::2], strict=True))
        assert {frozenset(two) for two in twos} == {frozenset(("own", "against"))}
        assert all(one != other for one, other in pairwise(twos))


def test_a_difference_is_of_those_asked_one_after_the_other() -> None:
    drifting = [(1.0, 0.5), (2.0, 1.5), (30.0, 29.5), (40.0, 39.5)]
    assert pairs.p50([drifting]) == (16.0, 15.5, 0.5)
    apart = [(1.0, 0.0), (5.0, 9.0), (6.0, 5.0)]
    assert pairs.p50([apart, [(3.0, 3.0)], [(9.0, 8.0)]]) == (5.0, 5.0, 1.0)


def test_each_power_of_ten_of_the_scale_is_as_wide_as_the_next() -> None:
    scale = picture.Scale.of([0.03, 250.0])
    places = [scale.at(tick) for tick in scale.ticks]
    assert scale.ticks == pytest.approx([0.01, 0.1, 1, 10, 100, 1000])
    assert places[0] == picture.LEFT
    assert places[-1] == picture.WIDTH - picture.RIGHT
    steps = [after - before for before, after in pairwise(places)]
    assert steps == pytest.approx([steps[0]] * len(steps))


def test_the_picture_has_a_mark_for_p50_and_p95_of_every_engine_and_kind() -> None:
    drawn = ElementTree.fromstring(picture.drawn({"documents": 3, "times": TIMES}))  # noqa: S314
    classes = [str(node.get("class")) for node in drawn.iter() if "mark" in node.get("class", "")]
    assert sorted(classes) == sorted(
        ["mark whoosh", "mark bm25s"]  # the legend
        + ["mark whoosh", "mark whoosh hollow"] * 2
        + ["mark bm25s", "mark bm25s hollow"]
    )


def test_every_engine_but_dalil_has_a_mark_of_its_own() -> None:
    assert set(picture.MARKS) == set(ENGINES) - {"dalil"}
    for looks in zip(*((m.corners, m.light, m.dark) for m in picture.MARKS.values()), strict=True):
        assert len(set(looks)) == len(picture.MARKS)


def test_a_kind_of_query_says_how_its_words_belong_together() -> None:
    assert {shape(kind) for kind in KINDS} == {"any", "all", "not", "phrase", "prefix"}
    assert shape("3 common words, And") == "all"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "corpus.txt"
    words = ["".join(letters) for letters in product("abcdef", repeat=5)]
    lines = (" ".join(words[(n * 7 + k * k) % 211] for k in range(30)) for n in range(40))
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def test_queries_are_drawn_from_the_corpus_and_the_same_each_time(corpus: Path) -> None:
    drawn = []
    for name in ("first", "second"):
        write_queries(corpus, corpus.with_name(name))
        drawn.append(json.loads(corpus.with_name(name).read_text("utf-8")))
    assert drawn[0] == drawn[1]
    text = corpus.read_text("utf-8")
    assert all(" ".join(words) in text for words in drawn[0]["phrase of 3"])


def test_words_of_one_count_are_drawn_in_an_order_of_their_own() -> None:
    words = [f"w{n:02}" for n in range(30)]
    assert Draw.of([words]).mixed(5) == Draw.of([words[::-1]]).mixed(5)


def test_the_newest_lucene_with_both_jars_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in (
        "lucene-core-8.7.0.jar",
        "lucene-analyzers-common-8.7.0.jar",
        "lucene-core-9.12.0.jar",
        "lucene-analysis-common-9.12.0.jar",
        "lucene-core-10.0.0.jar",
    ):
        (tmp_path / name).touch()
    monkeypatch.setenv("LUCENE_JARS", str(tmp_path))
    assert [jar.name for jar in lucene.jars()] == [
        "lucene-core-9.12.0.jar",
        "lucene-analysis-common-9.12.0.jar",
    ]


def test_lucene_without_jars_is_missing_and_says_where_they_were_looked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LUCENE_JARS", str(tmp_path))
    monkeypatch.setattr("shutil.which", lambda program: f"/usr/bin/{program}")
    assert str(tmp_path) in lucene.missing()
    monkeypatch.setattr("shutil.which", lambda program: None)
    assert lucene.missing() == "there is no java"
