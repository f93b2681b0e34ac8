"""Hypothesis profiles, the order in which files of tests start, and fixtures of several files.

``desk``: new examples in every run. ``ci``: the same examples in every run, chosen by the
variable ``CI``. ``deep``: thirty times as many as on a desk, chosen by
``DALIL_HYPOTHESIS=deep``. Tests of which one example is an index take a share of these:
``tests/examples.py``. No test is held to a time: a machine may be busy.
"""

from __future__ import annotations

import os
import signal
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, settings
from whoosh import matching

from tests.commands import PROJECT, indexed, written

ANY_SPEED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

settings.register_profile("desk", ANY_SPEED, max_examples=50)
settings.register_profile("ci", ANY_SPEED, max_examples=200, derandomize=True)
settings.register_profile("deep", ANY_SPEED, max_examples=1500)
PROFILE = os.environ.get("DALIL_HYPOTHESIS") or ("ci" if os.environ.get("CI") else "desk")
settings.load_profile(PROFILE)


def pytest_configure(config: pytest.Config) -> None:
    """Let tests start processes that start quickly, and that Ctrl+C ends.

    Where Python is not to write bytecode, each process would compile all that it imports,
    which takes 0.9 of the 1.2 seconds of ``import textual.app``: pytest's cache keeps it.
    A process that a shell starts in the background ignores Ctrl+C, and so do its children.
    """
    if not hasattr(config, "workerinput"):  # the user's own records are left alone
        os.environ["XDG_DATA_HOME"] = tempfile.mkdtemp(prefix="dalil-tests-")
    if os.environ.pop("PYTHONDONTWRITEBYTECODE", "") and config.cache:
        os.environ["PYTHONPYCACHEPREFIX"] = str(config.cache.mkdir("bytecode"))
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_xdist_auto_num_workers() -> int:
    """Start one process more than there are cores: tests of the screen wait half of their time."""
    affinity = getattr(os, "sched_getaffinity", None)
    return 1 + (len(affinity(0)) if affinity else os.cpu_count() or 1)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put files with tests marked ``slow`` first, and of each sort the largest files.

    pytest-xdist hands out files in this order (``--no-loadscope-reorder``): those that take
    long are begun early, so that no process ends long after the others.
    """
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    sizes = {path: path.stat().st_size for path in {item.path for item in items}}
    items.sort(key=lambda item: (item.path not in slow, -sizes[item.path]))


@pytest.fixture(scope="module")
def blocks_of_a_segment() -> Iterator[None]:
    """Let Whoosh's unions of scores work in blocks as long as the segment.

    By default a block has 2,048 places, and to clear those of each union takes a fifth of
    the time of a comparison with Whoosh where a segment has a few hundred documents.
    """
    union = partial(matching.ArrayUnionMatcher, partsize=0)
    with patch.object(matching, "ArrayUnionMatcher", union):
        yield


@pytest.fixture(scope="module")
def _seeds_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tui") / "seeds"
    for file in (PROJECT / "seeds").rglob("*"):
        if file.is_file():
            to = folder / file.relative_to(PROJECT / "seeds")
            to.parent.mkdir(parents=True, exist_ok=True)
            to.write_bytes(file.read_bytes())
    return indexed(folder)


@pytest.fixture
def seeds(_seeds_index: Path) -> Path:
    """An index of a copy of ``seeds/``, without earlier queries."""
    (_seeds_index / "history.txt").unlink(missing_ok=True)
    return _seeds_index


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of sixty documents in the order of their rank; each third has a copy after it."""
    files = {}
    for n in range(60):
        text = "oil " * (90 - n) + f"number{n}"
        files[f"{n:02}.txt"] = text
        if n % 3 == 0:
            files[f"{n:02}-copy.txt"] = text
    return indexed(written(tmp_path_factory.mktemp("many") / "docs", files))
