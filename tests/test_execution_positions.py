"""Where terms stand in a few documents: the kernel finds the same as arrays."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from library import thinned

from index.kernel import library
from search import Searcher
from search.execution.collector import Collector

pytestmark = pytest.mark.skipif(
    library.function("dalil_positions", ctypes.c_int64) is None, reason="numpy does the work here"
)
DOCUMENTS = 60
WORDS = ("oil", "oils", "talks", "railway", "نفط", "والنفط", "missing")
TERMS = st.tuples(st.sampled_from(("exact", "stem", "root")), st.sampled_from(WORDS))


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    random = Random(3)
    texts = {f"d{n}": " ".join(random.choices(WORDS[:-1], k=n)) for n in range(DOCUMENTS)}
    texts["d7"] = "oil " * 400 + "talks oil"  # more than the code of a frequency holds
    with thinned(tmp_path_factory.mktemp("positions"), texts, segments=3) as searcher:
        yield searcher


@given(st.lists(TERMS, max_size=8), st.sets(st.integers(0, DOCUMENTS - 1)))
def test_the_kernel_finds_the_positions_that_arrays_find(
    searcher: Searcher, terms: list[tuple[str, str]], documents: set[int]
) -> None:
    numbers = sorted(documents)
    collector = searcher._engine.collector
    assert collector._compiled is not None
    by_arrays = Collector(searcher._reader)
    by_arrays.__dict__["_compiled"] = None
    found = collector._compiled.positions(terms, numbers)
    assert found == by_arrays.positions(terms, numbers)


def test_a_document_that_the_index_does_not_have_is_left_to_arrays(searcher: Searcher) -> None:
    compiled = searcher._engine.collector._compiled
    assert compiled is not None
    assert compiled.positions([("exact", "oil")], [searcher._reader.count]) is None
