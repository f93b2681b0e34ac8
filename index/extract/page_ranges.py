"""Numbers of pages in words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby


def name_pages(numbers: Sequence[int]) -> str:
    """Return ascending numbers of pages in words: ``page 3``, ``pages 3, 7–9``; "" for none."""
    kind = "page" if len(numbers) == 1 else "pages"
    return f"{kind} {format_ranges(numbers)}" if numbers else ""


def format_ranges(numbers: Sequence[int]) -> str:
    """Format ascending numbers, consecutive ones as a range: ``3, 7–9``."""
    runs = []
    for _, group in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        run = [number for _, number in group]
        runs.append(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]))
    return ", ".join(runs)
