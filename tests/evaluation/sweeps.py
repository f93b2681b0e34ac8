"""Sweeps over constants: nDCG@10 by combination and collection, the best mean, and tables.

The best combination is the one with the best mean over all collections. How much of that
is luck shows the check by leaving one out: each collection is judged with the combination
that the other collections choose.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

import numpy as np

Ndcg = Mapping[str, float]
"""Collection → mean nDCG@10 of its queries."""
Combination = TypeVar("Combination")
Figures = dict[Combination, dict[str, float]]
"""Combination of constants → nDCG@10 by collection."""

RANK_DISCOUNT = (1 / np.log2(np.arange(2, 12))).astype(np.float32)
"""float32, 10: the factor of a gain at each of the first ten ranks."""


def dcg(grades: Iterable[int]) -> float:
    """Return the discounted cumulative gain of the first ten grades."""
    return sum(g / float(np.log2(rank + 2)) for rank, g in zip(range(10), grades, strict=False))


def mean(values: Ndcg, without: str = "") -> float:
    """Return the mean over all collections but ``without``."""
    return float(np.mean([value for name, value in values.items() if name != without]))


def best(figures: Figures[Combination], without: str = "") -> Combination:
    """Return the combination with the best mean over all collections but ``without``."""
    return max(figures, key=lambda combination: mean(figures[combination], without))


def others_choice(
    title: str,
    figures: Figures[Combination],
    label: Callable[[Combination], str],
    choose: Callable[[str], Combination] | None = None,
) -> str:
    """Return a table and a list: each collection judged by what the others choose.

    ``choose`` gives the choice without a collection, by default :func:`best`. Returns ""
    if there is only one collection.
    """
    names = list(next(iter(figures.values())))
    if len(names) < 2:
        return ""
    chosen = {name: choose(name) if choose else best(figures, name) for name in names}
    values = {name: figures[combination][name] for name, combination in chosen.items()}
    lines = (f"- {name}: {label(combination)}\n" for name, combination in chosen.items())
    return table(title, {"left out": values}) + "\n" + "".join(lines)


def table(title: str, rows: Mapping[str, Ndcg]) -> str:
    """Return a Markdown table: a row a combination, a column a collection, and the mean."""
    names = list(next(iter(rows.values())))
    lines = [f"| {title} | " + " | ".join(names) + " | mean |", "| --- " * (len(names) + 2) + "|"]
    for text, values in rows.items():
        figures = [*(values[name] for name in names), mean(values)]
        lines.append(f"| {text} | " + " | ".join(f"{v:.4f}"[1:] for v in figures) + " |")
    return "\n".join(lines) + "\n"
