"""Test the pure parts of the benchmarks, and the imports of all scripts that measure."""

from __future__ import annotations

import json
import sys
from importlib import import_module
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
import verification  # noqa: E402
from corpus import KINDS, Draw, shape, write_queries  # noqa: E402
from measure import ENGINES  # noqa: E402
from peers import lucene  # noqa: E402

TIMES = {
    "dalil": {"1 word": [1.0, 2.0, 3.0], "prefix": [2.0, 2.0, 2.0]},
    "whoosh": {"1 word": [10.0, 40.0, 300.0], "prefix": [1.0, 1.0, 1.0]},
    "bm25s": {"1 word": [1.0, 1.0, 1.0]},
}
"""The third engine answers only one kind of query."""


def test_quantiles_are_the_median_and_the_95th_percentile() -> None:
    assert tables.quantiles([float(n) for n in range(1, 101)]) == (50.5, 95.0)
    assert tables.quantiles([]) is None


def test_the_tables_have_times_and_their_ratios_to_dalils() -> None:
    shown = tables.latencies(TIMES)
    assert "| 1 word | 2 / 3 | 40 / 300 | 1 / 1 |" in shown
    assert "| 1 word | 20× / 100× | 0.5× / 0.333× |" in shown
    assert "| prefix | 0.5× / 0.5× | – |" in shown


def test_dalil_alone_has_no_table_of_ratios() -> None:
    assert "times Dalil's" not in tables.latencies({"dalil": TIMES["dalil"]})


def test_hits_agree_whatever_the_order_of_equal_scores() -> None:
    ours, theirs = [(1, 2.0), (2, 1.0), (3, 1.0)], [(1, 2.0), (3, 1.0), (2, 1.0 + 1e-12)]
    different = [(1, 2.0), (2, 1.0), (3, 0.9)]
    assert tables.equal_hits(tables.top_ten(ours), tables.top_ten(theirs))
    assert not tables.equal_hits(tables.top_ten(ours), tables.top_ten(different))


def test_the_figure_of_a_query_is_the_median_of_its_rounds() -> None:
    assert rounds.medians([[1.0, 9.0], [5.0, 7.0], [2.0, 8.0]]) == [2.0, 8.0]


def test_both_searches_run_in_turn_and_the_first_time_is_separate() -> None:
    calls: list[tuple[int, str, str]] = []

    def open_both() -> pairs.Searches:
        opened = len({number for number, _, _ in calls})
        return lambda text: calls.append((opened, "own", text)), lambda text: calls.append(
            (opened, "against", text)
        )

    times = pairs.measured(open_both, {"1 word": ["a", "b"]}, rounds=2)
    assert [(len(q.first), len(q.warm)) for q in times["1 word"]] == [
        (2, 2 * pairs.REPETITIONS)
    ] * 2
    for number, text in product((0, 1), "ab"):
        order = [search for n, search, query in calls if (n, query) == (number, text)]
        twos = list(zip(order[::2], order[1::2], strict=True))
        assert {frozenset(two) for two in twos} == {frozenset(("own", "against"))}
        assert all(one != other for one, other in pairwise(twos))


def test_a_difference_is_computed_within_pairs() -> None:
    drifting = [(1.0, 0.5), (2.0, 1.5), (30.0, 29.5), (40.0, 39.5)]
    assert pairs.p50([drifting]) == (16.0, 15.5, 0.5)
    apart = [(1.0, 0.0), (5.0, 9.0), (6.0, 5.0)]
    assert pairs.p50([apart, [(3.0, 3.0)], [(9.0, 8.0)]]) == (5.0, 5.0, 1.0)


def test_all_powers_of_ten_of_the_scale_are_equally_wide() -> None:
    scale = picture.Scale.of([0.03, 250.0])
    positions = [scale.at(tick) for tick in scale.ticks]
    assert scale.ticks == pytest.approx([0.01, 0.1, 1, 10, 100, 1000])
    assert positions[0] == picture.LEFT
    assert positions[-1] == picture.WIDTH - picture.RIGHT
    steps = [after - before for before, after in pairwise(positions)]
    assert steps == pytest.approx([steps[0]] * len(steps))


def test_the_picture_has_a_mark_for_p50_and_p95_of_every_engine_and_kind() -> None:
    drawn = ElementTree.fromstring(picture.draw({"documents": 3, "times": TIMES}))  # noqa: S314
    classes = [str(node.get("class")) for node in drawn.iter() if "mark" in node.get("class", "")]
    assert sorted(classes) == sorted(
        ["mark whoosh", "mark bm25s"]  # the legend
        + ["mark whoosh", "mark whoosh hollow"] * 2
        + ["mark bm25s", "mark bm25s hollow"]
    )


def test_every_engine_but_dalil_has_a_mark_of_its_own() -> None:
    assert set(picture.MARKS) == set(ENGINES) - {"dalil"}
    marks = ((m.corners, m.light, m.dark) for m in picture.MARKS.values())
    for values in zip(*marks, strict=True):
        assert len(set(values)) == len(picture.MARKS)


def test_the_kind_of_a_query_says_how_its_words_are_combined() -> None:
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


def test_words_of_equal_frequency_are_drawn_independently_of_their_order() -> None:
    words = [f"w{n:02}" for n in range(30)]
    assert Draw.of([words]).mixed(5) == Draw.of([words[::-1]]).mixed(5)


def test_the_newest_lucene_with_both_jars_is_used(
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


def test_lucene_without_jars_is_missing_and_says_where_they_were_searched_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LUCENE_JARS", str(tmp_path))
    monkeypatch.setattr("shutil.which", lambda program: f"/usr/bin/{program}")
    assert str(tmp_path) in lucene.missing()
    monkeypatch.setattr("shutil.which", lambda program: None)
    assert lucene.missing() == "there is no java"


def test_an_interval_encloses_the_geometric_mean_of_its_ratios() -> None:
    mean, low, high = verification.interval([0.5, 2.0, 1.0])
    assert (round(mean, 9), round(low * high, 9)) == (1.0, 1.0)
    assert low < 1 < high
    assert verification.interval([1.5, 1.5]) == pytest.approx((1.5, 1.5, 1.5))


def test_generated_passages_are_the_same_each_time_and_hold_the_words_of_the_queries() -> None:
    made = [list(verification.passages(40, verification.random.Random(1))) for _ in range(2)]
    assert made[0] == made[1]
    common = verification.queries(verification.random.Random(1))[1]
    assert any(common in json.loads(line)["text"].split() for line in made[0])


SCRIPTS = [
    *(f"tests.evaluation.{path.stem}" for path in BENCHMARKS.with_name("evaluation").glob("*.py")),
    *(path.stem for path in BENCHMARKS.glob("*.py")),
    *(f"peers.{path.stem}" for path in (BENCHMARKS / "peers").glob("*.py")),
]
OPTIONAL = {"peers.bm25s_py": "bm25s", "peers.tantivy_py": "tantivy", "peers.xapian_py": "xapian"}


@pytest.mark.parametrize("name", sorted(SCRIPTS))
def test_every_script_finds_the_names_that_it_imports(name: str) -> None:
    if name in OPTIONAL:
        pytest.importorskip(OPTIONAL[name], reason="an engine that is not installed")
    import_module(name)
