"""Sweep the constants of both stages of ranking together, over all judged collections.

    uv run python tests/evaluation/joint.py [COLLECTIONS] [--collection NAME ...]

``weights.py`` sweeps the first stage and ``stages.py`` the second, each with the other as
it is. Here each constant is varied in turn with all others in place, starting from those in
use, until no change improves the mean nDCG@10. The same is done without each collection,
which is then judged with what the others chose: the difference is luck. Names are left
out, and English has no second stage, as in ``search/ranking/rerank.py``. Only the first
two hundred hits of the constants in use are reordered.

Result: the constants in use are as good as any. The best combination, b .6 with a title of
.5, a weight of .5 and a depth of 50, has a mean of .6733 instead of .6723, and scifact and
cacm lose .006. With what the others choose for each, the mean is .6706: the gain is luck.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))
from index.codec.ngrams import NGRAM_LENGTH
from search.ranking import bm25, rerank
from search.ranking.rerank import Ranked, reordered
from tests.evaluation import first_stage, second_stage
from tests.evaluation.first_stage import Array, Collection, Model, Weights, matrices
from tests.evaluation.judged_collections import ENGLISH, collection_folders, indexed
from tests.evaluation.second_stage import JudgedQuery
from tests.evaluation.sweeps import dcg, mean, others_choice, table


@dataclass(frozen=True, slots=True)
class Constants:
    """One combination of constants."""

    title: float = bm25.WEIGHTS["title_stem"]
    surface: float = bm25.WEIGHTS["exact"]
    k1: float = bm25.K1
    b: float = bm25.B
    weight: float = bm25.NGRAM_WEIGHT
    depth: float = rerank.DEPTH


TRIED: dict[str, Sequence[float]] = {
    "title": (0.2, 0.3, 0.4, 0.5, 0.6, 0.8),
    "surface": (0.0, 0.1, 0.2, 0.3, 0.4),
    "k1": (0.6, 0.9, 1.2, 1.5),
    "b": (0.4, 0.6, 0.75, 0.9),
    "weight": (0.0, 0.1, 0.2, 0.35, 0.5, 0.8),
    "depth": (20, 50, 100, 200),
}
_MIN_GAIN = 1e-5
"""The smallest difference of means that counts as a gain."""


@dataclass
class JudgedCollection:
    """A collection, and the scores of its first stage by k1 and b."""

    collection: Collection
    queries: list[JudgedQuery]
    """Their hits are those of the constants in use."""
    scores: dict[Model, dict[str, Array]] = field(default_factory=dict)

    def ndcg(self, constants: Constants) -> float:
        """Return the mean nDCG@10 of its queries."""
        model = Model(constants.k1, constants.b)
        if model not in self.scores:
            scores = matrices(self.collection, model)
            self.scores[model] = {kind: matrix for kind, matrix in scores.items() if matrix.any()}
        weights = Weights(exact=constants.surface, title_stem=constants.title)
        total = sum(weights.of(kind) * matrix for kind, matrix in self.scores[model].items())
        values = [
            dcg(query.gains.get(number, 0) for number, _ in self._ranked(query, row, constants))
            / query.ideal
            for query, row in zip(self.queries, np.asarray(total), strict=True)
        ]
        return float(np.mean(values))

    def _ranked(self, query: JudgedQuery, row: Array, constants: Constants) -> Ranked:
        documents = [number for number, _ in query.ranked]
        order = np.argsort(-row[documents], kind="stable")
        first = [(documents[at], float(row[documents[at]])) for at in order]
        if self.collection.name in ENGLISH or not constants.weight:
            return first[:10]
        depth = int(constants.depth)
        shared = query.shared[NGRAM_LENGTH][order][:depth]
        return (reordered(first[:depth], shared, constants.weight) + first[depth:])[:10]


Measure = Callable[[Constants], dict[str, float]]
"""Constants → nDCG@10 by collection."""


def load(folder: Path) -> JudgedCollection:
    """Index a collection with the real command and answer its queries."""
    with indexed(folder) as searcher:
        return JudgedCollection(
            first_stage.read(folder, searcher), second_stage.read(folder, searcher, (NGRAM_LENGTH,))
        )


def measure(collections: Sequence[JudgedCollection]) -> Measure:
    """Return a function to nDCG@10 on every collection; it judges each combination once."""
    known: dict[Constants, dict[str, float]] = {}

    def figures(constants: Constants) -> dict[str, float]:
        if constants not in known:
            known[constants] = {c.collection.name: c.ndcg(constants) for c in collections}
        return known[constants]

    return figures


def climb(figures: Measure, without: str = "") -> Constants:
    """Set each constant in turn to the value with the best mean, until none gains."""
    current, before = Constants(), None
    while current != before:
        before = current
        for name, values in TRIED.items():
            for other in (replace(current, **{name: value}) for value in values):
                if mean(figures(other), without) > mean(figures(current), without) + _MIN_GAIN:
                    current = other
    return current


# -- printing --------------------------------------------------------------------


def main(arguments: Sequence[str] | None = None) -> int:
    """Climb and print; 2 if there is no collection."""
    folders = collection_folders("Sweep the constants of both stages together.", arguments)
    if not folders:
        return 2
    report(measure([load(folder) for folder in folders]))
    return 0


def report(figures: Measure) -> None:
    """Print the neighbours of the constants in use, the best, and what the others choose."""
    current, chosen = Constants(), climb(figures)
    for name, values in TRIED.items():
        near = {f"{name} {v:g}": figures(replace(current, **{name: v})) for v in values}
        print(table(name, near))
    print(table("together", {"in use": figures(current), label(chosen): figures(chosen)}))
    names = list(figures(current))
    if len(names) > 1:
        choices = {name: climb(figures, without=name) for name in names}
        judged = {constants: figures(constants) for constants in choices.values()}
        print(others_choice("chosen by the others", judged, label, choices.__getitem__))


def label(constants: Constants) -> str:
    """Return a combination in words."""
    return ", ".join(f"{f.name} {getattr(constants, f.name):g}" for f in fields(constants))


if __name__ == "__main__":
    sys.exit(main())
