"""The constants of both stages of ranking together, over all judged collections.

    uv run python tests/evaluation/joint.py [COLLECTIONS] [--collection NAME ...]

``weights.py`` sweeps the first stage and ``stages.py`` the second, each with the other as
it is. Here each constant is tried in turn with all the others in place, from those in
use until none gains, by the mean nDCG@10. The same is done without each collection,
which is then judged with what the others chose: that shows how much of it is luck.
Names are left out, and English has no second stage, as in ``search/rerank.py``. The hits
that are ordered anew are the first two hundred of the constants in use.

It showed that these are as good as any: the best together, b .6 with a title of .5, a weight
of .5 and a depth of 50, has a mean of .6733 instead of .6723, and scifact and cacm lose .006.
With what the others choose for each, the mean is .6706: the gain is luck.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from unittest.mock import patch

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))
from index.codec.ngrams import SPAN
from search.ranking import bm25 as scoring
from search.ranking import rerank
from search.ranking.rerank import Ranked, reordered
from tests.evaluation import stages
from tests.evaluation.rank import asked_for
from tests.evaluation.stages import ENGLISH, Asked, dcg
from tests.evaluation.weights import (
    Array,
    Collection,
    Model,
    Weights,
    matrices,
    mean,
    opened,
    read,
    table,
)


@dataclass(frozen=True, slots=True)
class Constants:
    """One combination."""

    title: float = scoring.WEIGHTS["title_stem"]
    surface: float = scoring.WEIGHTS["exact"]
    k1: float = scoring.K1
    b: float = scoring.B
    weight: float = scoring.NGRAM_WEIGHT
    depth: float = rerank.DEPTH


TRIED: dict[str, Sequence[float]] = {
    "title": (0.2, 0.3, 0.4, 0.5, 0.6, 0.8),
    "surface": (0.0, 0.1, 0.2, 0.3, 0.4),
    "k1": (0.6, 0.9, 1.2, 1.5),
    "b": (0.4, 0.6, 0.75, 0.9),
    "weight": (0.0, 0.1, 0.2, 0.35, 0.5, 0.8),
    "depth": (20, 50, 100, 200),
}
_LEAST = 1e-5
"""What counts as a gain."""


@dataclass
class Judged:
    """A collection, and the scores of its first stage by k1 and b."""

    collection: Collection
    asked: list[Asked]
    """Its queries: of each the first hits of the constants in use, and what they share."""
    scores: dict[Model, dict[str, Array]] = field(default_factory=dict)

    def ndcg(self, constants: Constants) -> float:
        """The mean nDCG@10 of its queries."""
        model = Model(constants.k1, constants.b)
        if model not in self.scores:
            scores = matrices(self.collection, model)
            self.scores[model] = {kind: matrix for kind, matrix in scores.items() if matrix.any()}
        weights = Weights(exact=constants.surface, title_stem=constants.title)
        total = sum(weights.of(kind) * matrix for kind, matrix in self.scores[model].items())
        values = [
            dcg(asked.gains.get(number, 0) for number, _ in self._ranked(asked, row, constants))
            / asked.ideal
            for asked, row in zip(self.asked, np.asarray(total), strict=True)
        ]
        return float(np.mean(values))

    def _ranked(self, asked: Asked, row: Array, constants: Constants) -> Ranked:
        places = [number for number, _ in asked.ranked]
        order = np.argsort(-row[places], kind="stable")
        first = [(places[at], float(row[places[at]])) for at in order]
        if self.collection.name in ENGLISH or not constants.weight:
            return first[:10]
        depth = int(constants.depth)
        shared = asked.shared[SPAN][order][:depth]
        return (reordered(first[:depth], shared, constants.weight) + first[depth:])[:10]


Measure = Callable[[Constants], dict[str, float]]


def load(folder: Path) -> Judged:
    """Index a collection with the real command and ask its queries."""
    with opened(folder) as searcher, patch.object(stages, "SPANS", (SPAN,)):
        return Judged(read(folder, searcher), stages.read(folder, searcher))


def measure(collections: Sequence[Judged]) -> Measure:
    """nDCG@10 on every collection; each combination is judged once."""
    known: dict[Constants, dict[str, float]] = {}

    def figures(constants: Constants) -> dict[str, float]:
        if constants not in known:
            known[constants] = {c.collection.name: c.ndcg(constants) for c in collections}
        return known[constants]

    return figures


def climbed(figures: Measure, without: str = "") -> Constants:
    """Each constant in turn to what has the best mean, until none gains."""
    now, before = Constants(), None
    while now != before:
        before = now
        for name, values in TRIED.items():
            for other in (replace(now, **{name: value}) for value in values):
                if mean(figures(other), without) > mean(figures(now), without) + _LEAST:
                    now = other
    return now


# -- printing --------------------------------------------------------------------


def main(arguments: Sequence[str] | None = None) -> int:
    """Climb and print; 2 if there is nothing to measure."""
    folders = asked_for("Sweep the constants of both stages together.", arguments)
    if not folders:
        return 2
    report(measure([load(folder) for folder in folders]))
    return 0


def report(figures: Measure) -> None:
    """The constants in use and around them, the best, and what the others choose."""
    now, chosen = Constants(), climbed(figures)
    for name, values in TRIED.items():
        around = {f"{name} {value:g}": figures(replace(now, **{name: value})) for value in values}
        print(table(name, around))
    print(table("together", {"in use": figures(now), label(chosen): figures(chosen)}))
    names = list(figures(now))
    if len(names) > 1:
        others = {name: climbed(figures, without=name) for name in names}
        left_out = {name: figures(constants)[name] for name, constants in others.items()}
        print(table("chosen by the others", {"left out": left_out}))
        print("\n".join(f"- {name}: {label(constants)}" for name, constants in others.items()))


def label(constants: Constants) -> str:
    """A combination in a few words."""
    return ", ".join(f"{f.name} {getattr(constants, f.name):g}" for f in fields(constants))


if __name__ == "__main__":
    sys.exit(main())
