"""The compiled kernel answers queries as numpy does, and leaves to numpy what it must."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from library import build

from index.kernel import library
from search import Searcher
from search.execution import kernel_layout as layout
from search.execution.collector import MatchSet
from search.execution.compiled_positions import Places
from search.execution.compiled_search import CompiledSearch
from search.execution.compiled_words import WantedBeginnings, WantedWord
from search.query.boolean import AndQuery, BoostQuery, ExcludeQuery, OrQuery
from search.query.node import Query
from search.query.phrase import PhraseQuery
from search.query.terms import PrefixQuery, TermQuery
from tests.faults import kernel

pytestmark = pytest.mark.skipif(
    library.function("dalil_search", ctypes.c_int32) is None, reason="numpy does the work here"
)
FUZZED_QUERIES = 300
FUZZED_DAMAGES = 60
WORD = TermQuery("exact", "oil")


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    texts = {f"d{n}": "oil talks" if n % 2 else "oil oil railway oils" for n in range(1200)}
    with build(tmp_path_factory.mktemp("compiled"), texts, segments=2) as searcher:
        yield searcher


@pytest.fixture
def compiled(searcher: Searcher) -> CompiledSearch:
    compiled = searcher._engine.collector._compiled
    assert compiled is not None
    return compiled


@pytest.mark.parametrize(
    ("name", "structure"),
    [
        ("segment", layout.Segment),
        ("field", layout.Field),
        ("index", layout.Index),
        ("postings", layout.Postings),
        ("beginnings", WantedBeginnings),
        ("near_word", WantedWord),
        ("places", Places),
    ],
)
def test_a_structure_is_as_long_as_that_of_the_kernel(
    name: str, structure: type[ctypes.Structure]
) -> None:
    size = library.function(f"dalil_{name}_size", ctypes.c_uint64)
    assert size is not None
    assert size() == ctypes.sizeof(structure)


def test_random_queries_find_the_same_as_by_numpy() -> None:
    assert kernel.compare(FUZZED_QUERIES, seed=3) == []


@pytest.mark.skipif(shutil.which("gcc") is None, reason="the sanitizers need gcc")
@pytest.mark.skipif(sys.platform != "linux", reason="the sanitizers are loaded as on Linux")
def test_damaged_arrays_lead_to_no_report_of_the_sanitizers() -> None:
    command = [sys.executable, "-m", kernel.__name__, "damage", str(FUZZED_DAMAGES)]
    run = subprocess.run(command, cwd=kernel.PROJECT, check=False, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr[-2000:]
    assert "answered" in run.stdout


def test_more_hits_than_the_kernel_ranks_are_ranked_by_numpy(
    searcher: Searcher, compiled: CompiledSearch
) -> None:
    matches = searcher._engine.collector.collect(WORD)
    assert matches._program is not None
    assert compiled.best(matches._program, layout.MAX_HITS + 1) is None
    assert len(matches.best(1200)) == 1200
    assert matches.best(5) == list(matches.best(1200))[:5]


@pytest.mark.parametrize("factor", [0.0, -1.0, float("nan")])
def test_a_weight_that_is_not_above_zero_is_left_to_numpy(
    searcher: Searcher, compiled: CompiledSearch, factor: float
) -> None:
    query = OrQuery((WORD, BoostQuery(TermQuery("exact", "talks"), factor)))
    matches = searcher._engine.collector.collect(query)
    assert matches._program is not None
    assert compiled.best(matches._program, 10) is None


def test_a_field_that_the_index_does_not_have_is_left_to_numpy(
    searcher: Searcher, compiled: CompiledSearch
) -> None:
    assert searcher._engine.collector.collect(TermQuery("nowhere", "oil"))._program is None


def test_a_prefix_is_the_set_of_its_terms(searcher: Searcher) -> None:
    collector = searcher._engine.collector
    both = OrQuery((TermQuery("exact", "oil"), TermQuery("exact", "oils")))
    for compiled in (collector._compiled, None):
        found = MatchSet(collector.segments, PrefixQuery("exact", "oi"), compiled)
        words = MatchSet(collector.segments, both, compiled)
        assert found.total == 1200
        assert list(found.best(20)) == list(words.best(20))


def in_a_row(*words: str) -> PhraseQuery:
    terms = [("exact", word) for word in words]
    scored = AndQuery(tuple(TermQuery(*term) for term in terms))
    return PhraseQuery(scored, tuple((term,) for term in terms), tuple(range(len(words))), 0)


@pytest.mark.parametrize(
    ("query", "total"),
    [
        (OrQuery((in_a_row("oil", "talks"), in_a_row("railway", "oil"))), 600),
        (OrQuery((in_a_row("oil", "railway"), in_a_row("talks", "oil"), WORD)), 1200),
        (OrQuery((in_a_row("oil", "oils"), in_a_row("talks", "oil"))), 0),
        (in_a_row("oil", "oil", "railway"), 600),
        (ExcludeQuery(WORD, in_a_row("oil", "railway")), 600),
        (ExcludeQuery(OrQuery((WORD, in_a_row("oil", "talks"))), TermQuery("exact", "oils")), 600),
    ],
)
def test_a_phrase_counts_only_where_its_terms_stand_in_a_row(
    searcher: Searcher, query: Query, total: int
) -> None:
    collector = searcher._engine.collector
    assert collector._compiled is not None
    for compiled in (collector._compiled, None):
        matches = MatchSet(collector.segments, query, compiled)
        found = list(matches.best(1000))
        assert matches.total == total
        assert len(found) == min(total, 1000)
        assert kernel.is_same(found, list(MatchSet(collector.segments, query).best(1000)))


def test_a_damaged_page_is_found_before_it_is_used(tmp_path: Path) -> None:
    with build(tmp_path, {f"d{n}": "oil talks" for n in range(4000)}) as searcher:
        segment = searcher._reader.segments[0]
        section = segment.fields["exact"].section("documents")
        offset, path = section._offset, segment.mapping.path
    with path.open("r+b") as file:
        file.seek(offset + 4000)  # its page has nothing else
        damaged = bytes([file.read(1)[0] ^ 1])
        file.seek(offset + 4000)
        file.write(damaged)
    with Searcher.open(tmp_path / "index") as searcher:
        matches = searcher._engine.collector.collect(WORD)
        assert matches._compiled is not None
        assert matches._program is not None
        assert matches._compiled.best(matches._program, 10) is None


def test_without_the_kernel_everything_is_found_by_numpy(searcher: Searcher) -> None:
    folder = searcher._reader.segments[0].mapping.path.parent
    code = (
        "import sys; from pathlib import Path; from search import Searcher\n"
        "with Searcher.open(Path(sys.argv[1])) as searcher:\n"
        "    assert searcher._engine.collector._compiled is None\n"
        "    print(searcher.search('oil').total)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(folder)],
        env=os.environ | {"DALIL_KERNEL": "off"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.stdout.strip() == "1200", run.stderr
