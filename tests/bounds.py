"""The bounds at which a kernel goes another way: as measured, and low.

Low ones are met by a few hundred documents in the ways that thousands go.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from types import ModuleType
from typing import Any
from unittest.mock import patch

import pytest

from search.kernels import docsets, max_score, positions, top_k

Bounds = Mapping[ModuleType, Mapping[str, Any]]
"""Kernel → its bounds, which are whole numbers."""

AS_MEASURED: Bounds = {}
LOW: Bounds = {
    max_score: {"_FEW": 12, "_LOOK_UP": 1},
    top_k: {"_SHORT": 4, "_BLOCK": 4, "_LARGE": 16},
    docsets: {"_PROBE": 2, "_SPARSE": 2},
    positions: {"_PROBE": 2},
}
BOTH = [pytest.param(AS_MEASURED, id="as measured"), pytest.param(LOW, id="low")]


@contextmanager
def bounded(bounds: Bounds) -> Iterator[None]:
    """The kernels with other bounds."""
    with ExitStack() as patches:
        for module, values in bounds.items():
            patches.enter_context(patch.multiple(module, **values))
        yield
