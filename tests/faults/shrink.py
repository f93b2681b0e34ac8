"""Shrink an input that fails to a short one that fails in the same way.

Delta debugging (Zeller and Hildebrandt, "Simplifying and Isolating Failure-Inducing Input", IEEE
Transactions on Software Engineering 28(2), 2002), without its second phase: parts are left out,
then parts half as long, as long as the input still fails.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Input = TypeVar("Input", str, bytes)
MAX_TRIES = 400


def shrunk(failing: Input, fails: Callable[[Input], bool], tries: int = MAX_TRIES) -> Input:
    """Return a part of ``failing`` that fails too, found with at most ``tries`` tries."""
    size = max(len(failing) // 2, 1)
    while size and tries > 0:
        start = 0
        while start < len(failing) and tries > 0:
            tries -= 1
            shorter = failing[:start] + failing[start + size :]
            if shorter and fails(shorter):
                failing = shorter
            else:
                start += size
        size //= 2
    return failing
