"""The bounds at which a kernel takes its other way: as measured, and low.

With low bounds a few hundred documents take the way of many thousands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import wraps
from types import ModuleType
from typing import Any
from unittest.mock import patch

import pytest

from search.kernels import docsets, max_score, positions, top_k

Bounds = Mapping[ModuleType, Mapping[str, Any]]
"""Kernel → names and values of its bounds, whole numbers."""

AS_MEASURED: Bounds = {}
LOW: Bounds = {
    max_score: {"_MAX_SORTED_POSTINGS": 12, "_POSTINGS_PER_LOOKUP": 1},
    top_k: {"_MAX_PAIRS": 4, "_BLOCK_SIZE": 4, "_MIN_BLOCKWISE": 16},
    docsets: {"_MIN_SEARCH_RATIO": 2, "_MIN_MASK_SHARE": 2},
    positions: {"_MIN_SEARCH_RATIO": 2},
}
BOTH = [pytest.param(AS_MEASURED, id="as measured"), pytest.param(LOW, id="low")]


@contextmanager
def bounded(bounds: Bounds) -> Iterator[None]:
    """Patch the bounds of the kernels while the context lasts."""
    with ExitStack() as patches:
        for module, values in bounds.items():
            patches.enter_context(patch.multiple(module, **values))
        yield


def in_both_bounds(test: Callable[..., None]) -> Callable[..., None]:
    """Run a test, or each example of it, with the bounds as measured and with low ones."""

    @wraps(test)
    def run(*arguments: Any, **named: Any) -> None:
        for bounds in (AS_MEASURED, LOW):
            with bounded(bounds):
                test(*arguments, **named)

    return run
