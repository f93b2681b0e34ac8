"""Sweep the weights of the fields (``search/ranking/bm25.py``) over all judged collections.

    uv run python tests/evaluation/weights.py [COLLECTIONS] [--collection NAME ...]

Every combination of the weights below is judged by nDCG@10 on every collection. The one
with the best mean is chosen, never the best of one collection; ``sweeps.py`` says how the
part of luck is checked. Scores are computed from matrices (``first_stage.py``).
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from math import log
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
from tests.evaluation.first_stage import Collection, Model, Weights, matrices, ndcg, read
from tests.evaluation.judged_collections import collection_folders, indexed
from tests.evaluation.sweeps import Figures, best, mean, others_choice, table

TRIED = {
    "exact": (0.0, 0.1, 0.2, 0.3),
    "title_stem": (0.0, 0.1, 0.2, 0.3, 0.4),
    "title_exact": (0.0, 0.1, 0.2),
    "variant": (0.25, 0.5, 0.75),
    "root": (0.0, 0.2, 0.3, 0.4, 0.5),
    "joined": (0.0, 0.25, 0.5, 1.0),
}
"""The values of each weight that are combined."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Sweep and print; 2 if there is no collection."""
    folders = collection_folders("Sweep the weights of search/ranking/bm25.py.", arguments)
    if not folders:
        return 2
    collections = [load(folder) for folder in folders]
    report(sweep(collections), collections)
    return 0


def load(folder: Path) -> Collection:
    """Index a collection with the real command and read it as arrays."""
    with indexed(folder) as searcher:
        return read(folder, searcher)


def sweep(collections: Sequence[Collection]) -> Figures[Weights]:
    """Compute nDCG@10 of every combination on every collection."""
    grid = [Weights(*values) for values in product(*TRIED.values())]
    figures: Figures[Weights] = {weights: {} for weights in grid}
    for collection in collections:
        scores = {k: m for k, m in matrices(collection, Model()).items() if m.any()}
        # Combinations that differ only in kinds which the collection lacks are judged once.
        known: dict[tuple[float, ...], float] = {}
        for weights in grid:
            key = tuple(weights.of(kind) for kind in scores)
            if key not in known:
                known[key] = ndcg(collection, scores, weights)
            figures[weights][collection.name] = known[key]
    return figures


def whoosh_idf(documents: int, frequency: int) -> float:
    """Inverse document frequency as in Whoosh's own BM25F."""
    return log(documents / (frequency + 1)) + 1


def models(collections: Sequence[Collection], weights: Weights) -> dict[str, dict[str, float]]:
    """Judge one combination of weights with other BM25 constants."""
    current = Model()
    tried = {
        "as it is": current,
        "k1 1.2": replace(current, k1=1.2),
        "b .4": replace(current, b=0.4),
        "idf of Whoosh": replace(current, idf=whoosh_idf),
        "repeated words once": replace(current, repeated=False),
    }
    return {
        label: {c.name: ndcg(c, matrices(c, model), weights) for c in collections}
        for label, model in tried.items()
    }


# -- printing --------------------------------------------------------------------


def report(figures: Figures[Weights], collections: Sequence[Collection]) -> None:
    """Print the best ten, the neighbours of the best, the check for luck, and other models."""
    chosen = best(figures)
    print(table("the best ten", {label(w): figures[w] for w in _best_ten(figures)}))
    for name, around in _neighbours(chosen).items():
        rows = {f"{name} {getattr(w, name):g}": figures[w] for w in around}
        print(table(f"{label(chosen)}, but for {name}", rows))
    print(others_choice("chosen by the other collections", figures, label))
    print(table(f"{label(chosen)} with other models", models(collections, chosen)))
    print(table("search/ranking/bm25.py as it is", models(collections, Weights())))


def _neighbours(chosen: Weights) -> dict[str, list[Weights]]:
    """The combinations that differ from the chosen one in a single weight."""
    return {
        name: [replace(chosen, **{name: value}) for value in values]
        for name, values in TRIED.items()
    }


def _best_ten(figures: Figures[Weights]) -> list[Weights]:
    return sorted(figures, key=lambda weights: -mean(figures[weights]))[:10]


def label(weights: Weights) -> str:
    """Return a combination in words."""
    title = f"title {weights.title_stem:g} + {weights.title_exact:g}"
    others = f"variant {weights.variant:g}, root {weights.root:g}, joined {weights.joined:g}"
    return f"exact {weights.exact:g}, {title}, {others}"


if __name__ == "__main__":
    sys.exit(main())
