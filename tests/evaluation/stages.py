"""Sweep the constants of the second stage of ranking over all judged collections.

    uv run python tests/evaluation/stages.py [COLLECTIONS] [--collection NAME ...]

Arabic and English collections are judged separately, each by nDCG@10 for every weight,
depth and length of n-grams (``second_stage.py``). ``sweeps.py`` says how the part of luck
is checked.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))
from search.ranking import bm25, rerank
from search.ranking.rerank import reordered
from tests.evaluation import second_stage
from tests.evaluation.judged_collections import ENGLISH, collection_folders, indexed
from tests.evaluation.second_stage import LENGTHS, JudgedQuery
from tests.evaluation.sweeps import Figures, dcg, mean, others_choice, table

WEIGHTS = (0.0, 0.05, 0.1, 0.2, 0.35, 0.5, 0.8)
DEPTHS = (20, 50, 100, 200)


@dataclass(frozen=True, slots=True)
class Stage:
    """One combination of constants."""

    weight: float = bm25.NGRAM_WEIGHT
    depth: int = rerank.DEPTH
    length: int = 4
    """Letters of an n-gram."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Sweep and print; 2 if there is no collection."""
    folders = collection_folders("Sweep the second stage of ranking.", arguments)
    for language in ("Arabic", "English"):
        is_english = language == "English"
        group = {f.name: load(f) for f in folders if (f.name in ENGLISH) is is_english}
        if group:
            report(language, sweep(group))
    return 0 if folders else 2


def load(folder: Path) -> list[JudgedQuery]:
    """Index a collection with the real command and answer its queries."""
    with indexed(folder) as searcher:
        return second_stage.read(folder, searcher)


def ndcg(queries: Sequence[JudgedQuery], stage: Stage) -> float:
    """Return the mean nDCG@10 of a collection's queries."""
    values = []
    for query in queries:
        first, depth = query.ranked, stage.depth
        reranked = reordered(first[:depth], query.shared[stage.length][:depth], stage.weight)
        ranked = (reranked + first[depth:])[:10]
        values.append(dcg(query.gains.get(number, 0) for number, _ in ranked) / query.ideal)
    return float(np.mean(values))


def sweep(collections: dict[str, list[JudgedQuery]]) -> Figures[Stage]:
    """Compute nDCG@10 of every combination on every collection."""
    grid = [Stage(*values) for values in product(WEIGHTS, DEPTHS, LENGTHS)]
    return {
        stage: {name: ndcg(queries, stage) for name, queries in collections.items()}
        for stage in grid
    }


# -- printing --------------------------------------------------------------------


def report(language: str, figures: Figures[Stage]) -> None:
    """Print the neighbours of the combination in use, the best five, and the check for luck."""
    current = Stage()
    around = {
        "weight": [replace(current, weight=weight) for weight in WEIGHTS],
        "depth": [replace(current, depth=depth) for depth in DEPTHS],
        "length": [replace(current, length=length) for length in LENGTHS],
        "the best five": sorted(figures, key=lambda stage: -mean(figures[stage]))[:5],
    }
    for name, stages in around.items():
        print(table(f"{language}: {name}", {label(stage): figures[stage] for stage in stages}))
    print(others_choice(f"{language}: chosen by the others", figures, label))


def label(stage: Stage) -> str:
    """Return a combination in words."""
    return f"weight {stage.weight:g}, depth {stage.depth}, {stage.length} letters"


if __name__ == "__main__":
    sys.exit(main())
